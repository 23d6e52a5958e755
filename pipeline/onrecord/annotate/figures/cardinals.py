"""Cardinal numbers in digits and in words, with magnitudes: 12,500.5, 5-1/4, £2m, twenty-eight thousand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from onrecord.annotate.figures.lexemes import Lexemes
from onrecord.annotate.figures.lexicon import Lexicon

_LONGEST: Final = 24
"""Digits and separators of the longest number; what is longer is a serial number."""
_DENOMINATORS: Final = frozenset({2, 3, 4, 5, 6, 8, 10, 16, 32, 64, 100, 128, 1000})

Kind = Literal["digits", "words", "fraction", "vague", "factor"]


@dataclass(slots=True)
class Numeral:
    """A number on lexemes [first, last).

    `value` is None for words that name only an order of magnitude; then `low` and `high` are set.
    `factor` is what the magnitude words in it multiply by, 1.0 if there are none.
    """

    first: int
    last: int
    value: float | None
    kind: Kind
    factor: float = 1.0
    low: float | None = None
    high: float | None = None


def in_digits(lexemes: Lexemes, lexicon: Lexicon, i: int, *, money: bool = False) -> Numeral | None:
    """Read the number in digits at lexeme i; `money` decides what "m" behind it means."""
    lower = lexemes.lower
    if len(lower[i]) > _LONGEST:
        return None
    value, j, kind = _float(lower[i]), i + 1, "digits"
    if lower[j] in lexicon.fraction_signs:
        value, j = value + lexicon.fraction_signs[lower[j]], j + 1
    elif (simple := _slashed(lexemes, i)) is not None:
        value, j, kind = simple, i + 3, "fraction"
    elif (k := _mixed(lexemes, j)) and (part := _slashed(lexemes, k)) is not None and value.is_integer():
        value, j = value + part, k + 3
    elif lower[j : j + 4] == ["and", "a", "half", lower[j + 3]] and value < 100:
        value, j = value + 0.5, j + 3
    factor, j = magnitudes(lexemes, lexicon, j)
    if factor == 1.0 and (suffix := _suffix(lexemes, lexicon, j, money)):
        factor, j = suffix, j + 1
    return Numeral(i, j, times(value, factor), "digits" if kind == "digits" else "fraction", factor)


def _float(digits: str) -> float:
    return float("".join(digits.replace(",", "").split()))


def times(value: float, factor: float) -> float:
    """Multiply without the noise of binary fractions: 12.3 million is 12300000.0."""
    return round(value * factor, 6) if factor > 1 else value


def _slashed(lexemes: Lexemes, i: int) -> float | None:
    """Return the value of "3/4" at lexeme i; None for dates, ratios and names such as 9/11 and 24/7."""
    if lexemes.lower[i + 1] not in ("/", "⁄") or not (lexemes.glued(i + 1) and lexemes.glued(i + 2)):
        return None
    over, under = lexemes.lower[i], lexemes.lower[i + 2]
    if not (over.isascii() and over.isdigit() and under.isascii() and under.isdigit()):
        return None
    if len(over) > 3 or len(under) > 4 or int(over) >= int(under) or int(under) not in _DENOMINATORS:
        return None
    if lexemes.lower[i + 3] == "/" and lexemes.glued(i + 3):
        return None
    return int(over) / int(under)


def _mixed(lexemes: Lexemes, j: int) -> int:
    """Return where the fraction of "2 1/2" or "5-1/4" begins behind the integer, 0 where none can."""
    if lexemes.lower[j] == "-" and lexemes.glued(j) and lexemes.glued(j + 1):
        return j + 1
    return j if lexemes.is_number(j) and not lexemes.glued(j) else 0


def magnitudes(lexemes: Lexemes, lexicon: Lexicon, j: int) -> tuple[float, int]:
    """Return the product of magnitude words at lexeme j ("hundred million"), and the lexeme after them."""
    factor = 1.0
    for _ in range(3):
        k = j + 1 if lexemes.lower[j] in ("-", "‑") and lexemes.glued(j) else j
        if lexemes.lower[k] not in lexicon.magnitudes:
            break
        factor, j = factor * lexicon.magnitudes[lexemes.lower[k]], k + 1
    return factor, j


def _suffix(lexemes: Lexemes, lexicon: Lexicon, j: int, money: bool) -> float | None:
    """Return what an abbreviated magnitude at lexeme j multiplies by, None where it is none."""
    lower = lexemes.lower[j]
    if lower not in lexicon.suffixes:
        return None
    touches, capital = lexemes.glued(j), lexemes.is_capitalised(j)
    if not touches and lower not in lexicon.spaced_suffixes:
        spelled = lower in lexicon.spaced_before_nouns and is_countable(lexemes, lexicon, j + 1)
        if not (spelled or (money and capital and lower in lexicon.spaced_before_nouns)):
            return None
    if capital and lower == "m" and touches and lexemes.lower[j + 1].isalpha():
        return lexicon.suffixes[lower]
    if lower in lexicon.suffixes_or_units and not money:
        unit = lexicon.units.match(lexemes, j + 1)
        if unit is None and not (lower != "t" and is_countable(lexemes, lexicon, j + 1)):
            return None
    return lexicon.suffixes[lower]


def is_countable(lexemes: Lexemes, lexicon: Lexicon, j: int) -> bool:
    """Tell whether what looks like a plural noun stands at lexeme j, or behind one other word there."""
    for word in lexemes.lower[j : j + 3]:
        if (
            not word.isalpha()
            or word in lexicon.time_units
            or (word in lexicon.function_words and word != "and")
        ):
            return False
        regular = len(word) > 3 and word.endswith("s") and not word.endswith("ss")
        if regular or word in lexicon.irregular_plurals:
            return True
    return False


def in_words(lexemes: Lexemes, lexicon: Lexicon, i: int) -> Numeral | None:
    """Read English cardinals: twenty-eight thousand six hundred and two."""
    lower, total, group, largest, j, state = lexemes.lower, 0.0, 0.0, 1.0, i, "start"
    while True:
        k = j
        hyphen = j > i and lower[j] in ("-", "‑") and lexemes.glued(j) and lexemes.glued(j + 1)
        if hyphen or (
            state in ("hundred", "magnitude") and lower[j] == "and" and lower[j + 1] in lexicon.cardinals
        ):
            k = j + 1
        elif state in ("unit", "magnitude") and lower[j : j + 3] == ["and", "a", "half"]:
            group, j, state = group + 0.5, j + 3, "half"
            continue
        word = lower[k]
        if word in lexicon.cardinals:
            value = lexicon.cardinals[word]
            if state in ("unit", "half") or (state == "ten" and not 0 < value < 10):
                break
            group += value
            state = "ten" if value >= 20 else "unit"
        elif word == "hundred" and state in ("unit", "ten") and 0 < group < 100:
            group, state, largest = group * 100, "hundred", max(largest, 100.0)
        elif word in lexicon.magnitudes and word != "hundred" and state != "start":
            factor = lexicon.magnitudes[word]
            if state == "magnitude":
                total *= factor
            else:
                total, group = total + group * factor, 0.0
            state, largest = "magnitude", max(largest, factor)
        else:
            break
        j = k + 1
    return Numeral(i, j, total + group, "words", largest) if j > i else None

"""Numbers in digits, words and both: what stands for a number, and what number it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from onrecord.annotate.figures.lexemes import Lexemes
from onrecord.annotate.figures.lexicon import Lexicon

_LONGEST: Final = 24
"""Digits and separators of the longest number; what is longer is a serial number."""
_COMMON_BASES: Final = frozenset({3, 4, 5, 10, 100, 1000})
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


def begins_number(lexemes: Lexemes, lexicon: Lexicon, k: int) -> bool:
    """Tell whether lexeme k can begin the second number of a range."""
    lower = lexemes.lower[k]
    return lexemes.is_number(k) or lower in lexicon.cardinals or lower in ("a", "an", "half")


def read_numeral(lexemes: Lexemes, lexicon: Lexicon, i: int, *, money: bool = False) -> Numeral | None:
    """Read the number that begins at lexeme i; None where none does.

    `money` says that a currency sign stands before it, which decides what "m" behind it means.
    """
    if lexemes.is_number(i):
        numeral = _digits(lexemes, lexicon, i, money)
        return numeral and (_out_of(lexemes, lexicon, numeral) or numeral)
    lower = lexemes.lower[i]
    if lower in lexicon.cardinals:
        numeral = _words(lexemes, lexicon, i)
        return numeral and (
            _fraction(lexemes, lexicon, numeral) or _out_of(lexemes, lexicon, numeral) or numeral
        )
    if lower in lexicon.change_factors or lower in lexicon.folds:
        return Numeral(i, i + 1, lexicon.change_factors.get(lower) or lexicon.folds[lower], "factor")
    return (
        _article_or_half(lexemes, lexicon, i)
        or _vague(lexemes, lexicon, i)
        or (
            Numeral(i, i + 1, lexicon.fraction_signs[lower], "fraction")
            if lower in lexicon.fraction_signs
            else None
        )
    )


def _digits(lexemes: Lexemes, lexicon: Lexicon, i: int, money: bool) -> Numeral | None:
    lower = lexemes.lower
    if len(lower[i]) > _LONGEST:
        return None
    value, j, kind = _float(lower[i]), i + 1, "digits"
    if lower[j] in lexicon.fraction_signs:
        value, j = value + lexicon.fraction_signs[lower[j]], j + 1
    elif (simple := _slashed(lexemes, i)) is not None:
        value, j, kind = simple, i + 3, "fraction"
    elif lexemes.is_number(j) and not lexemes.glued(j) and (part := _slashed(lexemes, j)) is not None:
        value, j = value + part, j + 3
    elif lower[j : j + 4] == ["and", "a", "half", lower[j + 3]] and value < 100:
        value, j = value + 0.5, j + 3
    factor, j = _magnitudes(lexemes, lexicon, j)
    if factor == 1.0 and (suffix := _suffix(lexemes, lexicon, j, money)):
        factor, j = suffix, j + 1
    return Numeral(i, j, _times(value, factor), "digits" if kind == "digits" else "fraction", factor)


def _float(digits: str) -> float:
    return float(digits.replace(",", "").replace("\u00a0", "").replace("\u202f", "").replace("\u2009", ""))


def _times(value: float, factor: float) -> float:
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


def _magnitudes(lexemes: Lexemes, lexicon: Lexicon, j: int) -> tuple[float, int]:
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
        if word == "people" or (len(word) > 3 and word.endswith("s") and not word.endswith("ss")):
            return True
    return False


def _words(lexemes: Lexemes, lexicon: Lexicon, i: int) -> Numeral | None:
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


def _fraction(lexemes: Lexemes, lexicon: Lexicon, over: Numeral) -> Numeral | None:
    """Read "two-thirds" and "three quarters of a million" from the number that begins it."""
    lower, j = lexemes.lower, over.last
    hyphen = lower[j] in ("-", "‑") and lexemes.glued(j)
    k = j + 1 if hyphen else j
    under = lexicon.fractions.get(lower[k].removesuffix("s")) or lexicon.fractions.get(lower[k])
    if under is None or over.value is None or over.value >= under or over.kind != "words":
        return None
    several = over.value > 1
    if several != lower[k].endswith("s"):
        return None
    if (
        lower[k] == "quarters"
        and not hyphen
        and lower[k + 1] != "of"
        and lower[k + 1] not in lexicon.magnitudes
    ):
        return None
    value, last = over.value / under, k + 1
    factor, last = _of_magnitude(lexemes, lexicon, last)
    return Numeral(over.first, last, _times(value, factor), "fraction" if factor == 1 else "words", factor)


def _of_magnitude(lexemes: Lexemes, lexicon: Lexicon, j: int) -> tuple[float, int]:
    """Read "of a million", "a million" or "million" behind a fraction."""
    k = j + 1 if lexemes.lower[j] == "of" else j
    k = k + 1 if lexemes.lower[k] in ("a", "an") else k
    if lexemes.lower[k] in lexicon.magnitudes:
        return _magnitudes(lexemes, lexicon, k)
    if lexemes.lower[k] == "-" and lexemes.lower[k + 1] in lexicon.magnitudes:
        return _magnitudes(lexemes, lexicon, k + 1)
    return 1.0, j


def _out_of(lexemes: Lexemes, lexicon: Lexicon, over: Numeral) -> Numeral | None:
    """Read "one in five" and "two out of three"; None for what only looks like it."""
    if over.value is None or over.factor != 1 or not over.value.is_integer() or not 0 < over.value < 100:
        return None
    found = lexicon.out_of.match(lexemes, over.last)
    if found is None:
        return None
    words, j = found
    under = _digits(lexemes, lexicon, j, money=False) if lexemes.is_number(j) else _words(lexemes, lexicon, j)
    if under is None or under.value is None or under.value <= over.value:
        return None
    behind = lexemes.lower[under.last]
    if behind in lexicon.time_units or behind in lexicon.not_behind_ratio:
        return None
    if words == "in" and over.value > 1 and under.value not in _COMMON_BASES:
        return None
    if words == "out of" and under.value > 10 and over.value > 1:
        return None
    return Numeral(over.first, under.last, over.value / under.value, "fraction")


def _article_or_half(lexemes: Lexemes, lexicon: Lexicon, i: int) -> Numeral | None:
    """Read "a million", "half a million", "a third of", "half of"."""
    lower, word, before = lexemes.lower, lexemes.lower[i], lexemes.before(i)
    if word in ("a", "an"):
        after = lower[i + 1]
        if after in ("half", "quarter"):
            k = i + 3 if lower[i + 2] in ("-", "‑") else i + 2
            if lower[k] in lexicon.magnitudes:
                factor, last = _magnitudes(lexemes, lexicon, k)
                return Numeral(i, last, _times(1 / lexicon.fractions[after], factor), "words", factor)
        if after in lexicon.magnitudes:
            factor, last = _magnitudes(lexemes, lexicon, i + 1)
            if lower[last : last + 3] == ["and", "a", "half"]:
                return Numeral(i, last + 3, 1.5 * factor, "words", factor)
            return Numeral(i, last, factor, "words", factor)
        if after in lexicon.fractions and after not in ("halves", "half"):
            factor, last = _of_magnitude(lexemes, lexicon, i + 2)
            if factor > 1:
                return Numeral(i, last, _times(1 / lexicon.fractions[after], factor), "words", factor)
            behind = lower[i + 2]
            whole = behind == "of" and lower[i + 3] not in lexicon.time_units
            if (
                whole
                or (before in lexicon.before_fraction and not behind.isalpha())
                or (
                    (before in lexicon.before_fraction or before in lexicon.change_verbs)
                    and behind in lexicon.behind_fraction
                )
            ):
                return Numeral(i, i + 2, 1 / lexicon.fractions[after], "fraction")
        return None
    if word == "quarter" and lower[i + 1] in lexicon.magnitudes:
        factor, last = _magnitudes(lexemes, lexicon, i + 1)
        return Numeral(i, last, factor / 4, "words", factor)
    if word == "half":
        if before in lexicon.not_half:
            return None
        factor, last = _of_magnitude(lexemes, lexicon, i + 1)
        if factor > 1:
            return Numeral(i, last, factor / 2, "words", factor)
        after = lower[i + 1]
        if after == "of" or after in lexicon.owners or (before in lexicon.before_fraction and after != "-"):
            return Numeral(i, i + 1, 0.5, "fraction")
    return None


def _vague(lexemes: Lexemes, lexicon: Lexicon, i: int) -> Numeral | None:
    """Read "tens of thousands" and "a few dozen" as the interval that they can mean."""
    if found := lexicon.vague.match(lexemes, i):
        (low, high), last = found
        return Numeral(i, last, None, "vague", low, low, high)
    if found := lexicon.vague_multipliers.match(lexemes, i):
        (low, high), last = found
        factor, last = _magnitudes(lexemes, lexicon, last)
        if factor > 1 and low == high:
            return Numeral(i, last, low * factor, "words", factor)
        if factor > 1:
            return Numeral(i, last, None, "vague", factor, low * factor, high * factor)
    return None

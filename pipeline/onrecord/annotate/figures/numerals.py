"""Numbers of every kind: cardinals, fractions, ratios, orders of magnitude, factors."""

from __future__ import annotations

from typing import Final

from onrecord.annotate.figures.cardinals import Numeral, in_digits, in_words, magnitudes, times
from onrecord.annotate.figures.lexemes import Lexemes
from onrecord.annotate.figures.lexicon import Lexicon

_COMMON_BASES: Final = frozenset({3, 4, 5, 10, 100, 1000})
"""Second numbers of "two in five"; others are more likely a place ("two in 2019")."""


def begins_number(lexemes: Lexemes, lexicon: Lexicon, k: int) -> bool:
    """Tell whether lexeme k can begin the second number of a range."""
    lower = lexemes.lower[k]
    return lexemes.is_number(k) or lower in lexicon.cardinals or lower in ("a", "an", "half")


def read_numeral(lexemes: Lexemes, lexicon: Lexicon, i: int, *, money: bool = False) -> Numeral | None:
    """Read the number that begins at lexeme i; None where none does.

    `money` says that a currency sign stands before it, which decides what "m" behind it means.
    """
    if lexemes.is_number(i):
        numeral = in_digits(lexemes, lexicon, i, money=money)
        return numeral and (_out_of(lexemes, lexicon, numeral) or numeral)
    lower = lexemes.lower[i]
    if lower in lexicon.cardinals:
        numeral = in_words(lexemes, lexicon, i)
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
    return Numeral(over.first, last, times(value, factor), "fraction" if factor == 1 else "words", factor)


def _of_magnitude(lexemes: Lexemes, lexicon: Lexicon, j: int) -> tuple[float, int]:
    """Read "of a million", "a million" or "million" behind a fraction."""
    k = j + 1 if lexemes.lower[j] == "of" else j
    k = k + 1 if lexemes.lower[k] in ("a", "an") else k
    if lexemes.lower[k] in lexicon.magnitudes:
        return magnitudes(lexemes, lexicon, k)
    if lexemes.lower[k] == "-" and lexemes.lower[k + 1] in lexicon.magnitudes:
        return magnitudes(lexemes, lexicon, k + 1)
    return 1.0, j


def _out_of(lexemes: Lexemes, lexicon: Lexicon, over: Numeral) -> Numeral | None:
    """Read "one in five" and "two out of three"; None for what only looks like it."""
    if over.value is None or over.factor != 1 or not over.value.is_integer() or not 0 < over.value < 100:
        return None
    found = lexicon.out_of.match(lexemes, over.last)
    if found is None:
        return None
    words, j = found
    read = in_digits if lexemes.is_number(j) else in_words
    under = read(lexemes, lexicon, j)
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
            k = _behind_hyphen(lexemes, i + 2)
            if lower[k] in lexicon.magnitudes:
                factor, last = magnitudes(lexemes, lexicon, k)
                return Numeral(i, last, times(1 / lexicon.fractions[after], factor), "words", factor)
        if after in lexicon.magnitudes:
            factor, last = magnitudes(lexemes, lexicon, i + 1)
            if lower[last : last + 3] == ["and", "a", "half"]:
                return Numeral(i, last + 3, 1.5 * factor, "words", factor)
            return Numeral(i, last, factor, "words", factor)
        half_a_unit = after == "half" and lower[_behind_hyphen(lexemes, i + 2)] in lexicon.fraction_units
        if after in lexicon.fractions and (half_a_unit or after not in ("halves", "half")):
            factor, last = _of_magnitude(lexemes, lexicon, i + 2)
            if factor > 1:
                return Numeral(i, last, times(1 / lexicon.fractions[after], factor), "words", factor)
            behind = lower[i + 2]
            if lower[_behind_hyphen(lexemes, i + 2)] in lexicon.fraction_units:  # "a quarter point"
                return Numeral(i, i + 2, 1 / lexicon.fractions[after], "fraction")
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
        factor, last = magnitudes(lexemes, lexicon, i + 1)
        return Numeral(i, last, factor / 4, "words", factor)
    if word == "half":
        if before in lexicon.not_half:
            return None
        factor, last = _of_magnitude(lexemes, lexicon, i + 1)
        if factor > 1:
            return Numeral(i, last, factor / 2, "words", factor)
        after = lower[i + 1]
        measured = after in ("a", "an") and lexicon.units.match(lexemes, i + 2) is not None
        if (
            measured
            or after == "of"
            or after in lexicon.owners
            or (before in lexicon.before_fraction and after != "-")
        ):
            return Numeral(i, i + 1, 0.5, "fraction")
    return None


def _behind_hyphen(lexemes: Lexemes, j: int) -> int:
    return j + 1 if lexemes.lower[j] in ("-", "‑") else j


def _vague(lexemes: Lexemes, lexicon: Lexicon, i: int) -> Numeral | None:
    """Read "tens of thousands" and "a few dozen" as the interval that they can mean."""
    if found := lexicon.vague.match(lexemes, i):
        (low, high), last = found
        return Numeral(i, last, None, "vague", low, low, high)
    if found := lexicon.vague_multipliers.match(lexemes, i):
        (low, high), last = found
        factor, last = magnitudes(lexemes, lexicon, last)
        if factor > 1 and low == high:
            return Numeral(i, last, low * factor, "words", factor)
        if factor > 1:
            return Numeral(i, last, None, "vague", factor, low * factor, high * factor)
    return None

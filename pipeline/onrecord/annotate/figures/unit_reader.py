"""Reading the currency or unit beside a number, and the name that it gets in the record."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Final

from onrecord.annotate.figures.cardinals import Numeral, in_digits, is_countable
from onrecord.annotate.figures.lexemes import Lexemes
from onrecord.annotate.figures.lexicon import Lexicon
from onrecord.annotate.figures.quantity import Quantity
from onrecord.annotate.figures.units import Unit

_HYPHENS: Final = frozenset({"-", "‑"})
_CLOSING: Final = {"(": ")", "[": "]", "{": "}", "<": ">"}
_MARKS: Final = {"'": "foot", "’": "foot", "′": "foot", '"': "inch", "”": "inch"}
_NEAR: Final = 3
"""Lexemes before a number among which "a height of" is looked for."""
_MASS_BELOW: Final = 1000.0
_NEAR_WEIGHT: Final = 8
"""Lexemes around a number of pounds among which a word of weight is looked for."""
_RATE_BASES: Final = frozenset({100.0, 1e3, 1e4, 1e5, 1e6})
_LONGEST_SUBSTANCE: Final = 3
"""Words between a unit and its rate: "31,000 gallons of raw sewage a day"."""


class UnitReader:
    """Reads units with one lexicon from one text.

    `resolve` names the currency that an ambiguous noun means in this text.
    """

    def __init__(self, lexemes: Lexemes, lexicon: Lexicon, resolve: Callable[[Unit, bool], str]) -> None:
        self.lexemes, self.lexicon, self.resolve = lexemes, lexicon, resolve

    @cached_property
    def _speaks_of_sterling(self) -> bool:
        return "£" in self.lexemes.text or "pence" in self.lexemes.text

    def prefix(self, i: int) -> tuple[Unit | None, int]:
        """Return the currency before the number at lexeme i and where it begins; None and i without one."""
        found = self.lexicon.prefixes.match_before(self.lexemes, i)
        if found is None:
            return None, i
        unit, first = found
        touches = self.lexemes.glued(first) and self.lexemes.lower[first][:1].isalpha()
        return (None, i) if touches and self.lexemes.lower[first - 1].isalnum() else (unit, first)

    def behind_prefix(self, prefix: Unit, j: int) -> tuple[Unit, int]:
        """Read what may repeat or specify the currency behind the number: "$75 U.S.", "$10 dollars"."""
        lexemes = self.lexemes
        if lexemes.word(j) in ("US", "U.S.") and (
            not lexemes.lower[j + 1].isalpha() or lexemes.lower[j + 1] in ("a", "an", "per")
        ):
            return prefix, j + 1
        if (
            (found := self.lexicon.units.match(lexemes, j))
            and found[0].currency
            and not lexemes.is_number(found[1])
        ):
            return (prefix if found[0].noun else found[0]), found[1]
        return prefix, j

    def unit(self, numeral: Numeral) -> tuple[Unit, int] | None:
        """Return the unit behind a number without currency sign, and the lexeme after it."""
        lexemes, lower = self.lexemes, self.lexemes.lower
        j = numeral.last
        if lower[j] in _CLOSING and (inner := self.lexicon.units.match(lexemes, j + 1)):
            return (inner[0], inner[1] + 1) if lower[inner[1]] == _CLOSING[lower[j]] else None
        if lower[j] in _HYPHENS and lexemes.glued(j):
            j += 1
        elif lower[j] == "of" and numeral.kind in ("vague", "fraction"):
            j += 2 if lower[j + 1] in ("a", "an") else 1
        elif lower[j] in ("a", "an") and numeral.kind == "fraction":
            j += 1  # "half a percentage point"
        if lower[j] == "point" and numeral.kind == "fraction" and not lexemes.is_number(numeral.first):
            return Unit("percentage_point"), j + 1
        if lower[j] == "times" and lower[j + 1] in self.lexicon.times_of:
            return Unit("times"), j + 1
        if mark := _MARKS.get(lower[j]):
            near = {*lower[max(numeral.first - _NEAR, 0) : numeral.first], lower[j + 1]}
            return (Unit(mark), j + 1) if near & self.lexicon.dimensions else None
        found = self.lexicon.units.match(lexemes, j)
        if found is None:
            return None
        unit, last = found
        if unit.currency and lexemes.is_number(last) and lexemes.glued(last):
            return None  # the sign of the next number: "5 $10 notes"
        if unit.homograph and (numeral.value is None or numeral.value < 100):
            return None
        if unit.abbreviates_million and not lexemes.glued(j) and is_countable(lexemes, self.lexicon, last):
            return None
        if unit.noun == "pound" and self._is_mass(numeral):
            return Unit("pound_mass"), last
        return unit, last

    def _is_mass(self, numeral: Numeral) -> bool:
        """Tell pounds of weight from pounds sterling.

        They are money where the article has other money in pounds, or where they are many and no
        word of weight stands near.
        """
        if numeral.factor != 1 or self._speaks_of_sterling:
            return False
        near = self.lexemes.lower[max(numeral.first - _NEAR_WEIGHT, 0) : numeral.last + _NEAR_WEIGHT]
        return (numeral.value or 0) < _MASS_BELOW or not self.lexicon.weight_words.isdisjoint(near)

    def name(self, quantity: Quantity) -> None:
        """Give the unit its name, with the compound behind it ("a barrel", "per day")."""
        unit = quantity.unit
        if unit is None:
            return
        name = self.resolve(unit, quantity.prefixed)
        if unit.currency or unit.name not in self.lexicon.units_without_rate:
            if compound := self._per(quantity.last):
                name, quantity.last = f"{name}_per_{compound[0]}", compound[1]
            elif not unit.currency and (rate := self._per_behind_substance(quantity.last)):
                name = f"{name}_per_{rate}"
        quantity.unit_name = name

    def rate(self, quantity: Quantity) -> None:
        """Read the base of a rate behind a count: "72 deaths per 100,000" is 72 `per_100000`."""
        lower = self.lexemes.lower
        for k in range(quantity.last, quantity.last + _LONGEST_SUBSTANCE + 1):
            j = k + 2 if lower[k + 1] == "every" else k + 1
            if lower[k] in ("per", "for") and self.lexemes.is_number(j):
                base = in_digits(self.lexemes, self.lexicon, j)
                if base is not None and base.value in _RATE_BASES:
                    quantity.unit_name, quantity.beyond = f"per_{base.value:.0f}", base.last
                return
            if not lower[k].isalpha() or lower[k] in self.lexicon.function_words:
                return

    def _per(self, j: int) -> tuple[str, int] | None:
        lexemes, lower = self.lexemes, self.lexemes.lower
        k = j
        if lower[k] in _HYPHENS and lower[k + 1] in ("a", "an", "per"):
            if not lexemes.glued(k) and lower[k + 2] not in _HYPHENS:  # "$70 - a - share" is cut into tokens
                return None
            k += 1
        if lower[k] not in ("a", "an", "per", "/"):
            return None
        article = lower[k] in ("a", "an")
        k += 1
        if lower[k] in _HYPHENS:
            k += 1
        found = self.lexicon.denominators.match(lexemes, k)
        if found is None and (unit := self.lexicon.units.match(lexemes, k)) and not unit[0].currency:
            found = unit[0].name, unit[1]
        if found is None or (article and lower[found[1]] in self.lexicon.relative_time):
            return None
        return found

    def _per_behind_substance(self, j: int) -> str | None:
        """Read the rate in "50 litres of rain per square metre", which belongs to the unit."""
        lower = self.lexemes.lower
        if lower[j] != "of":
            return None
        for k in range(j + 1, j + 2 + _LONGEST_SUBSTANCE):
            if k > j + 1 and (found := self._per(k)):
                return found[0]
            if not lower[k].isalpha() or lower[k] in self.lexicon.function_words:
                return None
        return None

"""Quantities: numbers together with currency, unit, modifier and the other end of a range."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from onrecord.annotate.figures.cardinals import Numeral
from onrecord.annotate.figures.lexemes import Lexemes
from onrecord.annotate.figures.lexicon import Lexicon
from onrecord.annotate.figures.modifiers import ModifierReader
from onrecord.annotate.figures.numerals import begins_number, read_numeral
from onrecord.annotate.figures.quantity import Quantity
from onrecord.annotate.figures.tokens import Tokens
from onrecord.annotate.figures.unit_reader import UnitReader
from onrecord.annotate.figures.units import Unit

_HYPHENS: Final = frozenset({"-", "‑"})
_DASHES: Final = frozenset({"-", "‑", "–", "‒", "−"})
_MINUS: Final = frozenset({"-", "−", "–"})
_LARGE: Final = 1000.0
_DOZEN: Final = 12.0
_LONGEST_COMPARISON: Final = 6
"""Lexemes between two numbers of which the second leaves its unit out."""
_LONGEST_SIGN: Final = 3
"""Lexemes of the longest currency sign, such as "U.S.$"."""


class QuantityReader:
    """Reads quantities with one lexicon from one text.

    `resolve` names the currency that an ambiguous noun means in this text; `changes` tells, for the
    lexeme at which a quantity begins, whether it stands in a change ("rose from"), so that "from 5
    to 7" is two levels and no range.
    """

    def __init__(
        self,
        lexemes: Lexemes,
        lexicon: Lexicon,
        tokens: Tokens,
        resolve: Callable[[Unit, bool], str],
        changes: Callable[[int], bool],
    ) -> None:
        self.lexemes, self.lexicon, self.changes = lexemes, lexicon, changes
        self.units = UnitReader(lexemes, lexicon, resolve)
        self.modifiers = ModifierReader(lexemes, lexicon, tokens)

    def read(self, i: int) -> Quantity | None:
        """Read the whole quantity whose number begins at lexeme i; None where none does."""
        quantity = self.core(i)
        if quantity is None:
            return None
        begin, found = self.modifiers.before(quantity.first)
        begin, magnitude = self._magnitude_before(begin, quantity)
        if magnitude and not found:
            begin, found = self.modifiers.before(begin)
        opener = self.lexicon.range_openers.match_before(self.lexemes, begin)
        word = opener[0].split()[-1] if opener else self.lexemes.before(begin)
        if word != "between":
            self._add_minor(quantity)
        self._join(quantity, word)
        if quantity.is_range and opener and quantity.numeral.kind != "vague":
            begin = opener[1]
        self.units.name(quantity)
        if quantity.unit is None:
            self.units.rate(quantity)
        quantity.first = begin
        after = self.modifiers.after(quantity)
        if after:
            found.append(after)
        self.modifiers.apply(quantity, found)
        return quantity

    # ------------------------------------------------------------------ number, currency, unit

    def core(self, i: int) -> Quantity | None:
        """Read number, currency and unit where the number begins at lexeme i; None where none does."""
        lexemes, lexicon = self.lexemes, self.lexicon
        prefix, first = self.units.prefix(i)
        numeral = read_numeral(lexemes, lexicon, i, money=prefix is not None)
        if numeral is None:
            return None
        if prefix is None and (found := lexicon.large_prefixes.match_before(lexemes, i)):
            rich = read_numeral(lexemes, lexicon, i, money=True)
            if (
                rich is not None
                and rich.value is not None
                and rich.value >= _LARGE
                and not lexemes.glued(found[1])
            ):
                (prefix, first), numeral = found, rich
        unit, last = prefix, numeral.last
        if numeral.kind == "factor":
            unit = Unit("times")
        elif prefix is not None:
            unit, last = self.units.behind_prefix(prefix, numeral.last)
        elif found_unit := self.units.unit(numeral):
            unit, last = found_unit
        if unit is not None:
            last = self._scale(numeral, unit, last)
        vague = numeral.kind == "vague"
        sign, begin = (1.0, first) if vague else self._sign(first)
        return Quantity(
            first=begin,
            last=last,
            numeral=numeral,
            value=None if numeral.value is None else sign * numeral.value,
            low=numeral.low,
            high=numeral.high,
            modifier="range" if vague else "exact",
            unit=unit,
            unit_name=None,
            number_start=lexemes.start[numeral.first],
            number_end=lexemes.end[numeral.last - 1],
            prefixed=prefix is not None,
            signed=begin < first,
            is_range=vague,
        )

    def _scale(self, numeral: Numeral, unit: Unit, last: int) -> int:
        """Multiply by what the currency says ("48 MEUR") or what stands behind it ("75 USD million")."""
        factor = unit.scale
        late = self.lexicon.magnitudes.get(self.lexemes.lower[last], 0.0)
        if factor == 1.0 and unit.currency and last > numeral.last and late >= _LARGE:
            factor, last = late, last + 1
        if factor != 1.0 and numeral.factor == 1.0 and numeral.value is not None:
            numeral.value, numeral.factor = round(numeral.value * factor, 6), factor
        return last

    def _add_minor(self, quantity: Quantity) -> None:
        """Add cents to dollars: "three dollars and 50 cents", "15 dollars 50"."""
        lexemes, unit = self.lexemes, quantity.unit
        if unit is None or quantity.value is None or not unit.currency or unit.name in self.lexicon.minor:
            return
        if quantity.numeral.factor != 1 or not quantity.value.is_integer():
            return
        k = quantity.last + 1 if lexemes.lower[quantity.last] == "and" else quantity.last
        minor = read_numeral(lexemes, self.lexicon, k, money=True)
        if minor is None or minor.kind not in ("digits", "words") or minor.factor != 1:
            return
        if minor.value is None or not minor.value.is_integer() or not 0 < minor.value < 100:
            return
        found = self.lexicon.units.match(lexemes, minor.last)
        if found is not None and found[0].name in self.lexicon.minor:
            last = found[1]
        elif not quantity.prefixed and minor.value >= 10 and self._ends_clause(minor.last):
            last = minor.last
        else:
            return
        quantity.value += minor.value / 100
        quantity.last, quantity.number_end = last, lexemes.end[minor.last - 1]

    def _ends_clause(self, j: int) -> bool:
        return self.lexemes.lower[j] in ("", "\n", ".", "!", "?", ";", ":", ")", "more", "each")

    def _sign(self, first: int) -> tuple[float, int]:
        """Return the sign before lexeme `first` ("-5", "minus 5", "minus-5", "+0.3%") and where it begins."""
        lexemes = self.lexemes
        mark = lexemes.before(first)
        if mark == "minus":
            return (1.0, first) if lexemes.before(first - 1) == "or" else (-1.0, first - 1)
        if not lexemes.glued(first) or mark not in _MINUS | {"+"}:
            return 1.0, first
        sign = first - 1
        if lexemes.before(sign) == "minus" and lexemes.glued(sign):
            return -1.0, sign - 1
        if mark != "+" and sign > 0 and lexemes.is_number(sign - 1):
            return 1.0, first
        if not lexemes.glued(sign) or lexemes.before(sign) in ("(", "[", "~"):
            return (1.0 if mark == "+" else -1.0), sign
        return 1.0, first

    def _magnitude_before(self, first: int, quantity: Quantity) -> tuple[int, bool]:
        """Read "magnitude", "magnitude of" and "magnitude-" before the number as its unit."""
        lower = self.lexemes.lower
        if quantity.unit is None and first > 0:
            k = first - 1 if lower[first - 1] in (*_HYPHENS, "of") else first
            if lower[k - 1] == "magnitude" and k > 0:
                quantity.unit = Unit("magnitude")
                return k - 1, True
        return first, False

    # ------------------------------------------------------------------ ranges

    def _join(self, one: Quantity, opener: str) -> None:
        """Join the other end of a range to `one`, where one follows: "8,000 to 13,000", "$1.2-1.5bn"."""
        link = self._link(one, opener)
        two = self._other_end(one.last, link) if link else None
        if (
            link is None
            or two is None
            or (one.numeral.kind == "fraction") != (two.numeral.kind == "fraction")
        ):
            return
        low, high = self._ends(one, two)
        if low is None or high is None:
            return
        if link == "to" and self._is_step(one, opener) and self.lexemes.lower[two.last] != "to":
            if one.unit is None and opener == "from":
                one.value, one.unit = low, two.unit
            return
        falls = low > high and not low < 0
        if falls and opener != "between" and not self._descends(one, two, link):
            return
        if link == "or" and not (one.unit is None and _adjacent(low, high, max(one.numeral.factor, 1.0))):
            return
        one.low, one.high, one.value = min(low, high), max(low, high), None
        one.unit = two.unit or one.unit
        one.last, one.modifier, one.is_range = two.last, "range", True
        one.numeral = Numeral(one.numeral.first, two.numeral.last, None, two.numeral.kind, two.numeral.factor)
        one.number_end = two.number_end

    def _link(self, one: Quantity, opener: str) -> str | None:
        """Return what joins a quantity to the next one: a dash, "to", "and", "or", "up"; else None."""
        lexemes, lower, j = self.lexemes, self.lexemes.lower, self._behind_hyphen(one.last)
        link = lower[j]
        if one.value is not None and (
            link in ("to", "or")
            or (link in _DASHES and lexemes.glued(j) == lexemes.glued(j + 1))
            or (link == "and" and opener == "between")
            or (link == "up" and lower[j + 1] == "to" and opener == "from")
        ):
            return link
        return None

    def _behind_hyphen(self, j: int) -> int:
        """Step over the hanging hyphen in "10- to 15-mile"."""
        lower = self.lexemes.lower
        return j + 1 if lower[j] in _HYPHENS and lower[j + 1] in ("to", "or") else j

    def _other_end(self, last: int, link: str) -> Quantity | None:
        """Read the quantity behind the link, with at most a currency sign in between."""
        j = self._behind_hyphen(last)
        start = j + 2 if link == "up" else j + 1
        if link in ("to", "and"):
            start = self.modifiers.skipped(start)
        for k in range(start, start + _LONGEST_SIGN + 1):
            if begins_number(self.lexemes, self.lexicon, k):
                two = self.core(k)
                return two if two is not None and two.value is not None and two.first == start else None
        return None

    def _descends(self, one: Quantity, two: Quantity, link: str) -> bool:
        """Tell whether a range is told from above: "a current of 1.3 A to 0.03 A"."""
        if one.unit is None or two.unit is None or one.unit.currency or link != "to":
            return False  # and no range of shares: "led by 3 points, 48% to 45%"
        return one.unit.name not in self.lexicon.units_without_rate and not self.changes(one.first)

    def _is_step(self, one: Quantity, opener: str) -> bool:
        """Tell whether "to" leads to a new level and not to the end of a range ("rose from 5 to 7")."""
        if opener == "from":
            return self.changes(one.first)
        if one.unit is None:
            return False
        if opener == "by":
            return self.changes(one.first - 1)
        return one.unit.currency and opener in self.lexicon.change_verbs

    def share_unit(self, one: Quantity, two: Quantity) -> None:
        """Give a bare number the unit of the one before where only words of comparison stand between.

        So in "fell from 208 pounds to 193", "rose to 3.2 percent from 2.9", "the highest is 84 cents, the
        lowest is 74".
        """
        between = self.lexemes.lower[one.last : two.first]
        if two.unit is not None or one.unit is None or not 0 < len(between) <= _LONGEST_COMPARISON:
            return
        if "," in self.lexemes.lower[two.numeral.first] and not one.unit.currency:
            return  # "61 percent, or 1,166,512"
        behind = self.lexemes.lower[two.last]
        if self.lexicon.comparing.issuperset(between) and (
            not behind.isalpha() or behind in self.lexicon.function_words
        ):
            two.unit, two.unit_name = one.unit, one.unit_name

    def _ends(self, one: Quantity, two: Quantity) -> tuple[float | None, float | None]:
        """Return both ends with shared magnitude; (None, None) where the units keep them apart."""
        low, high = one.value, two.value
        if one.unit is not None and two.unit is not None and one.unit.name != two.unit.name:
            return None, None
        if one.unit is not None and two.unit is None and not one.prefixed:
            return None, None
        if one.unit is None and two.prefixed:
            return None, None
        factor = two.numeral.factor
        shared = one.numeral.factor == 1 and factor > 1 and factor != _DOZEN
        if low is not None and shared and low < (high or 0) / factor:
            low = round(low * factor, 6)
        return low, high


def _adjacent(low: float, high: float, factor: float) -> bool:
    """Tell whether "two or three", "50 or 60" name one uncertain number rather than two numbers."""
    step = 10 if low >= 20 and low % 10 == 0 and high % 10 == 0 else 1
    return low < high and high - low in (step, step * factor)

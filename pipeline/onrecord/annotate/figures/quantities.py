"""Quantities: numbers together with currency, unit, modifier and the other end of a range.

The kinds of modifier and the separation of a quantity into change, value, unit and concept follow
Almasian et al. 2023, "CQE: A Comprehensive Quantity Extractor" (EMNLP 2023); the grammar is another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from onrecord.annotate.figures.lexemes import Lexemes
from onrecord.annotate.figures.lexicon import Lexicon, Unit
from onrecord.annotate.figures.numerals import Numeral, read_numeral
from onrecord.annotate.figures.tokens import Tokens
from onrecord.records.vocabulary import Modifier

_HYPHENS: Final = frozenset({"-", "‑"})
_DASHES: Final = frozenset({"-", "‑", "–", "‒", "−"})
_MINUS: Final = frozenset({"-", "−", "–"})
_BOUNDS: Final = frozenset({"at_least", "at_most", "more_than", "less_than"})
_WEAK: Final = "approximate"
_RELATIVE_TIME: Final = frozenset(
    {"ago", "earlier", "later", "before", "after", "previously", "old", "long", "early"}
)
_NO_RATE: Final = frozenset({"percent", "percentage_point", "basis_point", "times", "magnitude", "degree"})
_MASS_BELOW: Final = 1000.0


@dataclass(slots=True)
class Quantity:
    """A number with what belongs to it, on lexemes [first, last); offsets are code points.

    `number_start` and `number_end` hold the numeral alone. `unit_end` is where the unit ends, before
    any compound ("a barrel"). `opened` is the lexeme at which "from" or "between" stands before it.
    """

    first: int
    last: int
    numeral: Numeral
    value: float | None
    low: float | None
    high: float | None
    modifier: Modifier
    unit: Unit | None
    unit_name: str | None
    number_start: int
    number_end: int
    prefixed: bool = False
    signed: bool = False
    is_range: bool = False


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
        self.lexemes, self.lexicon, self.tokens = lexemes, lexicon, tokens
        self.resolve, self.changes = resolve, changes

    # ------------------------------------------------------------------ number, currency, unit

    def core(self, i: int) -> Quantity | None:
        """Read number, currency and unit where the number begins at lexeme i; None where none does."""
        lexemes, lexicon = self.lexemes, self.lexicon
        prefix, first = self._prefix(i)
        numeral = read_numeral(lexemes, lexicon, i, money=prefix is not None)
        if numeral is None:
            return None
        if prefix is None and (found := lexicon.large_prefixes.match_before(lexemes, i)):
            rich = read_numeral(lexemes, lexicon, i, money=True)
            if (
                rich is not None
                and rich.value is not None
                and rich.value >= 1000
                and not lexemes.glued(found[1])
            ):
                (prefix, first), numeral = found, rich
        unit, last = prefix, numeral.last
        if numeral.kind == "factor":
            unit = Unit("times")
        elif prefix is not None:
            unit, last = self._behind_prefix(prefix, numeral.last)
        elif found_unit := self._unit(numeral):
            unit, last = found_unit
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

    def _prefix(self, i: int) -> tuple[Unit | None, int]:
        found = self.lexicon.prefixes.match_before(self.lexemes, i)
        if found is None:
            return None, i
        unit, first = found
        touches = self.lexemes.glued(first) and self.lexemes.lower[first][:1].isalpha()
        return (None, i) if touches and self.lexemes.lower[first - 1].isalnum() else (unit, first)

    def _behind_prefix(self, prefix: Unit, j: int) -> tuple[Unit, int]:
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

    def _unit(self, numeral: Numeral) -> tuple[Unit, int] | None:
        lexemes, lower = self.lexemes, self.lexemes.lower
        j = numeral.last
        if lower[j] in _HYPHENS and lexemes.glued(j):
            j += 1
        elif lower[j] == "of" and numeral.kind in ("vague", "fraction"):
            j += 2 if lower[j + 1] in ("a", "an") else 1
        if lower[j] == "times" and lower[j + 1] in self.lexicon.times_of:
            return Unit("times"), j + 1
        found = self.lexicon.units.match(lexemes, j)
        if found is None:
            return None
        unit, last = found
        if unit.currency and lexemes.is_number(last) and lexemes.glued(last):
            return None  # the sign of the next number: "5 $10 notes"
        if unit.homograph and (numeral.value is None or numeral.value < 100):
            return None
        if unit.noun == "pound" and self._is_mass(numeral):
            return Unit("pound_mass"), last
        return unit, last

    def _is_mass(self, numeral: Numeral) -> bool:
        """Tell pounds of weight from pounds sterling: money where the article has other money in pounds."""
        text = self.lexemes.text
        return (
            numeral.factor == 1
            and (numeral.value or 0) < _MASS_BELOW
            and not ("£" in text or "pence" in text)
        )

    # ------------------------------------------------------------------ ranges, compounds, modifiers

    def read(self, i: int) -> Quantity | None:
        """Read the whole quantity whose number begins at lexeme i; None where none does."""
        quantity = self.core(i)
        if quantity is None:
            return None
        begin, found = self._modifiers_before(quantity.first)
        begin, magnitude = self._magnitude_before(begin, quantity)
        if magnitude and not found:
            begin, found = self._modifiers_before(begin)
        opener = self.lexicon.range_openers.match_before(self.lexemes, begin)
        self._join(quantity, opener[0].split()[-1] if opener else self.lexemes.before(begin))
        if quantity.is_range and opener and quantity.numeral.kind != "vague":
            begin = opener[1]
        self._name_unit(quantity)
        quantity.first = begin
        after = self._modifier_after(quantity)
        if after:
            found.append(after)
        self._apply(quantity, found)
        return quantity

    def _join(self, one: Quantity, opener: str) -> None:
        """Join the other end of a range to `one`, where one follows: "8,000 to 13,000", "$1.2-1.5bn"."""
        lexemes, lower, j = self.lexemes, self.lexemes.lower, one.last
        if lower[j] in _HYPHENS and lower[j + 1] in ("to", "or"):
            j += 1  # "10- to 15-mile"
        link = lower[j]
        if one.value is None or not (
            link == "to"
            or (link in _DASHES and lexemes.glued(j) == lexemes.glued(j + 1))
            or (link == "and" and opener == "between")
            or link == "or"
            or (link == "up" and lower[j + 1] == "to" and opener == "from")
        ):
            return
        k = j + 2 if link == "up" else j + 1
        if link in ("to", "and"):
            k = self._modifiers_ahead(k)
        start = k
        while lower[k] and not self._begins_number(k) and k < start + 3:
            k += 1
        two = self.core(k) if self._begins_number(k) else None
        if two is None or two.value is None or two.first != start:
            return
        if (one.numeral.kind == "fraction") != (two.numeral.kind == "fraction"):
            return
        low, high = self._ends(one, two)
        if low is None or high is None:
            return
        if link == "to" and self._is_step(one, opener):
            if one.unit is None and opener == "from":
                one.value, one.unit = low, two.unit
            return
        if low > high and opener != "between":
            return
        if link == "or" and not (one.unit is None and _adjacent(low, high, max(one.numeral.factor, 1.0))):
            return
        unit = two.unit or one.unit
        one.low, one.high, one.value = min(low, high), max(low, high), None
        one.unit, one.last, one.modifier, one.is_range = unit, two.last, "range", True
        one.numeral = Numeral(one.numeral.first, two.numeral.last, None, two.numeral.kind, two.numeral.factor)
        one.number_end = two.number_end

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
        """Give the second level of a step the unit of the first: "fell from 208 pounds to 193"."""
        lower, first = self.lexemes.lower, one.first
        linked = lower[one.last : two.first] == ["to"] and "from" in (
            lower[first],
            self.lexemes.before(first),
        )
        if linked and two.unit is None:
            two.unit, two.unit_name = one.unit, one.unit_name

    def _begins_number(self, k: int) -> bool:
        lower = self.lexemes.lower[k]
        return self.lexemes.is_number(k) or lower in self.lexicon.cardinals or lower in ("a", "an", "half")

    def _ends(self, one: Quantity, two: Quantity) -> tuple[float | None, float | None]:
        """Return both ends with shared magnitude; (None, None) where the units keep them apart."""
        low, high = one.value, two.value
        if one.unit is not None and two.unit is not None and one.unit.name != two.unit.name:
            return None, None
        if one.unit is not None and two.unit is None and not one.prefixed:
            return None, None
        if one.unit is None and two.prefixed:
            return None, None
        if (
            low is not None
            and one.numeral.factor == 1
            and two.numeral.factor > 1
            and two.numeral.factor != 12
        ):
            raw = (high or 0) / two.numeral.factor
            if low < raw:
                low = round(low * two.numeral.factor, 6)
        return low, high

    def _name_unit(self, quantity: Quantity) -> None:
        """Give the unit its name, with the compound behind it ("a barrel", "per day")."""
        unit = quantity.unit
        if unit is None:
            return
        name = self.resolve(unit, quantity.prefixed)
        compound = self._per(quantity.last) if unit.currency or unit.name not in _NO_RATE else None
        if compound:
            name, quantity.last = f"{name}_per_{compound[0]}", compound[1]
        quantity.unit_name = name

    def _per(self, j: int) -> tuple[str, int] | None:
        lexemes, lower = self.lexemes, self.lexemes.lower
        k = j
        if lower[k] in _HYPHENS and lexemes.glued(k) and lower[k + 1] in ("a", "an", "per"):
            k += 1
        if lower[k] not in ("a", "an", "per", "/"):
            return None
        article = lower[k] in ("a", "an")
        k += 1
        if lower[k] in _HYPHENS and lexemes.glued(k):
            k += 1
        found = self.lexicon.denominators.match(lexemes, k)
        if found is None and (unit := self.lexicon.units.match(lexemes, k)) and not unit[0].currency:
            found = unit[0].name, unit[1]
        if found is None or (article and lower[found[1]] in _RELATIVE_TIME):
            return None
        return found

    def _magnitude_before(self, first: int, quantity: Quantity) -> tuple[int, bool]:
        """Read "magnitude", "magnitude of" and "magnitude-" before the number as its unit."""
        lower = self.lexemes.lower
        if quantity.unit is None and first > 0:
            k = first - 1 if lower[first - 1] in (*_HYPHENS, "of") else first
            if lower[k - 1] == "magnitude" and k > 0:
                quantity.unit = Unit("magnitude")
                return k - 1, True
        return first, False

    def _modifiers_before(self, first: int) -> tuple[int, list[Modifier]]:
        """Read the modifiers that end before lexeme `first`; return where they begin, and them."""
        lexemes, lexicon, found = self.lexemes, self.lexicon, list[Modifier]()
        for _ in range(3):
            match = lexicon.before.match_before(lexemes, first)
            gap = first
            for _ in range(2):
                if match or not (word := lexicon.between.match_before(lexemes, gap)):
                    break
                gap = word[1]
                match = lexicon.before.match_before(lexemes, gap)
            if not match:
                break
            modifier, begin = match
            if first - begin == 1 and self._is_preposition(begin):
                break
            first = begin
            found.append(modifier)
            while grade := lexicon.graded_by.match_before(lexemes, first):
                first = grade[1]
        return first, found

    def _is_preposition(self, i: int) -> bool:
        """Tell whether lexeme i only looks like a modifier: "talks about two men", "took over 12 firms"."""
        if self.lexemes.lower[i] not in self.lexicon.prepositions or not self.tokens.has_parse:
            return False
        token = self.tokens.at(self.lexemes.start[i])
        if token.dep_ == "prt":
            return True
        return token.dep_ == "prep" and token.head.lemma_.lower() in self.lexicon.preposition_heads

    def _modifiers_ahead(self, k: int) -> int:
        """Step over a modifier in the second half of a range: "between 20 and about 30"."""
        match = self.lexicon.before.match(self.lexemes, k)
        return match[1] if match and match[0] == _WEAK else k

    def _modifier_after(self, quantity: Quantity) -> Modifier | None:
        lexemes, j = self.lexemes, quantity.last
        match = self.lexicon.after.match(lexemes, j)
        if match is None:
            return None
        modifier, last = match
        word = lexemes.lower[j]
        if word in ("-", "+", "odd", "ish", "plus") and not (lexemes.glued(j) or word == "odd"):
            return None
        nxt = lexemes.lower[last]
        if nxt in ("than", "of", "a", "an", "to", "$", "£", "€") or self._begins_number(last):
            return None
        quantity.last = last
        return modifier

    def _apply(self, quantity: Quantity, found: list[Modifier]) -> None:
        """Set the modifier and the bounds that it means; a bound outweighs an approximation."""
        bounds = [modifier for modifier in found if modifier in _BOUNDS]
        if quantity.is_range and not (quantity.numeral.kind == "vague" and bounds):
            return
        if bounds:
            quantity.modifier = bounds[0]
            number = quantity.low if quantity.value is None else quantity.value
            lower = quantity.modifier in ("at_least", "more_than")
            quantity.low, quantity.high, quantity.value = (
                (number, None, None) if lower else (None, number, None)
            )
        elif found:
            quantity.modifier = found[0]


def _adjacent(low: float, high: float, factor: float) -> bool:
    """Tell whether "two or three", "50 or 60" name one uncertain number rather than two numbers."""
    step = 10 if low >= 20 and low % 10 == 0 and high % 10 == 0 else 1
    return low < high and high - low in (step, step * factor)

"""Changes: numbers that say by how much something rose or fell."""

from __future__ import annotations

from typing import Final

from onrecord.annotate.figures.lexemes import Lexemes
from onrecord.annotate.figures.lexicon import Lexicon
from onrecord.annotate.figures.quantity import Quantity
from onrecord.records.vocabulary import Modifier

_REACH: Final = 9
"""How many lexemes before "by" or "from" its verb may stand."""
_STOPS: Final = frozenset({"\n", ".", ",", ";", ":", "(", ")", "?", "!", "“", "”", '"', "—"})
_RATES: Final = frozenset({"percent", "percentage_point", "basis_point"})
_APPOSED: Final = frozenset({",", "(", "—", "–"})
"""Before "up" and "down" that compare with before, whatever is counted: "230 seats, down 12 seats"."""
_UNCHANGED: Final = frozenset({"exact", "approximate", "range"})


class ChangeReader:
    """Tells whether a quantity of a text is the amount of a change."""

    def __init__(self, lexemes: Lexemes, lexicon: Lexicon) -> None:
        self.lexemes, self.lexicon = lexemes, lexicon

    def governs(self, first: int) -> bool:
        """Tell whether a word of change stands in the clause before lexeme `first`."""
        return self._search(first) is not None or self._goes(first)

    def modifier(self, quantity: Quantity, *, counts: bool) -> Modifier | None:
        """Return change_up or change_down where the quantity is the amount of a change.

        `counts` says that a noun is counted: then only what cannot be mistaken is a change.
        """
        lexemes, lexicon, lower = self.lexemes, self.lexicon, self.lexemes.lower
        name = quantity.unit_name
        money = quantity.unit is not None and quantity.unit.currency
        rate = name in _RATES
        if quantity.numeral.kind == "factor":
            return "change_down" if quantity.value is not None and quantity.value < 1 else "change_up"
        if quantity.signed and rate and quantity.value is not None:
            return "change_up" if quantity.value >= 0 else "change_down"
        counts = counts and lower[quantity.last] not in lexicon.amounts
        amount = rate or (not counts and (money or quantity.unit is None or name == "degree"))
        behind = quantity.last + (lower[quantity.last] in lexicon.amounts)
        after = lexicon.changes_after.get(lower[behind])
        if after and (rate or money or behind > quantity.last):
            return after if lower[behind + 1] not in lexicon.not_behind_change else None
        before = lexemes.before(quantity.first)
        if before in ("from", "to", "at"):
            return None
        if rate and (noun := self._noun(quantity)):
            return noun
        k = quantity.first
        for _ in range(4):
            match = lexicon.change_between.match_before(lexemes, k)
            if match:
                k = match[1]
            elif lexemes.before(k).endswith("ly"):
                k -= 1
            else:
                break
        word = lexemes.before(k)
        portion = lower[quantity.last] == "of"  # "women make up 40% of voters"
        if word in lexicon.particles and not portion and (amount or lexemes.before(k - 1) in _APPOSED):
            return lexicon.particles[word]
        if change := lexicon.change_verbs.get(word):
            gains = not change.transitive or lower[quantity.last] in lexicon.amounts
            if rate or (gains and not counts):
                return change.modifier
        if before == "by" and not counts and (found := self._search(quantity.first - 1)):
            return found
        return None

    def repeated(self, quantity: Quantity, previous: Quantity) -> Modifier | None:
        """Return the modifier of `previous` where it holds for the quantity too.

        So it does where the same is said in another unit ("more than 100 km (60 miles)", "rose $1.20,
        or 1.6%") and where the verb is left out ("Dyer fell 2.3%, Marlow by 2.6%").
        """
        lower, first, last = self.lexemes.lower, quantity.first, previous.last
        if quantity.unit is None or previous.unit is None or previous.modifier in _UNCHANGED:
            return None
        between = lower[last:first]
        elided = (
            between[-1:] == ["by"]
            and len(between) <= _REACH
            and quantity.unit_name == previous.unit_name
            and previous.modifier in ("change_up", "change_down")
            and "." not in between
        )
        return previous.modifier if elided or between in (["("], [",", "or"], ["/"]) else None

    def _noun(self, quantity: Quantity) -> Modifier | None:
        """Read the noun of change beside a rate: "a 5% drop", "an increase of 3 percent"."""
        lower, nouns = self.lexemes.lower, self.lexicon.change_nouns
        for word in lower[quantity.last : quantity.last + 2]:
            if word in nouns:
                return nouns[word]
            if not word.isalpha() or word in ("in", "of", "to", "and", "on", "from", "by"):
                break
        if self.lexemes.before(quantity.first) == "of":
            return nouns.get(self.lexemes.before(quantity.first - 1))
        return None

    def _goes(self, first: int) -> bool:
        """Tell whether a verb of going, without direction, stands before "from"."""
        words = self.lexemes.lower[max(first - 1 - _REACH, 0) : first]
        return any(word in self.lexicon.step_verbs for word in words) and _STOPS.isdisjoint(words)

    def _search(self, first: int) -> Modifier | None:
        for k in range(first - 1, max(first - 1 - _REACH, -1), -1):
            word = self.lexemes.lower[k]
            if word in _STOPS:
                return None
            if change := self.lexicon.change_verbs.get(word):
                return change.modifier
            if word in self.lexicon.change_nouns:
                return self.lexicon.change_nouns[word]
            if word in self.lexicon.particles and k >= first - 2:
                return self.lexicon.particles[word]
        return None

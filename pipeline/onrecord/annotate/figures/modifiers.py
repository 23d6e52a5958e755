"""Wording before and after a number that makes it approximate or a bound.

The kinds of modifier and the separation of a quantity into change, value, unit and concept follow
Almasian et al. 2023, "CQE: A Comprehensive Quantity Extractor" (EMNLP 2023); the grammar is another.
"""

from __future__ import annotations

from typing import Final

from onrecord.annotate.figures.lexemes import Lexemes
from onrecord.annotate.figures.lexicon import Lexicon
from onrecord.annotate.figures.numerals import begins_number
from onrecord.annotate.figures.quantity import Quantity
from onrecord.annotate.figures.tokens import Tokens
from onrecord.records.vocabulary import Modifier

_BOUNDS: Final = frozenset({"at_least", "at_most", "more_than", "less_than"})
_OPPOSITE: Final[dict[Modifier, Modifier]] = {"more_than": "less_than", "less_than": "more_than"}
"""What a bound means for a factor below one: "more than halved" is less than a half."""
_MOST: Final = 3
"""Modifiers that can stand in a row: "at least about", "up to as many as some"."""


class ModifierReader:
    """Reads the modifiers around a number."""

    def __init__(self, lexemes: Lexemes, lexicon: Lexicon, tokens: Tokens) -> None:
        self.lexemes, self.lexicon, self.tokens = lexemes, lexicon, tokens

    def before(self, first: int) -> tuple[int, list[Modifier]]:
        """Read the modifiers that end before lexeme `first`; return where they begin, and them."""
        lexemes, lexicon, found = self.lexemes, self.lexicon, list[Modifier]()
        for _ in range(_MOST):
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

    def skipped(self, k: int) -> int:
        """Step over an approximation in the second half of a range: "between 20 and about 30"."""
        match = self.lexicon.before.match(self.lexemes, k)
        return match[1] if match and match[0] == "approximate" else k

    def after(self, quantity: Quantity) -> Modifier | None:
        """Read the modifier behind a quantity, which is widened to it: "300 or so", "5%-plus"."""
        lexemes, j = self.lexemes, quantity.last
        match = self.lexicon.after.match(lexemes, j)
        if match is None:
            return None
        modifier, last = match
        word = lexemes.lower[j]
        if word in self.lexicon.glued_after and not (lexemes.glued(j) or word == "odd"):
            return None
        if word != "or" and (
            lexemes.lower[last] in self.lexicon.not_behind_after or begins_number(lexemes, self.lexicon, last)
        ):
            return None
        quantity.last = last
        return modifier

    def apply(self, quantity: Quantity, found: list[Modifier]) -> None:
        """Set the modifier and the bounds that it means; a bound outweighs an approximation."""
        bounds = [modifier for modifier in found if modifier in _BOUNDS]
        if quantity.is_range and not (quantity.numeral.kind == "vague" and bounds):
            return
        if bounds:
            shrinks = quantity.numeral.kind == "factor" and (quantity.value or 1) < 1
            quantity.modifier = _OPPOSITE.get(bounds[0], bounds[0]) if shrinks else bounds[0]
            number = quantity.low if quantity.value is None else quantity.value
            lower = quantity.modifier in ("at_least", "more_than")
            quantity.low, quantity.high, quantity.value = (
                (number, None, None) if lower else (None, number, None)
            )
        elif found:
            quantity.modifier = found[0]

    def _is_preposition(self, i: int) -> bool:
        """Tell whether lexeme i only looks like a modifier: "talks about two men", "took over 12 firms"."""
        if self.lexemes.lower[i] not in self.lexicon.prepositions or not self.tokens.has_parse:
            return False
        token = self.tokens.at(self.lexemes.start[i])
        if token.dep_ == "prt":
            return True
        return token.dep_ == "prep" and token.head.lemma_.lower() in self.lexicon.preposition_heads

"""What a figure counts or measures, and what is said to have happened to it."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.annotate.figures.clauses import is_noun
from onrecord.annotate.figures.counts import Counts
from onrecord.annotate.figures.lexemes import Lexemes
from onrecord.annotate.figures.lexicon import Lexicon
from onrecord.annotate.figures.measures import Measures
from onrecord.annotate.figures.phrases import NOTHING, VERBS, Counted, Phrases
from onrecord.annotate.figures.quantity import Quantity
from onrecord.annotate.figures.tokens import Tokens
from onrecord.annotate.figures.unparsed import noun_behind
from onrecord.records.vocabulary import Modifier


class CountedReader:
    """Reads, in text order, what the quantities of one text count."""

    def __init__(
        self, lexemes: Lexemes, lexicon: Lexicon, tokens: Tokens, quantities: Sequence[Quantity]
    ) -> None:
        self.lexemes, self.lexicon, self.tokens = lexemes, lexicon, tokens
        self.phrases = Phrases(lexemes, lexicon, tokens, quantities)
        self._counts = Counts(lexemes, lexicon, tokens, self.phrases)
        self._measures = Measures(lexemes, lexicon, tokens, self.phrases)

    def read(self, quantity: Quantity) -> Counted:
        """Return what the quantity counts; nothing where the text does not say."""
        if not self.tokens.has_parse:
            plain = noun_behind(self.lexemes, self.lexicon, self.tokens, quantity)
            return Counted(*plain, behind=True) if plain else NOTHING
        root = self._root(quantity)
        found = self._beside(quantity)
        if quantity.numeral.kind == "factor" and root.pos_ in VERBS:
            found = self.phrases.of_verb(root, root)
        if found is None and quantity.unit_name == "magnitude":
            found = self._measures.quake(root)
        if found is None:
            reader = self._measures if quantity.unit is not None else self._counts
            found = reader.read(root, quantity)
        if found.words:
            self.phrases.remember(root, found, count=quantity.unit is None)
        return found

    def bound(self, quantity: Quantity, counted: Counted) -> Modifier | None:
        """Return the bound that a verb sets: in "the toll passes 100" the number is a lower one."""
        if counted.predicate is None or counted.behind or not self.tokens.has_parse:
            return None
        if self.lexemes.lower[quantity.last] == "from":
            return None  # "will pass 32,000 km from the Earth"
        verb = self.tokens.at(counted.predicate)
        root = self._root(quantity)
        if root.dep_ in ("dobj", "npadvmod", "attr") and root.head.i == verb.i:
            return self.lexicon.bound_verbs.get(verb.lemma_.lower())
        return None

    def _root(self, quantity: Quantity) -> Token:
        """Return the token of the quantity on which its others depend."""
        tokens, lexemes = self.tokens, self.lexemes
        first = tokens.at(lexemes.start[quantity.first]).i
        last = tokens.at(lexemes.end[quantity.last - 1] - 1).i
        root = tokens.at(quantity.number_start)
        for _ in range(last - first + 2):
            head = root.head
            if head is root or not first <= head.i <= last:
                break
            root = head
        while root.dep_ == "quantmod" and root.head.tag_ == "CD" and root.head.i > root.i:
            root = root.head  # "Seven of 11 economists", "from $7 to $9"
        if root.head.i == first - 1 and root.head.lower_ == "record":
            root = root.head
        return root

    def _beside(self, quantity: Quantity) -> Counted | None:
        """Read "base price: $5", "a grant worth $5", "shares down 5%", "copper +5%": the noun before."""
        lexemes, before = self.lexemes, self.lexemes.before(quantity.first)
        if quantity.signed and quantity.unit is not None and lexemes.lower[quantity.first] in ("+", "-", "−"):
            left = self.tokens.doc[max(self.tokens.at(lexemes.start[quantity.first]).i - 1, 0)]
            return self.phrases.of_noun(left) if is_noun(left) else None
        if before not in (":", "worth") and before not in self.lexicon.particles:
            return None
        if quantity.unit is None and self.lexemes.lower[quantity.last].isalpha():
            return None
        i = self.tokens.at(lexemes.start[quantity.first - 1]).i
        noun = self.tokens.doc[i - 1] if i > 0 else None
        if noun is None or not is_noun(noun) or self.phrases.is_taken(noun):
            return None
        return self.phrases.of_noun(noun)

"""What a number with a unit measures: oil at $65 a barrel, a stake of 13%, $12.5 million in aid."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from onrecord.annotate.figures.clauses import governor, is_noun, prepositional_object
from onrecord.annotate.figures.lexemes import Lexemes
from onrecord.annotate.figures.lexicon import Lexicon
from onrecord.annotate.figures.phrases import MEMORY, MODIFYING, NOTHING, VERBS, Counted, Phrases
from onrecord.annotate.figures.quantity import Quantity
from onrecord.annotate.figures.tokens import Tokens

_SPENT: Final = frozenset({"for", "on"})


class Measures:
    """Finds the noun of a number with a unit, by the parse."""

    def __init__(self, lexemes: Lexemes, lexicon: Lexicon, tokens: Tokens, phrases: Phrases) -> None:
        self.lexemes, self.lexicon, self.tokens, self.phrases = lexemes, lexicon, tokens, phrases

    def read(self, root: Token, quantity: Quantity) -> Counted:
        """Return what is measured by the number whose token in the tree is `root`."""
        money = quantity.unit is not None and quantity.unit.currency
        end = self.tokens.at(self.lexemes.end[quantity.last - 1] - 1)
        word = self.lexemes.lower[quantity.last]
        if word in ("of", "in", "worth"):
            noun = self._object_of(end, word, money=money)
            base = noun is not None and noun.lower_ in self.lexicon.bases and root.dep_ in ("pobj", "attr")
            if noun is not None and noun.tag_ != "CD" and not base:
                return self.phrases.of_whole(noun, root)
        if root.dep_ in MODIFYING and root.head.ent_type_ in ("DATE", "TIME"):
            root = root.head
        if root.dep_ in MODIFYING and root.head.i > end.i and is_noun(root.head):
            return self.phrases.of_noun(root.head, behind=True, after=end.i + 1)
        following = end.nbor(1) if end.i + 1 < len(end.doc) else None
        if (
            following is not None
            and root.dep_ not in ("pobj", "npadvmod")
            and is_noun(following)
            and word[:1].isalpha()
            and following.head is not root
            and root.head.i > end.i
            and is_noun(root.head)
        ):
            return self.phrases.of_noun(root.head, behind=True, after=end.i + 1)
        recent = self.phrases.recent(root, count=False)
        if self.lexemes.before(quantity.first) == "(" and recent is not None:
            return recent
        return self._around(root, money=money)

    def _object_of(self, end: Token, word: str, *, money: bool) -> Token | None:
        for token in end.doc[end.i + 1 : end.i + 3]:
            if token.lower_ in ("of", "in"):
                noun = next((child for child in token.rights if child.dep_ == "pobj"), None)
                if noun is None or word != "in":
                    return noun
                plain = (
                    noun.tag_ in ("NN", "NNS")
                    and not noun.ent_type_
                    and not any(c.dep_ in ("det", "poss") for c in noun.lefts)
                )
                return noun if money and plain and noun.lower_ not in self.lexicon.months else None
        return None

    def _around(self, root: Token, *, money: bool) -> Counted:
        """Find the noun of a measure that stands alone: the object or subject of its verb."""
        if found := self.phrases.partitive(root):
            return found
        head = root.head
        if root.dep_ == "pobj":
            if (noun := self.phrases.aggregate(root)) is not None:
                return self._around(noun, money=money)
            return self.phrases.behind_preposition(root, count=False)
        if head.pos_ in ("ADJ", "ADV") or head.tag_ in ("JJR", "RBR", "JJ", "RB", "RP", "IN"):
            if is_noun(head.head) and head.dep_ in ("amod", "prep", "advmod", "acl"):
                return self.phrases.of_noun(head.head)
            verb = head.head if head.head.pos_ in VERBS else governor(head)
            return self.phrases.of_verb(verb, root) if verb is not None else NOTHING
        if head.pos_ in VERBS and head is not root:
            if (found := self.phrases.told_of(root)) is not None:
                return found
            if root.dep_ == "dobj" and money and head.lemma_ in self.lexicon.spending_verbs:
                noun = next((child for child in head.rights if child.dep_ == "dative"), None)
                noun = noun or prepositional_object(head, _SPENT) or prepositional_object(root, _SPENT)
                if noun is not None and noun.tag_ in ("NN", "NNS") and noun.lower_ != "hand":
                    return self.phrases.of_noun(noun, verb=head)
            if root.dep_ == "dobj" and money and not self._measures_subject(head):
                return self.phrases.of_predicate(head)  # "the agency needs $214 million": of nothing named
            return self.phrases.of_verb(head, root)
        if root.dep_ in ("conj", "appos"):
            recent = self.phrases.recent(root, count=False)
            if recent is not None:
                return recent
        if is_noun(head) and head is not root:
            return self.phrases.of_noun(head)
        if root.dep_ == "ROOT":
            for child in root.lefts:
                if child.dep_ in ("nsubj", "dep", "nsubjpass") and is_noun(child):
                    return self.phrases.of_noun(child)
        return self.phrases.recent(root, count=False) or NOTHING

    def _measures_subject(self, verb: Token) -> bool:
        """Tell whether an amount behind a verb is a measure of its subject: "exports total $5 billion"."""
        return verb.lemma_ in self.lexicon.level_verbs or verb.lower_ in self.lexicon.change_verbs

    def quake(self, root: Token) -> Counted | None:
        """Return the earthquake that a magnitude belongs to: the noun behind it or the last one before."""
        doc, nouns = root.doc, self.lexicon.quake_nouns
        for token in (*doc[root.i + 1 : root.i + 4], *reversed(doc[max(root.i - MEMORY, 0) : root.i])):
            if token.lemma_.lower() in nouns:
                return self.phrases.of_noun(token)
        return None

"""Noun phrases as answers to what a figure counts, and the memory by which an elided noun is supplied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from onrecord.annotate.figures.clauses import (
    direct_object,
    governor,
    is_noun,
    participle,
    partitive,
    phrase_start,
    predicate_lemma,
    prepositional_object,
    subject,
)
from onrecord.annotate.figures.lexemes import Lexemes
from onrecord.annotate.figures.lexicon import Lexicon
from onrecord.annotate.figures.quantity import Quantity
from onrecord.annotate.figures.tokens import Tokens

MODIFYING: Final = frozenset({"nummod", "compound", "amod", "nmod", "quantmod", "poss"})
VERBS: Final = frozenset({"VERB", "AUX"})
OF: Final = frozenset({"of"})
PARTS: Final = frozenset({"of", "among", "amongst"})
PRONOUNS: Final = frozenset({"PRP", "DT", "WDT", "WP", "EX", "PRP$"})
DEEPEST: Final = 4
MEMORY: Final = 40
"""Tokens over which a number without a noun takes the noun of the number before."""
_LONGEST: Final = 8
"""Words of the longest noun phrase before its head."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The noun phrase counted, the offset of its head, the offset of the predicate, and the measure.

    `behind` says that the noun stands with its number ("88 civilians", "13% of the shares").
    """

    words: str | None = None
    head: int | None = None
    predicate: int | None = None
    measure: str | None = None
    behind: bool = False


NOTHING: Final = Counted()


def _noun_above(noun: Token) -> Token | None:
    """Return the noun that `noun` depends on directly or through a preposition."""
    head = noun.head.head if noun.head.dep_ == "prep" else noun.head
    return head if head is not noun and is_noun(head) else None


def _outermost(preposition: Token) -> Token:
    """Return the first of prepositions that follow one another ("from over", "up to")."""
    while preposition.head.dep_ == "prep" and preposition.dep_ == "prep":
        preposition = preposition.head
    return preposition


class Phrases:
    """The noun phrases of one text that figures can count.

    Tokens of the `quantities` themselves are none. What the last figure counted is remembered.
    """

    def __init__(
        self, lexemes: Lexemes, lexicon: Lexicon, tokens: Tokens, quantities: Sequence[Quantity]
    ) -> None:
        self.lexemes, self.lexicon, self.tokens = lexemes, lexicon, tokens
        self._claimed = frozenset(
            i
            for quantity in (quantities if tokens.has_parse else ())
            for i in range(
                tokens.at(lexemes.start[quantity.first]).i,
                tokens.at(lexemes.end[quantity.last - 1] - 1).i + 1,
            )
        )
        self._last: tuple[int, Counted] | None = None
        self._last_count: tuple[int, Counted] | None = None

    def is_taken(self, noun: Token) -> bool:
        """Tell whether a noun belongs to a figure or a date, so that nothing counts it."""
        return noun.i in self._claimed or noun.ent_type_ in ("DATE", "TIME")

    def remember(self, root: Token, found: Counted, *, count: bool) -> None:
        """Remember an answer for the figures behind it; `count` says that the figure has no unit."""
        self._last = (root.i, found)
        if count:
            self._last_count = (root.i, found)

    def recent(self, root: Token, *, count: bool) -> Counted | None:
        """Return what the last figure (or the last count) near before a token counted."""
        last = self._last_count if count else self._last
        return last[1] if last is not None and root.i - last[0] <= MEMORY else None

    def of_noun(
        self,
        noun: Token | None,
        *,
        behind: bool = False,
        verb: Token | None = None,
        level: str | None = None,
        after: int = 0,
    ) -> Counted:
        """Make the answer from the head noun; from nothing where the noun is a pronoun or missing."""
        given = noun
        for _ in range(DEEPEST):
            if noun is None or not self.is_taken(noun):
                break
            noun = _noun_above(noun)
        if noun is not None and noun.lower_ in self.lexicon.number_nouns:
            inner = prepositional_object(noun, OF)
            noun = inner if inner is not None and is_noun(inner) else noun
        if noun is None and given is not None and (recent := self.recent(given, count=False)):
            return recent
        if noun is None or noun.tag_ in PRONOUNS:
            measure = predicate_lemma(verb, level) if verb is not None else None
            return Counted(None, None, verb.idx if verb is not None else None, measure)
        verb = verb or participle(noun) or governor(noun)
        lemma = noun.lemma_.lower()
        lemma = "person" if lemma == "people" else lemma
        k = noun.i
        while k > after and k - 1 not in self._claimed and k > noun.i - _LONGEST:
            k -= 1
        start = phrase_start(noun, k, self.lexicon.not_phrase_initial)
        words = self.lexemes.text[start : noun.idx + len(noun.text)]
        if verb is None:
            return Counted(words, noun.idx, None, None, behind)
        return Counted(words, noun.idx, verb.idx, f"{lemma} {predicate_lemma(verb, level)}", behind)

    def of_whole(self, noun: Token, root: Token) -> Counted:
        """Read "7 of 11 economists", "two of them", "13% of the shares"."""
        if noun.tag_ in PRONOUNS:
            return self.ellipsis(root, verb=governor(root))
        if noun.tag_ == "CD":
            inner = noun.head if noun.dep_ == "nummod" else noun
            return self.of_noun(inner, behind=True, verb=governor(root)) if is_noun(inner) else NOTHING
        verb = governor(root) if root.dep_ in ("nsubj", "nsubjpass", "dobj") else None
        return self.of_noun(noun, behind=True, verb=verb)

    def partitive(self, root: Token) -> Counted | None:
        """Return the noun of a fronted "of" or "among" where the number is a subject."""
        whole_of = partitive(root.head, PARTS) if root.dep_ in ("nsubj", "nsubjpass") else None
        if whole_of is None or whole_of.tag_ in PRONOUNS or whole_of.tag_ == "CD":
            return None
        return self.of_noun(whole_of, behind=True, verb=root.head)

    def of_predicate(self, verb: Token) -> Counted:
        """Make the answer where only the predicate is known."""
        return Counted(None, None, verb.idx, predicate_lemma(verb))

    def told_of(self, root: Token) -> Counted | None:
        """Return the plural noun that a number alone is said to be: "61% were women"."""
        verb = root.head
        if root.dep_ != "nsubj" or verb.lemma_ != "be":
            return None
        noun = next((child for child in verb.rights if child.dep_ == "attr" and child.tag_ == "NNS"), None)
        return self.of_noun(noun, behind=True, verb=verb) if noun is not None else None

    def ellipsis(self, root: Token, *, verb: Token | None, implied: bool = False) -> Counted:
        """Take the noun of the number before; people where the verb says so and no number stands before."""
        recent = self.recent(root, count=True)
        predicate = verb.idx if verb is not None else None
        if recent is not None and recent.words:
            noun = self.tokens.at(recent.head) if recent.head is not None else None
            lemma = (noun.lemma_.lower() if noun is not None else recent.words).replace("people", "person")
            measure = f"{lemma} {predicate_lemma(verb)}" if verb is not None else recent.measure
            return Counted(recent.words, recent.head, predicate or recent.predicate, measure, behind=True)
        if implied and verb is not None:
            return Counted("people", None, predicate, f"person {predicate_lemma(verb)}", behind=True)
        return Counted(None, None, predicate, predicate_lemma(verb) if verb is not None else None)

    def of_verb(self, verb: Token, root: Token, level: str | None = None) -> Counted:
        """Take the object of a verb, else its subject; `level` is the "at" of "stood at"."""
        noun = None if root.dep_ in ("dobj", "attr") else direct_object(verb, root)
        if noun is not None and noun.tag_ == "PRP" and (recent := self.recent(root, count=False)):
            return recent
        noun = noun or subject(verb)
        if noun is not None and noun.tag_ == "CD" and noun.head is not noun:
            noun = noun.head if is_noun(noun.head) else None
        return self.of_noun(noun, verb=verb, level=level)

    def aggregate(self, root: Token) -> Token | None:
        """Return the noun that only says how a number was made: the average in "an average of 1,690"."""
        preposition = _outermost(root.head)
        head = preposition.head
        if preposition.lower_ == "of" and head.lower_ in self.lexicon.aggregates and head.head is not head:
            return head
        return None

    def behind_preposition(self, root: Token, *, count: bool) -> Counted:
        """Read "the toll at 132", "a ceiling of $5", "rose to 4 percent"."""
        preposition = _outermost(root.head)
        head = preposition.head
        level = "at" if preposition.lower_ == "at" and head.lemma_ in self.lexicon.verbs_with_at else None
        if is_noun(head):
            return self.of_noun(head)
        if head.pos_ in ("ADJ", "ADV", "ADP") and head.head is not head:
            head = head.head
            if is_noun(head):
                return self.of_noun(head)
        if head.pos_ in VERBS:
            return self.of_verb(head, root, level)
        return self.recent(root, count=count) or NOTHING

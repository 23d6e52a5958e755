"""What a figure counts or measures, and what is said to have happened to it."""

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
    whole,
)
from onrecord.annotate.figures.lexemes import Lexemes
from onrecord.annotate.figures.lexicon import Lexicon
from onrecord.annotate.figures.quantity import Quantity
from onrecord.annotate.figures.tokens import Tokens
from onrecord.annotate.figures.unparsed import noun_behind
from onrecord.records.vocabulary import Modifier

_MODIFYING: Final = frozenset({"nummod", "compound", "amod", "nmod", "quantmod", "poss"})
_OF: Final = frozenset({"of"})
_PARTS: Final = frozenset({"of", "among", "amongst"})
_SPENT: Final = frozenset({"for", "on"})
_PRONOUNS: Final = frozenset({"PRP", "DT", "WDT", "WP", "EX", "PRP$"})
_VERBS: Final = frozenset({"VERB", "AUX"})
_DEEPEST: Final = 4
_LONGEST: Final = 8
"""Words of the longest noun phrase before its head."""
_MEMORY: Final = 40
"""Tokens over which a number without a noun takes the noun of the number before."""


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


_NOTHING: Final = Counted()


def _noun_above(noun: Token) -> Token | None:
    """Return the noun that `noun` depends on directly or through a preposition."""
    head = noun.head.head if noun.head.dep_ == "prep" else noun.head
    return head if head is not noun and is_noun(head) else None


class CountedReader:
    """Reads, in text order, what the quantities of one text count. It remembers the last for ellipsis."""

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

    def read(self, quantity: Quantity) -> Counted:
        """Return what the quantity counts; nothing where the text does not say."""
        if not self.tokens.has_parse:
            plain = noun_behind(self.lexemes, self.lexicon, self.tokens, quantity)
            return Counted(*plain, behind=True) if plain else _NOTHING
        root = self._root(quantity)
        found = self._beside(quantity)
        if quantity.numeral.kind == "factor" and root.pos_ in _VERBS:
            found = self._of_verb(root, root)
        if found is None and quantity.unit_name == "magnitude":
            found = self._quake(root)
        if found is None:
            found = self._measured(root, quantity) if quantity.unit else self._counted(root, quantity)
        if found.words:
            self._last = (root.i, found)
            if quantity.unit is None:
                self._last_count = (root.i, found)
        return found

    def bound(self, quantity: Quantity, counted: Counted) -> Modifier | None:
        """Return the bound that a verb sets: in "the toll passes 100" the number is a lower one."""
        if counted.predicate is None or counted.behind or not self.tokens.has_parse:
            return None
        verb = self.tokens.at(counted.predicate)
        root = self._root(quantity)
        if root.dep_ in ("dobj", "npadvmod", "attr") and root.head.i == verb.i:
            return self.lexicon.bound_verbs.get(verb.lemma_.lower())
        return None

    # ------------------------------------------------------------------ the number in the tree

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

    def _with(
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
        for _ in range(_DEEPEST):
            if noun is None or not (noun.i in self._claimed or noun.ent_type_ in ("DATE", "TIME")):
                break
            noun = _noun_above(noun)
        if noun is not None and noun.lower_ in self.lexicon.number_nouns:
            noun = prepositional_object(noun, _OF) or noun
        if noun is None and given is not None and (recent := self._recent(given, count=False)):
            return recent
        if noun is None or noun.tag_ in _PRONOUNS:
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

    # ------------------------------------------------------------------ by what stands beside

    def _beside(self, quantity: Quantity) -> Counted | None:
        """Read "base price: $5", "a grant worth $5", "shares down 5%", "copper +5%": the noun before."""
        lexemes, before = self.lexemes, self.lexemes.before(quantity.first)
        if quantity.signed and quantity.unit is not None and lexemes.lower[quantity.first] in ("+", "-", "−"):
            left = self.tokens.doc[max(self.tokens.at(lexemes.start[quantity.first]).i - 1, 0)]
            return self._with(left) if is_noun(left) else None
        if before not in (":", "worth") and before not in self.lexicon.particles:
            return None
        if quantity.unit is None and self.lexemes.lower[quantity.last].isalpha():
            return None
        i = self.tokens.at(lexemes.start[quantity.first - 1]).i
        noun = self.tokens.doc[i - 1] if i > 0 else None
        if noun is None or not is_noun(noun) or noun.i in self._claimed or noun.ent_type_ in ("DATE", "TIME"):
            return None
        return self._with(noun)

    def _quake(self, root: Token) -> Counted | None:
        """Return the earthquake that a magnitude belongs to: the noun behind it or the last one before."""
        doc, nouns = root.doc, self.lexicon.quake_nouns
        for token in (*doc[root.i + 1 : root.i + 4], *reversed(doc[max(root.i - _MEMORY, 0) : root.i])):
            if token.lemma_.lower() in nouns:
                return self._with(token)
        return None

    # ------------------------------------------------------------------ counts

    def _counted(self, root: Token, quantity: Quantity) -> Counted:
        doc = root.doc
        number = self.tokens.at(quantity.number_end - 1)
        if self.lexemes.lower[quantity.last] == "-" and self.lexemes.glued(quantity.last + 1):
            return self._compound(self.tokens.at(self.lexemes.start[quantity.last + 1]))
        if root.dep_ in _MODIFYING and root.head.i > root.i and is_noun(root.head):
            return self._with(whole(root.head), behind=True, after=number.i + 1)
        if is_noun(root) and root.i > number.i:
            return self._with(root, behind=True, after=number.i + 1)
        following = doc[number.i + 1] if number.i + 1 < len(doc) else None
        word = self.lexemes.lower[quantity.last]
        if word == "of" or (word == "out" and self.lexemes.lower[quantity.last + 1] == "of"):
            noun = self._object_ahead(number) or prepositional_object(root, _OF)
            if noun is not None:
                return self._of(noun, root)
        if word in self.lexicon.casualty_words and following is not None:
            return self._ellipsis(root, verb=following, implied=True)
        if (
            following is not None
            and word
            and word[0].isalpha()
            and is_noun(following)
            and following.idx == self.lexemes.start[quantity.last]
        ):
            noun = following
            while noun.dep_ == "compound" and noun.head.i > noun.i:
                noun = noun.head
            return self._with(noun, behind=True, after=number.i + 1)
        if word in ("more", "fewer", "less") or (root.dep_ == "conj" and not is_noun(root.head)):
            return self._ellipsis(root, verb=governor(root))
        return self._around(root, quantity)

    def _compound(self, word: Token) -> Counted:
        """Read "a five-member panel" and "a 2,000-strong workforce"."""
        noun: Token | None = word
        for _ in range(_DEEPEST):
            if noun is None or is_noun(noun):
                break
            noun = noun.head if noun.head is not noun else None
        return self._with(noun, behind=True, after=word.i) if noun is not None else _NOTHING

    def _object_ahead(self, number: Token) -> Token | None:
        """Return the object of the "of" that follows a number, wherever the parser attached it."""
        for token in number.doc[number.i + 1 : number.i + 4]:
            if token.lower_ == "of":
                return next((child for child in token.rights if child.dep_ == "pobj"), None)
        return None

    def _of(self, noun: Token, root: Token) -> Counted:
        """Read "7 of 11 economists", "two of them", "13% of the shares"."""
        if noun.tag_ in _PRONOUNS:
            return self._ellipsis(root, verb=governor(root))
        if noun.tag_ == "CD":
            inner = noun.head if noun.dep_ == "nummod" else noun
            return self._with(inner, behind=True, verb=governor(root)) if is_noun(inner) else _NOTHING
        verb = governor(root) if root.dep_ in ("nsubj", "nsubjpass", "dobj") else None
        return self._with(noun, behind=True, verb=verb)

    def _partitive(self, root: Token) -> Counted | None:
        """Return the noun of a fronted "of" or "among" where the number is a subject."""
        whole_of = partitive(root.head, _PARTS) if root.dep_ in ("nsubj", "nsubjpass") else None
        if whole_of is None or whole_of.tag_ in _PRONOUNS or whole_of.tag_ == "CD":
            return None
        return self._with(whole_of, behind=True, verb=root.head)

    def _around(self, root: Token, quantity: Quantity) -> Counted:
        """Find the noun of a number that stands alone: the subject of its verb, the noun before "of"."""
        if found := self._partitive(root):
            return found
        head = root.head
        if root.dep_ == "pobj" or (head.dep_ == "prep" and root.dep_ in ("pcomp", "nummod")):
            return self._behind_preposition(root, quantity)
        if head.pos_ in _VERBS and head is not root:
            verb = head
            if root.dep_ in ("nsubj", "nsubjpass"):
                return self._ellipsis(root, verb=verb, implied=verb.lemma_ in self.lexicon.implied_people)
            if (
                root.dep_ in ("attr", "acomp", "npadvmod", "oprd")
                or verb.lemma_ in self.lexicon.level_verbs
                or verb.lower_ in self.lexicon.change_verbs
            ):
                return self._of_verb(verb, root)
            if verb.lemma_ in self.lexicon.implied_people:
                return self._ellipsis(root, verb=verb, implied=True)
            return self._ellipsis(root, verb=verb)
        if root.dep_ in ("appos", "conj") and self._recent(root, count=True):
            return self._ellipsis(root, verb=None)
        if is_noun(head) and head is not root and head.i < root.i:
            return self._with(head)
        return self._ellipsis(root, verb=governor(root)) if root.dep_ != "ROOT" else _NOTHING

    def _ellipsis(self, root: Token, *, verb: Token | None, implied: bool = False) -> Counted:
        """Take the noun of the number before; people where the verb says so and no number stands before."""
        recent = self._recent(root, count=True)
        predicate = verb.idx if verb is not None else None
        if recent is not None and recent.words:
            noun = self.tokens.at(recent.head) if recent.head is not None else None
            lemma = (noun.lemma_.lower() if noun is not None else recent.words).replace("people", "person")
            measure = f"{lemma} {predicate_lemma(verb)}" if verb is not None else recent.measure
            return Counted(recent.words, recent.head, predicate or recent.predicate, measure, behind=True)
        if implied and verb is not None:
            return Counted("people", None, predicate, f"person {predicate_lemma(verb)}", behind=True)
        return Counted(None, None, predicate, predicate_lemma(verb) if verb is not None else None)

    def _recent(self, root: Token, *, count: bool) -> Counted | None:
        last = self._last_count if count else self._last
        return last[1] if last is not None and root.i - last[0] <= _MEMORY else None

    # ------------------------------------------------------------------ measures

    def _measured(self, root: Token, quantity: Quantity) -> Counted:
        end = self.tokens.at(self.lexemes.end[quantity.last - 1] - 1)
        word = self.lexemes.lower[quantity.last]
        if word in ("of", "in", "worth"):
            noun = self._object_of(end, word, quantity)
            base = noun is not None and noun.lower_ in self.lexicon.bases and root.dep_ in ("pobj", "attr")
            if noun is not None and noun.tag_ != "CD" and not base:
                return self._of(noun, root)
        if root.dep_ in _MODIFYING and root.head.ent_type_ in ("DATE", "TIME"):
            root = root.head
        if root.dep_ in _MODIFYING and root.head.i > end.i and is_noun(root.head):
            return self._with(root.head, behind=True, after=end.i + 1)
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
            return self._with(root.head, behind=True, after=end.i + 1)
        if self.lexemes.before(quantity.first) == "(" and self._recent(root, count=False):
            recent = self._recent(root, count=False)
            if recent is not None:
                return recent
        return self._around_measure(root, quantity)

    def _object_of(self, end: Token, word: str, quantity: Quantity) -> Token | None:
        for token in end.doc[end.i + 1 : end.i + 3]:
            if token.lower_ in ("of", "in"):
                noun = next((child for child in token.rights if child.dep_ == "pobj"), None)
                if noun is None or word != "in":
                    return noun
                money = quantity.unit is not None and quantity.unit.currency
                plain = (
                    noun.tag_ in ("NN", "NNS")
                    and not noun.ent_type_
                    and not any(c.dep_ in ("det", "poss") for c in noun.lefts)
                )
                return noun if money and plain and noun.lower_ not in self.lexicon.months else None
        return None

    def _around_measure(self, root: Token, quantity: Quantity) -> Counted:
        if found := self._partitive(root):
            return found
        head = root.head
        if root.dep_ == "pobj":
            return self._behind_preposition(root, quantity)
        if head.pos_ in ("ADJ", "ADV") or head.tag_ in ("JJR", "RBR", "JJ", "RB", "RP", "IN"):
            if is_noun(head.head) and head.dep_ in ("amod", "prep", "advmod", "acl"):
                return self._with(head.head)
            verb = head.head if head.head.pos_ in _VERBS else governor(head)
            return self._of_verb(verb, root) if verb is not None else _NOTHING
        if head.pos_ in _VERBS and head is not root:
            money = quantity.unit is not None and quantity.unit.currency
            if (
                root.dep_ == "dobj"
                and money
                and head.lemma_ not in self.lexicon.level_verbs
                and head.lower_ not in self.lexicon.change_verbs
            ):
                noun = next((child for child in head.rights if child.dep_ == "dative"), None)
                noun = noun or prepositional_object(head, _SPENT) or prepositional_object(root, _SPENT)
                if noun is not None and noun.tag_ in ("NN", "NNS") and noun.lower_ != "hand":
                    return self._with(noun, verb=head)
            return self._of_verb(head, root)
        if root.dep_ in ("conj", "appos"):
            recent = self._recent(root, count=False)
            if recent is not None:
                return recent
        if is_noun(head) and head is not root:
            return self._with(head)
        if root.dep_ == "ROOT":
            for child in root.lefts:
                if child.dep_ in ("nsubj", "dep", "nsubjpass") and is_noun(child):
                    return self._with(child)
        return self._recent(root, count=False) or _NOTHING

    # ------------------------------------------------------------------ both

    def _behind_preposition(self, root: Token, quantity: Quantity) -> Counted:
        preposition = root.head
        while preposition.head.dep_ == "prep" and preposition.dep_ == "prep":
            preposition = preposition.head
        head = preposition.head
        if preposition.lower_ == "of" and head.lower_ in self.lexicon.aggregates and head.head is not head:
            return self._around_measure(head, quantity) if quantity.unit else self._around(head, quantity)
        level = "at" if preposition.lower_ == "at" and head.lemma_ in self.lexicon.verbs_with_at else None
        if is_noun(head):
            return self._with(head)
        if head.pos_ in ("ADJ", "ADV", "ADP") and head.head is not head:
            head = head.head
            if is_noun(head):
                return self._with(head)
        if head.pos_ in _VERBS:
            return self._of_verb(head, root, level)
        return self._recent(root, count=quantity.unit is None) or _NOTHING

    def _of_verb(self, verb: Token, root: Token, level: str | None = None) -> Counted:
        noun = None if root.dep_ in ("dobj", "attr") else direct_object(verb, root)
        if noun is not None and noun.tag_ == "PRP" and (recent := self._recent(root, count=False)):
            return recent
        noun = noun or subject(verb)
        if noun is not None and noun.tag_ == "CD" and noun.head is not noun:
            noun = noun.head if is_noun(noun.head) else None
        return self._with(noun, verb=verb, level=level)

"""What a bare number counts: 88 civilians, seven of 11 judges, 174 wounded."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.annotate.figures.clauses import governor, is_noun, prepositional_object, whole
from onrecord.annotate.figures.lexemes import Lexemes
from onrecord.annotate.figures.lexicon import Lexicon
from onrecord.annotate.figures.phrases import DEEPEST, MODIFYING, NOTHING, OF, VERBS, Counted, Phrases
from onrecord.annotate.figures.quantity import Quantity
from onrecord.annotate.figures.tokens import Tokens


class Counts:
    """Finds the noun of a number without unit, by the parse."""

    def __init__(self, lexemes: Lexemes, lexicon: Lexicon, tokens: Tokens, phrases: Phrases) -> None:
        self.lexemes, self.lexicon, self.tokens, self.phrases = lexemes, lexicon, tokens, phrases

    def read(self, root: Token, quantity: Quantity) -> Counted:
        """Return what is counted by the number whose token in the tree is `root`."""
        doc = root.doc
        number = self.tokens.at(quantity.number_end - 1)
        if self.lexemes.lower[quantity.last] == "-" and self.lexemes.glued(quantity.last + 1):
            return self._compound(self.tokens.at(self.lexemes.start[quantity.last + 1]))
        if root.dep_ in MODIFYING and root.head.i > root.i and is_noun(root.head):
            return self.phrases.of_noun(whole(root.head), behind=True, after=number.i + 1)
        if is_noun(root) and root.i > number.i:
            return self.phrases.of_noun(root, behind=True, after=number.i + 1)
        following = doc[number.i + 1] if number.i + 1 < len(doc) else None
        word = self.lexemes.lower[quantity.last]
        if word == "of" or (word == "out" and self.lexemes.lower[quantity.last + 1] == "of"):
            noun = self._object_ahead(number) or prepositional_object(root, OF)
            if noun is not None:
                return self.phrases.of_whole(noun, root)
        if word in self.lexicon.casualty_words and following is not None:
            return self.phrases.ellipsis(root, verb=following, implied=True)
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
            return self.phrases.of_noun(noun, behind=True, after=number.i + 1)
        if word in ("more", "fewer", "less") or (root.dep_ == "conj" and not is_noun(root.head)):
            return self.phrases.ellipsis(root, verb=governor(root))
        return self._around(root)

    def _compound(self, word: Token) -> Counted:
        """Read "a five-member panel" and "a 2,000-strong workforce"."""
        noun: Token | None = word
        for _ in range(DEEPEST):
            if noun is None or is_noun(noun):
                break
            noun = noun.head if noun.head is not noun else None
        return self.phrases.of_noun(noun, behind=True, after=word.i) if noun is not None else NOTHING

    def _object_ahead(self, number: Token) -> Token | None:
        """Return the object of the "of" that follows a number, wherever the parser attached it."""
        for token in number.doc[number.i + 1 : number.i + 4]:
            if token.lower_ == "of":
                return next((child for child in token.rights if child.dep_ == "pobj"), None)
        return None

    def _around(self, root: Token) -> Counted:
        """Find the noun of a number that stands alone: the subject of its verb, the noun before "of"."""
        if found := self.phrases.partitive(root):
            return found
        head = root.head
        if root.dep_ == "pobj" or (head.dep_ == "prep" and root.dep_ in ("pcomp", "nummod")):
            if (noun := self.phrases.aggregate(root)) is not None:
                return self._around(noun)
            found = self.phrases.behind_preposition(root, count=True)
            return found if found.words else self.phrases.ellipsis(root, verb=governor(root))
        if head.pos_ in VERBS and head is not root:
            verb = head
            if (found := self.phrases.told_of(root)) is not None:
                return found
            if root.dep_ in ("nsubj", "nsubjpass"):
                implied = verb.lemma_ in self.lexicon.implied_people
                return self.phrases.ellipsis(root, verb=verb, implied=implied)
            if (
                root.dep_ in ("attr", "acomp", "npadvmod", "oprd")
                or verb.lemma_ in self.lexicon.level_verbs
                or verb.lower_ in self.lexicon.change_verbs
            ):
                return self.phrases.of_verb(verb, root)
            if verb.lemma_ in self.lexicon.implied_people:
                return self.phrases.ellipsis(root, verb=verb, implied=True)
            return self.phrases.ellipsis(root, verb=verb)
        if root.dep_ in ("appos", "conj") and self.phrases.recent(root, count=True):
            return self.phrases.ellipsis(root, verb=None)
        if is_noun(head) and head is not root and head.i < root.i:
            if head.tag_ in ("NNP", "NNPS") and self.phrases.recent(root, count=True):
                return self.phrases.ellipsis(root, verb=None)  # "412 seats, the Greens 121"
            return self.phrases.of_noun(head)
        return self.phrases.ellipsis(root, verb=governor(root)) if root.dep_ != "ROOT" else NOTHING

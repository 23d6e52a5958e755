"""What the parse says about a noun and its verb: noun phrases, subjects, objects, predicates.

The dependency labels are ClearNLP's, which spaCy's English pipelines use.
"""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

_PHRASE: Final = frozenset({"compound", "amod", "nmod", "punct", "advmod"})
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_CLIMB: Final = frozenset(
    {"conj", "xcomp", "advcl", "ccomp", "aux", "auxpass", "prep", "pcomp", "dep", "prt", "advmod", "acomp"}
)
_RELATIVE: Final = frozenset({"WDT", "WP"})
_TAGS_BEFORE: Final = frozenset(
    {"JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "HYPH", "VBN", "VBG", "RB", "POS", "AFX"}
)
_DEEPEST: Final = 12


def is_noun(token: Token) -> bool:
    """Tell whether a token is a common or proper noun by its Penn tag; the tagger takes "%" for one too."""
    return token.tag_[:2] == "NN" and any(letter.isalpha() for letter in token.text)


def phrase_start(head: Token, after: int, skipped: frozenset[str]) -> int:
    """Return the offset at which the phrase of `head` begins, without determiners, possessors, numbers.

    Tokens before token index `after` are not looked at; `skipped` are words that a phrase does not
    begin with.
    """
    first, k = head.i, head.i - 1
    while k >= after:
        token = head.doc[k]
        if token.dep_ not in _PHRASE or token.tag_ not in _TAGS_BEFORE or not first <= token.head.i <= head.i:
            break
        if token.tag_ == "POS" or (token.tag_ == "RB" and token.head.i == head.i):
            break
        first, k = k, k - 1
    while first < head.i and (
        head.doc[first].lower_ in skipped or head.doc[first].tag_ in ("HYPH", "RB", "AFX")
    ):
        first += 1
    if (
        first > 1
        and first < head.i
        and head.doc[first - 1].tag_ == "HYPH"
        and head.doc[first - 2].tag_ == "CD"
    ):
        first += 1  # "150-bed hospital"
    return head.doc[first].idx


def whole(noun: Token) -> Token:
    """Return the last noun of a compound that hyphens have cut ("co-sponsors")."""
    doc = noun.doc
    while noun.i + 2 < len(doc) and doc[noun.i + 1].tag_ == "HYPH" and is_noun(doc[noun.i + 2]):
        noun = doc[noun.i + 2]
    return noun


def subject(verb: Token) -> Token | None:
    """Return the noun that is the subject of a verb, through conjunctions and participles."""
    for _ in range(_DEEPEST):
        for child in verb.lefts:
            if child.dep_ in _SUBJECTS:
                if child.tag_ in _RELATIVE and verb.dep_ == "relcl":
                    return verb.head
                return child
        if verb.dep_ in ("acl", "relcl"):
            return verb.head
        if verb.head is verb or verb.dep_ not in _CLIMB:
            return None
        if is_noun(verb.head) and verb.dep_ in ("prep", "conj", "advcl"):
            return verb.head
        verb = verb.head
    return None


def partitive(verb: Token, words: frozenset[str]) -> Token | None:
    """Return the noun that a fronted "of" or "among" names: "Of the babies, 1.6 percent were ill"."""
    for child in verb.lefts:
        if child.dep_ == "prep" and child.lower_ in words:
            return next((one for one in child.rights if one.dep_ == "pobj"), None)
    return None


def direct_object(verb: Token, but: Token) -> Token | None:
    """Return the direct object of a verb unless it is `but` or begins behind it."""
    for child in verb.rights:
        if child.dep_ == "dobj" and child.i < but.i and (is_noun(child) or child.tag_ == "PRP"):
            return child
    return None


def participle(noun: Token) -> Token | None:
    """Return the participle or relative verb that says what happened to a noun ("soldiers killed")."""
    for child in noun.rights:
        if child.dep_ == "acl" and child.tag_ in ("VBN", "VBG", "VBD"):
            return child
    for child in noun.rights:
        if child.dep_ == "relcl":
            return child
    return None


def governor(token: Token) -> Token | None:
    """Return the verb that a noun depends on, through prepositions and other nouns."""
    for _ in range(_DEEPEST):
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            return token
        if token.head is token:
            return None
    return None


def predicate_lemma(verb: Token, preposition: str | None = None) -> str:
    """Return the lemma of a predicate, with its particle ("carry_out") or a preposition ("put_at")."""
    lemma = verb.lemma_.lower()
    for child in verb.rights:
        if child.dep_ == "prt":
            return f"{lemma}_{child.lower_}"
    return f"{lemma}_{preposition}" if preposition else lemma


def prepositional_object(token: Token, words: frozenset[str]) -> Token | None:
    """Return the object of a preposition among `words` that follows a token directly."""
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in words:
            for grandchild in child.rights:
                if grandchild.dep_ == "pobj":
                    return grandchild
            return None
    return None

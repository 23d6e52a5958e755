"""Places that stand for their government: "Baghdad denied it"."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.annotate.places.lexicon import read_words

MAX_CONJUNCTS = 8
MAX_DATELINE_TOKENS = 12
_DATELINE_SIGNS = frozenset(("(", "—", "–", "--", "-"))


def is_metonym(token: Token) -> bool:
    """Say whether the head word of a place name is the subject of a verb of saying or deciding, or of a mood.

    "Kenya cuts key rate" and "Turkey and Russia said" are actors, "Kenya’s central bank said" and
    "Kenya lies on the equator" are not. The verbs are the list `acting_verbs` of words.toml, the moods
    ("Brussels was wary") its `acting_adjectives`. Without a parse the
    answer is no. Metonymy of this kind is what Markert and Nissim (2002) call place-for-people.
    """
    subject = token
    for _ in range(MAX_CONJUNCTS):
        if subject.dep_ != "conj":
            break
        subject = subject.head
    if subject.dep_ != "nsubj" or _is_dateline(token, subject.head):
        return False
    verb, words = subject.head, read_words()
    if verb.lemma_.lower() == "be":
        return any(
            child.dep_ == "acomp" and child.lower_ in words["acting_adjectives"] for child in verb.children
        )
    return verb.pos_ in ("VERB", "AUX") and verb.lemma_.lower() in words["acting_verbs"]


def _is_dateline(token: Token, verb: Token) -> bool:
    """Say whether a dash or a bracket parts a place from its verb: "NAIROBI, Kenya (LNA) — The bank cut"."""
    between = token.doc[token.i + 1 : min(verb.i, token.i + MAX_DATELINE_TOKENS)]
    return any(one.text in _DATELINE_SIGNS for one in between)

"""Places that stand for their government: "Baghdad denied it"."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.annotate.places.lexicon import read_words

MAX_CONJUNCTS = 8


def is_metonym(token: Token) -> bool:
    """Say whether the head word of a place name acts there: it is the subject of a verb of saying or deciding.

    "Kenya cuts key rate" and "Turkey and Russia said" are actors, "Kenya’s central bank said" and
    "Kenya lies on the equator" are not. The verbs are the list `acting_verbs` of words.toml. Without
    a parse the answer is no. Metonymy of this kind is what Markert and Nissim (2002) call place-for-people.
    """
    subject = token
    for _ in range(MAX_CONJUNCTS):
        if subject.dep_ != "conj":
            break
        subject = subject.head
    if subject.dep_ != "nsubj":
        return False
    return (
        subject.head.pos_ in ("VERB", "AUX") and subject.head.lemma_.lower() in read_words()["acting_verbs"]
    )

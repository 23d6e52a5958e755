"""What was not said: cues that are denied, imagined, conditions, or still to come."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from onrecord.annotate.claims.lexicon import CueLexicon
from onrecord.annotate.claims.phrases import child
from onrecord.records.vocabulary import SpeechAct

WEAK_ACTS: Final = frozenset({"opinion", "estimate"})
"""Acts that a negation leaves standing: "does not believe that" is an opinion too."""

_INVERTED = frozenset({"had", "should", "were"})
_NEAR = 5  # words; the parser takes the "will" of a quotation before the cue for the cue's own
_MOST_ABOVE = 3  # verbs between a cue and the one that keeps it from being said


def is_unsaid(verb: Token, act: SpeechAct, lexicon: CueLexicon) -> bool:
    """Whether nobody is on record by a cue: has not warned, would say, is due to announce, had he promised.

    "Would only say that" is said, and so is "not only said".
    """
    if act in WEAK_ACTS:
        return act == "estimate" and (_is_to_come(verb, lexicon) or by_nobody(verb, lexicon))
    if _is_condition(verb, lexicon) or by_nobody(verb, lexicon) or _is_asked_about(verb):
        return True
    if _is_inverted_negation(verb, lexicon) or _is_withheld(verb, lexicon):
        return True
    if verb.dep_ == "conj" and verb.i and verb.nbor(-1).lower_ == "nor":
        return True  # would neither confirm nor deny
    if lexicon.lemma(verb.lemma_) in lexicon.words("unsaid", "contrary") and child(verb, "ccomp") is not None:
        return False  # does not accept that
    only = any(c.dep_ == "advmod" and c.lower_ in ("only", "just") for c in verb.children)
    for left in verb.lefts:
        if only or verb.i - left.i > _NEAR:
            continue
        if left.lower_ in lexicon.words("unsaid", "negations"):
            return True
        if left.dep_ == "aux" and left.tag_ == "MD" and left.lower_ in lexicon.words("unsaid", "modals"):
            return True
    return _is_to_come(verb, lexicon)


def by_nobody(verb: Token, lexicon: CueLexicon) -> bool:
    """Whether the subject is nobody: no lawyer, not one delegate, neither the army nor the ministry said."""
    nobody = lexicon.words("unsaid", "nobody")
    agent = child(verb, "agent")
    speaker = child(agent, "pobj") if agent is not None else None
    if speaker is not None and speaker.lower_ in nobody:
        return True  # promised by nobody
    subject = child(verb, "nsubj")
    if subject is None:
        return False
    return subject.lower_ in nobody or any(
        (c.lower_ in nobody or c.lower_ == "not") and c.dep_ in ("det", "neg", "preconj", "cc", "advmod")
        for c in subject.lefts
    )


def _is_condition(verb: Token, lexicon: CueLexicon) -> bool:
    """If he promises; whether he had told anyone; had the owner promised."""
    mark = child(verb, "mark")
    if mark is not None and mark.lower_ in lexicon.words("unsaid", "conditions"):
        return mark.nbor(-1).lower_ != "as" if mark.i else True  # "as if" compares
    if mark is not None and mark.lower_ == "until" and any(c.lower_ in ("has", "have") for c in verb.lefts):
        return True  # until a study has found
    subject = child(verb, "nsubj", "nsubjpass")
    return (
        subject is not None
        and verb.dep_ in ("advcl", "ccomp")
        and any(
            c.lower_ in _INVERTED and c.dep_ in ("aux", "auxpass") and c.i < subject.i for c in verb.lefts
        )
    )


def _is_asked_about(verb: Token) -> bool:
    """Whether a question asks who it was: it is not clear *who ordered* the raid; *who said* so?"""
    subject = child(verb, "nsubj")
    if subject is None or subject.tag_ != "WP" or subject.is_upper:  # the WHO
        return False
    return verb.dep_ in ("ccomp", "csubj", "pcomp") or (verb.dep_ == "ROOT" and verb.sent[-1].text == "?")


def _is_withheld(verb: Token, lexicon: CueLexicon) -> bool:
    """Whether somebody keeps from saying it: left *without explaining*, stopped short *of promising*."""
    link = verb.head
    if verb.dep_ != "pcomp" or verb.tag_ != "VBG":
        return False
    words = lexicon.words("unsaid", "withheld")
    return link.lower_ in words or (link.lower_ == "of" and link.head.lower_ in words)


def _is_inverted_negation(verb: Token, lexicon: CueLexicon) -> bool:
    """Whether a negation stands in front, and the auxiliary behind it: *at no time had* they promised."""
    subject = child(verb, "nsubj", "nsubjpass")
    if subject is None:
        return False
    before = [c for c in verb.lefts if c.i < subject.i]
    auxiliary = next((c for c in before if c.dep_ in ("aux", "auxpass")), None)
    if auxiliary is None:
        return False
    first = before[0].left_edge.i
    opening = verb.doc[first : min(first + 2, auxiliary.i)]
    negations = lexicon.words("unsaid", "nobody") | {"never"}
    return opening.text.lower() in lexicon.words("unsaid", "inverted") or any(
        token.lower_ in negations for token in verb.doc[max(first, auxiliary.i - _NEAR) : auxiliary.i]
    )


def _is_to_come(verb: Token, lexicon: CueLexicon) -> bool:
    """Whether an infinitive hangs on a word that leaves open whether it came about: plans to announce."""
    token = verb
    for _ in range(_MOST_ABOVE):
        if token.dep_ not in ("xcomp", "conj") or token.head is token:
            return False
        infinitive = any(c.tag_ == "TO" for c in token.lefts)
        token = token.head
        if infinitive and token.lemma_ == "have" and any(c.lower_ == "yet" for c in token.children):
            return True  # has yet to confirm
        if infinitive and lexicon.lemma(token.lemma_) in lexicon.words("unsaid", "open"):
            return True
    return False

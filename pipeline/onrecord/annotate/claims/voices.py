"""Voices: the speaker of the next cue, the source behind a source, and bodies that only listen."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container

from spacy.tokens import Doc, Token

from onrecord.annotate.claims.candidates import Candidate
from onrecord.annotate.claims.lexicon import Cue, CueLexicon
from onrecord.annotate.claims.phrases import Source, child, noun_phrase
from onrecord.annotate.claims.reading import Reading

_NEAR = 8  # words between a content and the participle that goes on behind it


def is_hearsay(verb: Token, cue: Cue, source: Source | None, reading: Reading) -> bool | None:
    """Whether the subject is a body that hears the claim: "…, a court heard", "…, jury told".

    Nobody is named who speaks then. None says that the cue is none here ("he heard a noise").
    """
    if cue.lemma != "hear" and not (cue.lemma == "tell" and _ends_line(verb, reading)):
        return False
    if source is not None and _is_court(source, reading):
        return True
    return None if cue.lemma == "hear" else False


def _ends_line(verb: Token, reading: Reading) -> bool:
    return verb.i + 1 >= len(reading.doc) or reading.doc[verb.i + 1].is_space


def _is_court(source: Source, reading: Reading) -> bool:
    bodies = reading.lexicon.words("hearing", "bodies")
    return any(reading.doc[i].lemma_.lower() in bodies for i in range(*source.words))


def share(found: list[Candidate], cues: Container[int], reading: Reading) -> None:
    """End a content where its speaker's next cue begins, and give that cue the speaker.

    The parser likes to hang what goes on with the same speaker on the verb of the content: She said
    that [it was late], *adding* that …; He admitted [it was a concern] but *rejected* the claim.
    """
    by_head = {candidate.head: candidate for candidate in found}
    heads = sorted(by_head)
    for candidate in found:
        if candidate.head < 0 or candidate.source is None:
            continue
        verb = reading.doc[candidate.head]
        near = slice(bisect_right(heads, verb.i), bisect_left(heads, candidate.content[-1][1] + _NEAR))
        for head in heads[near]:
            if _hangs_behind(reading.doc[head], verb, candidate):
                by_head[head].source = candidate.source
        for number, (start, end) in enumerate(candidate.content):
            if start <= candidate.head:
                continue
            for i in range(start + 1, end):
                if i in cues and reading.inside[i] < 0 and _goes_on(reading.doc[i], verb):
                    edge = i
                    while edge > start and reading.doc[edge - 1].text in (",", "and", "but", "also", "then"):
                        edge -= 1
                    candidate.content[number:] = [(start, edge)]
                    if i in by_head:
                        by_head[i].source = candidate.source
                    break


def _hangs_behind(token: Token, verb: Token, candidate: Candidate) -> bool:
    """Whether a participle behind a content hangs on a verb of it: said it would be rebuilt, *pledging* …"""
    above = token.head.i
    inside = any(
        start <= above < end and token.i >= end for start, end in candidate.content if start > verb.i
    )
    return inside and token.tag_ == "VBG" and _goes_on(token, verb)


def give_way(found: list[Candidate]) -> None:
    """End a content where the clause of "according to X" begins, which is X's and nobody else's."""
    for other in found:
        if other.sense is None or other.sense.lemma != "according to" or not other.cue:
            continue
        start = other.content[0][0]
        for candidate in found:
            if candidate is other or not candidate.cue or candidate.head >= start:
                continue
            for number, (low, high) in enumerate(candidate.content):
                if candidate.head < low < start and high >= other.cue[1]:
                    candidate.content[number] = (low, start)


def _goes_on(token: Token, verb: Token) -> bool:
    """Whether a cue inside a content is the outer speaker's own next one."""
    if any(c.dep_ in ("nsubj", "nsubjpass", "mark", "aux") for c in token.lefts):
        return False
    before = token.nbor(-1)
    if before.dep_ == "advmod" and before.i > 0:
        before = before.nbor(-1)
    if token.tag_ == "VBG":
        return token.dep_ in ("advcl", "conj", "acl") and before.text in (",", "and")
    # "Was overloaded and blamed a squall": what has an object is no passive.
    mistaken = token.tag_ == "VBN" and verb.tag_ == "VBD" and child(token, "dobj") is not None
    return token.dep_ == "conj" and (token.tag_ == verb.tag_ or mistaken) and before.tag_ in ("CC", ",")


def is_asked(verb: Token, lexicon: CueLexicon) -> bool:
    """Whether who stands by a cue was asked and does not ask: “Asked whether he knew, Reed …”."""
    is_passive = child(verb, "auxpass", "nsubjpass") is not None or verb.dep_ in ("advcl", "acl")
    return (
        verb.tag_ == "VBN"
        and is_passive
        and child(verb, "agent") is None
        and lexicon.lemma(verb.lemma_) in lexicon.words("asked")
    )


def cited(found: list[Candidate], lexicon: CueLexicon, doc: Doc) -> list[Candidate]:
    """Sources behind the source: the paper, *citing two officials*, reported that …"""
    nouns = lexicon.words("cited")
    behind = []
    for candidate in found:
        if candidate.head < 0 or candidate.source is None:
            continue
        verb = doc[candidate.head]
        for participle in verb.children:
            noun = child(participle, "dobj")
            if participle.lower_ not in ("citing", "quoting") or noun is None:
                continue
            if noun.lemma_.lower() in nouns or noun.ent_type_ in ("PERSON", "ORG"):
                words = noun_phrase(noun)
                behind.append(
                    Candidate(
                        (participle.i, participle.i + 1),
                        participle.i,
                        lexicon.verbs["cite"][0],
                        Source(words, words),
                        list(candidate.content),
                        confidence=0.6,
                    )
                )
    return behind

"""Clauses of their own: where a content ends because somebody else begins to speak."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from spacy.tokens import Token

from onrecord.annotate.claims.candidates import Candidate
from onrecord.annotate.claims.phrases import Range, child, trim
from onrecord.annotate.claims.reading import Reading

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_STOPS = frozenset((*".!?…:”’\"'", "..."))


def end_before_others(found: Iterable[Candidate], others: Iterable[Candidate], reading: Reading) -> None:
    """End contents before the clause of another claim that is joined to theirs, not reported by it.

    Said it was following events, [while Buenos Aires called for a recount]; apologises to families [but
    denies a cover-up]. Which words join, and which do so in headlines alone, stands in `[joined]` of the
    wording.
    """
    speaking = [one for one in others if one.cue is not None and reading.doc[one.head].tag_ in _FINITE]
    speaking.sort(key=lambda one: one.head)
    heads = [one.head for one in speaking]
    for candidate in found:
        if candidate.cue is None or reading.inside[candidate.head] >= 0:
            continue
        for number, piece in enumerate(candidate.content):
            starts = [
                start
                for one in speaking[bisect_right(heads, piece[0]) : bisect_left(heads, piece[1])]
                if one is not candidate and (start := _joined_at(candidate, piece, one, reading)) is not None
            ]
            if starts:
                candidate.content[number] = trim(reading.doc, (piece[0], min(starts)))


def end_before_narrator(found: Iterable[Candidate], reading: Reading) -> None:
    """End contents where the source goes on to act: said it would buy, [and raised its target].

    A finite verb is not joined to an infinitive: it goes with the cue, whatever the parser makes of it.
    """
    doc = reading.doc
    for candidate in found:
        if candidate.head < 0 or reading.inside[candidate.head] >= 0:
            continue
        verb = doc[candidate.head]
        for number, (start, end) in enumerate(candidate.content):
            if start <= candidate.head or verb.tag_ not in _FINITE:
                continue
            for i in range(start + 1, end):
                if (
                    doc[i].tag_ == verb.tag_
                    and reading.inside[i] < 0
                    and _is_beside_infinitive(doc[i], start)
                ):
                    candidate.content[number:] = [trim(doc, (start, i - 1))]
                    break


def _is_beside_infinitive(verb: Token, start: int) -> bool:
    """Whether the parser joined a finite verb to an infinitive, and no finite one is nearer."""
    above = verb.head
    if verb.dep_ != "conj" or above.tag_ != "VB" or above.i < start or verb.nbor(-1).tag_ != "CC":
        return False
    if child(verb, "nsubj", "nsubjpass", "aux") is not None:
        return False
    while above.head is not above and above.head.i >= start:
        above = above.head
        if above.tag_ == verb.tag_:
            return False
    return True


def _joined_at(candidate: Candidate, piece: Range, other: Candidate, reading: Reading) -> int | None:
    """Where the clause of another claim, with the word that joins it, begins in a content."""
    doc, lexicon = reading.doc, reading.lexicon
    assert other.cue is not None
    if other.source is None or reading.inside[other.head] >= 0:
        return None
    source = other.source.words
    is_shared = candidate.source is not None and source == candidate.source.words
    if is_shared:
        start = other.cue[0]
        while start - 1 > piece[0] and doc[start - 1].dep_ in ("advmod", "aux", "neg"):
            start -= 1
    else:
        start = doc[source[0] : source[1]].root.left_edge.i
        if not piece[0] < start < other.head:
            return None
    joint = start - 1
    word = doc[joint].lower_
    if joint <= piece[0] or word not in lexicon.words("joined", "words"):
        return None
    comma = doc[joint - 1].lower_ in (",", ";", "–", "—", ")", "”", "’", '"')
    if not (comma or is_shared or word == ";" or _is_headline(joint, reading)):
        return None
    if word in lexicon.words("joined", "headline") and not _is_headline(joint, reading):
        return None
    return joint


def _is_headline(token: int, reading: Reading) -> bool:
    """Whether a word stands in a line without a full stop at its end."""
    line = reading.lines[bisect_right(reading.lines, (token, len(reading.doc))) - 1]
    return reading.doc[line[1] - 1].text not in _STOPS

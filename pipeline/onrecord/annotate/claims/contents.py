"""Contents: what syntax gives joined with the quotations that stand by a cue, never cutting one."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.annotate.claims.candidates import Candidate, Complement
from onrecord.annotate.claims.idioms import cue_words
from onrecord.annotate.claims.lexicon import Cue
from onrecord.annotate.claims.phrases import Range, child, overlap, trim
from onrecord.annotate.claims.reading import Reading
from onrecord.annotate.claims.speeches import Speech

_CONFIDENCE = {
    "clause": 0.8,
    "object+to": 0.8,
    "to": 0.75,
    "ing": 0.75,
    "object": 0.55,
    "object+complement": 0.6,
}
_OTHER_FRAMES = 0.65
_QUOTED = 0.9
_FRONTED = 0.85


def join(
    verb: Token,
    cue: Cue,
    governed: Complement | None,
    front: tuple[Range, ...] | None,
    speeches: list[Speech],
) -> tuple[list[Range], float]:
    """Join what syntax gives with the quotations that stand by the cue."""
    syntactic = list(front) if front else list(governed.content) if governed else []
    if not speeches:
        confidence = (
            _FRONTED if front else _CONFIDENCE.get(governed.frame, _OTHER_FRAMES) if governed else 0.0
        )
        return syntactic, confidence
    if governed and governed.frame == "object" and not front:
        touching = any(overlap(governed.content[0], speech.tokens) for speech in speeches)
        syntactic = syntactic if touching else []
    pieces: list[Range] = []
    for speech in speeches:
        piece = speech.tokens
        for part in syntactic:
            if overlap(part, speech.tokens):
                piece = _covering(piece, part, speech)
        if piece == speech.tokens and speech.place == "after":
            piece = _embedding(verb, cue, piece)
        pieces.append(piece)
    rest = [part for part in syntactic if not any(overlap(part, piece) for piece in pieces)]
    return _merged(sorted(pieces + rest)), _QUOTED


def _covering(piece: Range, part: Range, speech: Speech) -> Range:
    if speech.place == "before":
        # The clause may begin before its quotation (The plan is "a mess," she said), not end behind it.
        return min(piece[0], part[0]), piece[1]
    return min(piece[0], part[0]), max(piece[1], part[1])


def _embedding(verb: Token, cue: Cue, quotation: Range) -> Range:
    """The clause around a quoted part of it: fears that ["many more" will follow]."""
    doc = verb.doc
    start, end = quotation
    between = [doc[i] for i in range(cue_words(verb, cue)[1], start)]
    if between and not any(token.is_punct or token.is_space or token.i == verb.i for token in between):
        addressed = (
            child(verb, "dobj", "dative")
            if cue.lemma in ("tell", "ask", "inform", "remind", "assure")
            else None
        )
        low = between[0].i if addressed is None else min(addressed.right_edge.i + 1, start)
        # "said in a statement “…”": what hangs on the cue is no content.
        if doc[low].dep_ not in ("prep", "npadvmod", "advmod", "agent") or doc[low].head.i != verb.i:
            start = low
    while (
        end < len(doc)
        and (doc[end].is_alpha or doc[end].like_num)
        and doc[end].tag_ not in ("CC", "WDT", "WP", "WRB")
    ):
        if doc[end].is_sent_start or doc[end].dep_ in ("mark", "cc"):
            break
        end += 1
    return start, end


def _merged(pieces: list[Range]) -> list[Range]:
    merged: list[Range] = []
    for piece in pieces:
        if merged and piece[0] <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], piece[1])
        else:
            merged.append(piece)
    return merged


def whole_quotations(candidate: Candidate, reading: Reading) -> list[Range]:
    """Never cut a quotation: a content that ends inside one takes all of it.

    A cue inside a quotation stays within that quotation; source and cue are cut out of the content.
    """
    doc, inside = reading.doc, reading.inside
    home = inside[candidate.head] if candidate.head >= 0 else -1
    pieces = []
    for start, end in candidate.content:
        low, high = trim(doc, (start, end))
        if low >= high:
            continue
        if home >= 0:
            while low < high and inside[low] != home:
                low += 1
            while high > low and inside[high - 1] != home:
                high -= 1
            while high > low and doc[high - 1].is_quote:
                high -= 1
        else:
            while low > 0 and inside[low] >= 0 and inside[low - 1] == inside[low]:
                low -= 1
            while high < len(doc) and inside[high - 1] >= 0 and inside[high] == inside[high - 1]:
                high += 1
            low, high = _without(candidate, low, high)
        while (
            high > low and doc[high - 1].tag_ == "." and inside[high - 1] < 0 and not doc[high - 1].is_alpha
        ):
            high -= 1
        pieces.append(trim(doc, (low, high)))
    return pieces


def _without(candidate: Candidate, low: int, high: int) -> Range:
    """Cut source and cue off a content that runs over them."""
    holes = [hole for hole in (candidate.cue, candidate.source.words if candidate.source else None) if hole]
    for start, end in holes:
        if low < end and start < high:
            if start - low >= high - end:
                high = start
            else:
                low = end
    return low, max(low, high)

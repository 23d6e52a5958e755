"""The text of an article as paragraphs of pieces, each with all the marks that cover it."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.records import ArticleRecord
from onrecord.view.marks import MarkedItem, Segment, segments
from onrecord.view.page.cards import ACT_GROUPS, ActGroup
from onrecord.view.printable import one_line
from onrecord.view.wording import word_item

LANES = 6
"""Lines under the text that tell claims apart which nest or overlap; the style sheet draws as many."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text without a boundary of a mark inside it.

    `classes` name the kinds of its marks, the lanes and the anchors of the claims that it belongs to;
    `note` says what its marks mean. `anchors` are ids of items first mentioned here, `opens` the
    numbers, from 1, of the claims whose content begins here.
    """

    text: str
    classes: str = ""
    note: str = ""
    anchors: tuple[str, ...] = ()
    opens: tuple[int, ...] = ()


Paragraph = list[Piece]


def paragraphs(record: ArticleRecord, name: str) -> list[Paragraph]:
    """Return the text of the article, line by line; `name` is what its anchors begin with."""
    lanes = claim_lanes(record)
    groups = [ACT_GROUPS[claim.speech_act] for claim in record.claims]
    firsts = _first_mentions(record)
    found: list[Paragraph] = [[]]
    for segment in segments(record):
        anchors = tuple(f"{name}-{identifier}" for identifier in firsts.get(segment.start, ()))
        opens = tuple(number + 1 for number in segment.opens)
        classes, note = _classes(segment, name, lanes, groups), _note(segment)
        for number, line in enumerate(segment.text.split("\n")):
            if number:
                found.append([])
            if line or (opens and not number):
                found[-1].append(Piece(line, classes, note, anchors, opens))
                anchors, opens = (), ()
    return found


def claim_lanes(record: ArticleRecord) -> list[int]:
    """Give each claim a lane that no claim which runs beside it has, as far as there are lanes."""
    extents = sorted(
        (min(span.start for span in claim.content), -max(span.end for span in claim.content), number)
        for number, claim in enumerate(record.claims)
    )
    lanes = [0] * len(extents)
    running: list[tuple[int, int]] = []  # a heap of ends, each with its lane
    free = list(range(len(extents)))  # a heap of lanes, the lowest first
    for start, negative_end, number in extents:
        while running and running[0][0] <= start:
            heapq.heappush(free, heapq.heappop(running)[1])
        lanes[number] = heapq.heappop(free)
        heapq.heappush(running, (-negative_end, lanes[number]))
    return [lane % LANES for lane in lanes]


def _first_mentions(record: ArticleRecord) -> Mapping[int, list[str]]:
    firsts: dict[int, list[str]] = {}
    for identifier, start in _starts(record):
        firsts.setdefault(start, []).append(identifier)
    return firsts


def _starts(record: ArticleRecord) -> Iterator[tuple[str, int]]:
    for number, actor in enumerate(record.actors, 1):
        yield from ((f"a{number}", mention.start) for mention in actor.mentions[:1])
    for number, place in enumerate(record.places, 1):
        yield from ((f"p{number}", mention.start) for mention in place.mentions[:1])
    yield from ((f"d{number}", date.start) for number, date in enumerate(record.dates, 1))
    yield from ((f"f{number}", figure.start) for number, figure in enumerate(record.figures, 1))


def _classes(segment: Segment, name: str, lanes: Sequence[int], groups: Sequence[ActGroup]) -> str:
    words: dict[str, None] = {}
    for mark in segment.marks:
        words[mark.kind] = None
        if mark.claim is not None:
            words[f"{name}-c{mark.claim + 1}"] = None
            if mark.kind == "content":
                words[f"lane{lanes[mark.claim]}-{groups[mark.claim]}"] = None
    return " ".join(words)


def _note(segment: Segment) -> str:
    items: dict[int, tuple[str, MarkedItem]] = {
        id(mark.item): (mark.kind, mark.item) for mark in segment.marks if mark.item
    }
    return one_line("; ".join(f"{kind}: {word_item(item)}" for kind, item in items.values()))

"""Where the spans of one text stand in another: what two versions of an article have in common."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from onrecord.records import Span

Interval = tuple[int, int]
"""Half-open code-point offsets into the new text."""

_Block = tuple[int, int, int]
"""A stretch that both texts have: where it begins in the one, in the other, and its length."""

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_MAX_GAP = 400_000  # pairs of tokens; between two common lines more is not looked through


class TextMap:
    """Maps spans of an old text into a new one.

    Lines that stand once in both texts anchor the map (patience diff, Bram Cohen); what lies between two
    anchors is aligned by its words. A stretch that stands in another order in the new text is not mapped:
    what it holds has moved.
    """

    def __init__(self, old: str, new: str) -> None:
        self.is_identity = old == new
        if self.is_identity:
            self._blocks: list[_Block] = [(0, 0, len(old))]
        elif old <= new:
            self._blocks = list(_common(old, new))
        else:  # one direction alone, so that the way back is the same map
            self._blocks = [(there, here, size) for here, there, size in _common(new, old)]
        self._starts = [block[0] for block in self._blocks]

    def image(self, spans: Sequence[Span]) -> tuple[Interval, ...]:
        """Return the intervals of the new text that the spans of the old text are found in, in order."""
        if self.is_identity:
            return area_of(spans)
        found: list[Interval] = []
        for span in spans:
            for number in range(max(0, bisect_right(self._starts, span.start) - 1), len(self._blocks)):
                here, there, size = self._blocks[number]
                if here >= span.end:
                    break
                start, end = max(span.start, here), min(span.end, here + size)
                if start < end:
                    found.append((start - here + there, end - here + there))
        return merged(found)

    def position(self, offset: int) -> int:
        """Return where an offset of the old text stands in the new one, or would stand."""
        number = bisect_right(self._starts, offset) - 1
        if number < 0:
            return 0
        here, there, size = self._blocks[number]
        return there + min(offset - here, size)


def area_of(spans: Sequence[Span]) -> tuple[Interval, ...]:
    """Return what spans cover in their own text."""
    if len(spans) == 1:
        return ((spans[0].start, spans[0].end),)
    return merged([(span.start, span.end) for span in spans])


def merged(intervals: Sequence[Interval]) -> tuple[Interval, ...]:
    """Return intervals in order, those that overlap or touch made one."""
    whole: list[Interval] = []
    for start, end in sorted(intervals):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return tuple(whole)


def length(intervals: Sequence[Interval]) -> int:
    """Return how many code points merged intervals cover."""
    return sum(end - start for start, end in intervals)


def shared(one: Sequence[Interval], other: Sequence[Interval]) -> int:
    """Return how many code points two series of merged intervals have in common."""
    total = first = second = 0
    while first < len(one) and second < len(other):
        start = max(one[first][0], other[second][0])
        end = min(one[first][1], other[second][1])
        total += max(0, end - start)
        if one[first][1] < other[second][1]:
            first += 1
        else:
            second += 1
    return total


def _common(old: str, new: str) -> Iterator[_Block]:
    """Yield the blocks that two texts have in common, in the order of both."""
    lines, other_lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    starts, other_starts = _offsets(lines), _offsets(other_lines)
    here = there = 0
    for number, other in _anchors(lines, other_lines):
        yield from _gap(old[here : starts[number]], new[there : other_starts[other]], here, there)
        yield starts[number], other_starts[other], len(lines[number])
        here, there = starts[number + 1], other_starts[other + 1]
    yield from _gap(old[here:], new[there:], here, there)


def _offsets(lines: Sequence[str]) -> list[int]:
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line))
    return offsets


def _anchors(lines: Sequence[str], others: Sequence[str]) -> list[tuple[int, int]]:
    """Return the longest series of lines, each standing once in both texts, that is in the order of both."""
    counts, other_counts = Counter(lines), Counter(others)
    places = {line: number for number, line in enumerate(others) if other_counts[line] == 1}
    pairs = [(n, places[line]) for n, line in enumerate(lines) if counts[line] == 1 and line in places]
    ends: list[int] = []  # the smallest line number of the new text that a series of each length ends with
    holders: list[int] = []
    before: list[int | None] = []
    for number, (_, other) in enumerate(pairs):
        at = bisect_left(ends, other)
        before.append(holders[at - 1] if at else None)
        ends[at : at + 1], holders[at : at + 1] = [other], [number]
    series: list[tuple[int, int]] = []
    last = holders[-1] if holders else None
    while last is not None:
        series.append(pairs[last])
        last = before[last]
    return series[::-1]


def _gap(old: str, new: str, here: int, there: int) -> Iterator[_Block]:
    words, others = _TOKEN.findall(old), _TOKEN.findall(new)
    if not words or not others:
        return
    if words == others:
        yield here, there, len(old)
    elif len(words) * len(others) <= _MAX_GAP:
        starts, other_starts = _offsets(words), _offsets(others)
        for block in SequenceMatcher(None, words, others, autojunk=False).get_matching_blocks():
            size = starts[block.a + block.size] - starts[block.a]
            if size:
                yield here + starts[block.a], there + other_starts[block.b], size

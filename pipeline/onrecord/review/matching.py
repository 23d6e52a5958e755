"""Which item of an old record is which item of a new one, by place and words, never by id or number."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.records import Span
from onrecord.review.assignment import assign
from onrecord.review.entries import Entry
from onrecord.review.texts import Interval, TextMap, area_of, length, shared

SAME_WORDS = 0.6
"""The share of words (Jaccard of multisets) that makes two contents in different places one claim."""

Uses = Mapping[str, Sequence[tuple[str, ...]]]

_WORD = re.compile(r"\w+")
_MAX_LEFT = 40_000  # pairs of items without a partner; among more, only equal words are looked for
_WEIGHT_OF_LABEL, _WEIGHT_OF_VALUES, _WEIGHT_OF_PLACES = 0.5, 0.2, 0.3


@dataclass(frozen=True, slots=True)
class Pair:
    """Two items that are one: `equal` but for their references, or `moved` where only their words say so."""

    old: int
    new: int
    equal: bool = False
    moved: bool = False


def pair_entries(
    old: Sequence[Entry],
    new: Sequence[Entry],
    text_map: TextMap,
    labels: tuple[Mapping[str, str], Mapping[str, str]],
    uses: Callable[[], tuple[Uses, Uses]],
) -> list[Pair]:
    """Pair the items of one kind, and leave without a partner what has none.

    Items that are equal are paired first. The rest is paired so that the overlap of spans, the names and
    the fields agree the most in total; what has no partner then is paired by its words alone. The other
    way round gives the same pairs.

    `labels` hold what the ids of the old and the new record mean; `uses`, which is asked for only where
    several items of a record are equal, which items refer to them.
    """
    areas = [text_map.image(one.spans) for one in old]
    other_areas = [area_of(one.spans) for one in new]
    identities = [_identity(one, area, labels[0], text_map) for one, area in zip(old, areas, strict=True)]
    others = [_identity(one, area, labels[1], text_map) for one, area in zip(new, other_areas, strict=True)]
    pairs: list[Pair] = []
    if len(set(identities)) < len(old) or len(set(others)) < len(new):
        old_uses, new_uses = uses()
        told = [(one, tuple(old_uses.get(entry.id, ()))) for one, entry in zip(identities, old, strict=True)]
        others_told = [
            (one, tuple(new_uses.get(entry.id, ()))) for one, entry in zip(others, new, strict=True)
        ]
        pairs += _equal(told, others_told, range(len(old)), range(len(new)))
    left, other_left = _left(old, new, pairs)
    pairs += _equal(identities, others, left, other_left)
    left, other_left = _left(old, new, pairs)
    if left and other_left:
        rest = _Rest(old, new, left, other_left, text_map)
        pairs += [Pair(o, n) for o, n in rest.by_place(areas, other_areas).items()]
        pairs += [Pair(o, n, moved=True) for o, n in rest.by_words().items()]
    return pairs


def _equal(
    identities: Sequence[Hashable], others: Sequence[Hashable], left: Iterable[int], other_left: Iterable[int]
) -> list[Pair]:
    """Return the pairs of equal items, the first with the first."""
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for n in sorted(other_left, reverse=True):
        waiting[others[n]].append(n)
    return [Pair(o, equal.pop(), equal=True) for o in left if (equal := waiting.get(identities[o]))]


def _left(old: Sequence[Entry], new: Sequence[Entry], pairs: Sequence[Pair]) -> tuple[list[int], list[int]]:
    found, other_found = {pair.old for pair in pairs}, {pair.new for pair in pairs}
    return (
        [o for o in range(len(old)) if o not in found],
        [n for n in range(len(new)) if n not in other_found],
    )


class _Rest:
    """The items that are not simply equal, paired step by step."""

    def __init__(
        self,
        old: Sequence[Entry],
        new: Sequence[Entry],
        left: list[int],
        other_left: list[int],
        text_map: TextMap,
    ) -> None:
        self.old, self.new, self.left, self.other_left, self.text_map = old, new, left, other_left, text_map
        # Where two ways of pairing are equally good, the same one must be taken in both directions.
        self._flipped = is_flipped([old[o] for o in left], [new[n] for n in other_left])

    def by_place(
        self, areas: Sequence[tuple[Interval, ...]], other_areas: Sequence[tuple[Interval, ...]]
    ) -> dict[int, int]:
        common = overlaps({o: areas[o] for o in self.left}, {n: other_areas[n] for n in self.other_left})
        weights = {}
        for (o, n), size in common.items():
            whole = _extent(self.old[o].spans) + _extent(self.new[n].spans) - size
            weights[o, n] = size / whole + self._agreement(self.old[o], self.new[n])
        return self._taken(weights)

    def by_words(self) -> dict[int, int]:
        if len(self.left) * len(self.other_left) <= _MAX_LEFT:
            return self._taken({pair: weight for pair, weight in self._similar() if weight})
        by_words: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for n in self.other_left:
            by_words[_words(self.new[n])].append(n)
        for group in by_words.values():
            group.reverse()
        return {o: same.pop() for o in self.left if (same := by_words.get(_words(self.old[o])))}

    def _similar(self) -> Iterator[tuple[tuple[int, int], float]]:
        bags = {n: Counter(_words(self.new[n])) for n in self.other_left}
        for o in self.left:
            bag = Counter(_words(self.old[o]))
            for n, other in bags.items():
                alike = (bag & other).total() / max(1, (bag | other).total())
                if alike == 1 or (alike >= SAME_WORDS and self.old[o].kind == "claims"):
                    yield (o, n), alike + self._agreement(self.old[o], self.new[n])

    def _agreement(self, one: Entry, other: Entry) -> float:
        """Return how well two items agree in all but their place."""
        same = sum(one.values[path] == other.values[path] for path in one.values) / len(one.values)
        weight = _WEIGHT_OF_VALUES * same + _WEIGHT_OF_LABEL * (one.label == other.label)
        for path in ("source.span", "cue"):
            here, there = one.places.get(path, ()), other.places.get(path, ())
            if here and there:
                common = shared(self.text_map.image(here), area_of(there))
                weight += _WEIGHT_OF_PLACES * common / (_extent(here) + _extent(there) - common)
        return weight

    def _taken(self, weights: Mapping[tuple[int, int], float]) -> dict[int, int]:
        pairs = assign(weights, flipped=self._flipped)
        found = set(pairs.values())
        self.left = [o for o in self.left if o not in pairs]
        self.other_left = [n for n in self.other_left if n not in found]
        return pairs


def overlaps(
    areas: Mapping[int, Sequence[Interval]], other_areas: Mapping[int, Sequence[Interval]]
) -> dict[tuple[int, int], int]:
    """Return how many code points each two areas share, of those that share any."""
    intervals = sorted((start, end, n) for n, area in other_areas.items() for start, end in area)
    longest = max((end - start for start, end, _ in intervals), default=0)
    common: dict[tuple[int, int], int] = defaultdict(int)
    for o, area in areas.items():
        for start, end in area:
            for number in range(bisect_left(intervals, (start - longest,)), len(intervals)):
                other_start, other_end, n = intervals[number]
                if other_start >= end:
                    break
                if other_end > start:
                    common[o, n] += min(end, other_end) - max(start, other_start)
    return dict(common)


def is_flipped(old: Sequence[Entry], new: Sequence[Entry]) -> bool:
    """Whether a pairing of these items is to be looked for from the new to the old ones.

    The answer for the same items the other way round is the opposite one.
    """
    if len(old) < 2 or len(new) < 2:
        return False
    places, other_places = ([[_bounds(span) for span in one.spans] for one in each] for each in (old, new))
    if places != other_places:
        return places > other_places
    return repr([_plain(one) for one in old]) > repr([_plain(one) for one in new])


def _bounds(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _plain(entry: Entry) -> tuple[object, ...]:
    return entry.label, entry.values, entry.one, entry.many


def _identity(
    entry: Entry, area: tuple[Interval, ...], labels: Mapping[str, str], text_map: TextMap
) -> Hashable:
    """Return what two items have in common only if they differ in nothing that is compared."""
    # Records are made of hundreds of items: lists are faster to build than generators are to run.
    if text_map.is_identity:
        places = [(span.start, span.end) for spans in (entry.spans, *entry.places.values()) for span in spans]
        words: list[str | int] = [len(spans) for spans in entry.places.values()]
    else:
        places = list(area)
        words = [span.text for spans in (entry.spans, *entry.places.values()) for span in spans]
    references = [(path, labels.get(one, one)) for path, one in entry.one.items() if one]
    lists = [
        (path, *sorted([labels.get(one, one) for one in many])) for path, many in entry.many.items() if many
    ]
    return (tuple(places), tuple(words), tuple(entry.values.values()), tuple(references), tuple(lists))


def _extent(spans: Sequence[Span]) -> int:
    return length(area_of(spans))


def _words(entry: Entry) -> tuple[str, ...]:
    return tuple(_WORD.findall(entry.label.casefold())) or (entry.label,)

"""Mentions of actors and places: which stand where they stood, under the same name or another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.records import ActorMention, PlaceMention
from onrecord.review.assignment import assign
from onrecord.review.diff import Difference, DifferenceClass, Value
from onrecord.review.entries import Entry
from onrecord.review.matching import Pair, is_flipped, overlaps
from onrecord.review.texts import Interval, TextMap

_WEIGHT_OF_OWNER = 1.0


@dataclass(frozen=True, slots=True)
class _Owned:
    """A mention with the item that it is a mention of; `area` is where it stands in the new text."""

    owner: int
    span: ActorMention | PlaceMention
    area: tuple[Interval, ...]


def mention_differences(
    old: Sequence[Entry], new: Sequence[Entry], pairs: Sequence[Pair], text_map: TextMap
) -> Iterator[Difference]:
    """Yield what differs between the mentions of paired items, and the mentions that changed hands.

    The mentions of an item that only one side has go without saying, unless they are another's there.
    """
    partner = {pair.old: pair.new for pair in pairs}
    partnered = set(partner.values())
    before = [_Owned(o, span, text_map.image((span,))) for o, one in enumerate(old) for span in one.mentions]
    after = [_Owned(n, span, ((span.start, span.end),)) for n, one in enumerate(new) for span in one.mentions]
    together = _together(before, after, partner, flipped=is_flipped(old, new))
    for here, there in together.items():
        yield from _pair_differences(before[here], after[there], old, new, partner)
    found = set(together.values())
    for number, mention in enumerate(before):
        if number not in together and mention.owner in partner:
            yield _difference("changed", mention, None, old[mention.owner], new[partner[mention.owner]])
    owners = {n: o for o, n in partner.items()}
    for number, mention in enumerate(after):
        if number not in found and mention.owner in partnered:
            yield _difference("changed", None, mention, old[owners[mention.owner]], new[mention.owner])


def _together(
    before: Sequence[_Owned], after: Sequence[_Owned], partner: Mapping[int, int], *, flipped: bool
) -> dict[int, int]:
    """Pair mentions: those of one owner in one place, all in one place, by overlap, by owner and words."""
    pairs: dict[int, int] = {}
    by_place: dict[tuple[str, tuple[Interval, ...]], list[int]] = defaultdict(list)
    for n, mention in enumerate(after):
        by_place[mention.span.text, mention.area].append(n)
    taken: set[int] = set()
    for is_own in (True, False):
        for o, mention in enumerate(before):
            if o in pairs:
                continue
            for n in by_place.get((mention.span.text, mention.area), ()):
                if n not in taken and (not is_own or after[n].owner == partner.get(mention.owner)):
                    pairs[o] = n
                    taken.add(n)
                    break
    left = {o: one.area for o, one in enumerate(before) if o not in pairs}
    other_left = {n: one.area for n, one in enumerate(after) if n not in taken}
    weights = {}
    for (o, n), size in overlaps(left, other_left).items():
        here, there = before[o], after[n]
        whole = len(here.span.text) + len(there.span.text) - size
        weights[o, n] = size / whole + _WEIGHT_OF_OWNER * (partner.get(here.owner) == there.owner)
    pairs.update(assign(weights, flipped=flipped))
    taken.update(pairs.values())
    waiting: dict[tuple[int, str], list[int]] = defaultdict(list)
    for n in reversed(range(len(after))):
        if n not in taken:
            waiting[after[n].owner, after[n].span.text].append(n)
    for o, mention in enumerate(before):
        if o not in pairs and mention.owner in partner:
            same = waiting.get((partner[mention.owner], mention.span.text))
            if same:
                pairs[o] = same.pop()
    return pairs


def _pair_differences(
    here: _Owned, there: _Owned, old: Sequence[Entry], new: Sequence[Entry], partner: Mapping[int, int]
) -> Iterator[Difference]:
    owner, other = old[here.owner], new[there.owner]
    if partner.get(here.owner) != there.owner:
        yield _difference("regrouped", here, there, owner, other)
        return
    if here.span.text != there.span.text:
        yield _difference("changed", here, there, owner, other)
    elif here.area != there.area:
        yield _difference("moved", here, there, owner, other)
    field = "kind" if isinstance(here.span, ActorMention) else "in_name"
    if getattr(here.span, field) != getattr(there.span, field):
        yield _difference("changed", here, there, owner, other, field)


def _difference(
    class_: DifferenceClass,
    here: _Owned | None,
    there: _Owned | None,
    old: Entry,
    new: Entry,
    field: str | None = None,
) -> Difference:
    before: Value = here.span.text if here else None
    after: Value = there.span.text if there else None
    if class_ == "regrouped":
        before, after = old.label, new.label
    elif here and there and field:
        before, after = getattr(here.span, field), getattr(there.span, field)
    return Difference(
        class_=class_,
        kind=old.kind,
        path=f"mentions.{field}" if field else "mentions",
        label=new.label,
        old=before,
        new=after,
        old_id=old.id,
        new_id=new.id,
        old_spans=(here.span,) if here else (),
        new_spans=(there.span,) if there else (),
    )

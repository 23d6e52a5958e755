"""Two records of one article, compared by content."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from onrecord.records import ArticleRecord, Span
from onrecord.review.diff import KINDS, Difference, DifferenceClass, Kind, RecordDiff, Value, with_keys
from onrecord.review.entries import (
    ANCHORS,
    UNREFERRED,
    Entry,
    article_values,
    entries_of,
    labels_of,
    uses_of,
    words_of,
)
from onrecord.review.matching import Pair, Uses, pair_entries
from onrecord.review.mentions import mention_differences
from onrecord.review.texts import TextMap, area_of


def diff_records(
    old: ArticleRecord | None,
    new: ArticleRecord | None,
    *,
    only: Collection[Kind] = KINDS,
    ignore: Collection[str] = (),
) -> RecordDiff:
    """Return what two records of one article say differently; one of them may be missing.

    Ids, the order of items and the provenance are not compared, confidence to two decimals. `only` are
    the kinds whose differences are wanted; `ignore` names fields that nobody looks at, as kind and path
    (`claims.confidence`).
    """
    if old is None or new is None:
        return _one_sided(old, new, only)
    if old.article.text == new.article.text and all(
        getattr(old, kind) == getattr(new, kind) for kind in KINDS
    ):
        return RecordDiff(new.article.id, old, new, ())
    found = [
        one
        for one in Comparison(old, new).differences()
        if one.kind in only and f"{one.kind}.{one.path}" not in ignore
    ]
    texts = old.article.text, new.article.text
    return RecordDiff(new.article.id, old, new, with_keys(new.article.id, found, texts))


def _one_sided(old: ArticleRecord | None, new: ArticleRecord | None, only: Collection[Kind]) -> RecordDiff:
    record = new or old
    if record is None:
        raise ValueError("there is neither an old nor a new record")
    article = record.article
    whole = Difference(
        class_="removed" if new is None else "added",
        kind="article",
        path="",
        label=article.title or article.id,
        old=None if old is None else article.id,
        new=None if new is None else article.id,
    )
    return RecordDiff(article.id, old, new, with_keys(article.id, [whole] if "article" in only else []))


_TwoSpans = tuple[Sequence[Span], Sequence[Span]]


class Comparison:
    """The items of two records in pairs, and what differs between them.

    `pairs` hold by kind the numbers of items that are one; `partner` leads from the id of an old item
    to the id of the new item that it is.
    """

    def __init__(self, old: ArticleRecord, new: ArticleRecord) -> None:
        self.old, self.new = old, new
        self.text_map = TextMap(old.article.text, new.article.text)
        self.old_entries, self.new_entries = entries_of(old), entries_of(new)
        self._labels = labels_of(self.old_entries), labels_of(self.new_entries)
        self.pairs: dict[Kind, list[Pair]] = {}
        self.partner: dict[str, str] = {}
        self._unchanged: set[Kind] = set()
        for kind, entries in self.old_entries.items():
            others = self.new_entries[kind]
            if self.text_map.is_identity and getattr(old, kind) == getattr(new, kind):
                self._unchanged.add(kind)
                self.pairs[kind] = [Pair(number, number, equal=True) for number in range(len(entries))]
            else:
                self.pairs[kind] = pair_entries(entries, others, self.text_map, self._labels, self._uses)
            if kind not in UNREFERRED:
                self.partner.update((entries[one.old].id, others[one.new].id) for one in self.pairs[kind])
        self._partnered = set(self.partner.values())
        shared = self._labels[0].keys() & self._labels[1].keys()
        self._has_same_ids = all(self.partner.get(one) == one for one in shared)

    def _uses(self) -> tuple[Uses, Uses]:
        return uses_of(self.old_entries), uses_of(self.new_entries)

    def differences(self) -> list[Difference]:
        """Return all differences: of the article, then of its items in the order of the text."""
        found: list[Difference] = []
        for kind, entries in self.old_entries.items():
            others, pairs = self.new_entries[kind], self.pairs[kind]
            gone = set(range(len(entries))) - {pair.old for pair in pairs}
            come = set(range(len(others))) - {pair.new for pair in pairs}
            found += (self._whole(entries[o], is_new=False) for o in sorted(gone))
            found += (self._whole(others[n], is_new=True) for n in sorted(come))
            for pair in pairs:
                found += self._pair_differences(entries[pair.old], others[pair.new], pair)
            if kind in ("actors", "places") and kind not in self._unchanged:
                found += mention_differences(entries, others, pairs, self.text_map)
        found.sort(key=self._position)
        return [*self._article_differences(), *found]

    def _position(self, one: Difference) -> tuple[int, int]:
        if one.new_spans:
            start = one.new_spans[0].start
        else:
            start = self.text_map.position(one.old_spans[0].start) if one.old_spans else 0
        return start, KINDS.index(one.kind)

    def _article_differences(self) -> Iterator[Difference]:
        label = self.new.article.title or self.new.article.id
        for (path, before), (_, after) in zip(
            article_values(self.old), article_values(self.new), strict=True
        ):
            if before != after:
                yield Difference("changed", "article", path, label, before, after)

    def _whole(self, entry: Entry, *, is_new: bool) -> Difference:
        labels = self._labels[is_new]
        fields = {path: value for path, value in entry.values.items() if value is not None and value != ()}
        fields.update((path, words_of(spans)) for path, spans in entry.places.items() if spans)
        fields.update((path, labels.get(one, one)) for path, one in entry.one.items() if one)
        fields.update((path, _all(labels, ids)) for path, ids in entry.many.items() if ids)
        if entry.mentions:
            fields["mentions"] = tuple(span.text for span in entry.mentions)
        whole = Difference(
            "added",
            entry.kind,
            "",
            entry.label,
            new=fields,
            new_id=entry.id,
            new_spans=entry.spans,
            references=frozenset(entry.one) | frozenset(entry.many),
        )
        return whole if is_new else whole.mirrored()

    def _pair_differences(self, old: Entry, new: Entry, pair: Pair) -> Iterator[Difference]:
        has_mentions = old.kind in ("actors", "places")

        def differ(
            class_: DifferenceClass, path: str, before: Value, after: Value, spans: _TwoSpans
        ) -> Difference:
            return Difference(
                class_,
                old.kind,
                path,
                new.label,
                before,
                after,
                old.id,
                new.id,
                tuple(spans[0]),
                tuple(spans[1]),
            )

        # Of an actor's many mentions the first is enough to look at.
        whole = (old.spans[:1], new.spans[:1]) if has_mentions else (old.spans, new.spans)
        if pair.moved and not has_mentions and _texts(old.spans) == _texts(new.spans):
            yield differ("moved", "", old.label, new.label, whole)
        if not pair.equal:
            for path, before in old.values.items():
                after = new.values[path]
                if before != after:
                    yield differ("changed", path, before, after, whole)
            for path, spans in old.places.items():
                others = new.places[path]
                if _texts(spans) != _texts(others):
                    yield differ(
                        "changed", path, words_of(spans) or None, words_of(others) or None, (spans, others)
                    )
                elif self.text_map.is_identity and not pair.moved and not self._same_place(spans, others):
                    yield differ("moved", path, words_of(spans), words_of(others), (spans, others))
        for path, one, other in self._relinked(old, new):
            is_constant = path == "anchor" and {one, other} <= {*ANCHORS, None}
            yield differ("changed" if is_constant else "relinked", path, one, other, whole)

    def _same_place(self, spans: Sequence[Span], others: Sequence[Span]) -> bool:
        return self.text_map.image(spans) == area_of(others)

    def _relinked(self, old: Entry, new: Entry) -> Iterator[tuple[str, Value, Value]]:
        """Yield path, old and new labels of each reference that leads elsewhere.

        That an item added or removed has come into a list or gone from it goes without saying.
        """
        if self._has_same_ids and old.one == new.one and old.many == new.many:
            return
        labels, other_labels = self._labels
        for path, one in old.one.items():
            other = new.one[path]
            if not self._is_same_reference(one, other):
                yield path, labels.get(one or "", one), other_labels.get(other or "", other)
        for path in sorted({*old.many, *new.many}):
            ids, others = old.many.get(path, ()), new.many.get(path, ())
            expected = {self.partner[one] for one in ids if one in self.partner}
            found = {other for other in others if other in self._partnered}
            lost = [one for one in ids if one in self.partner and self.partner[one] not in found]
            gained = [other for other in others if other in found - expected]
            if lost or gained:
                yield path, _all(labels, lost), _all(other_labels, gained)

    def _is_same_reference(self, one: str | None, other: str | None) -> bool:
        if one is None or other is None or (one == other and one in ANCHORS):
            return one == other
        return self.partner.get(one) == other


def _texts(spans: Iterable[Span]) -> tuple[str, ...]:
    return tuple(span.text for span in spans)


def _all(labels: Mapping[str, str], ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(labels.get(one, one) for one in ids)

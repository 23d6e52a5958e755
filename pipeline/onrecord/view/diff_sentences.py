"""Differences as a reader meets them: by sentence and by item, with the spans marked, values in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from onrecord.review import KINDS, Difference, Kind, RecordDiff
from onrecord.review.diff import Value
from onrecord.view.printable import one_line

SINGULAR: Mapping[Kind, str] = {
    **{kind: kind.removesuffix("s") for kind in KINDS},
    "non_responses": "non-response",
}
Side = Literal["old", "new", "both"]
Item = tuple[Kind, str, str | None, str | None]
"""Kind, label and the ids on both sides."""

_SELF_EVIDENT = frozenset({"text", "content", "confidence", "cue.lemma"})
"""Fields of a new or lost item that its label and the marked sentence show, or that say too little."""
_MAX_SENTENCE = 400

# A full stop behind a short capitalised word ("Gen.", "U.S.") may belong to it: then the sentence goes on.
_SENTENCE_END = re.compile(
    r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!\b[A-Z]\w\.)(?<!\b[A-Z]\w\w\.)(?<!\b[A-Z]\w\w\w\.)[”’\"')\]]*\s+"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the old or the new text, and where it begins there."""

    text: str
    start: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class SentenceMark:
    """A span of a sentence, in offsets of the text, and which side has it."""

    start: int
    end: int
    side: Side


@dataclass(frozen=True, slots=True)
class SentenceDiff:
    """Differences that stand in one sentence, by item; those of no sentence have None."""

    sentence: Sentence | None
    marks: tuple[SentenceMark, ...]
    items: Mapping[Item, Sequence[Difference]]


def by_sentence(diff: RecordDiff) -> Iterator[SentenceDiff]:
    """Yield the differences of an article sentence by sentence."""
    for sentence, group in groupby(diff.differences, key=lambda one: _sentence(diff, one)):
        differences = list(group)
        items: dict[Item, list[Difference]] = {}
        for one in differences:
            items.setdefault((one.kind, one.label, one.old_id, one.new_id), []).append(one)
        marks = tuple(_marks(diff, sentence, differences)) if sentence else ()
        yield SentenceDiff(sentence, marks, items)


def fields_in_words(one: Difference) -> Iterator[tuple[str, str]]:
    """Yield the fields of an item added or removed that tell more than its label and its sentence do."""
    fields = one.new if one.new is not None else one.old
    if isinstance(fields, Mapping):
        for path, value in fields.items():
            words = value_in_words(value)
            if path not in _SELF_EVIDENT and words != one_line(one.label):
                yield path, words


def value_in_words(value: Value) -> str:
    """Return the value of a field in one printable line."""
    if value is None or value == ():
        return "none"
    if isinstance(value, tuple):
        return ", ".join(map(one_line, value))
    if isinstance(value, float) and value.is_integer():
        return f"{value:,.0f}"
    return one_line(str(value))


def _sentence(diff: RecordDiff, one: Difference) -> Sentence | None:
    """Return the sentence that a difference stands in."""
    spans = one.new_spans or one.old_spans
    record = diff.new if one.new_spans else diff.old
    if not spans or record is None:
        return None
    text = record.article.text
    line_start = text.rfind("\n", 0, spans[0].start) + 1
    line_end = text.find("\n", spans[0].start)
    line = text[line_start : len(text) if line_end < 0 else line_end]
    ends = [0, *(match.end() for match in _SENTENCE_END.finditer(line)), len(line) + 1]
    at = spans[0].start - line_start
    start = max(end for end in ends if end <= at)
    end = min(end for end in ends if end > at)
    if end - start > _MAX_SENTENCE:
        start = max(start, at - _MAX_SENTENCE // 4)
        end = start + _MAX_SENTENCE
    is_new = bool(one.new_spans) and not _is_same_text(diff)
    return Sentence(line[start:end].rstrip(), line_start + start, is_new)


def _is_same_text(diff: RecordDiff) -> bool:
    return bool(diff.old and diff.new and diff.old.article.text == diff.new.article.text)


def _marks(diff: RecordDiff, sentence: Sentence, differences: Iterable[Difference]) -> Iterator[SentenceMark]:
    """Yield the spans of the differences, as far as they lie in the sentence."""
    sides: dict[tuple[int, int], Side] = {}
    for one in differences:
        old, new = ({(span.start, span.end) for span in spans} for spans in (one.old_spans, one.new_spans))
        if not _is_same_text(diff) and old and new:
            sides.update(dict.fromkeys(new if sentence.is_new else old, "both"))
        else:
            sides.update(dict.fromkeys(old - new, "old"))
            sides.update(dict.fromkeys(new - old, "new"))
            for place in old & new:
                sides.setdefault(place, "both")
    end = sentence.start + len(sentence.text)
    for (first, last), side in sides.items():
        if first < end and last > sentence.start:
            yield SentenceMark(max(first, sentence.start), min(last, end), side)

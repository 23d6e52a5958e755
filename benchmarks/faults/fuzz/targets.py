"""What is fuzzed: functions that take any bytes, and raise where what is promised does not hold.

`tests/faults/test_fuzz_targets.py` runs the same functions on the seeds and on bytes of Hypothesis.
"""

from __future__ import annotations

import datetime
import math
import re
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from tests.faults import reading_files

from onrecord import Article, ArticleRecord, Failure, read_paths
from onrecord.annotate.annotations import DATES, FIGURES, DateAnnotation, FigureAnnotation, annotations_on
from onrecord.parse.quotations import find_quotations
from onrecord.read import article_from_html
from onrecord.review import RecordDiff, diff_records
from onrecord.review.diff import as_json

Target = Callable[[bytes], None]

SUFFIXES = tuple(reading_files.files())
"""The kinds of files that are read; the first byte of an input says which kind the others are."""
LARGEST = 16_384
"""Bytes of an input."""
_LINE_BREAK = re.compile(r"[\r\n\u2028\u2029]")
_FIELD = "\f"  # stands between the two articles of an input


def pages(raw: bytes) -> None:
    """Any bytes are a page of one article or one failure, and either can be written."""
    outcome = article_from_html(raw, "https://news.example/a")
    outcome.model_dump_json().encode()
    if isinstance(outcome, Failure):
        assert outcome.code
        assert outcome.reason


def files(raw: bytes) -> None:
    """Any file comes to articles and failures, at least one of them."""
    suffix = SUFFIXES[raw[0] % len(SUFFIXES)] if raw else "txt"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"input.{suffix}")
        path.write_bytes(raw[1:])
        outcomes = list(read_paths([path]))
    assert outcomes
    for outcome in outcomes:
        assert outcome.input.startswith(str(path))
        (outcome if isinstance(outcome, Failure) else outcome.article).model_dump_json().encode()


def dates(raw: bytes) -> None:
    """Expressions of time slice, begin before they end, and point to one another.

    Of two on the same tokens ("5/4/2020,6/4/2020") the first is kept, and some may point to the other.
    """
    doc = _annotated("onrecord_dates", raw)
    every = annotations_on(doc, DATES, DateAnnotation)
    tokens = {at for span in doc.spans[DATES] for at in range(span.start_char, span.end_char)}
    targets = {one.start for one in every} | tokens.difference(*(range(one.start, one.end) for one in every))
    for one in every:
        _slices(doc.text, one.start, one.end)
        assert one.timex
        assert (one.earliest is None) == (one.latest is None)
        if one.earliest and one.latest:
            assert datetime.date.fromisoformat(one.earliest) <= datetime.date.fromisoformat(one.latest)
        assert not isinstance(one.anchor, int) or one.anchor in targets
        assert one.range_end is None or one.range_end in targets


def figures(raw: bytes) -> None:
    """Figures slice, and have a finite value or bounds in their order."""
    doc = _annotated("onrecord_figures", raw)
    for one in annotations_on(doc, FIGURES, FigureAnnotation):
        _slices(doc.text, one.start, one.end)
        numbers = [number for number in (one.value, one.low, one.high) if number is not None]
        assert numbers
        assert all(map(math.isfinite, numbers))
        assert one.low is None or one.high is None or one.low <= one.high


def quotations(raw: bytes) -> None:
    """Quotations come in order, do not overlap, and keep to their line."""
    text = _text(raw)
    end = 0
    for one in find_quotations(text):
        assert end <= one.start < one.inner_start <= one.inner_end <= one.end <= len(text)
        assert not _LINE_BREAK.search(text, one.start, one.end)
        assert one.closed == (one.inner_end < one.end)
        end = one.end


def diff(raw: bytes) -> None:
    """A record does not differ from itself, the way back is the mirror image, and spans slice."""
    first, _, second = _text(raw).partition(_FIELD)
    old, new = _record(first), _record(second)
    assert not diff_records(old, old).differences
    there, back = diff_records(old, new), diff_records(new, old)
    mirrored = Counter(repr(replace(one.mirrored(), label="", key="")) for one in back.differences)
    assert Counter(repr(replace(one, label="", key="")) for one in there.differences) == mirrored
    _check_spans(there, old, new)
    as_json(there)


TARGETS: dict[str, Target] = {one.__name__: one for one in (pages, files, dates, figures, quotations, diff)}


def seeds(name: str) -> list[bytes]:
    """Return small inputs to begin with: paragraphs of a file of seeds, or files as the tests make them."""
    if name == "files":
        return [bytes([SUFFIXES.index(one)]) + raw for one, raw in reading_files.files().items()]
    if name == "pages":
        return [page.encode() for page in reading_files.PAGES] + _paragraphs("pages.html")
    return _paragraphs(f"{name}.txt")


def _paragraphs(name: str) -> list[bytes]:
    whole = Path(__file__).with_name("seeds").joinpath(name).read_text(encoding="utf-8")
    return [part.replace("\n---\n", f"\n{_FIELD}\n").encode() for part in whole.strip().split("\n\n")]


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _slices(text: str, start: int, end: int) -> None:
    assert 0 <= start < end <= len(text)
    assert text[start:end].strip() == text[start:end]


@cache
def _alone(component: str) -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe(component)
    return nlp


def _annotated(component: str, raw: bytes) -> Doc:
    nlp = _alone(component)
    doc = nlp.make_doc(_text(raw))
    doc._.onrecord_published = "2024-02-29"
    return nlp.get_pipe(component)(doc)


def _record(text: str) -> ArticleRecord:
    """Return a record of what capitals, digits and "said" or "denied" in a line make of a text."""
    actors: dict[str, dict[str, object]] = {}
    figures: list[dict[str, object]] = []
    claims: list[dict[str, object]] = []
    for line in re.finditer(r"[^\n]+", text):
        within: list[str] = []
        speaker = None
        for word in re.finditer(r"[A-Z]\w+|\d+", text[line.start() : line.end()]):
            span = _span(text, line.start() + word.start(), line.start() + word.end())
            if word.group()[0].isupper():
                new = {"id": f"a{len(actors)}", "name": word.group(), "type": "person", "mentions": []}
                speaker = speaker or actors.setdefault(word.group(), new)
                actors.setdefault(word.group(), new)["mentions"].append({**span, "kind": "name"})  # type: ignore[attr-defined]
            else:
                within.append(f"f{len(figures)}")
                value = float(word.group()[:9])
                figures.append({"id": within[-1], "value": value, "modifier": "exact", **span})
        cue = re.search(r"said|denied", line.group())
        if cue and line.group()[cue.end() :].strip():
            start = line.start() + cue.end()
            claims.append(
                {
                    "id": f"c{len(claims)}",
                    "quotation": "indirect",
                    "speech_act": "denial" if cue.group() == "denied" else "statement",
                    "source": {"actor": speaker["id"] if speaker else None},
                    "content": [_span(text, start, line.end())],
                    "figures": within,
                }
            )
    article = Article.of(text or "-", id="fuzzed").model_dump()
    given = {"article": article, "actors": list(actors.values()), "figures": figures, "claims": claims}
    return ArticleRecord.model_validate(given)


def _span(text: str, start: int, end: int) -> dict[str, object]:
    return {"start": start, "end": end, "text": text[start:end]}


def _check_spans(found: RecordDiff, old: ArticleRecord, new: ArticleRecord) -> None:
    for one in found.differences:
        assert all(old.article.text[span.start : span.end] == span.text for span in one.old_spans)
        assert all(new.article.text[span.start : span.end] == span.text for span in one.new_spans)

"""A diff for the eye, in a terminal or a log: it reads like a code review."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from onrecord.review import CLASSES, KINDS, Difference, DifferenceClass, Kind, RecordDiff
from onrecord.review.diff import Summary, Value
from onrecord.view.printable import one_line, printable

_SIGNS: Mapping[DifferenceClass, str] = {
    "added": "+",
    "removed": "-",
    "changed": "~",
    "moved": ">",
    "regrouped": "@",
    "relinked": "&",
}
_STYLES: Mapping[DifferenceClass, str] = {
    "added": "green",
    "removed": "red",
    "changed": "yellow",
    "moved": "blue",
    "regrouped": "magenta",
    "relinked": "cyan",
}
SINGULAR: Mapping[Kind, str] = {
    **{kind: kind.removesuffix("s") for kind in KINDS},
    "non_responses": "non-response",
}
_SELF_EVIDENT = frozenset({"text", "content", "confidence", "cue.lemma"})
"""Fields of a new or lost item that its label and the marked sentence show, or that say too little."""

_SIDE_BY_SIDE = 60  # characters of both values together that stay on one line
_MAX_LABEL = 72
MAX_WIDTH = 100
_MAX_SENTENCE = 400

# A full stop behind a short capitalised word ("Gen.", "U.S.") may belong to it: then the sentence goes on.
_SENTENCE_END = re.compile(
    r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!\b[A-Z]\w\.)(?<!\b[A-Z]\w\w\.)(?<!\b[A-Z]\w\w\w\.)[”’\"')\]]*\s+"
)


@dataclass(frozen=True, slots=True)
class _Mark:
    left: str
    right: str
    style: str


_OLD, _NEW, _SAME = (
    _Mark("[-", "-]", "bold red"),
    _Mark("{+", "+}", "bold green"),
    _Mark("[", "]", "bold yellow"),
)


def render_diff(diff: RecordDiff, console: Console) -> None:
    """Print the differences of one article; nothing where there are none.

    Each stands below its sentence, in which the old spans are marked as [-old-] and the new ones
    as {+new+}, and spans that both have as [same].
    """
    if not diff:
        return
    record = diff.new or diff.old
    name = record.article.title if record else None
    heading = Text(one_line(diff.article_id), style="bold")
    if name:
        heading.append(f" · {one_line(name)}")
    console.print(Rule(heading, align="left", style="dim", characters="─"))
    for sentence, group in groupby(diff.differences, key=lambda one: _sentence(diff, one)):
        differences = list(group)
        if sentence:
            console.print(_marked(diff, sentence, differences))
        for (kind, label, *_), rows in _by_item(differences).items():
            if kind != "article" and any(one.path for one in rows):
                console.print(Text(f"  {SINGULAR[kind]} {_quoted(label)}", style="bold"))
            for one in rows:
                for line in _rows(one):
                    console.print(Padding(line, (0, 0, 0, 4 if one.path else 2), expand=False))
        console.print()


def render_summary(counts: Summary, console: Console) -> None:
    """Print how many differences there are by field, and by class."""
    if not counts:
        console.print("no differences")
        return
    classes = [one for one in CLASSES if any(key[2] == one for key in counts)]
    table = Table(box=None, pad_edge=False, header_style="bold", show_footer=True, footer_style="bold")
    table.add_column("", footer="all")
    for one in classes:
        total = sum(count for key, count in counts.items() if key[2] == one)
        table.add_column(one, justify="right", style=_STYLES[one], footer=f"{total:,}")
    for kind, path in sorted({key[:2] for key in counts}, key=lambda pair: (KINDS.index(pair[0]), pair[1])):
        numbers = [counts.get((kind, path, one), 0) for one in classes]
        table.add_row(f"{kind}{f'.{path}' if path else ''}", *(f"{one:,}" if one else "" for one in numbers))
    console.print(table)


def plain_diff(diffs: Iterable[RecordDiff], width: int = MAX_WIDTH) -> str:
    """Return diffs as text without colours, for a log or the message of a failing test."""
    return _plain(lambda console: [render_diff(diff, console) for diff in diffs], width)


def plain_summary(counts: Summary, width: int = MAX_WIDTH) -> str:
    """Return a summary as text without colours."""
    return _plain(lambda console: render_summary(counts, console), width)


def _plain(render: Callable[[Console], object], width: int) -> str:
    written = io.StringIO()
    render(Console(file=written, width=width, no_color=True, highlight=False, markup=False))
    return "".join(f"{line.rstrip()}\n" for line in written.getvalue().split("\n")[:-1])


_Item = tuple[Kind, str, str | None, str | None]


def _by_item(differences: Iterable[Difference]) -> dict[_Item, list[Difference]]:
    items: dict[_Item, list[Difference]] = {}
    for one in differences:
        items.setdefault((one.kind, one.label, one.old_id, one.new_id), []).append(one)
    return items


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of the old or the new text, and where it begins there."""

    text: str
    start: int
    is_new: bool


def _sentence(diff: RecordDiff, one: Difference) -> _Sentence | None:
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
    return _Sentence(line[start:end].rstrip(), line_start + start, is_new)


def _is_same_text(diff: RecordDiff) -> bool:
    return bool(diff.old and diff.new and diff.old.article.text == diff.new.article.text)


def _marked(diff: RecordDiff, sentence: _Sentence, differences: Sequence[Difference]) -> Text:
    """Return a sentence with the spans of its differences marked."""
    marks: dict[tuple[int, int], _Mark] = {}
    for one in differences:
        old, new = ({(span.start, span.end) for span in spans} for spans in (one.old_spans, one.new_spans))
        if not _is_same_text(diff) and old and new:
            marks.update(dict.fromkeys(new if sentence.is_new else old, _SAME))
        else:
            marks.update(dict.fromkeys(old - new, _OLD))
            marks.update(dict.fromkeys(new - old, _NEW))
            for place in old & new:
                marks.setdefault(place, _SAME)
    end = sentence.start + len(sentence.text)
    brackets: list[tuple[int, int, Text]] = []
    for (first, last), mark in marks.items():
        if first < end and last > sentence.start:
            left, right = max(first, sentence.start), min(last, end)
            # At one offset what ends closes before what begins opens, the inner before the outer.
            brackets.append((left, 1 + end - right, Text(mark.left, style=mark.style)))
            brackets.append((right, left - end, Text(mark.right, style=mark.style)))
    line, here = Text("  "), sentence.start
    for offset, _, bracket in sorted(brackets, key=lambda one: one[:2]):
        line.append(printable(sentence.text[here - sentence.start : offset - sentence.start]))
        line.append_text(bracket)
        here = offset
    return line.append(printable(sentence.text[here - sentence.start :]))


def _rows(one: Difference) -> Iterator[Text]:
    """Yield the lines that say what is different: old and new values side by side, or long ones below."""
    sign, style = _SIGNS[one.class_], _STYLES[one.class_]
    if not one.path:
        line = Text(f"{sign} {SINGULAR[one.kind]} {_quoted(one.label)}", style=style)
        if one.class_ == "moved":
            yield line.append(" stands elsewhere")
            return
        fields = one.new if one.new is not None else one.old
        if isinstance(fields, Mapping):
            for path, value in fields.items():
                if path not in _SELF_EVIDENT and value_in_words(value) != one_line(one.label):
                    line.append(f" · {path} ", style="dim").append(
                        _short(value_in_words(value)), style="default"
                    )
        yield line
        return
    line = Text(f"{sign} {one.path:<16} ", style=style)
    old, new = value_in_words(one.old), value_in_words(one.new)
    if one.class_ == "moved":
        yield line.append(f"{_short(new)} stands elsewhere")
    elif len(old) + len(new) <= _SIDE_BY_SIDE:
        yield line.append(old, style="red").append(" → ").append(new, style="green")
    else:
        yield line
        yield Text(f"  - {old}", style="red")
        yield Text(f"  + {new}", style="green")


def value_in_words(value: Value) -> str:
    """Return the value of a field in one printable line."""
    if value is None or value == ():
        return "none"
    if isinstance(value, tuple):
        return ", ".join(map(one_line, value))
    if isinstance(value, float) and value.is_integer():
        return f"{value:,.0f}"
    return one_line(str(value))


def _quoted(label: str) -> str:
    words = _short(label)
    return words if words.startswith(("“", '"', "‘", "«")) else f"“{words}”"


def _short(words: str) -> str:
    words = one_line(words)
    return words if len(words) <= _MAX_LABEL else f"{words[: _MAX_LABEL - 1].rstrip()}…"

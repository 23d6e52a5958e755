"""A diff for the eye, in a terminal or a log: it reads like a code review."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord.review import CLASSES, KINDS, Difference, DifferenceClass, RecordDiff
from onrecord.review.diff import Summary
from onrecord.view.diff_sentences import (
    SINGULAR,
    Sentence,
    SentenceMark,
    Side,
    by_sentence,
    fields_in_words,
    value_in_words,
)
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
_SIDE_BY_SIDE = 60  # characters of both values together that stay on one line
_MAX_LABEL = 72
MAX_WIDTH = 100
_WRAP: Mapping[str, Any] = {"break_on_hyphens": False, "expand_tabs": False, "replace_whitespace": False}


@dataclass(frozen=True, slots=True)
class _Mark:
    left: str
    right: str
    style: str


_BRACKETS: Mapping[Side, _Mark] = {
    "old": _Mark("[-", "-]", "bold red"),
    "new": _Mark("{+", "+}", "bold green"),
    "both": _Mark("[", "]", "bold yellow"),
}


def render_diff(diff: RecordDiff, console: Console) -> None:
    """Print the differences of one article; nothing where there are none.

    Each stands below its sentence, in which the old spans are marked as [-old-] and the new ones
    as {+new+}, and spans that both have as [same].
    """
    if not diff:
        return
    if console.color_system is None:
        console.file.write("".join(_plain_lines(diff, console)))
        return
    # Laid out here and printed once: rich would take a layout and a print for every line.
    whole = Text()
    for first, further, line in _review(diff):
        for number, part in enumerate(_parts(line, first, further, console)):
            whole.append(" " * (further if number else first)).append_text(part).append("\n")
    console.print(whole, soft_wrap=True, end="")


def _plain_lines(diff: RecordDiff, console: Console) -> Iterator[str]:
    """Yield the lines for a file or a pipe. Styles are most of the time of a large diff; here are none."""
    for first, further, line in _review(diff):
        words, width = line.plain, max(1, console.width - further)
        if not words or first + cell_len(words) <= console.width:
            parts = [words]
        elif cell_len(words) == len(words):
            parts = textwrap.wrap(words, width, **_WRAP)
        else:
            parts = [part.plain for part in line.wrap(console, width)]
        for number, part in enumerate(parts):
            yield f"{' ' * (further if number else first)}{part}".rstrip() + "\n"


def _parts(line: Text, first: int, further: int, console: Console) -> Iterable[Text]:
    if first + cell_len(line.plain) <= console.width:
        return [line]
    return line.wrap(console, max(1, console.width - further))


def _review(diff: RecordDiff) -> Iterator[tuple[int, int, Text]]:
    """Yield the lines of a diff: by how many columns they are indented, and by how many where they go on."""
    record = diff.new or diff.old
    name = record.article.title if record else None
    heading = Text("── ", style="dim").append(one_line(diff.article_id), style="bold not dim")
    yield 0, 3, heading.append(f" · {one_line(name)}", style="not dim") if name else heading
    for group in by_sentence(diff):
        if group.sentence:
            yield 2, 2, _marked(group.sentence, group.marks)
        for (kind, label, *_), rows in group.items.items():
            if kind != "article" and any(one.path for one in rows):
                yield 2, 4, Text(f"{SINGULAR[kind]} {_quoted(label)}", style="bold")
            for one in rows:
                indent = 4 if one.path else 2
                yield from ((indent, indent + 2, line) for line in _rows(one))
        yield 0, 0, Text()


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

    def render(console: Console) -> None:
        for diff in diffs:
            render_diff(diff, console)

    return _plain(render, width)


def plain_summary(counts: Summary, width: int = MAX_WIDTH) -> str:
    """Return a summary as text without colours."""
    return _plain(lambda console: render_summary(counts, console), width)


def _plain(render: Callable[[Console], None], width: int) -> str:
    written = io.StringIO()
    render(Console(file=written, width=width, no_color=True, highlight=False, markup=False))
    return "".join(f"{line.rstrip()}\n" for line in written.getvalue().split("\n")[:-1])


def _marked(sentence: Sentence, marks: Iterable[SentenceMark]) -> Text:
    """Return a sentence with the spans of its differences in brackets."""
    end = sentence.start + len(sentence.text)
    brackets: list[tuple[int, int, Text]] = []
    for mark in marks:
        bracket = _BRACKETS[mark.side]
        # At one offset what ends closes before what begins opens, the inner before the outer.
        brackets.append((mark.start, 1 + end - mark.end, Text(bracket.left, style=bracket.style)))
        brackets.append((mark.end, mark.start - end, Text(bracket.right, style=bracket.style)))
    line, here = Text(), sentence.start
    for offset, _, bracket_text in sorted(brackets, key=lambda one: one[:2]):
        line.append(printable(sentence.text[here - sentence.start : offset - sentence.start]))
        line.append_text(bracket_text)
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
        for path, words in fields_in_words(one):
            line.append(f" · {path} ", style="dim").append(_short(words), style="default")
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


def _quoted(label: str) -> str:
    words = _short(label)
    return words if words.startswith(("“", '"', "‘", "«")) else f"“{words}”"


def _short(words: str) -> str:
    words = one_line(words)
    return words if len(words) <= _MAX_LABEL else f"{words[: _MAX_LABEL - 1].rstrip()}…"

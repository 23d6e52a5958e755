"""Records for the eye, in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import Console, Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from onrecord.records import Actor, ArticleRecord, Claim, Dispute, NonResponse
from onrecord.view.marks import MarkKind, segments
from onrecord.view.printable import one_line, printable
from onrecord.view.wording import doubts_of, title_of, word_claim

MAX_WIDTH = 100
"""Columns: longer lines of text are hard to read."""

# Named colours follow the theme of the terminal, dark or light. Later kinds are laid over earlier
# ones: a figure stays visible inside a content.
_STYLES: Mapping[MarkKind, str] = {
    "content": "green",
    "source": "bold cyan",
    "cue": "yellow",
    "figure": "bold magenta",
    "date": "bold blue",
    "place": "underline",
}
_LEGEND: tuple[MarkKind, ...] = ("source", "cue", "content", "figure", "date", "place")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_KINDS_OF_SILENCE = {
    "declined": "declined to comment",
    "unreachable": "could not be reached",
    "no_reply": "did not reply",
}


def render_record(record: ArticleRecord, console: Console) -> None:
    """Print an article with its spans in colour, then its claims, one a line."""
    parts = (*_heading(record), _legend(), "", *_paragraphs(record), _claims(record), "")
    console.print(Group(*parts), width=min(console.width, MAX_WIDTH))


def render_claims(record: ArticleRecord, console: Console) -> None:
    """Print only the claims of an article, under its title."""
    console.print(Group(*_heading(record), _claims(record), ""), width=min(console.width, MAX_WIDTH))


def _heading(record: ArticleRecord) -> Iterator[RenderableType]:
    article = record.article
    yield Rule(Text(one_line(title_of(article)), style="bold"), align="left", style="dim")
    facts = (article.site, article.published, ", ".join(article.byline), article.url)
    line = " · ".join(one_line(fact) for fact in facts if fact)
    if line:
        yield Text(line, style="dim")
    if doubts := doubts_of(record):
        yield Text(f"Doubtful: {doubts}", style="dim")


def _legend() -> Text:
    return Text(" · ").join(Text(kind, style=_STYLES[kind]) for kind in _LEGEND)


def _paragraphs(record: ArticleRecord) -> Iterator[RenderableType]:
    whole = Text()
    for segment in segments(record):
        for number in segment.opens:
            whole.append(_superscript(number), style="dim")
        kinds = {mark.kind for mark in segment.marks}
        style = " ".join(style for kind, style in _STYLES.items() if kind in kinds)
        whole.append(printable(segment.text), style=style)
    for paragraph in whole.split("\n", allow_blank=True):
        yield paragraph
        yield ""


def _superscript(number: int) -> str:
    return str(number + 1).translate(_SUPERSCRIPTS)


def _claims(record: ArticleRecord) -> RenderableType:
    if not record.claims and not record.non_responses:
        return Text("no claims", style="dim")
    lines = Table.grid(padding=(0, 1))
    lines.add_column(justify="right", style="dim")
    lines.add_column()
    for number, claim in enumerate(record.claims, 1):
        lines.add_row(str(number), _claim(record, claim))
    for silence in record.non_responses:
        lines.add_row("–", _silence(record, silence))
    for dispute in record.disputes:
        lines.add_row("⇄", _dispute(dispute))
    return lines


def _claim(record: ArticleRecord, claim: Claim) -> Text:
    wording = word_claim(record, claim)
    line = Text()
    for words, name in ((wording.source, wording.actor), *wording.others):
        line.append(" + " if line else "").append(words, style=_STYLES["source"])
        if name:
            line.append(f" [{name}]", style="cyan")
    line.append(" — ").append(claim.speech_act, style=_STYLES["cue"])
    if wording.target:
        line.append(" → ").append(wording.target, style=_STYLES["source"])
    line.append(": ").append(wording.content)
    for label, values in wording.details:
        line.append(f"  · {label}: ", style="dim")
        style = _detail_style(label)
        line.append_text(Text(" | ").join(Text(value, style=style) for value in values))
    return line


def _detail_style(label: str) -> str:
    return {"figures": _STYLES["figure"], "dates": _STYLES["date"], "places": _STYLES["place"]}.get(label, "")


def _silence(record: ArticleRecord, silence: NonResponse) -> Text:
    actor = record[silence.actor] if silence.actor else None
    name = one_line(actor.name) if isinstance(actor, Actor) else "nobody named"
    line = Text().append(name, style=_STYLES["source"]).append(" — ").append(_KINDS_OF_SILENCE[silence.kind])
    return line.append(f": {one_line(silence.topic)}") if silence.topic else line


def _dispute(dispute: Dispute) -> Text:
    line = Text().append(one_line(dispute.matter), style="bold").append(": ")
    sides = (f"{side.stance} {', '.join(side.claims)}" for side in dispute.sides)
    return line.append(" ⇄ ".join(sides))

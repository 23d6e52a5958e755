"""Disputes across articles for the eye, in a terminal: a table for each matter."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord.records.across import ArchiveDispute, Statement
from onrecord.view.across_wording import articles_of, facts_of
from onrecord.view.printable import one_line


def render_archive_disputes(disputes: list[ArchiveDispute], console: Console) -> None:
    """Print disputes: who says what, in which article, side by side."""
    for dispute in disputes:
        console.print(_table(dispute))
    if not disputes:
        console.print("no two articles contradict one another")


def _table(dispute: ArchiveDispute) -> Table:
    heading = Text().append(f"{dispute.id} ", style="dim").append(one_line(dispute.matter), style="bold")
    heading.append(f"  {dispute.score:.2f}, {len(articles_of(dispute))} articles", style="dim")
    table = Table(title=heading, title_justify="left", title_style="", expand=True)
    for column, ratio in (("side", 2), ("who", 2), ("what", 5), ("where", 3)):
        table.add_column(column, ratio=ratio, overflow="fold")
    for side in dispute.sides:
        label = f"{side.stance}: {side.figure}" if side.figure else side.stance
        for number, one in enumerate(side.statements):
            last = number + 1 == len(side.statements)
            table.add_row(Text("" if number else one_line(label)), *_cells(one), end_section=last)
    return table


def _cells(one: Statement) -> tuple[Text, Text, Text]:
    where = [
        " · ".join(one_line(fact) for fact in (article.title or article.article_id, *facts_of(article)))
        for article in one.articles
    ]
    who = " + ".join(map(one_line, one.sources))
    return Text(who, style="bold cyan"), Text(one_line(one.content)), Text("\n".join(where), style="dim")

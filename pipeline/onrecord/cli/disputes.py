"""`onrecord disputes`: what the articles of a run say against one another."""

# ruff: noqa: PLC0415  imports stand where they are needed; options are named, never positional

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class DisputesFormat(StrEnum):
    """How `disputes` shows what it finds."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


def disputes(
    out: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a run.")],
    format_: Annotated[
        DisputesFormat, typer.Option("--format", help="A table for people, JSON, or a page.")
    ] = DisputesFormat.TEXT,
    min_score: Annotated[
        float | None,
        typer.Option(
            min=0.0, max=1.0, help="How sure two claims have to be about one matter; else the lexicon's."
        ),
    ] = None,
) -> None:
    """Show figures and denials of different articles of a run that contradict one another."""
    from onrecord.archive import run_disputes

    found = run_disputes(out, min_score=min_score)
    if format_ is DisputesFormat.JSON:
        rows = [one.model_dump(mode="json") for one in found]
        typer.echo(json.dumps({"disputes": rows}, ensure_ascii=False, indent=1))
    elif format_ is DisputesFormat.HTML:
        from onrecord.view.page import archive_disputes_to_html

        typer.echo(archive_disputes_to_html(found), nl=False)
    else:
        from rich.console import Console

        from onrecord.view.across_text import render_archive_disputes

        render_archive_disputes(found, Console(markup=False, highlight=False))

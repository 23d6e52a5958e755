"""`onrecord show`: articles with their claims, in the terminal or as a page."""

# ruff: noqa: PLC0415  imports stand where they are needed; options are named, never positional

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from onrecord.cli.extract import Actors, Gazetteer
from onrecord.cli.messages import SOME_FAILED, progress, say_failure, write_text

if TYPE_CHECKING:
    from onrecord.records import ArticleRecord, Failure
    from onrecord.settings import Settings


def show(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE|RECORDS...", help="Anything that extract reads, or files of records, or folders."
        ),
    ],
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a page instead.")] = None,
    svg: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a picture of the terminal instead.")
    ] = None,
    claims: Annotated[bool, typer.Option("--claims", help="Only the claims, without the text.")] = False,
    gazetteer: Gazetteer = None,
    actors: Actors = None,
) -> None:
    """Show articles with their claims, in the terminal or as a page."""
    from onrecord.records import Failure
    from onrecord.settings import Settings
    from onrecord.view import draw_svg, render_claims, render_record, to_html

    render = render_claims if claims else render_record
    console = Console(highlight=False, markup=False)
    kept: list[ArticleRecord] = []
    failed = 0
    for outcome in _records(inputs, Settings(gazetteer=gazetteer, actors=actors)):
        if isinstance(outcome, Failure):
            failed += 1
            say_failure(outcome)
        elif html or svg:
            kept.append(outcome)
        else:
            render(outcome, console)
    if html:
        write_text(html, to_html(kept))
    if svg:
        write_text(svg, draw_svg(lambda canvas: _render_all(render, kept, canvas)))
    if failed:
        raise typer.Exit(SOME_FAILED)


def _records(inputs: Iterable[str], settings: Settings) -> Iterator[ArticleRecord | Failure]:
    """Yield the records of files of records, and those that have to be extracted first."""
    from onrecord.read import read_paths, read_records
    from onrecord.view import holds_records

    extractor = None
    for name in inputs:
        if holds_records(Path(name)):
            yield from read_records(name)
            continue
        if extractor is None:
            from onrecord.extractor import Extractor

            with progress("Loading the model"):
                extractor = Extractor.load(settings)
        # One at a time, not in batches: each is shown as soon as it is there.
        for item in read_paths([name], settings=settings):
            yield from extractor.stream([item])


def _render_all(
    render: Callable[[ArticleRecord, Console], None], records: Iterable[ArticleRecord], console: Console
) -> None:
    for record in records:
        render(record, console)

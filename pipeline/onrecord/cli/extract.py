"""`onrecord extract`: articles in, records out."""

# ruff: noqa: PLC0415  imports stand where they are needed; options are named, never positional

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from onrecord.cli.messages import SOME_FAILED, count_of, progress, say, say_failure

if TYPE_CHECKING:
    from onrecord.read import ReadArticle
    from onrecord.records import Failure
    from onrecord.write import Format


class OutputFormat(StrEnum):
    """What `extract` writes."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    DUCKDB = "duckdb"


class Method(StrEnum):
    """How `extract` finds names, actors and claims."""

    MODEL = "model"
    RULES = "rules"


class Listed(StrEnum):
    """Which mentions a record lists."""

    ACTORS = "actors"
    ALL = "all"


Mentions = Annotated[
    Listed,
    typer.Option(
        help="List who says, does or suffers something, or all people, bodies and places mentioned."
    ),
]
Gazetteer = Annotated[
    Path | None, typer.Option(metavar="CSV", help="Your own places: name and more (docs/own-lists.md).")
]
Actors = Annotated[
    Path | None, typer.Option(metavar="CSV", help="Your own actors: name, type and more (docs/own-lists.md).")
]


def _published(value: str | None) -> str | None:
    if value is not None:
        try:
            datetime.fromisoformat(value)
        except ValueError as error:
            raise typer.BadParameter(f"{value!r} is no ISO date; write it like 2020-04-21") from error
    return value


def extract(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="PATH|URL...", help="Pages, texts, JSON, folders, URLs; - is standard input."),
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write there, not to standard output.")
    ] = None,
    format_: Annotated[
        OutputFormat | None,
        typer.Option("--format", help="Else the suffix of the output decides; jsonl for standard output."),
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(
            callback=_published, metavar="DATE", help="Publication date of articles that state none."
        ),
    ] = None,
    model: Annotated[
        str | None, typer.Option(metavar="NAME", help="spaCy pipeline that parses: name or path.")
    ] = None,
    save_pages: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keep fetched pages there as they came.")
    ] = None,
    method: Annotated[
        Method,
        typer.Option(help="How names, actors and claims are found: by the learned model or by rules alone."),
    ] = Method.MODEL,
    min_confidence: Annotated[float, typer.Option(min=0, max=1, help="Leave out claims below it.")] = 0.0,
    gazetteer: Gazetteer = None,
    actors: Actors = None,
    mentions: Mentions = Listed.ACTORS,
    workers: Annotated[int, typer.Option(min=1, help="Processes that work side by side.")] = 1,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress and no summary; failures only.")
    ] = False,
) -> None:
    """Read articles and write their claim records."""
    from onrecord.extractor import Extractor
    from onrecord.read import read_paths
    from onrecord.records import Failure
    from onrecord.settings import Settings
    from onrecord.write import open_writer

    chosen = {"model": model} if model else {}
    settings = Settings(
        min_confidence=min_confidence,
        method=method.value,
        mentions=mentions.value,
        gazetteer=gazetteer,
        actors=actors,
        **chosen,
    )
    is_chatty = not quiet and (output is not None or not sys.stdout.isatty())
    written = failed = 0
    with progress("Loading the model", shown=is_chatty) as report:
        extractor = Extractor.load(settings)
        report("Extracting")
        items = _dated(read_paths(inputs, settings=settings, save_pages=save_pages), published)
        with open_writer(output or sys.stdout, cast("Format | None", format_)) as writer:
            for outcome in extractor.stream(items, processes=workers):
                if isinstance(outcome, Failure):
                    failed += 1
                    writer.fail(outcome)
                    say_failure(outcome)
                else:
                    written += 1
                    writer.write(outcome)
                report(count_of(written, failed))
    if output and not quiet:
        say(f"{count_of(written, failed)}: {output}")
    if failed:
        raise typer.Exit(SOME_FAILED)


def _dated(items: Iterable[ReadArticle | Failure], published: str | None) -> Iterator[ReadArticle | Failure]:
    """Give a publication date to the articles that have none."""
    from onrecord.read import ReadArticle

    for item in items:
        if published and isinstance(item, ReadArticle) and item.article.published is None:
            yield replace(item, article=item.article.model_copy(update={"published": published}))
        else:
            yield item

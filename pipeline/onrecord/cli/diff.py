"""`onrecord diff`: what two runs say differently about the same articles."""

# ruff: noqa: PLC0415  imports stand where they are needed; options are named, never positional

from __future__ import annotations

import gc
import json
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from rich.console import Console

from onrecord.cli.messages import SOME_FAILED

if TYPE_CHECKING:
    from onrecord.review import DifferenceClass, Kind, RecordDiff
    from onrecord.review.diff import Summary

T = TypeVar("T", bound=str)

_OBJECTS_BETWEEN_COLLECTIONS = 200_000


class DiffFormat(StrEnum):
    """How `diff` shows differences."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    HTML = "html"


def diff(
    old: Annotated[
        Path,
        typer.Argument(
            metavar="OLD", help="Records (.jsonl, .json, .parquet, .duckdb or a folder) or gold (.yaml)."
        ),
    ],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Records of the same articles.")],
    format_: Annotated[
        DiffFormat, typer.Option("--format", help="How to show differences.")
    ] = DiffFormat.TEXT,
    only: Annotated[
        str | None,
        typer.Option(metavar="KINDS", help="Only these, with commas: claims,figures,dates,places,actors,…"),
    ] = None,
    fail_on: Annotated[
        str | None,
        typer.Option(metavar="CLASSES", help="Exit with 1 where there are such: added,removed,changed,…"),
    ] = None,
) -> None:
    """Show what two sets of records say differently about the same articles."""
    from onrecord.read import read_records
    from onrecord.review import CLASSES, KINDS, diff_streams, summary
    from onrecord.review.gold.files import diff_gold, gold_files

    # Records are trees without cycles; looking for cycles among all their parts takes a quarter of the time.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    kinds = _choice("--only", only, KINDS) or KINDS
    classes = _choice("--fail-on", fail_on, CLASSES)
    counts: Counter[tuple[Kind, str, DifferenceClass]] = Counter()

    def diffs() -> Iterator[RecordDiff]:
        compared = (
            diff_gold(old, read_records(new), only=kinds)
            if gold_files(old)
            else diff_streams(read_records(old), read_records(new), only=kinds)
        )
        for one in compared:
            counts.update(summary(one.differences))
            if one:
                yield one

    if format_ is DiffFormat.JSON:
        _print_json(diffs(), counts)
    elif format_ is DiffFormat.GITHUB:
        from onrecord.view.diff_github import github_annotations

        for one in diffs():
            for line in github_annotations(one, file=str(new) if new.is_file() else None, errors=classes):
                typer.echo(line)
    elif format_ is DiffFormat.HTML:
        from onrecord.view.page import diff_to_html

        typer.echo(diff_to_html(diffs(), old=str(old), new=str(new)), nl=False)
    else:
        from onrecord.view.diff_text import render_diff, render_summary

        console = Console(highlight=False, markup=False)
        for one in diffs():
            render_diff(one, console)
        render_summary(counts, console)
    if any(class_ in classes for *_, class_ in counts):
        raise typer.Exit(SOME_FAILED)


def _print_json(diffs: Iterator[RecordDiff], counts: Summary) -> None:
    """Print one JSON object, an article a line, as the differences are found."""
    from onrecord.review.diff import as_json

    typer.echo('{"articles": [')
    for number, one in enumerate(diffs):
        typer.echo((",\n" if number else "") + json.dumps(as_json(one)), nl=False)
    rows = [
        {"kind": kind, "path": path, "class": class_, "count": count}
        for (kind, path, class_), count in sorted(counts.items())
    ]
    typer.echo(f'\n], "summary": {json.dumps(rows)}}}')


def _choice(option: str, given: str | None, allowed: tuple[T, ...]) -> tuple[T, ...]:
    wanted = [word.strip() for word in (given or "").split(",") if word.strip()]
    for word in wanted:
        if word not in allowed:
            raise typer.BadParameter(f"{option}: {word!r} is none of {', '.join(allowed)}")
    return tuple(one for one in allowed if one in wanted)

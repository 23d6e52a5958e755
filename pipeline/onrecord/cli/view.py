"""`onrecord view`: records as one page that opens from disk."""

# ruff: noqa: PLC0415  imports stand where they are needed; options are named, never positional

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.messages import count_of, say, write_text


def view(
    inputs: Annotated[
        list[Path], typer.Argument(metavar="RECORDS...", help=".jsonl, .json, .parquet, .duckdb or folders.")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The page to write.")],
    title: Annotated[str, typer.Option(help="Heading of a page of several articles.")] = "On record",
) -> None:
    """Write records as one page: texts with their claims, to be searched, filtered and copied from."""
    from onrecord.read import read_records
    from onrecord.view import to_html

    records = [record for name in inputs for record in read_records(name)]
    write_text(out, to_html(records, title=title))
    say(f"{count_of(len(records), 0)}: {out}")

"""`onrecord query`: SQL over the tables of a run."""

# ruff: noqa: PLC0415  imports stand where they are needed

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text


class QueryFormat(StrEnum):
    """How `query` prints its rows."""

    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"


def query(
    out: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a run.")],
    sql: Annotated[
        str, typer.Argument(metavar="SQL", help="A query over claims, records, failures and duplicates.")
    ],
    format_: Annotated[
        QueryFormat, typer.Option("--format", help="A table for people, or rows for programs.")
    ] = QueryFormat.TABLE,
) -> None:
    """Answer a query over the tables of a run: claims, records, failures, duplicates."""
    from onrecord.archive import opened_run, query_run

    with opened_run(out) as connection:
        columns, rows = query_run(connection, sql)
        if format_ is QueryFormat.TABLE:
            _print_table(columns, rows)
        elif format_ is QueryFormat.CSV:
            _print_csv(columns, rows)
        else:
            for row in rows:
                typer.echo(json.dumps(dict(zip(columns, row, strict=True)), default=str, ensure_ascii=False))


def _print_table(columns: list[str], rows: Iterable[tuple[object, ...]]) -> None:
    from onrecord.view.printable import one_line

    table = Table()
    for column in columns:
        table.add_column(Text(one_line(column)))
    for row in rows:
        table.add_row(*(Text(one_line("" if cell is None else str(cell))) for cell in row))
    Console(markup=False, highlight=False).print(table)


def _print_csv(columns: list[str], rows: Iterable[tuple[object, ...]]) -> None:
    from onrecord.write.claim_csv import spreadsheet_line

    for row in (tuple(columns), *rows):
        typer.echo(spreadsheet_line(row), nl=False)

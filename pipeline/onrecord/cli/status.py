"""`onrecord status`: how far a run is."""

# ruff: noqa: PLC0415  imports stand where they are needed

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.run_progress import duration


def status(
    out: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a run.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show what a run has done, what failed, what is left, its rate and the time left."""
    from onrecord.archive import run_status

    found = run_status(out)
    if as_json:
        rates = {
            "left": found.left,
            "words_a_second": round(found.words_a_second),
            "documents_a_second": round(found.documents_a_second, 2),
            "seconds_left": None if found.seconds_left is None else round(found.seconds_left),
        }
        typer.echo(json.dumps({**dataclasses.asdict(found), **rates}, indent=2))
        return
    share = f" ({100 * found.done / found.documents:.1f}%)" if found.documents else ""
    rows = [
        ("state", found.state),
        ("documents", f"{found.documents:,}"),
        ("done", f"{found.done:,}{share}"),
        ("failed", f"{found.failed:,}"),
        ("duplicates", f"{found.written.duplicates:,}"),
        ("left", f"{found.left:,}"),
        ("shards", f"{found.shards_done:,} of {found.shards:,}"),
        ("records", f"{found.written.records:,} with {found.written.claims:,} claims"),
    ]
    if found.documents_a_second:
        pace = f"{found.words_a_second:,.0f} words, {found.documents_a_second:,.1f} documents a second"
        rows.append(("rate", pace))
    if found.left and found.seconds_left is not None:
        rows.append(("time left", duration(found.seconds_left)))
    for name, value in rows:
        typer.echo(f"{name:<12}{value}")

"""`onrecord accept`: decisions that were made about differences become gold."""

# ruff: noqa: PLC0415  imports stand where they are needed; options are named, never positional

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.messages import SOME_FAILED, say, write_text


def accept(
    decisions: Annotated[
        Path, typer.Argument(metavar="DECISIONS", help="The file that the page of a diff has saved.")
    ],
    gold: Annotated[
        Path | None, typer.Option(metavar="PATH", help="The gold, else where the diff had it.")
    ] = None,
    records: Annotated[
        Path | None, typer.Option(metavar="PATH", help="The new records, else where the diff had them.")
    ] = None,
) -> None:
    """Take accepted differences over into gold; comments, order and exceptions stay."""
    from onrecord.read import read_records
    from onrecord.review.decisions import apply_decisions, read_decisions
    from onrecord.write.targets import whole_file

    made = read_decisions(decisions)
    applied = apply_decisions(made.decisions, gold or Path(made.old), read_records(records or Path(made.new)))
    for file, changed in applied.files.items():
        with whole_file(file) as temporary:
            write_text(temporary, changed.dump())
        say(f"rewritten: {file}")
    say(f"{applied.accepted} accepted")
    if applied.stale:
        say(f"{applied.stale} accepted differences are there no longer; make the page of the diff again")
        raise typer.Exit(SOME_FAILED)

"""What all commands say: progress, counts and failures, on standard error."""

# ruff: noqa: PLC0415  imports stand where they are needed; options are named, never positional

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console

from onrecord.errors import OutputError

if TYPE_CHECKING:
    from onrecord.records import Failure

SOME_FAILED = 1
"""Exit code where some input failed and the rest went well."""
USAGE = 2
"""Exit code for wrong usage."""


@contextmanager
def progress(doing: str, *, shown: bool = True) -> Iterator[Callable[[str], None]]:
    """Say on a terminal's standard error what is being done; gives a function that says it anew."""
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    is_off = not (shown and console.is_terminal)
    # Standard output is the user's: it must not pass through the display.
    with Progress(
        *columns, console=console, transient=True, disable=is_off, redirect_stdout=False
    ) as display:
        task = display.add_task(doing, total=None)
        yield lambda words: display.update(task, description=words)


def count_of(written: int, failed: int) -> str:
    """Return "3 records, 1 failure"."""
    records = f"{written:,} record{'' if written == 1 else 's'}"
    return f"{records}, {failed:,} failure{'' if failed == 1 else 's'}" if failed else records


def say_failure(failure: Failure) -> None:
    """Say which input failed, and why."""
    line = f":{failure.line}" if failure.line is not None else ""
    say(f"{failure.input}{line}: {failure.code}: {failure.reason}")


def say(message: str) -> None:
    """Print a line on standard error, whatever characters it was made of."""
    from onrecord.view.printable import printable

    typer.echo(printable(message), err=True)


def write_text(path: Path, content: str) -> None:
    """Write a file of the user's choice."""
    try:
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from error

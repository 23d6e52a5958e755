"""The command line: its commands, and what a run of it ends with.

Everything heavy is imported inside the commands, so that `onrecord --help` answers at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from onrecord.cli.accept import accept
from onrecord.cli.diff import diff
from onrecord.cli.disputes import disputes
from onrecord.cli.evaluate import evaluate, schema
from onrecord.cli.explain import explain
from onrecord.cli.extract import extract
from onrecord.cli.failures import failures
from onrecord.cli.fetch import fetch
from onrecord.cli.messages import SOME_FAILED, USAGE, say
from onrecord.cli.query import query
from onrecord.cli.run import run
from onrecord.cli.show import show
from onrecord.cli.status import status
from onrecord.cli.view import view
from onrecord.errors import OnRecordError
from onrecord.version import __version__

app = typer.Typer(
    name="onrecord",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="News articles in, claim records out: who said what, about which figures, places and dates.",
)
for command in (
    extract, run, status, query, disputes, failures, fetch, show, view, diff, accept, evaluate, schema,
    explain,
):  # fmt: skip
    app.command()(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; exit with 0, with 1 where some input failed, with 2 for wrong usage."""
    try:
        app(arguments)
    except OnRecordError as error:
        say(f"onrecord: {error}")
        sys.exit(USAGE)
    except BrokenPipeError:
        # Whoever read our output has seen enough. Python would complain once more at its last flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(SOME_FAILED)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"onrecord {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass

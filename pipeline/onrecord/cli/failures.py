"""`onrecord failures`: what of a run failed, and another attempt at it."""

# ruff: noqa: PLC0415  imports stand where they are needed

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.messages import SOME_FAILED, say
from onrecord.cli.run import LogJson, Metrics, Quiet, Seconds, Workers, worker_count
from onrecord.cli.run_progress import reporting, resumable, summary


def failures(
    out: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a run.")],
    retry: Annotated[bool, typer.Option("--retry", help="Try the documents again.")] = False,
    code: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="Only failures with this code; may be repeated.")
    ] = None,
    workers: Workers = "1",
    timeout: Seconds = 120.0,
    log_json: LogJson = False,
    metrics: Metrics = None,
    quiet: Quiet = False,
) -> None:
    """List the failures of a run, a line each; or try them again, with more time if need be."""
    from onrecord.archive import Limits, reopen_failures, run_archive, run_failures
    from onrecord.view.printable import one_line

    if not retry:
        for one in run_failures(out, code or ()):
            line = f":{one.failure.line}" if one.failure.line is not None else ""
            typer.echo(
                f"{one_line(one.failure.input)}{line}\t{one.failure.code}\t{one_line(one.failure.reason)}"
            )
        return
    options, count = reopen_failures(out, code or ())
    limits = Limits(workers=worker_count(workers), seconds=timeout)
    with resumable(out), reporting(log_json=log_json, metrics=metrics, quiet=quiet) as report:
        counts = run_archive(out, options, limits, resume=True, report=report)
    if not (quiet or log_json):
        say(f"{count:,} tried again; {summary(counts)}: {out}")
    if counts.failures:
        raise typer.Exit(SOME_FAILED)

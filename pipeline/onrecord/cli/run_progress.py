"""What a run over archives says while it goes on: a bar for people, lines of JSON for programs."""

# ruff: noqa: PLC0415  imports stand where they are needed

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console

from onrecord.cli.messages import say

if TYPE_CHECKING:
    from types import FrameType

    from onrecord.archive import Counts, Event, Progress

    Report = Callable[[Event], None]

INTERRUPTED = 130
"""Exit code of a run that was stopped by a signal, as shells have it for Ctrl-C."""


@contextmanager
def reporting(*, log_json: bool, metrics: Path | None, quiet: bool) -> Iterator[Report]:
    """Give a function that says what happens in a run.

    A bar goes to a terminal's standard error, lines of JSON to standard output, numbers for
    Prometheus into a file.
    """
    with ExitStack() as stack:
        reports: list[Report] = []
        if log_json:
            reports.append(_say_json)
        elif not quiet and (console := Console(stderr=True)).is_terminal:
            reports.append(stack.enter_context(_bar(console)))
        if metrics is not None:
            from onrecord.archive import write_metrics

            reports.append(lambda event: write_metrics(metrics, event.progress) if event.progress else None)

        def report(event: Event) -> None:
            for one in reports:
                one(event)

        yield report


@contextmanager
def resumable(out: Path) -> Iterator[None]:
    """End with a word on how to go on where the block is interrupted, by Ctrl-C or by a request to end."""
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    except KeyboardInterrupt as interrupt:
        say(f"onrecord: stopped; run the same command with --resume to go on in {out}")
        raise typer.Exit(INTERRUPTED) from interrupt
    finally:
        signal.signal(signal.SIGTERM, before)


def summary(counts: Counts) -> str:
    """Return "12 records with 30 claims, 2 failures, 1 duplicate"."""
    parts = [f"{_number(counts.records, 'record')} with {_number(counts.claims, 'claim')}"]
    if counts.failures:
        parts.append(_number(counts.failures, "failure"))
    if counts.duplicates:
        parts.append(_number(counts.duplicates, "duplicate"))
    return ", ".join(parts)


def duration(seconds: float) -> str:
    """Return "2 h 05 min", "3 min 10 s" or "8 s"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours:,} h {minutes:02} min"
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _say_json(event: Event) -> None:
    progress = event.progress.described() if event.progress else {}
    typer.echo(json.dumps({"event": event.name, **progress, **event.facts}))


@contextmanager
def _bar(console: Console) -> Iterator[Report]:
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Bar(
        *columns, TextColumn("{task.fields[pace]}", markup=False), console=console, redirect_stdout=False
    ) as bar:
        task = bar.add_task("Planning", total=None, pace="")

        def report(event: Event) -> None:
            if event.progress is not None:
                described = "Extracting" if event.progress.done < event.progress.total else "Done"
                bar.update(
                    task,
                    description=described,
                    total=event.progress.total,
                    completed=event.progress.done,
                    pace=_pace(event.progress),
                )

        yield report


def _pace(progress: Progress) -> str:
    left = progress.seconds_left
    parts = [f"{progress.words_a_second:,.0f} words/s", f"{progress.here.failures:,} failed"]
    if left is not None:
        parts.append(f"{duration(left)} left")
    return "  ".join(parts)

"""`onrecord run`: whole archives into tables of claims, resumable."""

# ruff: noqa: PLC0415  imports stand where they are needed; options are named, never positional

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.extract import Actors, Gazetteer, Listed, Mentions, Method
from onrecord.cli.messages import SOME_FAILED, say
from onrecord.cli.run_progress import reporting, resumable, summary


class RunFormat(StrEnum):
    """What `run` writes."""

    PARQUET = "parquet"
    JSONL = "jsonl"


class Engine(StrEnum):
    """Where `run` works."""

    LOCAL = "local"
    RAY = "ray"


def worker_count(value: str) -> int:
    """Return how many worker processes a number, or `auto`, means.

    Raises:
        BadParameter: it means none.

    """
    if value == "auto":
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if not value.isdecimal() or int(value) < 1:
        raise typer.BadParameter(f"{value!r} is neither a number of processes nor auto")
    return int(value)


Workers = Annotated[str, typer.Option(metavar="N|auto", help="Worker processes; auto is one for each core.")]
Seconds = Annotated[float, typer.Option("--timeout", min=0.001, metavar="S", help="Seconds for a document.")]
LogJson = Annotated[bool, typer.Option("--log-json", help="Say what happens in lines of JSON.")]
Metrics = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Keep numbers for Prometheus in a text file.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")]


def run(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            help="WARC, JSON Lines, Parquet, DuckDB, tar and ZIP files, folders of pages; s3://… too.",
        ),
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder of the run.")],
    workers: Workers = "1",
    format_: Annotated[RunFormat, typer.Option("--format", help="Files of the tables.")] = RunFormat.PARQUET,
    engine: Annotated[
        Engine, typer.Option(help="On this machine, or on a Ray cluster (pip install onrecord[ray]).")
    ] = Engine.LOCAL,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the run in the folder.")] = False,
    restart: Annotated[
        bool, typer.Option("--restart", help="Remove the run in the folder, and begin anew.")
    ] = False,
    keep_duplicates: Annotated[
        bool, typer.Option("--keep-duplicates", help="Extract copies of an article too.")
    ] = False,
    method: Annotated[
        Method, typer.Option(help="How names, actors and claims are found, as for extract.")
    ] = Method.MODEL,
    model: Annotated[
        str | None, typer.Option(metavar="NAME", help="spaCy pipeline that parses: name or path.")
    ] = None,
    min_confidence: Annotated[float, typer.Option(min=0, max=1, help="Leave out claims below it.")] = 0.0,
    gazetteer: Gazetteer = None,
    actors: Actors = None,
    mentions: Mentions = Listed.ACTORS,
    shard_size: Annotated[int, typer.Option(min=1, metavar="N", help="Documents written together.")] = 500,
    timeout: Seconds = 120.0,
    log_json: LogJson = False,
    metrics: Metrics = None,
    quiet: Quiet = False,
) -> None:
    """Extract whole archives into a folder of tables; killed at any moment, it can be resumed."""
    from onrecord.archive import Limits, LocalEngine, ModelExtractor, RayEngine, RunOptions, run_archive
    from onrecord.settings import Settings

    if resume and restart:
        raise typer.BadParameter("--resume and --restart contradict one another")
    chosen = {"model": model} if model else {}
    options = RunOptions(
        tuple(sources),
        Settings(
            min_confidence=min_confidence,
            method=method.value,
            mentions=mentions.value,
            gazetteer=gazetteer,
            actors=actors,
            **chosen,
        ),
        format_.value,
        keep_duplicates=keep_duplicates,
        shard_size=shard_size,
    )
    limits = Limits(workers=worker_count(workers), seconds=timeout)
    engine_class = RayEngine if engine is Engine.RAY else LocalEngine
    with resumable(out), reporting(log_json=log_json, metrics=metrics, quiet=quiet) as report:
        counts = run_archive(
            out,
            options,
            limits,
            resume=resume,
            restart=restart,
            engine=engine_class(ModelExtractor, options, limits),
            report=report,
        )
    if not (quiet or log_json):
        say(f"{summary(counts)}: {out}")
    if counts.failures:
        raise typer.Exit(SOME_FAILED)

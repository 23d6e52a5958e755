"""The command line: `onrecord extract`, `show`, `evaluate`, `schema`.

Everything heavy is imported inside the commands, so that `onrecord --help` answers at once.
"""

# ruff: noqa: PLC0415  imports stand where they are needed; options are named, never positional

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer
from rich.console import Console

from onrecord.errors import OnRecordError, OutputError
from onrecord.version import __version__

if TYPE_CHECKING:
    from onrecord.read import ReadArticle
    from onrecord.records import ArticleRecord, Failure
    from onrecord.write import Format

SOME_FAILED = 1
USAGE = 2

app = typer.Typer(
    name="onrecord",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="News articles in, claim records out: who said what, about which figures, places and dates.",
)


class OutputFormat(StrEnum):
    """What `extract` writes."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    DUCKDB = "duckdb"


class ClaimsMethod(StrEnum):
    """How `extract` finds claims."""

    MODEL = "model"
    RULES = "rules"


class Breakdown(StrEnum):
    """What `evaluate` breaks the measures of claims down by."""

    ARTICLE = "article"
    QUOTATION = "quotation"
    SPEECH_ACT = "speech_act"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; exit with 0, with 1 where some input failed, with 2 for wrong usage."""
    try:
        app(arguments)
    except OnRecordError as error:
        _say(f"onrecord: {error}")
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


def _published(value: str | None) -> str | None:
    if value is not None:
        try:
            datetime.fromisoformat(value)
        except ValueError as error:
            raise typer.BadParameter(f"{value!r} is no ISO date; write it like 2020-04-21") from error
    return value


@app.command()
def extract(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="PATH|URL...", help="Pages, texts, JSON, folders, URLs; - is standard input."),
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write there, not to standard output.")
    ] = None,
    format_: Annotated[
        OutputFormat | None,
        typer.Option("--format", help="Else the suffix of the output decides; jsonl for standard output."),
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(
            callback=_published, metavar="DATE", help="Publication date of articles that state none."
        ),
    ] = None,
    model: Annotated[
        str | None, typer.Option(metavar="NAME", help="spaCy pipeline that parses: name or path.")
    ] = None,
    save_pages: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keep fetched pages there as they came.")
    ] = None,
    claims: Annotated[
        ClaimsMethod,
        typer.Option(
            help="How claims are found: by rules, or by the model, half as fast and with more recall."
        ),
    ] = ClaimsMethod.RULES,
    min_confidence: Annotated[float, typer.Option(min=0, max=1, help="Leave out claims below it.")] = 0.0,
    workers: Annotated[int, typer.Option(min=1, help="Processes that work side by side.")] = 1,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress and no summary; failures only.")
    ] = False,
) -> None:
    """Read articles and write their claim records."""
    from onrecord.extractor import Extractor
    from onrecord.read import read_paths
    from onrecord.records import Failure
    from onrecord.settings import Settings
    from onrecord.write import open_writer

    chosen = {"model": model} if model else {}
    settings = Settings(min_confidence=min_confidence, claims_method=claims.value, **chosen)
    is_chatty = not quiet and (output is not None or not sys.stdout.isatty())
    written = failed = 0
    with _progress("Loading the model", shown=is_chatty) as report:
        extractor = Extractor.load(settings)
        report("Extracting")
        items = _dated(read_paths(inputs, settings=settings, save_pages=save_pages), published)
        with open_writer(output or sys.stdout, cast("Format | None", format_)) as writer:
            for outcome in extractor.stream(items, processes=workers):
                if isinstance(outcome, Failure):
                    failed += 1
                    writer.fail(outcome)
                    _say_failure(outcome)
                else:
                    written += 1
                    writer.write(outcome)
                report(_count(written, failed))
    if output and not quiet:
        _say(f"{_count(written, failed)}: {output}")
    if failed:
        raise typer.Exit(SOME_FAILED)


@app.command()
def show(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE|RECORDS...", help="Anything that extract reads, or files of records, or folders."
        ),
    ],
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a page instead.")] = None,
    svg: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a picture of the terminal instead.")
    ] = None,
    claims: Annotated[bool, typer.Option("--claims", help="Only the claims, without the text.")] = False,
) -> None:
    """Show articles with their claims, in the terminal or as a page."""
    from onrecord.records import Failure
    from onrecord.view import draw_svg, render_claims, render_record, to_html

    render = render_claims if claims else render_record
    console = Console(highlight=False, markup=False)
    kept: list[ArticleRecord] = []
    failed = 0
    for outcome in _records(inputs):
        if isinstance(outcome, Failure):
            failed += 1
            _say_failure(outcome)
        elif html or svg:
            kept.append(outcome)
        else:
            render(outcome, console)
    if html:
        _write(html, to_html(kept))
    if svg:
        _write(svg, draw_svg(lambda canvas: _render_all(render, kept, canvas)))
    if failed:
        raise typer.Exit(SOME_FAILED)


@app.command()
def evaluate(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help="Folder of .json files, or a .json or .jsonl file.")
    ],
    pred: Annotated[
        Path,
        typer.Argument(
            metavar="PRED", help="Records of any system: .jsonl, .json, .parquet, .duckdb or a folder."
        ),
    ],
    by: Annotated[Breakdown | None, typer.Option(help="Break the measures of claims down.")] = None,
    errors: Annotated[bool, typer.Option("--errors", help="Say what was missed and what was wrong.")] = False,
    bootstrap: Annotated[
        int | None,
        typer.Option(
            min=1, metavar="N", help="95% confidence intervals of F1 from N samples of the articles."
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the samples.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Score predicted records against gold records."""
    from onrecord import evaluate as evaluation
    from onrecord.evaluate import report

    result = evaluation.evaluate(evaluation.read_golds(gold), evaluation.read_predictions(pred))
    intervals = evaluation.confidence_intervals(result, bootstrap, seed=seed) if bootstrap else None
    if as_json:
        typer.echo(
            json.dumps(
                report.as_json(result, by=by, errors=errors, intervals=intervals),
                ensure_ascii=False,
                indent=1,
            )
        )
        return
    console = Console(highlight=False, markup=False)
    if errors:
        for line in report.fault_lines(result):
            console.print(line, soft_wrap=True)
        console.print()
    console.print(report.measures_table(result, intervals))
    if by:
        console.print()
        console.print(report.breakdown_table(result, by))
    for note in report.notes(result):
        console.print(note)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    from onrecord.records import ArticleRecord

    typer.echo(json.dumps(ArticleRecord.model_json_schema(), ensure_ascii=False, indent=2))


# ------------------------------------------------------------------ what the commands share


def _records(inputs: Iterable[str]) -> Iterator[ArticleRecord | Failure]:
    """Yield the records of files of records, and those that have to be extracted first."""
    from onrecord.read import read_paths, read_records
    from onrecord.view import holds_records

    extractor = None
    for name in inputs:
        if holds_records(Path(name)):
            yield from read_records(name)
            continue
        if extractor is None:
            from onrecord.extractor import Extractor

            with _progress("Loading the model"):
                extractor = Extractor.load()
        # One at a time, not in batches: each is shown as soon as it is there.
        for item in read_paths([name], settings=extractor.settings):
            yield from extractor.stream([item])


def _render_all(
    render: Callable[[ArticleRecord, Console], None], records: Iterable[ArticleRecord], console: Console
) -> None:
    for record in records:
        render(record, console)


def _dated(items: Iterable[ReadArticle | Failure], published: str | None) -> Iterator[ReadArticle | Failure]:
    """Give a publication date to the articles that have none."""
    from onrecord.read import ReadArticle

    for item in items:
        if published and isinstance(item, ReadArticle) and item.article.published is None:
            yield replace(item, article=item.article.model_copy(update={"published": published}))
        else:
            yield item


@contextmanager
def _progress(doing: str, *, shown: bool = True) -> Iterator[Callable[[str], None]]:
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


def _count(written: int, failed: int) -> str:
    records = f"{written:,} record{'' if written == 1 else 's'}"
    return f"{records}, {failed:,} failure{'' if failed == 1 else 's'}" if failed else records


def _say_failure(failure: Failure) -> None:
    line = f":{failure.line}" if failure.line is not None else ""
    _say(f"{failure.input}{line}: {failure.code}: {failure.reason}")


def _say(message: str) -> None:
    """Print a line on standard error, whatever characters it was made of."""
    from onrecord.view.printable import printable

    typer.echo(printable(message), err=True)


def _write(path: Path, content: str) -> None:
    try:
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from error

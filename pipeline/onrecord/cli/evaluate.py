"""`onrecord evaluate` and `onrecord schema`: what records have to look like, and how good they are."""

# ruff: noqa: PLC0415  imports stand where they are needed; options are named, never positional

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console


class Breakdown(StrEnum):
    """What `evaluate` breaks measures down by: those of claims, of figures, of dates."""

    ARTICLE = "article"
    QUOTATION = "quotation"
    SPEECH_ACT = "speech_act"
    MODIFIER = "modifier"
    DATE_TYPE = "date_type"


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
    by: Annotated[
        Breakdown | None, typer.Option(help="Break the measures of claims, figures or dates down.")
    ] = None,
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


def schema() -> None:
    """Print the JSON Schema of a record."""
    from onrecord.records import ArticleRecord

    typer.echo(json.dumps(ArticleRecord.model_json_schema(), ensure_ascii=False, indent=2))

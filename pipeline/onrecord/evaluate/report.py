"""An evaluation for the eye and for programs: tables, faults in words, JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.table import Table
from rich.text import Text

from onrecord.evaluate.bootstrap import Interval
from onrecord.evaluate.evaluation import ArticleEvaluation, Evaluation
from onrecord.evaluate.pairing import Verdict
from onrecord.evaluate.tally import BREAKDOWNS, GROUPS, MEASURES, Counts, Tally

# Of the many measures of claims those that fit a terminal; of other items all are shown.
_FURTHER = {
    "claims": {
        "+source": "claim+source",
        "+act": "claim+act",
        "+both": "claim+source+act",
        "+cue": "claim+cue",
    }
}
_VERDICT_STYLES: Mapping[Verdict, str] = {
    "missed": "yellow",
    "wrong": "magenta",
    "spurious": "red",
    "not counted": "dim",
}


def measures_table(evaluation: Evaluation, intervals: Mapping[str, Interval] | None = None) -> Table:
    """Return the table of all measures, with confidence intervals of F1 if there are any."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("measure")
    for heading in ("P", "R", "F1", *(["95% interval"] if intervals else []), "gold", "predicted", "right"):
        table.add_column(heading, justify="right")
    for group in GROUPS.values():
        for measure in group:
            counts = evaluation[measure]
            interval = intervals and intervals[measure]
            table.add_row(
                measure,
                *_figures(counts),
                *([f"{interval.low:.3f} to {interval.high:.3f}"] if interval else []),
                *_numbers(counts),
                style="bold" if measure == group[0] else "",
            )
        table.add_row()
    return table


def breakdown_table(evaluation: Evaluation, key: str) -> Table:
    """Return the items found in each article (its claims), or of each value of one of `BREAKDOWNS`.

    The further columns are the F1 of further measures of these items.
    """
    group = BREAKDOWNS.get(key, "claims")
    further = _FURTHER.get(group) or {"+" + name.partition("+")[2]: name for name in GROUPS[group][1:]}
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(key.replace("_", " "))
    for heading in ("gold", "pred.", "P", "R", "F1", *further):
        table.add_column(heading, justify="right", no_wrap=True)
    for value, tally in evaluation.by(key).items():
        items = tally.get(GROUPS[group][0], Counts())
        rest = (f"{tally.get(measure, Counts()).f1:.3f}" for measure in further.values())
        table.add_row(_printable(value), str(items.gold), str(items.predicted), *_figures(items), *rest)
    return table


def fault_lines(evaluation: Evaluation) -> Iterator[Text]:
    """Yield what was missed and what was wrong, in words, article by article."""
    for article in evaluation.articles:
        yield Text(_printable(article.article), style="bold")
        if not article.found:
            yield Text("  no prediction for this article", style=_VERDICT_STYLES["missed"])
            continue
        if article.broken_spans:
            yield Text(f"  {article.broken_spans} predicted spans are not what stands at their offsets")
        if not article.faults:
            yield Text("  all right")
        for fault in article.faults:
            line = Text(f"  {fault.kind} ").append(fault.verdict, style=_VERDICT_STYLES[fault.verdict])
            line.append(f": {_printable(fault.item)}")
            for difference in fault.differences:
                line.append("\n      ").append(_printable(difference))
            yield line


def notes(evaluation: Evaluation) -> Iterator[Text]:
    """Yield what the figures do not show: articles without a prediction, predictions without an article."""
    missing = [article.article for article in evaluation.articles if not article.found]
    for number, one, more, names in (
        (len(missing), "gold article has no prediction", "gold articles have no prediction", missing),
        (
            len(evaluation.strays),
            "predicted record belongs to no gold article",
            "predicted records belong to no gold article",
            evaluation.strays,
        ),
    ):
        if number:
            shown = ", ".join(names[:5]) + (", …" if number > 5 else "")
            yield Text(f"{number} {one if number == 1 else more}: {_printable(shown)}", style="yellow")


def as_json(
    evaluation: Evaluation,
    *,
    by: str | None = None,
    errors: bool = False,
    intervals: Mapping[str, Interval] | None = None,
) -> dict[str, Any]:
    """Return an evaluation as a JSON object, figures to four decimals.

    `overall` and `articles` hold every measure; `by`, `errors` and `intervals` only what was asked for.
    """
    result: dict[str, Any] = {
        "overall": _rows(evaluation.tally),
        "articles": {name: _rows(tally) for name, tally in evaluation.by("article").items()},
        "missing": [article.article for article in evaluation.articles if not article.found],
        "strays": list(evaluation.strays),
    }
    if by and by != "article":
        result["by"] = {
            by: {value: _rows(tally, BREAKDOWNS[by]) for value, tally in evaluation.by(by).items()}
        }
    if errors:
        result["errors"] = {article.article: _faults(article) for article in evaluation.articles}
    if intervals:
        result["intervals"] = {
            measure: [round(one.low, 4), round(one.high, 4)] for measure, one in intervals.items()
        }
    return result


def _figures(counts: Counts) -> tuple[str, str, str]:
    return f"{counts.precision:.3f}", f"{counts.recall:.3f}", f"{counts.f1:.3f}"


def _numbers(counts: Counts) -> tuple[str, str, str]:
    return str(counts.gold), str(counts.predicted), str(counts.right)


def _rows(tally: Tally, group: str | None = None) -> dict[str, dict[str, float | int]]:
    measures = GROUPS[group] if group else MEASURES
    return {measure: tally.get(measure, Counts()).as_dict() for measure in measures}


def _faults(article: ArticleEvaluation) -> list[dict[str, Any]]:
    return [
        {
            "kind": fault.kind,
            "verdict": fault.verdict,
            "item": fault.item,
            "differences": list(fault.differences),
        }
        for fault in article.faults
    ]


def _printable(text: str) -> str:
    """Return text in one line, in which nothing of a stranger's text can steer the terminal."""
    return "".join(
        char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in " ".join(text.split())
    )

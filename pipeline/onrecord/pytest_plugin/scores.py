"""Quality as a gate: scores against gold records, and floors that only rise."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from onrecord.errors import InvalidRecordError, OnRecordError
from onrecord.evaluate import MEASURES, Evaluation, evaluate, read_golds
from onrecord.records import Article, Failure
from onrecord.write.targets import whole_file

if TYPE_CHECKING:
    from onrecord.extractor import Extractor

_STEPS = 10_000  # floors have four decimals
_HEADER = (
    "# F1 that was reached, by measure. pytest --claims=accept raises these floors and never lowers them;\n"
    "# whoever means to lower one edits it here.\n"
)
_NAMES: Mapping[str, str] = {re.sub(r"\W+", "_", measure).strip("_"): measure for measure in MEASURES}
"""Measures by the name that a keyword can have: `claim_source` is claim+source."""


def score_gold(gold: Path, extractor: Extractor) -> Evaluation:
    """Extract the articles of gold records from their texts, and score the records.

    Raises:
        OnRecordError: there is no gold, it is not sound, or one of its articles cannot be extracted.

    """
    golds = read_golds(gold)
    articles = [Article.model_validate(one["article"]) for one in golds]
    records = []
    for outcome in extractor.stream(articles):
        if isinstance(outcome, Failure):
            raise OnRecordError(f"{outcome.input}: {outcome.code}: {outcome.reason}")
        records.append(outcome)
    return evaluate(golds, records)


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of an extractor, to be held against what is asked for and against the floors."""

    evaluation: Evaluation
    floors: Path
    raise_floors: Callable[[Path, Mapping[str, float]], None] | None
    """Takes note of what was reached, by measure; None where the run may not write."""

    def at_least(self, **minimum: float) -> None:
        """Fail where an F1 is below what is asked for, or below its floor.

        Measures are those of `onrecord evaluate`, with `_` for what no keyword can have: `claim_source`.
        Without any, all measures that have a floor are held against it. The floor of a measure that is
        named here is raised to what was reached, at the end of a run that may write.
        """
        __tracebackhide__ = True
        try:
            floors = read_floors(self.floors)
        except OnRecordError as error:
            pytest.fail(str(error), pytrace=False)
        unknown = [name for name in minimum if name not in _NAMES]
        if unknown:
            pytest.fail(
                f"no such measure: {', '.join(unknown)}; there are {', '.join(_NAMES)}", pytrace=False
            )
        reached = {name: self._f1(name) for name in minimum or floors}
        too_low = [
            f"{name}: {_percent(f1)} is below {_percent(bound)}, {reason}"
            for name, f1 in reached.items()
            for bound, reason in (
                (minimum.get(name, 0.0), "which the test asks for"),
                (floors.get(name, 0.0), f"the floor in {self.floors}"),
            )
            if f1 < bound
        ]
        if too_low:
            pytest.fail("\n".join(too_low), pytrace=False)
        if self.raise_floors and minimum:
            self.raise_floors(self.floors, reached)

    def _f1(self, name: str) -> float:
        # Rounded down: a floor must never be above what was reached.
        return math.floor(self.evaluation[_NAMES[name]].f1 * _STEPS) / _STEPS


def read_floors(path: Path) -> dict[str, float]:
    """Return the floors of a file by measure; none where there is no file yet.

    Raises:
        InvalidRecordError: the file holds anything else.

    """
    try:
        floors = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidRecordError(f"{path}: {error}") from error
    for name, floor in floors.items():
        if name not in _NAMES or not isinstance(floor, int | float) or not 0 <= floor <= 1:
            raise InvalidRecordError(f"{path}: {name} = {floor!r} is no floor of a measure, from 0 to 1")
    return {name: float(floor) for name, floor in floors.items()}


def raise_floors(path: Path, reached: Mapping[str, float]) -> bool:
    """Raise the floors of a file to what was reached, where that is more; return whether any was.

    Floors are written one a line, in the order of the measures.
    """
    floors = read_floors(path)
    raised = floors | {name: f1 for name, f1 in reached.items() if f1 > floors.get(name, -1.0)}
    if raised == floors:
        return False
    lines = [f"{name} = {raised[name]}\n" for name in _NAMES if name in raised]
    with whole_file(path) as temporary:
        temporary.write_text(_HEADER + "".join(lines), encoding="utf-8")
    return True


def _percent(f1: float) -> str:
    return f"{100 * f1:.2f}%"

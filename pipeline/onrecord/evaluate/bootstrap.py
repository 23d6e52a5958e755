"""How far the figures would move with other articles: bootstrap confidence intervals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from onrecord.errors import InvalidSettingError
from onrecord.evaluate.evaluation import Evaluation
from onrecord.evaluate.tally import MEASURES, Counts

_CHUNK = 1_000

Array = npt.NDArray[np.float64]


class Interval(NamedTuple):
    """Bounds of F1."""

    low: float
    high: float


def confidence_intervals(
    evaluation: Evaluation, samples: int, *, level: float = 0.95, seed: int = 0
) -> Mapping[str, Interval]:
    """Return the percentile interval of the F1 of each measure over resampled articles.

    Articles are drawn with replacement (Efron's bootstrap), since claims of one article are not
    independent of one another. The same seed gives the same intervals. Raises InvalidSettingError
    where there is nothing to draw from or no sample is asked for.
    """
    if samples < 1:
        raise InvalidSettingError(f"bootstrap: {samples} samples; ask for at least 1, better 1000")
    if not evaluation.articles:
        raise InvalidSettingError("bootstrap: no articles to draw from")
    counts = np.array(
        [
            [_columns(article.tally.get(measure, Counts())) for measure in MEASURES]
            for article in evaluation.articles
        ],
        dtype=np.float64,
    )
    number = len(evaluation.articles)
    random = np.random.default_rng(seed)
    drawn: list[Array] = []
    for begin in range(0, samples, _CHUNK):
        size = min(_CHUNK, samples - begin)
        weights = random.multinomial(number, np.full(number, 1 / number), size=size)
        drawn.append(_f1(np.einsum("sa,amc->smc", weights.astype(np.float64), counts)))
    tail = (1 - level) / 2
    lows, highs = np.quantile(np.concatenate(drawn), (tail, 1 - tail), axis=0)
    return {
        measure: Interval(float(low), float(high))
        for measure, low, high in zip(MEASURES, lows, highs, strict=True)
    }


def _columns(counts: Counts) -> tuple[int, int, int]:
    return counts.gold, counts.predicted, counts.right


def _f1(sums: Array) -> Array:
    """Return F1 from sums of (gold, predicted, right) along the last axis, as `Counts.f1` defines it."""
    gold, predicted, right = sums[..., 0], sums[..., 1], sums[..., 2]
    total = gold + predicted
    return np.divide(2 * right, total, out=np.ones_like(total), where=total > 0)

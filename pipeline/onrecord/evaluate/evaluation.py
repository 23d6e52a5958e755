"""Predicted records against gold records: every measure, and what was missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from onrecord.evaluate.alignment import Alignment
from onrecord.evaluate.claims import compare_claims
from onrecord.evaluate.entities import compare_actors, compare_places
from onrecord.evaluate.items import ScoredRecord
from onrecord.evaluate.names import words
from onrecord.evaluate.pairing import Comparison, Fault
from onrecord.evaluate.spans import compare_dates, compare_figures
from onrecord.evaluate.tally import BREAKDOWNS, MEASURES, Counts, Tally, add_up
from onrecord.records import ArticleRecord

NEAR_TEXT = 0.7
"""The share of words (Jaccard of multisets) that makes two texts the same article."""

Record = Mapping[str, Any] | ArticleRecord
"""A record as a JSON object or as the contract's model."""


@dataclass(frozen=True, slots=True)
class ArticleEvaluation:
    """What came of one gold article.

    `found` says whether there was a prediction for it at all; `parts` breaks measures down by
    each of `BREAKDOWNS`; `broken_spans` counts predicted spans whose text
    is not what stands at their offsets.
    """

    article: str
    found: bool
    tally: Tally
    parts: Mapping[str, Mapping[str, Tally]]
    faults: tuple[Fault, ...]
    broken_spans: int = 0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What came of all gold articles together.

    `strays` are the ids of predicted records that belong to no gold article; they are not counted.
    """

    articles: tuple[ArticleEvaluation, ...]
    strays: tuple[str, ...] = ()
    tally: Tally = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tally", add_up(article.tally for article in self.articles))

    def __getitem__(self, measure: str) -> Counts:
        """Return the counts of a measure over all articles; raise KeyError for an unknown measure."""
        if measure not in MEASURES:
            raise KeyError(measure)
        return self.tally.get(measure, Counts())

    def by(self, key: str) -> dict[str, Tally]:
        """Return a tally for each `article`, or for each value of one of `BREAKDOWNS`."""
        if key == "article":
            return {article.article: article.tally for article in self.articles}
        if key not in BREAKDOWNS:
            raise KeyError(key)
        values = sorted({value for article in self.articles for value in article.parts[key]})
        return {
            value: add_up(article.parts[key].get(value, {}) for article in self.articles) for value in values
        }


def evaluate(golds: Iterable[Record], preds: Iterable[Record]) -> Evaluation:
    """Score predicted records against gold records.

    A prediction belongs to the gold record with the same article id, else to the one with nearly the
    same text. A gold article without one counts as not found. Raises InvalidRecordError for a record
    that cannot be read.
    """
    gold = [ScoredRecord.gold(_mapping(record)) for record in golds]
    matched, strays = _match(gold, [ScoredRecord.predicted(_mapping(record)) for record in preds])
    articles = tuple(compare_records(one, other) for one, other in zip(gold, matched, strict=True))
    return Evaluation(articles, tuple(record.article.id or "without id" for record in strays))


def compare_records(gold: ScoredRecord, predicted: ScoredRecord | None) -> ArticleEvaluation:
    """Compare one gold record with its prediction, or with none."""
    found = predicted or ScoredRecord(article=gold.article)
    text = gold.article.text
    here, there = Alignment(text), Alignment(text, found.article.text)
    comparisons: Sequence[Comparison] = (
        compare_claims(gold, found, here, there),
        compare_figures(gold, found, here, there),
        compare_dates(gold, found, here, there),
        compare_places(gold, found),
        compare_actors(gold, found),
    )
    return ArticleEvaluation(
        article=gold.article.id or "without id",
        found=predicted is not None,
        tally={
            measure: judgement.counts()
            for comparison in comparisons
            for measure, judgement in comparison.judgements.items()
        },
        parts={key: part for comparison in comparisons for key, part in comparison.parts.items()},
        faults=tuple(fault for comparison in comparisons for fault in comparison.faults),
        broken_spans=len(there.slipped),
    )


def _mapping(record: Record) -> Mapping[str, Any]:
    return record.model_dump() if isinstance(record, ArticleRecord) else record


def _match(
    gold: Sequence[ScoredRecord], predictions: Iterable[ScoredRecord]
) -> tuple[list[ScoredRecord | None], list[ScoredRecord]]:
    """Return the prediction of each gold record, if any, and the predictions that belong to none."""
    matched: list[ScoredRecord | None] = [None] * len(gold)
    numbers = {record.article.id: number for number, record in enumerate(gold)}
    left: list[ScoredRecord] = []
    for prediction in predictions:
        number = numbers.get(prediction.article.id)
        if number is not None and matched[number] is None:
            matched[number] = prediction
        else:
            left.append(prediction)
    bags = [Counter(words(record.article.text)) for record in gold] if left else []
    strays: list[ScoredRecord] = []
    for prediction in left:
        bag = Counter(words(prediction.article.text))
        free = [number for number, taken in enumerate(matched) if taken is None]
        best = max(free, key=lambda number: _jaccard(bag, bags[number]), default=None)
        if best is not None and _jaccard(bag, bags[best]) >= NEAR_TEXT:
            matched[best] = prediction
        else:
            strays.append(prediction)
    return matched, strays


def _jaccard(one: Counter[str], other: Counter[str]) -> float:
    union = (one | other).total()
    return (one & other).total() / union if union else 0.0

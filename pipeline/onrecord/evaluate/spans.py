"""Figures and date expressions: found where their spans overlap."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from onrecord.evaluate.alignment import Alignment
from onrecord.evaluate.items import ScoredDate, ScoredFigure, ScoredRecord, agrees
from onrecord.evaluate.names import comparable_number, same_counted, same_number, unit_name
from onrecord.evaluate.pairing import Candidate, Comparison, Judgement, Pairing, faults_of, instead

S = TypeVar("S", ScoredDate, ScoredFigure)


def compare_figures(
    gold: ScoredRecord, predicted: ScoredRecord, here: Alignment, there: Alignment
) -> Comparison:
    """Compare the figures of one article: spans overlap and the number is the same.

    Modifier, unit and what is counted are measured only where the number is right.
    """
    overlaps = _overlapping(
        gold.figures,
        predicted.figures,
        (here, there),
        lambda one, other, shared: (not _number_right(one, other), -shared),
    )
    pairing = Pairing(gold.figures, predicted.figures, overlaps)

    def counts_something(p: int) -> bool:
        partner = pairing.by_prediction.get(p)
        return bool(predicted.figures[p].counted) and (partner is None or bool(gold.figures[partner].counted))

    judgements = {
        "figures": pairing.judge(_number_right),
        "figure+modifier": pairing.judge(lambda g, p: _number_right(g, p) and agrees(g, p, "modifier")),
        "figure+unit": pairing.judge(lambda g, p: _number_right(g, p) and _unit_right(g, p)),
        "figure+counted": Judgement(
            [g for g in pairing.wanted if gold.figures[g].counted],
            [p for p in pairing.offered if counts_something(p)],
            pairing.right(lambda g, p: _number_right(g, p) and bool(g.counted) and _counted_right(g, p)),
        ),
    }
    faults = faults_of("figure", pairing, _show_figure, _figure_differences)
    return Comparison(judgements, faults, {"modifier": pairing.counts_by("modifier", judgements)})


def compare_dates(
    gold: ScoredRecord, predicted: ScoredRecord, here: Alignment, there: Alignment
) -> Comparison:
    """Compare the date expressions of one article: spans overlap; type, TIMEX3 value and interval beside."""
    overlaps = _overlapping(
        gold.dates,
        predicted.dates,
        (here, there),
        lambda one, other, shared: (-shared, not agrees(one, other, "timex")),
    )
    pairing = Pairing(gold.dates, predicted.dates, overlaps)
    judgements = {
        "dates": pairing.judge(lambda _g, _p: True),
        "date+type": pairing.judge(lambda g, p: agrees(g, p, "type")),
        "date+timex": pairing.judge(lambda g, p: agrees(g, p, "timex")),
        "date+interval": pairing.judge(_interval_right),
    }
    faults = faults_of("date", pairing, _show_date, _date_differences)
    return Comparison(judgements, faults, {"date_type": pairing.counts_by("type", judgements)})


def _overlapping(
    gold: Sequence[S],
    predicted: Sequence[S],
    locate: tuple[Alignment, Alignment],
    preference: Callable[[S, S, int], Any],
) -> Iterator[Candidate]:
    here, there = locate
    found = [(p, other, there(other)) for p, other in enumerate(predicted)]
    for g, one in enumerate(gold):
        tokens = here(one)
        for p, other, other_tokens in found:
            shared = len(tokens & other_tokens)
            if shared:
                yield preference(one, other, shared), g, p


# ------------------------------------------------------------------ figures


def _number_right(gold: ScoredFigure, predicted: ScoredFigure) -> bool:
    found = comparable_number(predicted.value, predicted.low, predicted.high)
    accepted = ((gold.value, gold.low, gold.high), *gold.accept.number)
    return any(same_number(comparable_number(*number), found) for number in accepted)


def _unit_right(gold: ScoredFigure, predicted: ScoredFigure) -> bool:
    return unit_name(predicted.unit) in map(unit_name, (gold.unit, *gold.accept.unit))


def _counted_right(gold: ScoredFigure, predicted: ScoredFigure) -> bool:
    found = predicted.counted
    return bool(found) and any(
        same_counted(one, found or "") for one in (gold.counted, *gold.accept.counted) if one
    )


def _show_figure(figure: ScoredFigure, _of_gold: bool) -> str:
    parts = (
        f"“{figure.text}”",
        f"= {_number_in_words(figure)}",
        figure.modifier,
        figure.unit,
        f"of “{figure.counted}”" if figure.counted else None,
    )
    return " ".join(part for part in (figure.id, *parts) if part)


def _figure_differences(gold: ScoredFigure, predicted: ScoredFigure) -> Iterator[str]:
    if not _number_right(gold, predicted):
        yield instead("number", _number_in_words(gold), _number_in_words(predicted))
        return
    if not agrees(gold, predicted, "modifier"):
        yield instead("modifier", gold.modifier, predicted.modifier)
    if not _unit_right(gold, predicted):
        yield instead("unit", gold.unit, predicted.unit)
    if gold.counted and not _counted_right(gold, predicted):
        yield instead("counted", gold.counted, predicted.counted)


def _number_in_words(figure: ScoredFigure) -> str:
    numbers = comparable_number(figure.value, figure.low, figure.high)
    return " to ".join(f"{number:,.12g}" for number in numbers) or "no number"


# ------------------------------------------------------------------ dates


def _interval_right(gold: ScoredDate, predicted: ScoredDate) -> bool:
    found = (predicted.earliest, predicted.latest)
    return found == (gold.earliest, gold.latest) or found in gold.accept.interval


def _show_date(date: ScoredDate, _of_gold: bool) -> str:
    parts = (date.id, f"“{date.text}”", date.type, date.timex, f"({_interval_in_words(date)})")
    return " ".join(part for part in parts if part)


def _date_differences(gold: ScoredDate, predicted: ScoredDate) -> Iterator[str]:
    for field in ("type", "timex"):
        if not agrees(gold, predicted, field):
            yield instead(field, getattr(gold, field), getattr(predicted, field))
    if not _interval_right(gold, predicted):
        yield instead("interval", _interval_in_words(gold), _interval_in_words(predicted))


def _interval_in_words(date: ScoredDate) -> str:
    return f"{date.earliest or '?'} to {date.latest or '?'}"

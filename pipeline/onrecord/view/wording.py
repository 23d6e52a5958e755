"""Claims, and what stands in them, put into words: what the terminal and the page both show."""

from __future__ import annotations

import datetime
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.records import Actor, Article, ArticleRecord, Claim, DateExpression, Figure, Place, Source
from onrecord.view.printable import one_line

_SYMBOLS = {
    "approximate": "≈ ",
    "at_least": "≥ ",
    "more_than": "> ",
    "at_most": "≤ ",
    "less_than": "< ",
    "change_up": "+",
    "change_down": "−",
}

REPORTED_IN = "reported in"
"""The label of the detail that names the claim which a claim is reported inside."""


@dataclass(frozen=True, slots=True)
class ClaimWording:
    """A claim in words, all of them printable and in one line.

    `source` are the words that name it in the text, `actor` whom they mean where that says more, and
    `others` the same two for each who says it together with the source. `details` are further fields
    with their values, in the order in which to show them.
    """

    source: str
    actor: str | None
    others: tuple[tuple[str, str | None], ...]
    speech_act: str
    target: str | None
    content: str
    details: tuple[tuple[str, tuple[str, ...]], ...]


def title_of(article: Article) -> str:
    """Return what an article goes by: its title, else its id."""
    return article.title or article.id


def doubts_of(record: ArticleRecord) -> str:
    """Return what is to be doubted about the text of a record (`provenance.warnings`), in one line.

    It is empty where there is nothing. Records of others may hold anything there: what has not the
    form of a warning is passed over.
    """
    warnings = record.provenance.get("warnings")
    return " · ".join(
        one_line(f"{one['code'].replace('_', ' ')}: {one['reason']}")
        for one in (warnings if isinstance(warnings, list) else ())
        if isinstance(one, dict) and isinstance(one.get("code"), str) and isinstance(one.get("reason"), str)
    )


def word_claim(record: ArticleRecord, claim: Claim) -> ClaimWording:
    """Put a claim into words."""
    source, actor = _source(record, claim.source)
    said = record[claim.said] if claim.said else None
    details: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("figures", tuple(_figures(record, claim))),
        ("dates", tuple(one_line(date.text) for date in _dates(record, claim))),
        ("places", tuple(one_line(place.name) for place in _places(record, claim))),
        ("said", (one_line(said.text),) if isinstance(said, DateExpression) else ()),
        ("medium", (one_line(claim.medium),) if claim.medium else ()),
        ("hedged", (one_line(claim.hedge),) if claim.hedge else ()),
        ("polarity", ("negative",) if claim.polarity == "negative" else ()),
        (REPORTED_IN, (claim.parent,) if claim.parent else ()),
    )
    return ClaimWording(
        source=source,
        actor=actor,
        others=tuple(_source(record, other) for other in claim.co_sources),
        speech_act=claim.speech_act,
        target=_target(record, claim),
        content=one_line(" … ".join(span.text for span in claim.content)),
        details=tuple((label, values) for label, values in details if values),
    )


def _source(record: ArticleRecord, source: Source) -> tuple[str, str | None]:
    """Return the words that name a source, and the actor's name where it is another."""
    actor = record[source.actor] if source.actor else None
    name = one_line(actor.name) if isinstance(actor, Actor) else None
    if source.span is None:
        return name or "nobody named", None
    words = one_line(source.span.text)
    return words, name if name and name.casefold() not in words.casefold() else None


def _target(record: ArticleRecord, claim: Claim) -> str | None:
    if claim.target is None:
        return None
    actor = record[claim.target.actor] if claim.target.actor else None
    name = one_line(actor.name) if isinstance(actor, Actor) else None
    parts = [name, f"({claim.target.claim})" if name and claim.target.claim else claim.target.claim]
    return " ".join(part for part in parts if part) or None


def _figures(record: ArticleRecord, claim: Claim) -> Iterator[str]:
    for identifier in claim.figures:
        figure = record[identifier]
        if isinstance(figure, Figure):
            yield figure_as_written(record.article.text, figure)


def figure_as_written(text: str, figure: Figure) -> str:
    """Return a figure with what it counts, set apart where the text has it elsewhere."""
    words, counted = one_line(figure.text), one_line(figure.counted or "")
    if counted.casefold() in words.casefold():
        return words
    follows = one_line(text[figure.end : figure.end + len(counted) + len(" of ")])
    for link in (" ", " of "):
        if f" {follows}".casefold().startswith(f"{link}{counted}".casefold()):
            return f"{words}{link}{counted}"
    return f"{words} ({counted})"


def _dates(record: ArticleRecord, claim: Claim) -> Iterator[DateExpression]:
    return (date for date in map(record.__getitem__, claim.dates) if isinstance(date, DateExpression))


def _places(record: ArticleRecord, claim: Claim) -> Iterator[Place]:
    return (place for place in map(record.__getitem__, claim.places) if isinstance(place, Place))


def word_item(item: Actor | Figure | DateExpression | Place) -> str:
    """Put who an actor is, or the normalised value of a figure, date expression or place, into words."""
    if isinstance(item, Figure):
        return _word_figure(item)
    if isinstance(item, DateExpression):
        return _word_date(item)
    if isinstance(item, Actor):
        return one_line(", ".join((item.name, *item.roles, item.type.replace("_", " "))))
    return one_line(", ".join(part for part in (item.name, item.admin1, item.country) if part))


def _word_figure(figure: Figure) -> str:
    if figure.low is not None and figure.high is not None:
        number = f"{_number(figure.low)} to {_number(figure.high)}"
    else:
        known = next((one for one in (figure.value, figure.low, figure.high) if one is not None), None)
        number = "unknown" if known is None else _SYMBOLS.get(figure.modifier, "") + _number(known)
    unit = figure.unit.replace("_", " ") if figure.unit else None
    return one_line(" ".join(part for part in (number, unit, figure.counted) if part))


def _number(value: float) -> str:
    return f"{value:,.10g}"


def _word_date(date: DateExpression) -> str:
    days = word_interval(date.earliest, date.latest)
    return one_line(date.timex if days in (None, date.timex) else f"{date.timex} · {days}")


def _whole_period(earliest: str, latest: str) -> str | None:
    try:
        first, last = map(datetime.date.fromisoformat, (earliest, latest))
    except ValueError:
        return None
    if (first.day, first.year) != (1, last.year) or last.day != monthrange(last.year, last.month)[1]:
        return None
    if first.month == last.month:
        return first.isoformat()[:7]
    return first.isoformat()[:4] if (first.month, last.month) == (1, 12) else None


def word_interval(earliest: str | None, latest: str | None) -> str | None:
    """Put a calendar interval into words, a whole month or year as such; None where both ends are open."""
    if earliest and latest:
        if earliest == latest:
            return earliest
        return _whole_period(earliest, latest) or f"{earliest} to {latest}"
    if earliest or latest:
        return f"from {earliest}" if earliest else f"until {latest}"
    return None

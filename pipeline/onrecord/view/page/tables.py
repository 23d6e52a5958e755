"""What an article names, as tables whose rows lead back into the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.records import Actor, ArticleRecord, Place
from onrecord.view.wording import word_item

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under their heads; each row has the anchor of its first mention in the text."""

    caption: str
    heads: Row
    rows: tuple[tuple[str, Row], ...]


def tables_of(record: ArticleRecord, name: str) -> list[Table]:
    """Return the tables of a record that are not empty; `name` is what its anchors begin with."""
    tables = (
        Table("Actors", ("Name", "Type", "Roles", "Also"), tuple(_actors(record, name))),
        Table("Figures", ("Figure", "Value", "What happened"), tuple(_figures(record, name))),
        Table("Places", ("Name", "Kind", "Country", "Coordinates"), tuple(_places(record, name))),
        Table("Dates", ("Words", "Value", "Type"), tuple(_dates(record, name))),
    )
    return [table for table in tables if table.rows]


def silences_of(record: ArticleRecord) -> list[tuple[str, str]]:
    """Return who would not say, and the words that tell so."""
    return [(_silent(record, silence.actor), silence.span.text) for silence in record.non_responses]


def _silent(record: ArticleRecord, identifier: str | None) -> str:
    actor = record[identifier] if identifier else None
    return actor.name if isinstance(actor, Actor) else "nobody named"


def _actors(record: ArticleRecord, name: str) -> Iterator[tuple[str, Row]]:
    for number, actor in enumerate(record.actors, 1):
        cells = actor.name, actor.type.replace("_", " "), ", ".join(actor.roles), ", ".join(actor.aliases)
        yield f"{name}-a{number}", cells


def _figures(record: ArticleRecord, name: str) -> Iterator[tuple[str, Row]]:
    for number, figure in enumerate(record.figures, 1):
        yield f"{name}-f{number}", (figure.text, word_item(figure), figure.measure or "")


def _places(record: ArticleRecord, name: str) -> Iterator[tuple[str, Row]]:
    for number, place in enumerate(record.places, 1):
        yield f"{name}-p{number}", (place.name, place.kind, place.country or "", coordinates(place) or "")


def coordinates(place: Place) -> str | None:
    """Return latitude and longitude in degrees, or None where they are not known."""
    if place.lat is None or place.lon is None:
        return None
    return f"{place.lat:.3f}, {place.lon:.3f}"


def _dates(record: ArticleRecord, name: str) -> Iterator[tuple[str, Row]]:
    for number, date in enumerate(record.dates, 1):
        yield f"{name}-d{number}", (date.text, word_item(date), date.type.lower())

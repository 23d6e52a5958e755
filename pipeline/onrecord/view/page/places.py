"""The places of all articles of a page, and a map of them as SVG without tiles."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from onrecord.records import ArticleRecord, Place
from onrecord.view.page.cards import Card
from onrecord.view.page.projection import WIDTH, fit
from onrecord.view.page.tables import coordinates
from onrecord.view.printable import one_line
from onrecord.view.wording import title_of, word_item

_LABEL_HEIGHT = 20
_LABEL_CHARACTER = 8.8  # mean width of a character of a label, rounded up
_MAX_LABEL = 28


@dataclass(slots=True)
class PagePlace:
    """A place with what the page says of it. `mentions` counts them; `articles` are anchors, by title."""

    name: str
    kind: str
    within: str
    """The first-level division and the country, as far as they are known."""
    note: str
    lat: float | None
    lon: float | None
    coordinates: str | None
    mentions: int = 0
    articles: dict[str, str] = field(default_factory=dict)
    cards: list[Card] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Label:
    """Where a name stands beside its marker, and on which side."""

    text: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Marker:
    """A place in the picture: `number` is that in the list of places."""

    number: int
    place: PagePlace
    x: float
    y: float
    radius: float
    label: Label | None


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """A picture of markers over outlines of countries."""

    width: int
    height: int
    outlines: str
    markers: tuple[Marker, ...]


def places_of(records: Sequence[ArticleRecord], cards: Sequence[Sequence[Card]]) -> list[PagePlace]:
    """Return the places of some records, the same place of several articles once, often named ones first."""
    places: dict[tuple[object, ...], PagePlace] = {}
    for number, (record, its_cards) in enumerate(zip(records, cards, strict=True), 1):
        title = title_of(record.article)
        for at, place in enumerate(record.places, 1):
            one = places.setdefault(
                _same_place(place),
                PagePlace(
                    name=place.name,
                    kind=place.kind,
                    within=", ".join(filter(None, (place.admin1, place.country))),
                    note=word_item(place),
                    lat=place.lat,
                    lon=place.lon,
                    coordinates=coordinates(place),
                ),
            )
            one.mentions += len(place.mentions)
            one.articles[f"r{number}-p{at}"] = title
            one.cards.extend(card for card in its_cards if place.id in card.claim.places)
    return sorted(places.values(), key=lambda one: (-one.mentions, one.name))


def _same_place(place: Place) -> tuple[object, ...]:
    if place.geonames_id is not None:
        return (place.geonames_id,)
    return place.name.casefold(), place.country, place.lat, place.lon


def draw(places: Sequence[PagePlace]) -> PlaceMap | None:
    """Return the map of the places that have coordinates; None where none has."""
    located = [
        (number, place, place.lon, place.lat)
        for number, place in enumerate(places)
        if place.lat is not None and place.lon is not None
    ]
    if not located:
        return None
    projection = fit([(longitude, latitude) for *_, longitude, latitude in located])
    taken: list[_Box] = []
    markers: list[Marker] = []
    for number, place, longitude, latitude in located:
        x, y = projection.place(longitude, latitude)
        radius = round(min(5 + 2 * math.sqrt(place.mentions), 16), 1)
        markers.append(Marker(number, place, x, y, radius, None))
        taken.append((x - radius, y - radius, x + radius, y + radius))
    # Often named places come first and find room; a name without room is still in the list.
    labelled = tuple(_labelled(marker, taken, projection.height) for marker in markers)
    return PlaceMap(WIDTH, projection.height, projection.outlines(), labelled)


_Box = tuple[float, float, float, float]


def _labelled(marker: Marker, taken: list[_Box], height: int) -> Marker:
    name = one_line(marker.place.name)
    text = name if len(name) <= _MAX_LABEL else f"{name[: _MAX_LABEL - 1]}…"
    wide = len(text) * _LABEL_CHARACTER
    for label, box in _sides(marker, text, wide):
        fits = box[0] >= 0 and box[1] >= 0 and box[2] <= WIDTH and box[3] <= height
        if fits and not any(_overlap(box, other) for other in taken):
            taken.append(box)
            return Marker(marker.number, marker.place, marker.x, marker.y, marker.radius, label)
    return marker


def _sides(marker: Marker, text: str, wide: float) -> Iterator[tuple[Label, _Box]]:
    x, y, away, half = marker.x, marker.y, marker.radius + 5, _LABEL_HEIGHT / 2
    yield Label(text, x + away, y, "start"), (x + away, y - half, x + away + wide, y + half)
    yield Label(text, x - away, y, "end"), (x - away - wide, y - half, x - away, y + half)
    for middle in (y - away - half, y + away + half):
        yield Label(text, x, middle, "middle"), (x - wide / 2, middle - half, x + wide / 2, middle + half)


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]

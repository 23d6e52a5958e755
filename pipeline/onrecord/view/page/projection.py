"""A plain map: which part of the world to show, and where points and outlines lie in the picture."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

WIDTH = 960
"""Width of the picture, in its own units."""
_ASPECTS = (0.45, 0.66)  # least and greatest height to a width of 1
_MARGIN = 0.18  # of the extent of the points, on each side
_MIN_DEGREES = 7.0  # of latitude: closer, and the outlines would show their corners

Point = tuple[float, float]
"""Longitude and latitude, in degrees."""


@dataclass(frozen=True, slots=True)
class Projection:
    """An equirectangular projection, true to scale along the middle latitude of what it shows.

    `left` and `top` are the longitude and latitude of the upper left corner, `scale` units to a degree
    of latitude, `shrink` how much shorter a degree of longitude is, `height` that of the picture.
    """

    left: float
    top: float
    scale: float
    shrink: float
    height: int

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a point lies in the picture."""
        east = (longitude - self.left) % 360
        return round(east * self.scale * self.shrink, 1), round((self.top - latitude) * self.scale, 1)

    def outlines(self) -> str:
        """Return the outlines of countries in the picture as SVG path data."""
        return "".join(
            path for ring in _rings() for turn in (-360, 0, 360) for path in self._path(ring, turn)
        )

    def _path(self, ring: Sequence[Point], turn: int) -> Iterator[str]:
        across = self.scale * self.shrink
        points = [
            (round((lon + turn - self.left) * across), round((self.top - lat) * self.scale))
            for lon, lat in ring
        ]
        columns, rows = zip(*points, strict=True)
        if min(columns) > WIDTH or max(columns) < 0 or min(rows) > self.height or max(rows) < 0:
            return
        steps = [(x - u, y - v) for (u, v), (x, y) in pairwise(points) if (x, y) != (u, v)]
        if len(steps) > 2:
            yield f"M{points[0][0]} {points[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps) + "z"


def fit(points: Sequence[Point]) -> Projection:
    """Return the projection that shows all points, across the date line where that is shorter."""
    west, east = _longitudes([longitude for longitude, _ in points])
    south, north = min(latitude for _, latitude in points), max(latitude for _, latitude in points)
    shrink = max(math.cos(math.radians((south + north) / 2)), 0.2)
    tall = max((north - south) * (1 + 2 * _MARGIN), _MIN_DEGREES)
    wide = max((east - west) * (1 + 2 * _MARGIN), tall / (_ASPECTS[1] * shrink))
    wide = min(wide, 360.0)
    tall = max(tall, wide * shrink * _ASPECTS[0])
    scale = WIDTH / (wide * shrink)
    middle = max(min((south + north) / 2, 90 - tall / 2), tall / 2 - 90)
    return Projection((west + east) / 2 - wide / 2, middle + tall / 2, scale, shrink, round(tall * scale))


def _longitudes(longitudes: Sequence[float]) -> tuple[float, float]:
    """Return the shortest stretch of longitudes that holds all; it ends beyond 180 across the date line."""
    ordered = sorted(set(longitudes))
    gaps = [(other - one, other) for one, other in pairwise(ordered)]
    gaps.append((ordered[0] + 360 - ordered[-1], ordered[0]))
    gap, west = max(gaps)
    return west, west + 360 - gap


@cache
def _rings() -> list[list[Point]]:
    content = json.loads((files("onrecord.view.page") / "outlines.json").read_text(encoding="utf-8"))
    units = content["units"]
    rings: list[list[Point]] = []
    for flat in content["rings"]:
        x = y = 0
        ring: list[Point] = []
        for east, north in zip(flat[::2], flat[1::2], strict=True):
            x, y = x + east, y + north
            ring.append((x / units, y / units))
        rings.append(ring)
    return rings

"""Remake the outlines of countries that pages draw under their places.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python models/gazetteer/outlines.py package/countries-50m.json pipeline/onrecord/view/page/outlines.json

The source is Natural Earth 1:50m (public domain) as TopoJSON. Arcs, which neighbours share, are
simplified before they become rings, so that no gap opens along a border.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

UNITS = 50  # whole units to a degree: 0.02° is two kilometres
TOLERANCE = 1.5  # units that a simplified line may stray
MIN_EXTENT = 8  # units: smaller islands are dropped

Point = tuple[int, int]


def main(source: str, target: str) -> None:
    """Read a TopoJSON file of countries; write their rings as flat lists of differences."""
    topology = json.loads(Path(source).read_text(encoding="utf-8"))
    arcs = [_simplified(arc) for arc in _arcs(topology)]
    rings = [_ring(arcs, indices) for indices in _ring_indices(topology)]
    kept = [ring for ring in rings if len(ring) > 3 and _extent(ring) >= MIN_EXTENT]
    content = {"units": UNITS, "rings": [_differences(ring) for ring in kept]}
    Path(target).write_text(json.dumps(content, separators=(",", ":")) + "\n", encoding="utf-8")


def _arcs(topology: dict[str, Any]) -> Iterator[list[Point]]:
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        points = accumulate(arc, lambda at, step: (at[0] + step[0], at[1] + step[1]))
        yield [
            (round((x * scale_x + left) * UNITS), round((y * scale_y + bottom) * UNITS)) for x, y in points
        ]


def _simplified(points: list[Point]) -> list[Point]:
    """Simplify a line (Douglas and Peucker 1973); its ends stay."""
    kept, stack = {0, len(points) - 1}, [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        strays = [(_distance(points[at], points[first], points[last]), at) for at in range(first + 1, last)]
        distance, farthest = max(strays, default=(0.0, 0))
        if distance > TOLERANCE:
            kept.add(farthest)
            stack += [(first, farthest), (farthest, last)]
    return [points[at] for at in sorted(kept)]


def _distance(point: Point, one: Point, other: Point) -> float:
    along_x, along_y = other[0] - one[0], other[1] - one[1]
    to_x, to_y = point[0] - one[0], point[1] - one[1]
    length = along_x**2 + along_y**2
    share = max(0.0, min(1.0, (to_x * along_x + to_y * along_y) / length)) if length else 0.0
    return float(((to_x - share * along_x) ** 2 + (to_y - share * along_y) ** 2) ** 0.5)


def _ring_indices(topology: dict[str, Any]) -> Iterator[list[int]]:
    for geometry in topology["objects"]["countries"]["geometries"]:
        polygons = {"Polygon": lambda arcs: [arcs], "MultiPolygon": lambda arcs: arcs}
        for polygon in polygons[geometry["type"]](geometry["arcs"]):
            yield from polygon


def _ring(arcs: list[list[Point]], indices: list[int]) -> list[Point]:
    ring: list[Point] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc[1:] if ring else arc
    return _unwrapped(ring)


def _unwrapped(ring: list[Point]) -> list[Point]:
    """Let a ring run on beyond 180° where it crosses the date line; one around a pole is closed there."""
    half, turn, found = 180 * UNITS, 0, [ring[0]]
    for (before, _), (x, y) in pairwise(ring):
        turn -= round((x - before) / (2 * half)) * 2 * half
        found.append((x + turn, y))
    if turn:
        pole = (90 if ring[0][1] > 0 else -90) * UNITS
        found += [(found[-1][0], pole), (found[0][0], pole), found[0]]
    return found


def _extent(ring: list[Point]) -> int:
    return max(max(values) - min(values) for values in zip(*ring, strict=True))


def _differences(ring: list[Point]) -> list[int]:
    before, flat = (0, 0), []
    for point in ring:
        flat += [point[0] - before[0], point[1] - before[1]]
        before = point
    return flat


if __name__ == "__main__":
    main(*sys.argv[1:])

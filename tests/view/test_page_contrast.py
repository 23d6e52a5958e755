"""Colours of pages against WCAG 2.2 AA: 4.5 to 1 for text, 3 to 1 for lines that carry meaning."""

import re
from importlib.resources import files
from itertools import product

import pytest

SHEETS = "".join(
    (files("onrecord.view.page") / "assets" / f"{name}.css").read_text(encoding="utf-8")
    for name in ("base", "records", "differences")
)
COLOURS = {
    name: values for name, *values in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", SHEETS)
}
GROUPS = ("asserts", "rejects", "charges", "commits", "holds")
TINTS = ("actor-tint", "figure-tint", "place-tint", "date-tint", "lit", "old", "new")
TEXT = [
    *product(("ink", "quiet", "accent"), ("paper", "card")),
    *product(("ink",), TINTS),
    *product(("source-ink", "cue-ink"), ("paper", "actor-tint", "figure-tint", "place-tint", "date-tint")),
    *(("paper", group) for group in (*GROUPS, "added", "accent", "ink")),
]
LINES = [*product((*GROUPS, "focus"), ("paper", "card"))]


def luminance(colour):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text(front, back, scheme):
    assert contrast(COLOURS[front][scheme], COLOURS[back][scheme]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), LINES)
def test_lines(front, back, scheme):
    assert contrast(COLOURS[front][scheme], COLOURS[back][scheme]) >= 3

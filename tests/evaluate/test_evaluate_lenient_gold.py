"""Gold that is lenient: optional items, and further values that are right."""

import pytest
from counting import claim, counts

from onrecord.evaluate import evaluate


def optional(kind, number):
    return lambda gold: gold[kind][number].update(optional=True)


def accept(kind, place, /, **values):
    return lambda gold: gold[kind][place].update(accept=values)


# Each case: what the gold is lenient in, how the prediction differs, the measure and its counts.
LENIENT = {
    "an optional claim may be missing": (
        optional("claims", 0),
        lambda r: r["claims"].pop(0),
        "claims",
        (4, 4, 4),
    ),
    "an optional claim may be there": (optional("claims", 0), lambda _: None, "claims", (4, 4, 4)),
    "an optional figure may be wrong": (
        optional("figures", 0),
        lambda r: r["figures"][0].update(value=1),
        "figures",
        (1, 1, 1),
    ),
    "an optional actor may be a source": (optional("actors", 2), lambda _: None, "claim+source", (5, 5, 5)),
    "another act": (
        accept("claims", 3, speech_act=["finding"]),
        lambda r: claim(r, "c4").update(speech_act="finding"),
        "claim+act",
        (5, 5, 5),
    ),
    "another source": (
        accept("claims", 2, source=["a1"]),
        lambda r: claim(r, "c3")["source"].update(actor="a1"),
        "claim+source",
        (5, 5, 5),
    ),
    "no source": (
        accept("claims", 2, loose=["none"]),
        lambda r: claim(r, "c3").update(source=None),
        "claim+source",
        (5, 5, 5),
    ),
    "a loose medium may be missing": (
        accept("claims", 3, loose=["medium"]),
        lambda r: claim(r, "c4").update(medium=None),
        "claim+medium",
        (0, 0, 0),
    ),
    "a loose medium may be wrong": (
        accept("claims", 3, loose=["medium"]),
        lambda r: claim(r, "c4").update(medium="radio"),
        "claim+medium",
        (0, 0, 0),
    ),
    "an optional target may be missing": (
        accept("claims", 0, target="optional"),
        lambda r: claim(r, "c1").update(target=None),
        "target",
        (1, 1, 1),
    ),
    "an optional target may be wrong": (
        accept("claims", 0, target="optional"),
        lambda r: claim(r, "c1")["target"].update(actor="a3"),
        "target",
        (1, 1, 1),
    ),
    "another target": (
        accept("claims", 0, target_actor=["a4"]),
        lambda r: claim(r, "c1")["target"].update(actor="a4"),
        "target",
        (2, 2, 2),
    ),
    "a claim alone as the target": (
        lambda gold: claim(gold, "c1").update(target={"actor": None, "claim": "c4"}),
        lambda r: claim(r, "c1").update(target={"actor": None, "claim": "c4"}),
        "target",
        (2, 2, 2),
    ),
    "another number": (
        accept("figures", 0, number=[[301, None, None]]),
        lambda r: r["figures"][0].update(value=301),
        "figures",
        (2, 2, 2),
    ),
    "no unit": (
        accept("figures", 0, unit=[None]),
        lambda r: r["figures"][0].update(unit=None),
        "figure+unit",
        (2, 2, 2),
    ),
    "another counted": (
        accept("figures", 0, counted=["fuel"]),
        lambda r: r["figures"][0].update(counted="fuel"),
        "figure+counted",
        (2, 2, 2),
    ),
    "another interval": (
        accept("dates", 1, interval=[["2024-05-01", None]]),
        lambda r: r["dates"][1].update(latest=None),
        "date+interval",
        (2, 2, 2),
    ),
    "a wider distance": (
        accept("places", 0, km=[400]),
        lambda r: r["places"][0].update(lat=57.5),
        "place+161km",
        (1, 1, 1),
    ),
    "another name": (
        accept("actors", 4, name=["the underwriter"]),
        lambda r: r["actors"][4].update(name="underwriter"),
        "actors",
        (5, 5, 5),
    ),
    "a role where gold wants none": (
        accept("actors", 0, roles=["operator"]),
        lambda r: r["actors"][0].update(roles=["regulator"]),
        "actor+role",
        (2, 2, 2),
    ),
}


@pytest.mark.parametrize(("allow", "differ", "measure", "expected"), LENIENT.values(), ids=LENIENT)
def test_lenient_gold(gold, pred, *, allow, differ, measure, expected):
    allow(gold)
    differ(pred)
    assert counts(evaluate([gold], [pred]), measure) == expected


def test_a_prediction_cannot_accept_for_itself(gold, pred):
    pred["actors"][0].update(name="Nobody of that name", accept={"name": ["harbour board"]})
    assert counts(evaluate([gold], [pred]), "actors") == (5, 5, 4)

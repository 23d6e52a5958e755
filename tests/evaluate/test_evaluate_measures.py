"""What each measure counts: a perfect prediction, spoiled in one way at a time."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InvalidRecordError
from onrecord.evaluate import MEASURES, evaluate
from onrecord.evaluate.tally import BREAKDOWNS, GROUPS
from onrecord.records import ArticleRecord

HARBOUR = Path(__file__).parent.parent / "view" / "harbour.json"


def harbour():
    return json.loads(HARBOUR.read_text(encoding="utf-8"))


def counts(result, measure):
    return result[measure].gold, result[measure].predicted, result[measure].right


def claim(record, identifier):
    return next(one for one in record["claims"] if one["id"] == identifier)


def span(record, words):
    start = record["article"]["text"].index(words)
    return {"start": start, "end": start + len(words), "text": words}


def test_gold_against_itself_is_perfect(gold, pred):
    result = evaluate([gold], [pred])
    assert {measure: result[measure].f1 for measure in MEASURES} == dict.fromkeys(MEASURES, 1.0)
    assert not result.articles[0].faults


def test_models_are_taken_as_well_as_json(gold, pred):
    result = evaluate([ArticleRecord.model_validate(gold)], [ArticleRecord.model_validate(pred)])
    assert result["claims"].f1 == 1.0


# Each case: what to spoil, the measure, and the (gold, predicted, right) that follow.
SPOILED = {
    "a claim left out": (lambda r: r["claims"].pop(0), "claims", (5, 4, 4)),
    "a claim too many": (
        lambda r: r["claims"].append({"id": "c9", "content": [span(r, "The port’s insurer declined")]}),
        "claims",
        (5, 6, 5),
    ),
    "a claim doubled": (lambda r: r["claims"].append(copy.deepcopy(r["claims"][1])), "claims", (5, 6, 5)),
    "content of half its words": (
        lambda r: claim(r, "c2").update(content=[span(r, "a report by Clearwater Watch that about 300")]),
        "claims",
        (5, 5, 5),
    ),
    "content of less than half": (
        lambda r: claim(r, "c2").update(content=[span(r, "a report by Clearwater Watch")]),
        "claims",
        (5, 5, 4),
    ),
    "no source": (lambda r: claim(r, "c3").update(source=None), "claim+source", (5, 5, 4)),
    "another source": (lambda r: claim(r, "c3")["source"].update(actor="a2"), "claim+source", (5, 5, 4)),
    "a source with another name of the actor": (
        lambda r: r["actors"][2].update(name="Whitlock"),
        "claim+source",
        (5, 5, 5),
    ),
    "another act": (lambda r: claim(r, "c4").update(speech_act="estimate"), "claim+act", (5, 5, 4)),
    "another source and another act": (
        lambda r: (claim(r, "c3")["source"].update(actor="a2"), claim(r, "c4").update(speech_act="finding")),
        "claim+source+act",
        (5, 5, 3),
    ),
    "another quotation": (lambda r: claim(r, "c3").update(quotation="mixed"), "claim+quotation", (5, 5, 4)),
    "another polarity": (lambda r: claim(r, "c3").update(polarity="positive"), "claim+polarity", (5, 5, 4)),
    "no cue": (lambda r: claim(r, "c3").update(cue=None), "claim+cue", (5, 5, 4)),
    "another cue": (lambda r: claim(r, "c3").update(cue=span(r, "told")), "claim+cue", (5, 5, 4)),
    "no medium": (lambda r: claim(r, "c4").update(medium=None), "claim+medium", (1, 0, 0)),
    "a medium that shares a word": (
        lambda r: claim(r, "c4").update(medium="statement"),
        "claim+medium",
        (1, 1, 1),
    ),
    "a medium that shares an article only": (
        lambda r: claim(r, "c4").update(medium="a call"),
        "claim+medium",
        (1, 1, 0),
    ),
    "another date of saying": (lambda r: claim(r, "c2").update(said="d2"), "claim+said", (1, 1, 0)),
    "no parent": (lambda r: claim(r, "c5").update(parent=None), "claim+parent", (1, 0, 0)),
    "another parent": (lambda r: claim(r, "c5").update(parent="c3"), "claim+parent", (1, 1, 0)),
    "no target": (lambda r: claim(r, "c2").update(target=None), "target", (2, 1, 1)),
    "another target": (lambda r: claim(r, "c2")["target"].update(actor="a3"), "target", (2, 2, 1)),
    "a target that gold lacks": (
        lambda r: claim(r, "c4").update(speech_act="accusation", target={"actor": "a1"}),
        "target",
        (2, 3, 2),
    ),
    "a target of a claim that aims at nobody": (
        lambda r: claim(r, "c4").update(target={"actor": "a1"}),
        "target",
        (2, 2, 2),
    ),
    "a denial too many": (
        lambda r: claim(r, "c4").update(speech_act="denial", target={"actor": "a1"}),
        "target(denial)",
        (2, 3, 2),
    ),
    "a figure left out": (lambda r: r["figures"].pop(), "figures", (2, 1, 1)),
    "another number": (lambda r: r["figures"][0].update(value=299), "figures", (2, 2, 1)),
    "a bound in the place of the value": (
        lambda r: r["figures"][1].update(value=40, low=None),
        "figures",
        (2, 2, 2),
    ),
    "a range for a number": (lambda r: r["figures"][1].update(high=50), "figures", (2, 2, 1)),
    "another modifier": (lambda r: r["figures"][0].update(modifier="exact"), "figure+modifier", (2, 2, 1)),
    "another name of the unit": (lambda r: r["figures"][0].update(unit="liters"), "figure+unit", (2, 2, 2)),
    "another unit": (lambda r: r["figures"][0].update(unit="gallon"), "figure+unit", (2, 2, 1)),
    "the head of what is counted": (
        lambda r: r["figures"][1].update(counted="dead seabird"),
        "figure+counted",
        (2, 2, 2),
    ),
    "nothing counted": (lambda r: r["figures"][1].update(counted=None), "figure+counted", (2, 1, 1)),
    "a date left out": (lambda r: r["dates"].pop(), "dates", (2, 1, 1)),
    "another timex": (lambda r: r["dates"][0].update(timex="2024-06-17"), "date+timex", (2, 2, 1)),
    "another type of date": (lambda r: r["dates"][0].update(type="TIME"), "date+type", (2, 2, 1)),
    "an interval without an end": (lambda r: r["dates"][1].update(latest=None), "date+interval", (2, 2, 1)),
    "a place under another name": (
        lambda r: r["places"][0].update(name="Ellery", mentions=[]),
        "places",
        (1, 1, 0),
    ),
    "a place without what it is": (
        lambda r: r["places"][0].update(name="Port Ellery town", mentions=[]),
        "places",
        (1, 1, 1),
    ),
    "another country": (lambda r: r["places"][0].update(country="IE"), "place+country", (1, 1, 0)),
    "a place a hundred kilometres off": (lambda r: r["places"][0].update(lat=56.5), "place+161km", (1, 1, 1)),
    "a place two hundred kilometres off": (
        lambda r: r["places"][0].update(lat=57.5),
        "place+161km",
        (1, 1, 0),
    ),
    "a place without coordinates": (lambda r: r["places"][0].update(lat=None), "place+161km", (1, 1, 0)),
    "an actor left out": (lambda r: r["actors"].pop(2), "actors", (5, 4, 4)),
    "a person too many": (
        lambda r: r["actors"].append({"id": "a9", "name": "Ines Okafor", "type": "person"}),
        "actors",
        (5, 6, 5),
    ),
    "a group too many is not counted": (
        lambda r: r["actors"].append({"id": "a9", "name": "readers", "type": "group"}),
        "actors",
        (5, 5, 5),
    ),
    "another type of actor": (lambda r: r["actors"][0].update(type="group"), "actor+type", (5, 5, 4)),
    "a role with the same head": (
        lambda r: r["actors"][2].update(roles=["board spokeswoman"]),
        "actor+role",
        (2, 2, 2),
    ),
    "no roles": (lambda r: r["actors"][2].update(roles=None), "actor+role", (2, 1, 1)),
}


@pytest.mark.parametrize(("spoil", "measure", "expected"), SPOILED.values(), ids=SPOILED)
def test_measure(gold, pred, spoil, measure, expected):
    spoil(pred)
    assert counts(evaluate([gold], [pred]), measure) == expected


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


def test_the_better_of_two_predictions_is_paired(gold, pred):
    worse = copy.deepcopy(claim(pred, "c2"))
    worse.update(id="c8", speech_act="statement", source={"actor": "a3"})
    pred["claims"].insert(0, worse)
    result = evaluate([gold], [pred])
    assert counts(result, "claim+source+act") == (5, 6, 5)


def test_no_prediction(gold):
    result = evaluate([gold], [])
    assert all(result[measure].f1 == 0 for measure in MEASURES if result[measure].gold)
    assert not result.articles[0].found
    assert counts(result, "claims") == (5, 0, 0)


def test_a_prediction_is_recognised_by_its_text(gold, pred):
    pred["article"]["id"] = "another-id"
    assert evaluate([gold], [pred])["claims"].f1 == 1.0


def test_another_text_is_a_stray(gold, pred):
    pred["article"].update(id="elsewhere", text="Nothing of what the other article says stands in this one.")
    result = evaluate([gold], [pred])
    assert result.strays == ("elsewhere",)
    assert result["claims"].predicted == 0


def test_an_unknown_measure_is_an_error(gold):
    with pytest.raises(KeyError):
        evaluate([gold], [])["claim+mood"]


@pytest.mark.parametrize(
    "broken", [{"article": {"id": "x", "text": 3}}, {"article": {}, "claims": [{"content": 5}]}]
)
def test_what_is_no_record_is_an_error(gold, broken):
    with pytest.raises(InvalidRecordError, match="predicted record"):
        evaluate([gold], [broken])


def test_breakdown_adds_up_to_the_whole(gold, pred):
    pred["claims"].pop(1)
    claim(pred, "c3").update(quotation="mixed", speech_act="opinion")
    pred["figures"].pop()
    pred["dates"][0].update(type="DURATION")
    result = evaluate([gold], [pred])
    for key in ("article", *BREAKDOWNS):
        for measure in GROUPS[BREAKDOWNS.get(key, "claims")]:
            parts = [tally[measure] for tally in result.by(key).values() if measure in tally]
            added = tuple(
                sum(getattr(part, name) for part in parts) for name in ("gold", "predicted", "right")
            )
            assert added == counts(result, measure)
    assert result.by("quotation")["direct"]["claims"].right == 1


def test_faults_say_what_was_wrong(gold, pred):
    pred["claims"].pop(0)
    claim(pred, "c3")["source"].update(actor="a2")
    pred["figures"][0].update(unit="gallon")
    faults = [str(fault) for fault in evaluate([gold], [pred]).articles[0].faults]
    assert faults == [
        "claim missed: c1 harbour board “denies” (denial, indirect): fuel leak claim",
        "claim wrong: c3 Dana Whitlock “said” (statement, direct): “No fuel left the pier,” … “We checked"
        " every valve twice.” — source should be “Dana Whitlock”, not “Clearwater Watch”",
        "figure wrong: f1 “about 300 litres” = 300 approximate litre of “diesel”"
        " — unit should be “litre”, not “gallon”",
    ]


# ------------------------------------------------------------------ another text


def respaced(record, blanks, front=""):
    """The record on a text in which each blank is replaced, with something put before it."""
    text = record["article"]["text"]
    offsets, pieces, length = [], [front], len(front)
    for char in text:
        offsets.append(length)
        piece = next(blanks) if char == " " else char
        pieces.append(piece)
        length += len(piece)
    moved = "".join(pieces)
    for node in spans_in(record):
        node["start"], node["end"] = offsets[node["start"]], offsets[node["end"] - 1] + 1
        node["text"] = moved[node["start"] : node["end"]]
    record["article"]["text"] = moved


def spans_in(node):
    if isinstance(node, dict):
        if {"start", "end", "text"} <= set(node):
            yield node
        for child in node.values():
            yield from spans_in(child)
    elif isinstance(node, list):
        for child in node:
            yield from spans_in(child)


BLANKS = st.sampled_from([" ", "  ", "\u00a0", "\n", "\r\n", "\t ", "\u2009"])


@given(st.lists(BLANKS, min_size=99, max_size=99), st.sampled_from(["", "Photo: a gull\n", "Advertisement "]))
def test_white_space_and_what_stands_before_cost_nothing(blanks, front):
    prediction = harbour()
    respaced(prediction, iter(blanks), front)
    result = evaluate([harbour()], [prediction])
    assert all(result[measure].f1 == 1.0 for measure in MEASURES)
    assert result.articles[0].broken_spans == 0


def test_spans_without_right_offsets_are_found_by_their_text(gold, pred):
    for node in spans_in({kind: pred[kind] for kind in ("claims", "figures", "dates")}):
        node["start"] += 3
        node["end"] += 3
    result = evaluate([gold], [pred])
    assert result["claims"].f1 == 1.0
    assert result.articles[0].broken_spans > 10


def test_spans_without_offsets_are_found_by_their_text(gold, pred):
    for figure in pred["figures"]:
        del figure["start"], figure["end"]
    assert evaluate([gold], [pred])["figures"].f1 == 1.0


KINDS = ("actors", "places", "dates", "figures", "claims")
HOSTILE = st.text(st.sampled_from("a é́'’“\u200b\u202e🙂\r\n\0ʿIΣß%$"), max_size=8)


@given(st.data())
def test_whatever_is_predicted_the_counts_are_possible(data):
    prediction = harbour()
    for kind in KINDS:
        prediction[kind] = [one for one in prediction[kind] if data.draw(st.booleans())]
        for item in prediction[kind]:
            field = data.draw(st.sampled_from(sorted(item)))
            if item[field] is None or (isinstance(item[field], str) and field != "id"):
                item[field] = (
                    data.draw(HOSTILE)
                    if field not in ("value", "low", "high", "lat", "target", "cue")
                    else None
                )
    result = evaluate([harbour()], [prediction])
    for measure in MEASURES:
        gold, predicted, right = counts(result, measure)
        assert 0 <= right <= min(gold, predicted)
        assert 0 <= result[measure].f1 <= 1

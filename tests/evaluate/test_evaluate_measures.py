"""What each measure counts: a perfect prediction, spoiled in one way at a time."""

import copy

import pytest
from counting import claim, counts, span

from onrecord.evaluate import MEASURES, evaluate
from onrecord.evaluate.tally import BREAKDOWNS, GROUPS
from onrecord.records import ArticleRecord


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


# Each case: who says claim c4 together with its source, in the prediction, and (gold, predicted, right).
TOGETHER = {
    "both": (["a3", "a4"], (1, 1, 1)),
    "both, the other way round": (["a4", "a3"], (1, 1, 1)),
    "one is missing": (["a3"], (1, 1, 0)),
    "one too many": (["a3", "a4", "a5"], (1, 1, 0)),
    "one twice": (["a3", "a3"], (1, 1, 0)),
    "one is nobody": (["a3", None], (1, 1, 0)),
    "none": ([], (1, 0, 0)),
}


@pytest.mark.parametrize(("found", "expected"), TOGETHER.values(), ids=TOGETHER)
def test_those_who_say_it_together(gold, pred, found, expected):
    claim(gold, "c4").update(co_sources=[{"actor": "a3"}, {"actor": "a4"}])
    claim(pred, "c4").update(co_sources=[{"actor": actor} for actor in found])
    result = evaluate([gold], [pred])
    assert counts(result, "claim+co_sources") == expected
    faults = [str(fault) for fault in result.articles[0].faults]
    assert bool(faults) == (expected != (1, 1, 1))
    assert all("co-sources should be “Dana Whitlock, local fishermen”" in fault for fault in faults)


def test_the_better_of_two_predictions_is_paired(gold, pred):
    worse = copy.deepcopy(claim(pred, "c2"))
    worse.update(id="c8", speech_act="statement", source={"actor": "a3"})
    pred["claims"].insert(0, worse)
    result = evaluate([gold], [pred])
    assert counts(result, "claim+source+act") == (5, 6, 5)


def test_an_unknown_measure_is_an_error(gold):
    with pytest.raises(KeyError):
        evaluate([gold], [])["claim+mood"]


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

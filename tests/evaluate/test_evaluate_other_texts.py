"""Predictions on a text that is not quite the gold's, with wrong offsets, and hostile ones."""

from counting import counts, harbour
from hypothesis import given
from hypothesis import strategies as st

from onrecord.evaluate import MEASURES, evaluate


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

"""Which prediction belongs to a gold article, and what is no prediction at all."""

import pytest
from counting import counts

from onrecord.errors import InvalidRecordError
from onrecord.evaluate import MEASURES, evaluate


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


@pytest.mark.parametrize(
    "broken", [{"article": {"id": "x", "text": 3}}, {"article": {}, "claims": [{"content": 5}]}]
)
def test_what_is_no_record_is_an_error(gold, broken):
    with pytest.raises(InvalidRecordError, match="predicted record"):
        evaluate([gold], [broken])

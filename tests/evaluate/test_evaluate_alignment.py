import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.evaluate.alignment import Alignment
from onrecord.evaluate.items import ScoredSpan

GOLD = "The ferry sank. The ferry had no radio, he said."
#        0   1     2     3   4     5   6  7      8  9


def located(text, words, occurrence=0, gold=GOLD):
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(words, start + 1)
    return sorted(Alignment(gold, text)(ScoredSpan(start=start, end=start + len(words), text=words)))


@pytest.mark.parametrize(
    ("text", "words", "occurrence", "tokens"),
    [
        (GOLD, "ferry sank", 0, [1, 2]),
        (GOLD, "y", 0, [1]),
        (GOLD, ",", 0, []),
        ("The  ferry\nsank. The ferry had no radio, he said.", "ferry\nsank", 0, [1, 2]),
        ("Photo: The ferry sank. The ferry had no radio, he said.", "The ferry", 1, [3, 4]),
        ("THE FERRY SANK. Thé ferry’s had no radio, he said.", "FERRY SANK", 0, [1, 2]),
        ("The ferry had no radio, he said. The ferry sank.", "ferry sank", 0, [1, 2]),
        ("The ferry sank. The old ferry had no radio, he said.", "old ferry", 0, [-5, 4]),
    ],
)
def test_spans_stand_in_the_gold_text(text, words, occurrence, tokens):
    assert located(text, words, occurrence) == tokens


def test_no_span_has_no_tokens():
    assert Alignment(GOLD)(None) == frozenset()


def test_a_span_that_is_not_in_its_text_slips():
    alignment = Alignment(GOLD)
    assert sorted(alignment(ScoredSpan(start=0, end=3, text="no radio"))) == [6, 7]
    assert all(token < 0 for token in alignment(ScoredSpan(start=0, end=3, text="no captain")))
    assert len(alignment.slipped) == 2


@given(st.text("ab 'é\u0301\r\n\u00a0\u202e🙂", max_size=40), st.text("ab 'é🙂\n", max_size=40), st.data())
def test_any_span_of_any_text(gold, text, data):
    start = data.draw(st.integers(-2, len(text) + 2))
    end = data.draw(st.integers(start, len(text) + 3))
    tokens = Alignment(gold, text)(ScoredSpan(start=start, end=end, text=text[max(0, start) : max(0, end)]))
    assert all(token < 100 for token in tokens)

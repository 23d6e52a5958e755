import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InvalidSettingError
from onrecord.evaluate import MEASURES, ArticleEvaluation, Counts, Evaluation, confidence_intervals


def article(number, gold, predicted, right):
    return ArticleEvaluation(f"n{number}", True, {"claims": Counts(gold, predicted, right)}, {}, ())


ARTICLES = (article(1, 10, 10, 9), article(2, 20, 25, 10), article(3, 5, 1, 1), article(4, 8, 8, 2))


def test_the_same_seed_gives_the_same_interval():
    result = Evaluation(ARTICLES)
    one = confidence_intervals(result, 25, seed=3)
    assert one == confidence_intervals(result, 25, seed=3)
    assert one["claims"] != confidence_intervals(result, 25, seed=4)["claims"]


def test_the_interval_encloses_the_figure():
    result = Evaluation(ARTICLES)
    interval = confidence_intervals(result, 2_000)["claims"]
    assert 0 < interval.low < result["claims"].f1 < interval.high < 1


@given(st.integers(0, 9), st.integers(0, 9), st.data())
def test_one_article_has_no_spread(gold, predicted, data):
    right = data.draw(st.integers(0, min(gold, predicted)))
    result = Evaluation((article(1, gold, predicted, right),))
    interval = confidence_intervals(result, 5)["claims"]
    assert interval.low == pytest.approx(interval.high) == pytest.approx(result["claims"].f1)


def test_every_measure_has_an_interval():
    assert set(confidence_intervals(Evaluation(ARTICLES), 10)) == set(MEASURES)


@pytest.mark.parametrize(("articles", "samples"), [(ARTICLES, 0), ((), 10)])
def test_nothing_to_draw(articles, samples):
    with pytest.raises(InvalidSettingError):
        confidence_intervals(Evaluation(articles), samples)


@pytest.mark.parametrize(
    ("counts", "precision", "recall", "f1"),
    [
        ((4, 5, 3), 0.6, 0.75, 2 / 3),
        ((0, 0, 0), 1, 1, 1),
        ((0, 3, 0), 0, 0, 0),
        ((3, 0, 0), 0, 0, 0),
        ((3, 3, 0), 0, 0, 0),
    ],
)
def test_counts(counts, precision, recall, f1):
    counts = Counts(*counts)
    assert (counts.precision, counts.recall, counts.f1) == pytest.approx((precision, recall, f1))

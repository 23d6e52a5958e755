"""What benchmarks/faults/fuzz tries by the hundred thousand, here on its seeds and on what is near them."""

from unittest.mock import Mock

import pytest
from benchmarks.faults.fuzz.targets import LARGEST, TARGETS, seeds
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import Article
from onrecord.read import article_from_html


@st.composite
def near(draw, name):
    """Bytes of a seed with some of them changed, left out or doubled, or any bytes."""
    raw = draw(st.sampled_from([b"", *seeds(name)]))
    for _ in range(draw(st.integers(0, 4))):
        at, size = draw(st.integers(0, len(raw))), draw(st.integers(0, 20))
        new = draw(st.binary(max_size=8) | st.text(max_size=8).map(str.encode) | st.just(raw[at : at + size]))
        raw = raw[:at] + new + raw[at + draw(st.sampled_from([0, size])) :]
    return raw


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_keep_what_is_promised(name):
    assert seeds(name)
    for seed in seeds(name):
        assert len(seed) <= LARGEST
        TARGETS[name](seed)


def test_most_pages_to_begin_with_are_articles():
    """What fails at once reaches little, and all that is made of it reaches no more."""
    outcomes = [article_from_html(seed, "https://news.example/a") for seed in seeds("pages")]
    assert sum(isinstance(one, Article) for one in outcomes) > len(outcomes) / 2


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_is_near_them_keeps_it_too(name, data):
    TARGETS[name](data.draw(near(name)))


# What each target asks, and an answer that breaks what is promised.
BROKEN = {
    "quotations": ("find_quotations", [None]),
    "dates": ("annotations_on", [None]),
    "figures": ("annotations_on", [None]),
    "pages": ("article_from_html", None),
    "files": ("read_paths", []),
    "diff": ("diff_records", None),
}


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_sees_what_is_broken(name, monkeypatch):
    asked, answer = BROKEN[name]
    monkeypatch.setattr(f"benchmarks.faults.fuzz.targets.{asked}", Mock(return_value=answer))
    with pytest.raises((AssertionError, AttributeError)):
        TARGETS[name](seeds(name)[0])

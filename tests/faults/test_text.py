"""Texts that nobody writes: exact spans, and work and output that grow with the text and no faster.

No clock is read here: what is counted is what takes the time. Times stand in benchmarks/faults.
"""

from __future__ import annotations

import pytest
from benchmarks.faults.texts import UNITS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import Failure
from onrecord.parse import documents
from onrecord.parse.documents import LONGEST_STRETCH, annotate, tokenize
from onrecord.parse.paragraphs import Paragraphs
from onrecord.parse.quotations import find_quotations

LENGTH = 1_500


@pytest.fixture(params=UNITS)
def hostile(request):
    """A text that begins as news does and goes on with one thing, again and again, to a length."""
    unit = UNITS[request.param]
    return lambda length: "The ministry said on Monday: " + (unit * (length // len(unit) + 1))[:length]


def nested(record, claim):
    """How many claims stand around a claim."""
    depth = 0
    while claim.parent:
        claim, depth = record[claim.parent], depth + 1
    return depth


def check(record, text):
    assert record.article.text == text
    assert all(text[span.start : span.end] == span.text for span in record.spans())
    assert all(nested(record, claim) <= 8 for claim in record.claims)
    said = sum(len(span.text) for claim in record.claims for span in claim.content)
    assert said <= 10 * len(text)


def test_any_repetition_is_one_record_with_exact_spans(extractor, hostile):
    text = hostile(LENGTH)
    (outcome,) = extractor.stream([{"text": text, "published": "2024-05-14", "language": "en"}])
    if isinstance(outcome, Failure):
        assert outcome.code == "not_english"
    else:
        check(outcome, text)


def test_the_model_says_as_little_of_it(learned, hostile):
    text = hostile(LENGTH // 3)
    (outcome,) = learned.stream([{"text": text, "published": "2024-05-14", "language": "en"}])
    if isinstance(outcome, Failure):
        assert outcome.code == "not_english"
    else:
        check(outcome, text)


def test_a_claim_in_a_claim_without_end_does_not_fill_the_disk(extractor):
    """Each claim holds all that are inside it: without a bound, output grows with the square of the text."""
    sizes = []
    for count in (150, 300):
        text = "Omar Haddad denied that Vera Dahl said that " * count
        sizes.append(len(extractor.extract(text=text, language="en").model_dump_json()))
    assert sizes[1] < 2.5 * sizes[0]
    assert sizes[1] < 40 * len(text)


def test_no_stretch_reaches_the_tokenizer_whole(extractor, hostile, monkeypatch):
    """It takes time by the square of the longest stretch without white space."""
    seen = []
    make_doc = extractor.nlp.make_doc
    monkeypatch.setattr(extractor.nlp, "make_doc", lambda text: seen.append(text) or make_doc(text))
    text = hostile(5 * LONGEST_STRETCH)
    assert tokenize(extractor.nlp, text).text == text
    assert max(len(stretch) for one in seen for stretch in one.split()) <= LONGEST_STRETCH
    assert len(seen) <= 7


@pytest.mark.parametrize("sign", ['"', "“", "'", ".", "(", "-", "👍", "\u0301"])
def test_a_run_of_one_sign_is_one_word_and_quotes_nothing(extractor, sign):
    """A word for each would take time and memory for a million words where there is none."""
    text = f"{sign * 300} “We go,” she said."
    doc = tokenize(extractor.nlp, text)
    assert doc.text == text
    assert doc[0].text == sign * 300
    (quotation,) = find_quotations(text)
    assert text[quotation.start : quotation.end] == "“We go,”"


def test_ornaments_as_pages_have_them_are_no_runs(extractor):
    text = f"{'*' * 80}\nShe said so."
    assert [token.text for token in tokenize(extractor.nlp, text)] == [
        token.text for token in extractor.nlp.make_doc(text)
    ]


def test_no_sentence_is_longer_than_any_in_the_news(extractor, hostile):
    doc = Paragraphs()(tokenize(extractor.nlp, hostile(6_000)))
    starts = [token.i for token in doc if token.is_sent_start]
    words = [
        len([t for t in doc[a:b] if not t.is_space])
        for a, b in zip(starts, [*starts[1:], len(doc)], strict=True)
    ]
    assert max(words) <= 1_300


def test_an_ordinary_paragraph_is_left_to_the_parser(extractor):
    doc = Paragraphs()(tokenize(extractor.nlp, "The bridge was closed, and nobody was asked. " * 60))
    assert [token.i for token in doc if token.is_sent_start] == [0]


NEWS = "“We waited,” Vera Dahl said on Monday.  The ministry denied that 40 people died in Basra.\r\n"


@pytest.mark.parametrize("most", [30, 47, 200])
def test_a_text_that_is_parsed_in_pieces_gives_the_same_record(extractor, monkeypatch, most):
    text = "\n".join(f"Number {number}. {NEWS}" for number in range(20))
    whole = extractor.extract(text=text, published="2024-05-14")
    monkeypatch.setattr(documents, "MOST_TOKENS", most)
    in_pieces = extractor.extract(text=text, published="2024-05-14")
    assert in_pieces == whole


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.lists(
        st.one_of(st.sampled_from([NEWS, "\n", " ", "\u00a0", "''", "a" * 500]), st.text(max_size=9))
    ).map("".join),
    most=st.integers(1, 40),
)
def test_pieces_are_the_text(extractor, monkeypatch, text, most):
    monkeypatch.setattr(documents, "MOST_TOKENS", most)
    doc = annotate(extractor.nlp, tokenize(extractor.nlp, text))
    assert doc.text == text

"""Line breaks as sentence ends."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.fixture(scope="module")
def paragraphs():
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord_paragraphs")
    return nlp


# A | stands where a sentence has to start after a line break.
BROKEN = [
    "Storm closes port\n|Waves broke over the quay.",
    "Storm closes port\r\n|Waves broke over the quay.",
    "Storm closes port\r|Waves broke over the quay.",
    "Storm closes port\n\n\n|Waves broke.\n|Nobody was hurt.",
    "Storm closes port \n\t |Waves broke.",
    "Storm closes port\n\u00a0\n|“Waves broke,” he said.",
    "Storm closes port\n",
    "\n|Waves broke.",
]


@pytest.mark.parametrize("marked", BROKEN)
def test_a_line_starts_a_sentence(paragraphs, marked):
    text = marked.replace("|", "")
    expected = {at - n for n, at in enumerate(i for i, char in enumerate(marked) if char == "|")}
    doc = paragraphs(text)
    assert {token.idx for token in doc if token.is_sent_start and token.i} == expected


def test_words_within_a_line_are_left_to_the_parser(paragraphs):
    doc = paragraphs("Storm closes port. Nobody hurt.\nWaves broke.")
    assert {token.is_sent_start for token in doc[1:7]} == {None}


def test_the_parser_keeps_to_the_lines(extractor):
    doc = extractor.nlp(
        "Storm closes port as waves break\nMinister visits flooded town after night of storms"
    )
    assert [sentence.text.strip() for sentence in doc.sents] == [
        "Storm closes port as waves break",
        "Minister visits flooded town after night of storms",
    ]


@given(text=st.text(st.one_of(st.sampled_from("ab.“” \n\r\u2028\u0301🙂"), st.characters()), max_size=60))
@settings(max_examples=30)
def test_the_component_takes_any_text(paragraphs, text):
    doc = paragraphs(text)
    assert doc.text == text

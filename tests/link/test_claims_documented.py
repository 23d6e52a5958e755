"""docs/claims.md shows what onrecord makes of a sentence for each speech act; it has to be true."""

import re
from pathlib import Path
from typing import get_args

import pytest

from onrecord.records.vocabulary import SpeechAct

PAGE = Path(__file__).parents[2] / "docs" / "claims.md"
ROWS = re.findall(
    r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \| (.+?): (.+?), \*(.+)\* \|$",
    PAGE.read_text(encoding="utf-8"),
    re.MULTILINE,
)


def test_every_act_is_explained():
    assert [act for act, *_ in ROWS] == list(get_args(SpeechAct))


@pytest.mark.parametrize(("act", "sentence", "source", "cue", "content"), ROWS)
def test_each_sentence_gives_what_the_page_says(learned, act, sentence, source, cue, content):
    record = learned.extract(text=sentence)
    (claim,) = record.claims
    assert claim.speech_act == act
    assert record.source_of(claim).name == source
    assert claim.cue.text == cue
    assert " … ".join(span.text for span in claim.content) == content


@pytest.mark.parametrize(
    "sentence",
    ["The court rejected the appeal.", "Two men were admitted to hospital.", "She did not say whether."],
)
def test_what_the_page_calls_no_claim_is_none(learned, sentence):
    assert not learned.extract(text=sentence).claims

"""Claims in text that nobody would write, and lexicons that cannot be used."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.annotate.annotations import CLAIMS, ClaimAnnotation, annotations_on
from onrecord.annotate.claims.component import Claims
from onrecord.annotate.claims.lexicon import load_cues
from onrecord.errors import InvalidSettingError, LexiconError

NAMES = "Holm Lund she who we said denied accused told according to that not no warning confident by council"
MARKS = [*",.:;“”‘’'\"—-…()?!", "''", "\n", "\r\n", "\u00a0", "é", "🙂", "\u0301", "\u200f", "مارس"]
WORDS = [*NAMES.split(), *MARKS]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=30))
def test_any_order_of_cues_and_marks(extractor, words):
    text = " ".join(words)
    doc = extractor.nlp(text)
    found = annotations_on(doc, CLAIMS, ClaimAnnotation)
    for number, claim in enumerate(found):
        pieces = [*claim.content, *claim.co_sources]
        pieces += [one for one in (claim.source, claim.cue, claim.hedge, claim.medium, claim.target) if one]
        for start, end in pieces:
            assert 0 <= start < end <= len(text)
        assert sorted(claim.content) == list(claim.content)
        assert all(one[1] <= other[0] for one, other in zip(claim.content, claim.content[1:], strict=False))
        assert claim.parent is None or (claim.parent != number and 0 <= claim.parent < len(found))
        assert (claim.lemma is None) == (claim.cue is None)


def test_an_unknown_method():
    with pytest.raises(InvalidSettingError, match="dice"):
        Claims(method="dice")


BROKEN = [
    ("cue,pos,frames,act\nsay,verb,shout,statement\n", "unknown frame 'shout'"),
    ("cue,pos,frames,act\nsay,verb,clause,mumble\n", "act 'mumble'"),
    ("cue,pos,frames,act\nsay,adverb,clause,statement\n", "pos 'adverb'"),
    ("cue,pos,frames,act\nsay,verb,clause\n", "3 fields"),
    ("cue,frames,act\nsay,clause,statement\n", "columns"),
]


@pytest.mark.parametrize(("table", "message"), BROKEN)
def test_a_broken_lexicon_names_file_and_line(monkeypatch, tmp_path, table, message):
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "cues.csv").write_text(table, encoding="utf-8")
    monkeypatch.setattr("onrecord.lexicons.files", lambda _: tmp_path)
    with pytest.raises(LexiconError, match=message) as caught:
        load_cues()
    assert "claims/cues.csv" in str(caught.value)


def test_a_lexicon_that_is_not_there():
    with pytest.raises(LexiconError, match=r"claims/none\.csv"):
        load_cues(cues="claims/none.csv")


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ("", "needs about, accusation"),
        ("[answers]\noverlap = 1.0\nmood = 0.5\n", "needs about, accusation"),
    ],
)
def test_weights_of_answers_have_to_be_whole(monkeypatch, tmp_path, weights, message):
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "cues.csv").write_text("cue,pos,frames,act\nsay,verb,clause,statement\n")
    (tmp_path / "claims" / "wording.toml").write_text(weights, encoding="utf-8")
    monkeypatch.setattr("onrecord.lexicons.files", lambda _: tmp_path)
    with pytest.raises(LexiconError, match=message) as caught:
        load_cues()
    assert "claims/wording.toml" in str(caught.value)

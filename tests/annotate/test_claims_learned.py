"""The learned method: decoding and policy by hand-made scores, and the whole on plain sentences."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotate.claims.component import Claims
from onrecord.annotate.claims.learned.acts import CLASSES, ActModel
from onrecord.annotate.claims.learned.decoding import (
    B_CONTENT,
    B_SOURCE,
    I_CONTENT,
    I_SOURCE,
    ROLES,
    Weights,
    best_roles,
    cue_spans,
    spans_of,
)
from onrecord.annotate.claims.learned.geometry import geometry
from onrecord.annotate.claims.learned.policy import Calibration, load_policy
from onrecord.encode.component import EncoderComponent
from onrecord.errors import InvalidSettingError, ModelNotFoundError

PLAIN = Weights(0.0, 0.0, 0.0)
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("OBO", [(1, 2)]),
        ("BIIO", [(0, 3)]),
        ("BBO", [(0, 1), (1, 2)]),
        ("OIO", [(1, 2)]),  # an I without a B begins a cue too
        ("OOO", []),
        ("OBI", [(1, 3)]),
    ],
)
def test_cues_are_read_off_bio_scores(labels, expected):
    scores = np.full((len(labels), 3), -5.0, dtype=np.float32)
    for word, label in enumerate(labels):
        scores[word, "OBI".index(label)] = 5.0
    found = cue_spans(scores)
    assert [span[:2] for span in found] == expected
    assert all(span[2] > 0.99 for span in found)


def test_a_bias_finds_more_cues():
    scores = np.asarray([[1.0, 0.8, -3.0], [3.0, 0.0, -3.0]], dtype=np.float32)
    assert cue_spans(scores) == []
    assert [span[:2] for span in cue_spans(scores, 0.5)] == [(0, 1)]


def valid(roles, cue):
    for before, role in zip([0, *roles], roles, strict=False):
        if role == I_SOURCE and before not in (B_SOURCE, I_SOURCE):
            return False
        if role == I_CONTENT and before not in (B_CONTENT, I_CONTENT):
            return False
    return all(roles[i] == 0 for i in range(*cue))


@given(st.lists(st.floats(-4, 4, width=16), min_size=4 * ROLES, max_size=4 * ROLES), st.integers(0, 3))
@settings(max_examples=25, deadline=None)
def test_the_best_roles_are_those_of_an_exhaustive_search(values, cue):
    scores = np.asarray(values, dtype=np.float32).reshape(1, 4, ROLES)
    span = (cue, cue + 1)
    roles, _ = best_roles(scores, np.asarray([span]), PLAIN)
    logs = scores[0] - np.log(np.exp(scores[0]).sum(-1, keepdims=True))
    logs[cue, 0] = 0.0  # the cue's own words have no role, at no cost
    best = max(
        sum(logs[i, r] for i, r in enumerate(p)) for p in product(range(ROLES), repeat=4) if valid(p, span)
    )
    assert valid(roles[0].tolist(), span)
    assert sum(logs[i, r] for i, r in enumerate(roles[0])) == pytest.approx(best, abs=1e-3)


def test_spans_of_a_role():
    roles = np.asarray([B_CONTENT, I_CONTENT, 0, B_SOURCE, B_CONTENT, B_CONTENT])
    assert spans_of(roles, B_CONTENT, I_CONTENT) == [(0, 2), (4, 5), (5, 6)]
    assert spans_of(roles, B_SOURCE, I_SOURCE) == [(3, 4)]


def test_geometry_of_a_cue():
    where = geometry(np.asarray([[1, 2]]), np.asarray([0, 0, 0, 1]), np.asarray([0, 0, 1, 3]))[0]
    distances, lines, quotes = where.T.tolist()
    assert distances[0] < distances[1] < distances[2] < distances[3]
    assert lines == [3, 3, 3, 4]
    assert quotes == [0, 0, 1, 3]


def test_calibration_keeps_the_order():
    calibrated = [load_policy().calibration(p) for p in (0.0, 0.2, 0.5, 0.9, 1.0)]
    assert calibrated == sorted(calibrated)
    assert 0 < calibrated[0] < calibrated[-1] < 1
    assert Calibration(1.0, 0.0)(0.25) == pytest.approx(0.25)


def test_methods_and_weights_that_are_not_there(tmp_path):
    with pytest.raises(InvalidSettingError, match="dice"):
        Claims(method="dice")
    with pytest.raises(ModelNotFoundError, match=r"cues\.onnx"):
        Claims(method="model", weights=str(tmp_path))
    with pytest.raises(ModelNotFoundError, match=r"encoder\.onnx"):
        EncoderComponent(weights=str(tmp_path))


CASES = [
    ("“We lost the harvest,” Amara Nwosu said.", "Amara Nwosu", "said", "“We lost the harvest,”", "direct"),
    ("The minister said that taxes would rise.", "The minister", "said", "that taxes would rise", "indirect"),
    (
        "Prices rose by 4% in May, the bureau said.",
        "the bureau",
        "said",
        "Prices rose by 4% in May",
        "indirect",
    ),
    (
        "Lena Ortiz called the ruling “a step back” for tenants.",
        "Lena Ortiz",
        "called",
        "the ruling “a step back” for tenants",
        "mixed",
    ),
    (
        "According to the police, two men left the building.",
        "the police",
        "According to",
        "two men left the building",
        "indirect",
    ),
    (
        "“The river,” Jonas Berg said, “has never been this high.”",
        "Jonas Berg",
        "said",
        "“The river,” … “has never been this high.”",
        "direct",
    ),
    (
        "The company denied that it had sold the land.",
        "The company",
        "denied",
        "that it had sold the land",
        "indirect",
    ),
]


@pytest.mark.parametrize(("text", "source", "cue", "content", "quotation"), CASES)
def test_plain_sentences(learned, text, source, cue, content, quotation):
    (claim,) = learned.extract(text=text).claims
    assert claim.source.span.text == source
    assert cue in claim.cue.text
    assert " … ".join(span.text for span in claim.content) == content
    assert claim.quotation == quotation


def test_a_report_inside_a_report(learned):
    record = learned.extract(text="The mayor said that engineers had warned that the bridge could fall.")
    inner = next(claim for claim in record.claims if claim.speech_act == "warning")
    assert record[inner.parent].speech_act == "statement"
    assert record.source_of(inner).name == "engineers"


@pytest.mark.parametrize(
    "text",
    [
        "The company declined to comment on the figures.",
        "The ministry did not say when the road would open.",
        "A spokesman did not respond to a request for comment.",
    ],
)
def test_silence_is_no_claim(learned, text):
    record = learned.extract(text=text)
    assert record.claims == ()
    assert len(record.non_responses) == 1


def test_no_claim_is_lost_where_windows_meet(learned):
    filler = "The road runs along the coast past three villages and a mill.\n"
    for lines in range(14, 34, 3):
        text = filler * lines + "The mayor said that the harbour would close in June.\n" + filler * 9
        contents = [claim.content[0].text for claim in learned.extract(text=text).claims]
        assert contents == ["that the harbour would close in June"]


def test_provenance_names_the_method(learned, extractor):
    assert learned.extract(text="The mayor said no.").provenance["method"] == "model"
    assert extractor.extract(text="The mayor said no.").provenance["method"] == "rules"


def test_a_content_does_not_end_within_a_phrase(learned):
    record = learned.extract(
        text="The branch said on Wednesday that the Sula Maid had been carrying at least 38 passengers, "
        "nearly twice the 20 it was licensed for."
    )
    (claim,) = record.claims
    assert claim.content[-1].text.endswith(("38 passengers", "38 passengers,", "licensed for"))


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("The court rejected an appeal by the union.", []),
        ("Officials denied the family a visa on Monday.", []),
        ("Parliament rejected the bill by 40 votes to 38.", []),
        ("The ministry rejected the allegation.", ["rejected"]),
        ("The minister denied that the plant had leaked.", ["denied"]),
    ],
)
def test_a_decision_is_no_denial(learned, text, cues):
    claims = learned.extract(text=text).claims
    assert [claim.cue.text for claim in claims if claim.cue] == cues


def test_the_head_of_acts_overrules_the_lexicon(learned):
    (claim,) = learned.extract(text="The agency reckons the bridge would cost 30 million euros.").claims
    assert claim.speech_act == "estimate"


def test_acts_of_cues_are_probabilities(learned):
    doc = learned.nlp("The company denied that its trucks had used the road.")
    vectors = doc._.onrecord_encoding.own_lower()
    twice = np.concatenate([vectors, vectors])
    asked = np.asarray([[1, 2, 3], [12, 13, 14], [-1, 0, 1]])
    scores = ActModel(None)(twice, np.repeat([0, 1], 11), asked)
    assert scores.shape == (3, len(CLASSES))
    assert np.allclose(np.exp(scores).sum(1), 1, atol=1e-4)
    assert CLASSES[int(scores[0].argmax())] == "denial"
    # A sentence beside it changes nothing.
    assert np.allclose(scores[0], scores[1], atol=1e-3)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The treasurer pleaded not guilty to stealing the money.", "denial"),
        ("The treasurer pleaded guilty to stealing the money.", "confirmation"),
        ("The club acknowledged in a written statement that its doctor may have erred.", "confirmation"),
        ("She described the accusation as “a novel without a last chapter”.", "dismissal"),
        ("He called the figure “a guess in a suit”.", "dismissal"),
        ("Vera Dahl called the outlook “too alarmist”.", "dismissal"),
        ("Vera Dahl called the report “a wake-up call”.", "opinion"),
        ("Vera Dahl called the figures “shocking”.", "opinion"),
    ],
)
def test_acts_by_the_words_beside_the_cue(learned, text, act):
    assert [claim.speech_act for claim in learned.extract(text=text).claims] == [act]


def test_i_in_a_quotation_is_its_speaker(learned):
    record = learned.extract(
        text="“I told him that the pumps had failed,” Nurse Ana Silva said at the inquiry."
    )
    (told,) = [claim for claim in record.claims if claim.cue and claim.cue.text == "told"]
    assert told.parent is not None
    assert record.source_of(told).name == "Ana Silva"


@pytest.mark.parametrize("text", ["“I think we will win,” she said.", "“We say no to this,” he said."])
def test_what_a_speaker_says_of_now_is_no_claim_of_its_own(learned, text):
    assert len(learned.extract(text=text).claims) == 1


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (
            "Norway said that it was watching events, while Sweden called for an inquiry.",
            ["that it was watching events", "an inquiry"],
        ),
        (
            "The mayor said the bridge was safe, but residents insisted that it had cracked in May.",
            ["the bridge was safe", "that it had cracked in May"],
        ),
        (
            "Officials said that the dam had burst; farmers blamed the regulator.",
            ["that the dam had burst", "the regulator"],
        ),
        (
            "Grain accord near collapse, says UN as Kyiv accuses Moscow of blackmail\n\nMore was to follow.",
            ["Grain accord near collapse", "Moscow of blackmail"],
        ),
        ("The firm apologises to families but denies a cover-up.", ["to families", "a cover-up"]),
    ],
)
def test_a_content_ends_where_somebody_else_begins_to_speak(learned, text, contents):
    claims = learned.extract(text=text).claims
    assert [claim.content[0].text for claim in claims] == contents
    assert [claim.parent for claim in claims] == [None] * len(contents)


@pytest.mark.parametrize(
    "text",
    [
        "The envoy said that the talks had failed as Iran insisted that sanctions be lifted.",
        "Mrs Dahl said that the minister had promised aid, and that the army had confirmed it.",
    ],
)
def test_what_a_content_goes_on_to_report_stays_inside_it(learned, text):
    outer, *inner = learned.extract(text=text).claims
    assert outer.content[-1].end == len(text) - 1
    assert {claim.parent for claim in inner} == {outer.id}

"""From articles to records: hostile text, batches, processes, failures, length."""

import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import Article, ArticleRecord, Extractor, Failure, Settings, extract_many
from onrecord.errors import ExtractionError, InvalidSettingError, ModelNotFoundError

ARTICLE = (
    "Union warns of strike at Oslo port\n"
    "“We have waited long enough,” Vera Dahl, who leads the dockers’ union, said on Monday. “Nobody cares.\n"
    "“At least 1,200 members will stop work in June.”\n"
    "The port authority denied that wages had fallen 4% since 2021, according to a letter that it sent out.\n"
    "Omar Haddad, its director, declined to comment."
)

MANGLE = {
    "doubled apostrophes": lambda text: text.replace("“", "''").replace("”", "''"),
    "straight marks": lambda text: text.replace("“", '"').replace("”", '"').replace("’", "'"),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "old Mac line ends": lambda text: text.replace("\n", "\r"),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "thin and doubled spaces": lambda text: text.replace(" ", "\u2009 "),
    "zero-width spaces": lambda text: text.replace(" ", "\u200b "),
    "a zero-width joiner in every word": lambda text: text.replace("e", "e\u200d"),
    "combining marks": lambda text: text.replace("a", "a\u0301"),
    "right-to-left overrides": lambda text: text.replace("said", "\u202esaid\u202c"),
    "byte order mark": lambda text: "\ufeff" + text,
    "soft hyphens": lambda text: text.replace("port", "po\u00adrt"),
    "astral letters": lambda text: text.replace("Oslo", "𝕺𝖘𝖑𝖔"),
    "emoji between words": lambda text: text.replace(" ", " 👩‍👩‍👧 "),
    "marks never closed": lambda text: text.replace("”", ""),
    "marks never opened": lambda text: text.replace("“", ""),
    "upper case": str.upper,
    "no line ends": lambda text: text.replace("\n", " "),
    "one word a line": lambda text: text.replace(" ", "\n"),
    "line separators": lambda text: text.replace("\n", "\u2028"),
}


def check(record):
    """A record that can be used: spans slice, ids resolve, and it is read back as it is written."""
    for span in record.spans():
        assert record.article.text[span.start : span.end] == span.text
    assert ArticleRecord.model_validate_json(record.model_dump_json()) == record


@pytest.mark.parametrize("how", MANGLE)
def test_mangled_articles(each_extractor, how):
    text = MANGLE[how](ARTICLE)
    record = each_extractor.extract(text=text, published="2024-05-14")
    assert record.article.text == text
    check(record)


@pytest.mark.parametrize("how", ["straight marks", "doubled apostrophes", "CRLF", "byte order mark"])
def test_what_is_on_record_does_not_hang_on_typography(record_of, how):
    whole = record_of(ARTICLE)
    mangled = record_of(MANGLE[how](ARTICLE))
    assert [(one.cue and one.cue.text, one.speech_act) for one in mangled.claims] == [
        (one.cue and one.cue.text, one.speech_act) for one in whole.claims
    ]
    assert [one.value for one in mangled.figures] == [one.value for one in whole.figures]


PIECES = [
    *("“", "”", "''", '"', "‘", "’", "«", "»", "„"),
    *("🙂", "👨‍👩‍👧", "e\u0301", "\u200b", "\u200d", "\u202e", "مرحبا", "שלום", "\ufeff", "\u00ad", "\ufffd"),
    *("\n", "\r\n", "\r", "\u2028", "\u00a0", "\t", " "),
    *(
        " said ",
        " according to ",
        "Vera Dahl",
        " 1,200 ",
        " 4% ",
        " on Monday",
        " Oslo",
        " denied",
        ", ",
        ". ",
        ": ",
    ),
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), min_size=1, max_size=25))
def test_any_text_becomes_a_record_or_a_failure(each_extractor, pieces):
    text = "".join(pieces)
    (outcome,) = each_extractor.stream([{"text": text, "published": "2024-05-14", "language": "en"}])
    if isinstance(outcome, Failure):
        # Not a crash of the pipeline: a text that is refused for a reason.
        assert outcome.code in {"empty", "binary", "not_english", "invalid_field"}
    else:
        assert outcome.article.text == text
        check(outcome)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_an_article_with_pieces_put_in_anywhere(each_extractor, data):
    text = ARTICLE
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(st.sampled_from(PIECES)) + text[at:]
    check(each_extractor.extract(text=text, published="2024-05-14"))


def _many(count):
    """Articles that differ in length and words, so that batches fall differently."""
    lines = ARTICLE.splitlines()
    return [
        {
            "id": f"n{number}",
            "text": "\n".join((lines * 3)[number % 4 : 3 + number % 9]),
            "published": "2024-05-14",
        }
        for number in range(count)
    ]


def _digest(outcomes):
    return [hashlib.sha256(one.model_dump_json().encode()).hexdigest() for one in outcomes]


@pytest.fixture(scope="module")
def expected_bytes(each_extractor):
    return _digest(each_extractor.stream(_many(12)))


def test_the_same_bytes_one_at_a_time(each_extractor, expected_bytes, monkeypatch):
    monkeypatch.setattr("onrecord.extractor._BATCH_CHARS", 1)
    assert _digest(each_extractor.stream(_many(12))) == expected_bytes


def test_the_same_bytes_in_another_order(each_extractor, expected_bytes):
    outcomes = list(each_extractor.stream(reversed(_many(12))))
    # The provenance names the place in the stream, which did change.
    place = {outcome.article.id: outcome for outcome in outcomes}
    for number, item in enumerate(_many(12), 1):
        outcome = place[item["id"]]
        named = {
            **outcome.provenance,
            "input": {**outcome.provenance["input"], "name": f"<article {number}>"},
        }
        assert _digest([outcome.model_copy(update={"provenance": named})]) == [expected_bytes[number - 1]]


def test_the_same_bytes_from_worker_processes(each_extractor, expected_bytes, monkeypatch):
    monkeypatch.setattr("onrecord.extractor._BATCH_CHARS", 1500)  # several batches, so that both workers work
    outcomes = list(each_extractor.stream([*_many(6), {"text": " "}, *_many(12)[6:]], processes=2))
    assert outcomes.pop(6).code == "empty"
    renamed = [
        one.model_copy(
            update={"provenance": {**one.provenance, "input": {**one.provenance["input"], "name": name}}}
        )
        for one, name in zip(outcomes, (f"<article {number}>" for number in range(1, 13)), strict=True)
    ]
    assert _digest(renamed) == expected_bytes


@pytest.mark.parametrize("processes", [0, -1])
def test_processes_are_one_or_more(extractor, processes):
    with pytest.raises(InvalidSettingError, match="1 or more"):
        next(extractor.stream([], processes=processes))


BAD = [
    ({"text": ""}, "empty"),
    ({"text": " \n\t\u00a0"}, "empty"),
    ({"text": "MZ\x90\x00\x03\x00"}, "binary"),
    (
        {"text": "Le maire a dit que le pont serait fermé et que rien ne changerait pour les habitants."},
        "not_english",
    ),
    ({"text": "Мост закрыт, сказал мэр города в понедельник утром журналистам."}, "not_english"),
    ({"text": ARTICLE, "language": "fr"}, "not_english"),
    ({"text": ARTICLE, "published": "yesterday"}, "invalid_field"),
    ({"text": 42}, "invalid_field"),
    ({"text": "half \ud800 a pair"}, "invalid_field"),
    ({"title": "Nothing else"}, "no_text"),
]


def test_a_bad_item_becomes_a_failure_and_the_rest_goes_on(extractor):
    items = [item for bad, _ in BAD for item in ({**bad, "id": "bad"}, {"id": "good", "text": ARTICLE})]
    outcomes = list(extractor.stream(items))
    assert len(outcomes) == len(items)
    assert [outcome.code for outcome in outcomes[::2]] == [code for _, code in BAD]
    for number, failure in enumerate(outcomes[::2]):
        assert failure.input == f"<article {2 * number + 1}>"
        assert failure.article_id == "bad"
        assert failure.reason
    assert all(isinstance(outcome, ArticleRecord) and outcome.claims for outcome in outcomes[1::2])


def test_an_article_that_breaks_the_pipeline_is_a_failure_of_its_own(extractor, monkeypatch):
    def burn(_, doc):
        if "fire" in doc.text:
            raise RuntimeError("the component burnt down")
        return doc

    dates = extractor.nlp.get_pipe("onrecord_dates")
    monkeypatch.setattr(type(dates), "__call__", burn)
    texts = ["Vera Dahl said it rained.", "Vera Dahl said there was a fire.", "Vera Dahl said it was over."]
    first, second, third = extractor.stream(
        {"id": f"n{number}", "text": text} for number, text in enumerate(texts)
    )
    assert [len(first.claims), len(third.claims)] == [1, 1]
    assert (second.code, second.article_id, second.input) == ("extraction_failed", "n1", "<article 2>")
    assert "burnt down" in second.reason


def test_failures_pass_through(extractor):
    failure = Failure(code="fetch_failed", input="https://example.org/a", reason="timed out")
    assert next(extractor.stream([failure, Article.of(ARTICLE)])) is failure


def test_streaming_is_lazy(extractor, monkeypatch):
    """What has not been asked for is not read: a stream may be longer than memory."""
    read = []

    def endless():
        while True:
            read.append(1)
            yield {"text": ARTICLE}

    monkeypatch.setattr("onrecord.extractor._BATCH_CHARS", 2000)
    stream = extractor.stream(endless())
    next(stream)
    assert len(read) < 10


def test_extract_raises_what_stream_reports(extractor):
    with pytest.raises(ExtractionError, match="empty") as caught:
        extractor.extract(text="  ")
    assert caught.value.failure.code == "empty"
    assert caught.value.code == "extraction_failed"


@pytest.mark.parametrize("given_both", [{}, {"text": "One.", "html": "<p>Two.</p>"}])
def test_extract_takes_a_text_or_a_page(extractor, given_both):
    with pytest.raises(InvalidSettingError, match="text= or html="):
        extractor.extract(**given_both)


def test_a_text_that_is_too_long(extractor):
    short = Extractor(extractor.nlp, Settings(max_chars=100))
    with pytest.raises(ExtractionError, match="too_large"):
        short.extract(text=ARTICLE)


def test_claims_below_the_asked_confidence_are_left_out(extractor):
    many = extractor.extract(text=ARTICLE)
    bound = max(claim.confidence for claim in many.claims)
    few = Extractor(extractor.nlp, Settings(min_confidence=bound)).extract(text=ARTICLE)
    assert 0 < len(few.claims) < len(many.claims)
    assert all(claim.confidence >= bound for claim in few.claims)


def test_a_model_that_is_not_installed():
    with pytest.raises(ModelNotFoundError):
        next(iter(extract_many([{"text": ARTICLE}], settings=Settings(model="no_such_pipeline"))))


def test_provenance_says_what_would_make_the_record_again(extractor):
    record = extractor.extract(text=ARTICLE, url="https://example.org/strike")
    assert record.provenance["settings"] == extractor.settings.digest()
    assert record.provenance["method"] == extractor.nlp.get_pipe("onrecord_claims").method
    assert record.provenance["model"]["version"] == extractor.nlp.meta["version"]
    assert record.provenance["input"] == {
        "name": "https://example.org/strike",
        "line": None,
        "sha256": hashlib.sha256(ARTICLE.encode()).hexdigest(),
    }


def test_a_long_article_is_read_to_its_end(extractor):
    """Nothing is cut off: what the last sentence says is on record, and so is what the first one says."""
    filler = (
        "The river rose by {} centimetres at dawn and the ferry to the {} bank did not sail. Nobody was hurt."
    )
    words, lines = 0, ["Vera Dahl said the first lamp was lit."]
    while words < 20_000:
        lines.append(filler.format(len(lines), ("north", "south")[len(lines) % 2]))
        words += 20
    lines.append("Omar Haddad said the last lamp was out.")
    record = extractor.extract(text="\n".join(lines), published="2024-05-14")
    first, last = record.claims
    assert (record.source_of(first).name, first.content[0].text) == ("Vera Dahl", "the first lamp was lit")
    assert (record.source_of(last).name, last.content[0].text) == ("Omar Haddad", "the last lamp was out")
    assert last.content[0].end == len(record.article.text) - 1
    assert len(record.figures) >= 1000

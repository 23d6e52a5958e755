import re

import pytest
from norvik import TEXT, at

from onrecord.errors import InputNotFoundError, InvalidRecordError
from onrecord.review.gold import Gold, gold_files, read_gold_files
from onrecord.review.gold.spans import Paragraphs


@pytest.fixture
def text_of_gold(harbour):
    return Gold.of(harbour, "harbour.yaml").dump()


def gold(text):
    return Gold.parse(text, "harbour.yaml")


def said_by(diff):
    return [(one.class_, one.kind, one.path) for one in diff.differences]


def test_gold_names_items_and_spans_as_a_person_would(text_of_gold):
    assert (
        "- id: that 12 boats were missing (2)\n"
        "  quotation: indirect\n"
        "  speech_act: denial\n"
        "  source:\n"
        "    actor: Ina Berg\n"
        "    span:\n"
        "      text: Ina Berg\n"
        "      paragraph: 3\n"
        "  cue:\n"
        "    text: denied\n"
        "    paragraph: 3\n"
        "    lemma: deny\n"
        "  content:\n"
        "  - text: that 12 boats were missing\n"
        "    paragraph: 3\n"
        "  target:\n"
        "    actor: port authority\n"
        "    claim: that 12 boats were missing\n"
        "  figures:\n"
        '  - "12 (2)"\n'
    ) in text_of_gold
    assert not re.search(r"confidence|start|offset|provenance|version|polarity", text_of_gold)


def test_an_occurrence_is_counted_in_its_paragraph():
    paragraphs = Paragraphs("\n\nhe he he\n\n  \nhe\n")
    for start, paragraph, occurrence in ((2, 1, 1), (5, 1, 2), (8, 1, 3), (15, 2, 1)):
        named = paragraphs.describe(start, "he")
        assert (named["paragraph"], named.get("occurrence", 1)) == (paragraph, occurrence)
        assert paragraphs.locate("he", paragraph, occurrence) == start
    assert paragraphs.locate("he", 1, 4) is None
    assert paragraphs.locate("he", 3) is None
    assert paragraphs.describe(0, "\n\nhe") == {"text": "\n\nhe", "paragraph": 0}


def test_a_span_may_be_named_by_words_that_stand_once(harbour, text_of_gold):
    bare = text_of_gold.replace("    text: denied\n    paragraph: 3\n", "    text: denied\n")
    assert bare != text_of_gold
    assert not gold(bare).compare(harbour).differences


def test_the_digest_may_be_left_out(harbour, text_of_gold):
    bare = re.sub(r"  text_sha256: .*\n", "", text_of_gold)
    assert not gold(bare).compare(harbour).differences


BROKEN = [
    ("paragraph: 3\n    lemma", "paragraph: 2\n    lemma", "'denied' .*: the nearest stands in paragraph 3"),
    ("text: denied\n    paragraph: 3", "text: 12", "claims .*cue: '12' .*the article: it stands 2 times"),
    ("text: denied", "text: deniedly", "cue: 'deniedly' .*: it stands nowhere"),
    ("paragraph: 3\n    lemma", "paragraph: three\n    lemma", "`paragraph` has to be a number"),
    ("speech_act: denial", "speech_act: grumble", "claims.2.speech_act: Input should be 'statement'"),
    ("speech_act: denial", "speach_act: denial", "claims .*: unknown field 'speach_act'"),
    ("    claim: that 12", "    claim: this 12", "refers to 'this 12 boats were missing'"),
    ("- id: Ina Berg\n", "- id: port authority\n", "an id stands twice|refers to"),
    ("  id: harbour\n", "", "article.id: Field required"),
    ("\nclaims:", "\nclams:", "unknown key 'clams'"),
    ("\nfigures:\n", "\nfigures:\n- 12\n", "`figures` is a list of items"),
]  # fmt: skip


@pytest.mark.parametrize(("there", "instead", "reason"), BROKEN, ids=[one[1].strip() for one in BROKEN])
def test_a_slip_is_named(harbour, text_of_gold, there, instead, reason):
    assert there in text_of_gold
    with pytest.raises(InvalidRecordError, match=f"harbour.yaml: .*{reason}"):
        gold(text_of_gold.replace(there, instead, 1)).compare(harbour)


def test_spans_follow_their_paragraph_into_a_changed_article(changed, text_of_gold):
    text = "Updated.\n" + TEXT.replace("It had", "Later it rained. It had")
    now = changed(lambda _: None, text)
    assert said_by(gold(text_of_gold).compare(now)) == [("changed", "article", "text")]
    assert not gold(text_of_gold).is_of_text(now.article)
    accepted = gold(text_of_gold).accept(now)
    assert not gold(accepted.dump()).compare(now).differences
    assert "paragraph: 4" in accepted.dump()


def test_what_a_changed_article_no_longer_says_is_removed(changed, text_of_gold):
    text = TEXT.replace(" It had warned that a storm was near.", "")

    def without_warning(data):
        del data["claims"][1]
        data["actors"][0]["mentions"].pop()

    # The words that no longer stand there have to be somewhere while the rest is placed.
    now = changed(without_warning, text + "It warned that a storm was near.")
    cut = now.model_copy(
        update={"article": now.article.of(text, id="harbour", title="Gale", published="2024-05-14")}
    )
    assert said_by(gold(text_of_gold).compare(cut)) == [
        ("changed", "article", "text"),
        ("changed", "actors", "mentions"),
        ("removed", "claims", ""),
    ]
    assert not gold(gold(text_of_gold).accept(cut, ()).dump()).is_of_text(now.article)


EXCEPTIONS = {
    "  accept:\n    speech_act:\n    - dismissal\n": {"speech_act": "dismissal"},
    "  ignore:\n  - speech_act\n": {"speech_act": "opinion"},
    "  ignore:\n  - cue\n": {"cue": None},
}


@pytest.mark.parametrize("exception", EXCEPTIONS)
def test_exceptions_are_no_differences_and_stay(text_of_gold, changed, exception):
    behind = "  speech_act: denial\n"
    excepted = text_of_gold.replace(behind, behind + exception)
    now = changed(lambda data: data["claims"][2].update(EXCEPTIONS[exception]))
    assert gold(text_of_gold).compare(now).differences
    assert not gold(excepted).compare(now).differences
    assert gold(excepted).accept(now).dump() == excepted


def test_optional_items_may_be_missing_and_stay(text_of_gold, changed):
    behind = "- id: Norvik\n"
    excepted = text_of_gold.replace(behind, f"{behind}  optional: true\n")
    now = changed(lambda data: data.update(places=[]))
    assert said_by(gold(text_of_gold).compare(now)) == [("removed", "places", "")]
    assert not gold(excepted).compare(now).differences
    assert gold(excepted).accept(now).dump() == excepted


def test_kinds_and_fields_can_be_ignored_in_a_whole_file(text_of_gold, changed):
    def change(data):
        data.update(disputes=[])
        data["figures"][0]["value"] = 13
        data["figures"][1]["modifier"] = "approximate"

    excepted = f"ignore:\n- disputes\n- figures.value\n{text_of_gold}"
    now = changed(change)
    assert said_by(gold(excepted).compare(now)) == [("changed", "figures", "modifier")]
    accepted = gold(excepted).accept(now).dump()
    assert accepted.startswith("ignore:\n- disputes\n- figures.value\n")
    assert "disputes:\n- id: missing boats" in accepted
    assert "value: 12" in accepted
    assert "modifier: approximate" in accepted


@pytest.mark.parametrize(
    ("behind", "slip", "reason"),
    [
        ("  speech_act: denial\n", "  optional: maybe\n", "`optional` is true or false"),
        ("  speech_act: denial\n", "  ignore: cue\n", "`ignore` is a list"),
        (
            "  speech_act: denial\n",
            "  accept:\n    speech_act: dismissal\n",
            "`accept` gives a list of values",
        ),
    ],
)
def test_a_slip_in_an_exception_is_named(text_of_gold, behind, slip, reason):
    with pytest.raises(InvalidRecordError, match=reason):
        gold(text_of_gold.replace(behind, behind + slip))


def test_new_items_stand_behind_what_they_follow(harbour, text_of_gold, changed):
    def insert(data):
        data["claims"].insert(
            1, {**data["claims"][1], "id": "c9", "content": [at("that two crews were late")]}
        )

    accepted = gold(text_of_gold).accept(changed(insert)).dump()
    ids = re.findall(r"^- id: (.*)$", accepted[accepted.index("\nclaims:") :], re.MULTILINE)
    assert ids[:3] == ["that 12 boats were missing", "that two crews were late", "that a storm was near"]


def test_files_of_a_folder_are_read_by_article(tmp_path, text_of_gold):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "one.yaml").write_text(text_of_gold)
    assert gold_files(tmp_path) == [tmp_path / "deep" / "one.yaml"]
    assert list(read_gold_files(tmp_path)) == ["harbour"]
    (tmp_path / "two.yaml").write_text(text_of_gold)
    with pytest.raises(InvalidRecordError, match="article 'harbour' has gold in"):
        read_gold_files(tmp_path)
    with pytest.raises(InputNotFoundError, match="no gold there"):
        read_gold_files(tmp_path / "none")
    (tmp_path / "two.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(InvalidRecordError, match="not UTF-8"):
        Gold.read(tmp_path / "two.yaml")

import json
from pathlib import Path

import pytest

from onrecord.errors import InputNotFoundError, InvalidRecordError
from onrecord.evaluate import MEASURES, evaluate, gold_problems, read_golds, read_predictions

CORPUS_GOLD = Path(__file__).parents[2] / "corpus" / "gold"


def test_a_sound_record_has_no_problems(gold):
    gold["claims"][0].update(optional=True, accept={"speech_act": ["statement"]}, note="the headline")
    assert gold_problems(gold) == []


BROKEN = {
    "a span that does not slice": (lambda r: r["figures"][0].update(start=3), "is not 'about 300 litres'"),
    "an id that is not there": (lambda r: r["claims"][1].update(said="d9"), "d9"),
    "an id that stands twice": (lambda r: r["claims"][1].update(id="c1"), "twice"),
    "an unknown act": (lambda r: r["claims"][0].update(speech_act="mumble"), "claims.0.speech_act"),
    "no content": (lambda r: r["claims"][0].update(content=[]), "claims.0.content"),
    "another text": (lambda r: r["article"].update(text=r["article"]["text"] + " More."), "text_sha256"),
    "a date that is none": (lambda r: r["article"].update(published="June 2024"), "published"),
    "at least without a bound": (lambda r: r["figures"][1].update(value=40, low=None), "f2: at_least"),
    "an exact number with a bound": (lambda r: r["figures"][0].update(high=310), "f1: approximate"),
    "an accusation of nobody": (
        lambda r: r["claims"][3].update(speech_act="accusation"),
        "c4: an accusation without a target",
    ),
    "a cue inside the content": (
        lambda r: r["claims"][4].update(cue=r["figures"][1] | {"lemma": "die"}),
        "stands inside the content",
    ),
    "a source that is not mentioned there": (
        lambda r: r["claims"][2]["source"].update(actor="a4"),
        "c3: no mention of a4",
    ),
    "a claim that is its own parent": (lambda r: r["claims"][4].update(parent="c5"), "c5: its own parent"),
    "a figure not listed": (lambda r: r["claims"][4].update(figures=[]), "c5.figures"),
    "a broken accept": (lambda r: r["claims"][0].update(accept={"target": "perhaps"}), "accept.target"),
}


@pytest.mark.parametrize(("spoil", "said"), BROKEN.values(), ids=BROKEN)
def test_problems_are_named(gold, spoil, said):
    spoil(gold)
    problems = gold_problems(gold)
    assert problems
    assert said in " ".join(problems)


def test_gold_that_is_not_sound_is_refused(tmp_path, gold):
    gold["claims"][4]["figures"] = []
    tmp_path.joinpath("harbour.json").write_text(json.dumps(gold), encoding="utf-8")
    with pytest.raises(InvalidRecordError, match=r"harbour\.json: c5\.figures"):
        read_golds(tmp_path)


def test_one_article_twice_in_the_gold_is_refused(tmp_path, gold):
    tmp_path.joinpath("gold.jsonl").write_text(json.dumps(gold) + "\n" + json.dumps(gold), encoding="utf-8")
    with pytest.raises(InvalidRecordError, match="twice"):
        read_golds(tmp_path / "gold.jsonl")


@pytest.mark.parametrize("form", ["folder", "json", "list", "jsonl", "bom"])
def test_forms_of_files(tmp_path, gold, form):
    line = json.dumps(gold, ensure_ascii=False)
    path, content = {
        "folder": ("harbour.json", line),
        "json": ("x.json", json.dumps(gold, indent=2)),
        "list": ("x.json", f"[{line}]"),
        "jsonl": ("x.jsonl", f"\n{line}\n\n"),
        "bom": ("x.jsonl", "\ufeff" + line),
    }[form]
    tmp_path.joinpath(path).write_text(content, encoding="utf-8")
    named = tmp_path if form == "folder" else tmp_path / path
    assert read_golds(named) == [gold]
    assert read_predictions(named) == [gold]


@pytest.mark.parametrize(
    ("content", "error", "said"),
    [
        ("", InputNotFoundError, "no records"),
        ('{"article": {}}\n{"article"', InvalidRecordError, "x.jsonl:2: not JSON"),
        ('{"text": "an article, not a record"}', InvalidRecordError, "not an ArticleRecord"),
        ("[1, 2]", InvalidRecordError, "record 1: not an ArticleRecord"),
        (b"\xff\xfe\x00", InvalidRecordError, "not UTF-8"),
        ("[" * 200_000, InvalidRecordError, "not JSON"),
    ],
)
def test_what_cannot_be_read(tmp_path, content, error, said):
    path = tmp_path / "x.jsonl"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(error, match=said):
        read_predictions(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputNotFoundError, match="nowhere"):
        read_golds(tmp_path / "nowhere.json")


def test_the_gold_of_the_corpus_is_sound_and_scores_itself_perfectly():
    golds = read_golds(CORPUS_GOLD)
    result = evaluate(golds, golds)
    assert {measure: result[measure].f1 for measure in MEASURES} == dict.fromkeys(MEASURES, 1.0)

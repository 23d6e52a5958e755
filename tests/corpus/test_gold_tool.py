"""The gold tool: what it fills in, and what it finds wrong."""

import importlib
import json
import shutil
from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[2] / "corpus"
GOLD = sorted((CORPUS / "gold").glob("*.json"))


@pytest.fixture(scope="module")
def tool():
    """Load the script as Python does when it runs it: with its folder on the path."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(CORPUS))
        yield importlib.import_module("gold")


@pytest.fixture
def copy(tmp_path):
    """A corpus of one article, whose gold a test may spoil: call it with the new record."""
    shutil.copytree(CORPUS / "articles", tmp_path / "articles")
    (tmp_path / "gold").mkdir()

    def write(record, name="council"):
        file = tmp_path / "gold" / f"{name}.json"
        file.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
        return file

    return write


def _record(name="council"):
    return json.loads((CORPUS / "gold" / f"{name}.json").read_text(encoding="utf-8"))


def test_the_corpus_is_sound(tool, capsys):
    assert tool.run_check(CORPUS / "gold") == 0
    table = capsys.readouterr().out
    assert all(file.stem in table for file in GOLD)


def _bare(tool, record):
    """What a person would write: words and occurrences for spans, names for ids, nothing worked out."""
    text = record["article"]["text"]
    for kind in (*tool.LETTERS, "non_responses"):
        for item in record[kind]:
            for span in tool.spans_of(kind, item):
                span["occurrence"] = text.count(span["text"], 0, span["start"]) + 1
                del span["start"], span["end"]
    for _, holder, key, _ in tool.all_references(record):
        value = holder.get(key) if isinstance(holder, dict) else holder[key]
        holder[key] = f"my-{value}" if value else None
    for kind, item in tool.items(record):
        item["id"] = f"my-{item['id']}"
        for field in ("actors", "places", "dates", "figures") if kind == "claims" else ():
            del item[field]
    for field in ("polarity", "hedge", "medium", "co_sources"):
        for claim in record["claims"]:
            if not claim[field] or claim[field] == "positive":
                del claim[field]
    record["article"]["text_sha256"] = ""
    return record


@pytest.mark.parametrize("file", GOLD, ids=lambda file: file.stem)
def test_fill_restores_what_it_can_work_out(tool, file, copy):
    filled = copy(_bare(tool, _record(file.stem)), file.stem)
    assert tool.run_fill([filled]) == 0
    assert filled.read_text(encoding="utf-8") == file.read_text(encoding="utf-8")


def test_fill_sorts_and_renumbers(tool, copy):
    record = _record()
    record["claims"].reverse()
    record["actors"].reverse()
    file = copy(record)
    assert tool.run_fill([file]) == 0
    assert json.loads(file.read_text(encoding="utf-8")) == _record()


def test_an_edited_span_moves(tool, copy):
    record = _record()
    wanted = record["claims"][0]["source"]["span"]
    wanted["text"] = "Colleen Truax"
    file = copy(record)
    assert tool.run_fill([file]) == 0
    span = json.loads(file.read_text(encoding="utf-8"))["claims"][0]["source"]["span"]
    assert record["article"]["text"][span["start"] : span["end"]] == "Colleen Truax"


@pytest.mark.parametrize(
    ("span", "message"),
    [
        ({"text": "Pillai"}, "stands 3 times in the text: give its occurrence"),
        ({"text": "Pillai", "occurrence": 4}, "stands 3 times in the text, not 4"),
        ({"text": "Pilay"}, "is not in the text"),
    ],
)
def test_a_span_that_cannot_be_found(tool, copy, capsys, span, message):
    record = _record()
    record["claims"][0]["source"]["span"] = span
    file = copy(record)
    before = file.read_bytes()
    assert tool.run_fill([file]) == 1
    assert message in capsys.readouterr().out
    assert file.read_bytes() == before


def _first(record, kind, **values):
    return next(i for i in record[kind] if all(i[field] == value for field, value in values.items()))


SPOILED = {
    "offset": (lambda r: r["claims"][0]["content"][0].update(start=0), "span 0-"),
    "reference": (lambda r: r["claims"][0].update(said="d99"), "'d99'"),
    "kind of reference": (lambda r: r["claims"][0].update(said="a1"), "said refers to 'a1'"),
    "speech act": (lambda r: r["claims"][0].update(speech_act="mumble"), "speech_act"),
    "order": (lambda r: r["dates"].reverse(), "dates: ids are not d1, d2"),
    "hash": (lambda r: r["article"].update(text_sha256=""), "text_sha256"),
    "bounds": (lambda r: r["figures"][0].update(low=3.0), "f1: exact with"),
    "claim contents": (lambda r: r["claims"][1].update(figures=[]), "c2.figures"),
    "accusation": (
        lambda r: _first(r, "claims", speech_act="accusation").update(target=None),
        "an accusation without a target",
    ),
    "target": (
        lambda r: r["claims"][0].update(target={"actor": "a1", "claim": None}),
        "c1: a statement with a target",
    ),
    "source": (lambda r: r["claims"][0]["source"].update(actor="a1"), "no mention of a1"),
    "quotation": (lambda r: r["claims"][0].update(quotation="indirect"), "c1: indirect, but"),
    "day": (lambda r: _first(r, "dates", timex="2025-12-10").update(latest="2025-12-11"), "timex 2025-12-10"),
    "name": (lambda r: r["actors"][0].update(name="Town Council"), "a1: 'Town Council' is not in the text"),
    "field": (lambda r: r["figures"][0].pop("when"), "f1: fields ['when']"),
    "accept": (lambda r: r["figures"][0].update(accept={"size": [1]}), "f1: accept: 'size'"),
    "article": (lambda r: r["article"].update(site="Another Ledger"), "site is not that of council.json"),
}


@pytest.mark.parametrize(("spoil", "message"), SPOILED.values(), ids=SPOILED)
def test_check_finds(tool, copy, capsys, spoil, message):
    record = _record()
    spoil(record)
    assert tool.run_check(copy(record).parent) == 1
    out = capsys.readouterr().out
    assert message in out
    assert all(line.startswith("council.json: ") for line in out.splitlines())


def test_a_page_that_lacks_a_line_of_the_gold(tool, copy, capsys):
    file = copy(_record("court"), "court")
    page = file.parent.parent / "articles" / "court.html"
    page.write_text(page.read_text(encoding="utf-8").replace("Twelve minutes", "Too late"), encoding="utf-8")
    assert tool.run_check(file.parent) == 1
    assert "court.json: article: not a block of court.html" in capsys.readouterr().out


def test_a_file_that_is_not_json(tool, copy, capsys):
    file = copy(_record())
    file.write_text("{", encoding="utf-8")
    assert tool.run_check(file.parent) == 1
    assert tool.run_fill([file]) == 1
    assert capsys.readouterr().out.count("council.json: line 1: not JSON") == 2

"""What a user meets: the names of the package, one article, many articles, records as files and rows."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import onrecord
from onrecord.errors import ExtractionError, OnRecordError
from onrecord.records.rows import ROW_FIELDS

TEXT = (
    "Dockers will strike in June, the union said on Monday.\n"
    "“At least 1,200 members will stop work at Oslo port,” Vera Dahl told reporters."
)
PAGE = "<html><head><title>Dockers to strike</title></head><body><article>{}</article></body></html>"


@pytest.fixture(scope="module", autouse=True)
def _one_extractor(extractor):
    """`onrecord.extract` shares what the other tests have loaded already."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("onrecord.extractor.Extractor.load", lambda _: extractor)
        yield


@pytest.fixture(scope="module")
def record():
    return onrecord.extract(text=TEXT, published="2024-05-14", title="Dockers to strike", site="Harbour Post")


def test_one_article(record):
    first, second = record.claims
    assert record.source_of(second).name == "Vera Dahl"
    assert second.speech_act == "statement"
    assert second.quotation == "direct"
    assert record[second.figures[0]].text == "At least 1,200"
    assert record[second.places[0]].name == "Oslo"
    assert record[first.said].earliest == "2024-05-13"
    assert record["a1"] is record.actors[0]
    assert "c2" in record
    assert "c3" not in record
    with pytest.raises(KeyError):
        record["c3"]


def test_the_text_is_kept_character_for_character(record):
    assert record.article.text == TEXT
    assert record.article.title == "Dockers to strike"
    assert record.article.published == "2024-05-14"


def test_a_page():
    record = onrecord.extract(html=PAGE.format("".join(f"<p>{line}</p>" for line in TEXT.splitlines()) * 3))
    assert record.article.title == "Dockers to strike"
    assert record.claims


def test_the_flat_table(record):
    rows = record.to_rows()
    assert [row["source_name"] for row in rows] == [record.source_of(claim).name for claim in record.claims]
    assert tuple(rows[1]) == ROW_FIELDS
    assert rows[1]["figures"] == ["At least 1,200"]
    assert rows[0]["said_earliest"] == rows[0]["said_latest"] == "2024-05-13"
    assert rows[1]["start"] == TEXT.index("“")
    assert json.dumps(rows)


def test_a_record_is_a_line_of_json(record, tmp_path):
    line = record.model_dump_json()
    assert "\n" not in line
    (tmp_path / "records.jsonl").write_text(line + "\n", encoding="utf-8")
    assert list(onrecord.read_records(tmp_path / "records.jsonl")) == [record]


def test_many_articles():
    articles = [{"id": "one", "text": TEXT}, {"id": "none", "text": ""}, onrecord.Article.of(TEXT, id="two")]
    outcomes = list(onrecord.extract_many(articles))
    assert [type(one).__name__ for one in outcomes] == ["ArticleRecord", "Failure", "ArticleRecord"]
    assert [outcomes[0].article.id, outcomes[1].article_id, outcomes[2].article.id] == ["one", "none", "two"]


def test_files_and_folders(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.json").write_text(json.dumps({"text": TEXT, "published": "2024-05-14"}), encoding="utf-8")
    (tmp_path / "c.txt").write_bytes(b"\x00\x01\x02")
    outcomes = list(onrecord.extract_many(onrecord.read_paths([tmp_path])))
    assert [getattr(one, "code", "record") for one in outcomes] == ["record", "record", "binary"]
    assert outcomes[1].provenance["input"]["name"].endswith("b.json")


def test_one_root_for_all_errors():
    with pytest.raises(onrecord.OnRecordError) as caught:
        onrecord.extract(text="")
    assert type(caught.value) is ExtractionError
    assert onrecord.OnRecordError is OnRecordError


def test_an_unknown_name():
    with pytest.raises(AttributeError, match="no attribute 'extrac'"):
        onrecord.extrac  # noqa: B018


def test_every_public_name_is_there():
    assert {name: hasattr(onrecord, name) for name in onrecord.__all__} == dict.fromkeys(
        onrecord.__all__, True
    )


def test_importing_the_package_costs_nothing():
    heavy = "spacy", "pydantic", "trafilatura", "duckdb", "pyarrow", "numpy"
    code = f"import sys, onrecord; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_package_file_stays_short():
    assert len(Path(onrecord.__file__).read_text(encoding="utf-8").splitlines()) < 40

"""What articles of a real run say against one another, and what is none of it."""

import json
import shutil
from itertools import chain
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from lxml import html

from onrecord import Settings
from onrecord.archive import Limits, RunOptions, run_archive, run_disputes
from onrecord.archive.disputes.lexicon import Measured, load_matters
from onrecord.errors import InputNotFoundError, LexiconError
from onrecord.records.across import ArchiveDispute

ARTICLES = json.loads(Path(__file__).with_name("disputed_articles.json").read_text(encoding="utf-8"))
SPILL, UNRELATED = ({row["id"] for row in ARTICLES[matter]} for matter in ("spill", "unrelated"))


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """Run over all of the articles, by rules; give the folder."""
    folder = tmp_path_factory.mktemp("archive")
    source = folder / "articles.jsonl"
    rows = [
        {**row, "text": f"{row['title']}\n{row['text']}", "site": "News"}
        | {"url": f"https://news.example/{row['id'].replace(' ', '-')}"}
        for row in chain.from_iterable(ARTICLES.values())
    ]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    options = RunOptions((str(source),), settings=Settings(method="rules"))
    run_archive(folder / "run", options, Limits(workers=1))
    return folder / "run"


@pytest.fixture(scope="module")
def found(archive):
    return run_disputes(archive)


def articles(side):
    return [reference.article_id for one in side.statements for reference in one.articles]


def test_figures_of_different_articles_are_held_against_one_another(found):
    (toll,) = [dispute for dispute in found if dispute.matter.startswith("number of people")]
    assert toll.matter == "number of people (dead), Manbij"
    assert [(side.figure, articles(side)) for side in toll.sides] == [
        ("12 people", ["army", "wire"]),
        ("at least 38 people", ["doctors"]),
        ("40 people", ["watch", "wire"]),
    ]
    assert toll.sides[1].statements[0].sources == ("Doctors", "nurses")


def test_a_denial_stands_beside_the_claim_of_another_article(found):
    (denied,) = [dispute for dispute in found if "aircraft" in dispute.matter]
    assert [(side.stance, articles(side)) for side in denied.sides] == [
        ("asserts", ["watch"]),
        ("denies", ["army"]),
    ]
    assert denied.matter == "aircraft had bombed the market in Manbij"


def test_amounts_are_held_against_one_another_and_what_was_warned_of(found):
    about = [dispute for dispute in found if set(articles(dispute.sides[0])) <= SPILL]
    about.sort(key=lambda dispute: not dispute.sides[0].figure)
    assert [[(side.stance, side.figure, articles(side)) for side in one.sides] for one in about] == [
        [
            ("asserts", "300 litres of oil", ["company on the spill"]),
            ("asserts", "2,000 litres of oil", ["watch on the spill"]),
        ],
        [
            ("asserts", None, ["watch on the spill"]),
            ("denies", None, ["company on the spill"]),
        ],
    ]


def test_a_copy_is_no_side_and_is_counted(found):
    references = {
        one.article_id: one
        for dispute in found
        for side in dispute.sides
        for s in side.statements
        for one in s.articles
    }
    assert "copy" not in references
    assert references["watch"].copies == 1
    assert references["army"].copies == 0


@pytest.mark.parametrize("score", [None, 0.0])
def test_what_is_not_related_is_not_grouped(archive, score):
    named = {
        name
        for dispute in run_disputes(archive, min_score=score)
        for side in dispute.sides
        for name in articles(side)
    }
    assert not named & {"another matter", "a ferry", "another year"}
    if score is None:
        assert not named & UNRELATED


def test_a_higher_score_leaves_fewer_disputes(archive, found):
    highest = max(dispute.score for dispute in found)
    assert found == sorted(found, key=lambda dispute: -dispute.score)
    assert [dispute.score for dispute in run_disputes(archive, min_score=highest)] == [highest]
    assert run_disputes(archive, min_score=1.0) == []


def test_the_command_shows_a_table_json_and_a_page(command, archive, found):
    code, table, err = command("disputes", archive)
    assert (code, err) == (0, "")
    assert "number of people (dead), Manbij" in table
    assert "at least 38" in table

    _, printed, _ = command("disputes", archive, "--format", "json")
    assert [ArchiveDispute.model_validate(row) for row in json.loads(printed)["disputes"]] == found

    _, page, _ = command("disputes", archive, "--format", "html")
    tree = html.document_fromstring(page.encode("utf-8"))
    assert [one.text_content() for one in tree.xpath("//h2")] == [dispute.matter for dispute in found]
    assert "https://news.example/army" in tree.xpath("//section//a/@href")

    assert command("disputes", archive, "--min-score", "1")[1] == "no two articles contradict one another\n"
    assert command("disputes", archive, "--min-score", "2")[0] == 2


def test_a_folder_without_a_run_is_an_error(command, tmp_path):
    with pytest.raises(InputNotFoundError):
        run_disputes(tmp_path)
    assert command("disputes", tmp_path)[0] == 2


def test_tables_that_cannot_be_read_are_an_error(command, archive, tmp_path):
    shutil.copytree(archive, tmp_path / "run")
    (shard,) = (tmp_path / "run" / "records").iterdir()
    rows = pq.read_table(shard)
    column = rows.schema.get_field_index("record")
    pq.write_table(rows.set_column(column, "record", [["{"] * len(rows)]), shard)
    code, _, err = command("disputes", tmp_path / "run")
    assert code == 2
    assert "cannot be read" in err


MEASURES = [
    ("civilian kill", Measured("dead", "civilian")),
    ("person die", Measured("dead", None)),
    ("toll put_at", Measured("dead", None)),
    ("oil spill", Measured("spilled", "oil")),
    ("leak", Measured("spilled", None)),
    ("unemployment fall", Measured(None, "unemployment")),
    ("bridge cost", Measured("cost", "bridge")),
    ("sheep graze", Measured("graze", "sheep")),
    ("be", Measured(None, None)),
    (None, Measured(None, None)),
]


@pytest.mark.parametrize(("measure", "expected"), MEASURES)
def test_what_a_measure_measures(measure, expected):
    assert load_matters().measured(measure) == expected


BROKEN = {
    "a table is missing": lambda tables: tables.pop("wholes"),
    "a weight is missing": lambda tables: tables["figures"].pop("place"),
    "a weight is no number": lambda tables: tables["denials"].update(topic="much"),
    "weights that add up to more than 1": lambda tables: tables["figures"].update(place=0.9),
    "an unknown limit": lambda tables: tables["limits"].update(weeks=3),
}


@pytest.mark.parametrize("spoil", BROKEN.values(), ids=BROKEN)
def test_a_broken_lexicon_is_named(monkeypatch, spoil):
    from onrecord.archive.disputes import lexicon

    tables = lexicon.read_toml("disputes/matters.toml")
    spoil(tables)
    monkeypatch.setattr(lexicon, "read_toml", lambda _path: tables)
    with pytest.raises(LexiconError, match=r"disputes/matters\.toml"):
        load_matters()

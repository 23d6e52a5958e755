"""What articles of a real run say against one another, and what is none of it."""

import json

import pytest
from lxml import html

from onrecord import Settings
from onrecord.archive import Limits, RunOptions, run_archive, run_disputes
from onrecord.archive.disputes.lexicon import Measured, load_matters
from onrecord.errors import InputNotFoundError, LexiconError
from onrecord.records.across import ArchiveDispute

STRIKE = {
    "watch": (
        "Dozens feared dead in air strike on Manbij market",
        "2024-05-14",
        "An air strike hit the livestock market in Manbij on Monday, witnesses said. Relief Watch said that"
        " 40 people had been killed in Manbij. The army said its aircraft had bombed the livestock market by"
        " mistake. Omar Haddad, who sells sheep there, said the stalls burned for hours.",
    ),
    "army": (
        "Army says 12 killed at livestock market",
        "2024-05-15",
        "The army said on Tuesday that 12 people were killed in Manbij, where its aircraft struck the"
        " livestock market a day earlier. The defence ministry denied that aircraft had bombed the market in"
        " Manbij. Colonel Samir Darwish said an inquiry had begun.",
    ),
    "doctors": (
        "Manbij counts its dead",
        "2024-05-16",
        "Doctors and nurses at the clinic said at least 38 people had died after the strike on the livestock"
        " market. Relief Watch called for an inquiry into the raid. The town’s sheep traders buried their"
        " relatives on Wednesday.",
    ),
}
STRIKE["copy"] = STRIKE["watch"]
STRIKE["wire"] = (
    "Toll of market raid disputed",
    "2024-05-15",
    "Agencies differ on the air strike on the livestock market in Manbij. Relief Watch said that 40 people"
    " had been killed in Manbij. The army said on Tuesday that 12 people were killed in Manbij, where its"
    " aircraft struck the livestock market a day earlier.",
)

UNRELATED = {
    "another place": (
        "Bus crash kills pilgrims",
        "2024-05-14",
        "A bus carrying pilgrims overturned near Homs in Syria on Monday. Police said 31 people were killed."
        " The driver denied that he had been speeding.",
    ),
    "another event there": (
        "Textile mill burns down",
        "2024-05-15",
        "A fire gutted a textile mill in Manbij on Tuesday. Firefighters said three people were killed. The"
        " owner denied that exits had been locked.",
    ),
    "another year": (
        "Air strike on Manbij livestock market",
        "2022-03-02",
        "An air strike hit the livestock market in Manbij. The opposition said that 7 people were killed.",
    ),
    "another matter": (
        "Bank raises rates",
        "2024-05-15",
        "The central bank raised its rate to 5 percent on Tuesday. Economists said inflation stood at 7"
        " percent in April. The bank denied that it had been slow.",
    ),
    "a ferry": (
        "Ferry sinks off Lombok",
        "2024-05-15",
        "A ferry sank off Lombok in heavy seas on Tuesday. Rescuers said 25 people had died. The shipping"
        " company said 9 people had died and that the weather had turned suddenly.",
    ),
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """Run over all of the articles, by rules; give the folder."""
    folder = tmp_path_factory.mktemp("archive")
    source = folder / "articles.jsonl"
    rows = [
        {"id": name, "title": title, "published": published, "text": f"{title}\n{text}"}
        | {"url": f"https://news.example/{name.replace(' ', '-')}", "site": "News"}
        for name, (title, published, text) in (STRIKE | UNRELATED).items()
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
    (toll,) = [dispute for dispute in found if dispute.sides[0].figure]
    assert toll.matter == "number of people (dead), Manbij"
    assert [(side.figure, articles(side)) for side in toll.sides] == [
        ("12 people", ["army", "wire"]),
        ("at least 38 people", ["doctors"]),
        ("40 people", ["watch", "wire"]),
    ]
    assert toll.sides[1].statements[0].sources == ("Doctors", "nurses")


def test_a_denial_stands_beside_the_claim_of_another_article(found):
    (denied,) = [dispute for dispute in found if not dispute.sides[0].figure]
    assert [(side.stance, articles(side)) for side in denied.sides] == [
        ("asserts", ["watch"]),
        ("denies", ["army"]),
    ]
    assert denied.matter == "its aircraft had bombed the livestock market by mistake"


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
        assert not named & UNRELATED.keys()


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

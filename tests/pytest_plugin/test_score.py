"""`claims.score(...).at_least(...)` and its floors."""

import json

import pytest

pytest_plugins = ["pytester"]

SCORE = "def test_score(claims):\n    claims.score('gold').at_least({})\n"


@pytest.fixture
def scored(project):
    """A project with whole gold records: two of its claims are found, a third is not."""
    from fake_extractor import FakeExtractor

    from onrecord.records import Article

    text = "Ada Okafor said that 40 wells ran dry.\nBo Lund denied that the dam leaked.\n"
    record = next(FakeExtractor().stream([Article.of(text, id="dam")])).model_dump(mode="json")
    start = text.index("the dam")
    missed = {
        **record["claims"][0],
        "id": "c9",
        "content": [{"start": start, "end": start + 7, "text": "the dam"}],
        "figures": [],
    }
    record["claims"].append(missed)
    (project.path / "gold").mkdir()
    (project.path / "gold" / "dam.json").write_text(json.dumps(record))
    return project


def test_enough_passes_and_check_writes_no_floors(scored):
    scored.test(SCORE.format("claims=0.79, figures=1.0"))
    scored.run().assert_outcomes(passed=1)
    assert not (scored.path / "gold" / "floors.toml").exists()


def test_too_little_fails_with_the_numbers(scored):
    scored.test(SCORE.format("claims=0.9, figures=1.0"))
    result = scored.run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["claims: 80.00% is below 90.00%, which the test asks for"])


def test_accept_keeps_floors_and_raises_them(scored):
    floors = scored.path / "gold" / "floors.toml"
    floors.write_text("# ours\nclaims = 0.5\ndates = 0.25\n")
    scored.test(SCORE.format("claims=0.1, figures=0.1"))
    result = scored.run("--claims=accept")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["gold written: gold/floors.toml"])
    assert [line for line in floors.read_text().splitlines() if not line.startswith("#")] == [
        "claims = 0.8",
        "figures = 1.0",
        "dates = 0.25",
    ]


@pytest.mark.parametrize("option", ["--claims=check", "--claims=accept"])
def test_a_floor_is_never_lowered(scored, option):
    floors = scored.path / "gold" / "floors.toml"
    floors.write_text("claims = 0.95\n")
    scored.test(SCORE.format("claims=0.1"))
    result = scored.run(option)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["claims: 80.00% is below 95.00%, the floor in gold/floors.toml"])
    assert floors.read_text() == "claims = 0.95\n"


def test_without_measures_the_floors_are_held(scored):
    (scored.path / "gold" / "floors.toml").write_text("figures = 1.0\nclaims = 0.81\n")
    scored.test(SCORE.format(""))
    scored.run().assert_outcomes(failed=1)


@pytest.mark.parametrize("content", ["claims = 2\n", "clams = 0.5\n", "claims = \n", "claims = 'x'\n"])
def test_floors_that_make_no_sense_are_refused(scored, content):
    (scored.path / "gold" / "floors.toml").write_text(content)
    scored.test(SCORE.format("claims=0.1"))
    result = scored.run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["gold/floors.toml: *"])


def test_an_unknown_measure_is_named(scored):
    scored.test(SCORE.format("clams=0.1"))
    result = scored.run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["no such measure: clams; there are claims, claim_source, *"])


def test_gold_that_is_not_there_is_named(project):
    project.test(SCORE.format("claims=0.1"))
    project.run().assert_outcomes(failed=1)

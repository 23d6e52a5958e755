"""The plugin with `-k`, parametrization and xdist."""

import pytest

pytest_plugins = ["pytester"]

TWO = """
import pytest

@pytest.mark.parametrize("name", ["dam", "mill"])
def test_article(claims, name):
    claims.check(f"corpus/{name}.txt")
"""


@pytest.fixture
def two(project):
    project.test(TWO)
    project.run("--claims=accept").assert_outcomes(passed=2)
    return project


def test_each_parameter_has_its_gold(two):
    assert two.gold("dam").exists()
    assert two.gold("mill").exists()
    two.run().assert_outcomes(passed=2)


def test_failures_name_the_parameter(two):
    two.change_extractor(warned="statement")
    result = two.run()
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*--claims=accept test_articles.py::test_article[[]mill[]]"])


@pytest.mark.parametrize(
    "selection",
    [
        ["-k", "dam"],
        ["test_articles.py::test_article[dam]"],
        ["test_articles.py"],
        ["--deselect", "test_articles.py::test_article[mill]"],
    ],
)
def test_gold_of_tests_that_were_not_run_is_not_called_unused(two, selection):
    two.gold("stray").write_bytes(two.gold().read_bytes())
    result = two.run(*selection)
    assert result.ret == 0
    result.stdout.no_fnmatch_line("unused gold*")


def test_accept_with_a_selection_leaves_other_gold_alone(two):
    two.change_extractor(said="announcement", warned="statement")
    before = two.gold("mill").read_bytes()
    two.run("--claims=accept", "-k", "dam").assert_outcomes(passed=1, deselected=1)
    assert two.gold("mill").read_bytes() == before
    assert "announcement" in two.gold("dam").read_text()


@pytest.mark.parametrize("how", ["skip", "fail"])
def test_gold_of_tests_that_did_not_end_is_not_called_unused(two, how):
    two.test(f"import pytest\n\ndef test_other(claims):\n    pytest.{how}('not today')\n", name="test_other")
    two.gold("stray").write_bytes(two.gold().read_bytes())
    two.run().stdout.no_fnmatch_line("unused gold*")


def test_workers_of_xdist_write_and_tell_what_they_saw(project):
    project.test(TWO)
    project.gold("stray").parent.mkdir()
    project.gold("stray").write_text("article: {id: stray}\n")
    result = project.run("-n2", "--claims=accept")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(
        [
            "gold written: __claims__/dam.yaml",
            "gold written: __claims__/mill.yaml",
            "unused gold: __claims__/stray.yaml*",
        ]
    )

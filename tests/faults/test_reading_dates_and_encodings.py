"""The publication date that a record has, or why it has none; text in encodings that it does not state."""

import gzip
import json

import pytest
from reading_files import TEXTS, warc_record

from onrecord import Failure, Settings, read_paths
from onrecord.read import ReadArticle, read_object

HEADLINE = "Lighthouse on Grimsholm goes dark"
PROSE = "".join(f"<p>{text}</p>" for text in TEXTS)


def page(head="", body=""):
    return (
        f'<html lang="en"><head><title>{HEADLINE}</title>{head}</head>'
        f"<body><article><h1>{HEADLINE}</h1>{body}{PROSE}</article></body></html>"
    )


def stated(date, kind="NewsArticle", name="datePublished"):
    return f'<script type="application/ld+json">{json.dumps({"@type": kind, name: date})}</script>'


def meta(date, name="article:published_time"):
    return f'<meta property="{name}" content="{date}">'


def read(html, **fields):
    found = read_object({"html": html, **fields}, settings=Settings(), name="page")
    assert isinstance(found, ReadArticle), found
    return found


SEEN = "JSON-LD datePublished"
DATED = {  # head, body, the date, where it is stated
    "one place": (stated("2021-03-09T14:05:00Z"), "", "2021-03-09T14:05:00Z", SEEN),
    "two that agree": (stated("2021-03-09T14:05:00Z") + meta("2021-03-09"), "", "2021-03-09T14:05:00Z", SEEN),
    "one moment in two time zones": (
        stated("2021-03-09T23:30:00-08:00") + meta("2021-03-10T07:30:00Z"),
        "",
        "2021-03-09T23:30:00-08:00",
        SEEN,
    ),
    "a day apart, as time zones make it": (stated("2021-03-09") + meta("2021-03-10"), "", "2021-03-09", SEEN),
    "a day beside an hour in the far west": (
        stated("2021-03-09T23:59:00-12:00") + meta("2021-03-09"),
        "",
        "2021-03-09T23:59:00-12:00",
        SEEN,
    ),
    "an update beside it": (
        stated("2021-03-09") + meta("2023-01-01", "article:modified_time"),
        "",
        "2021-03-09",
        SEEN,
    ),
    "an unnamed date beside it": (stated("2021-03-09") + meta("2023-01-01", "date"), "", "2021-03-09", SEEN),
    "an unnamed date alone": (meta("2021-03-09", "date"), "", "2021-03-09", "meta date"),
    "a placeholder beside it": (
        stated("1970-01-01T00:00:00Z") + meta("2021-03-09"),
        "",
        "2021-03-09",
        "meta article:published_time",
    ),
    "a future date beside it": (
        stated("2999-03-09") + meta("2021-03-09"),
        "",
        "2021-03-09",
        "meta article:published_time",
    ),
    "the morning of 1 January 1970": (
        stated("1970-01-01T09:30:00+01:00"),
        "",
        "1970-01-01T09:30:00+01:00",
        SEEN,
    ),
    "a time element": ("", '<time datetime="2021-03-09">9 March</time>', "2021-03-09", "time element"),
    "words": ("", '<p class="date">Tuesday, 9 March 2021</p>', "2021-03-09", "text by the headline"),
}


@pytest.mark.parametrize("what", DATED)
def test_the_publication_date_and_where_it_is_stated(what):
    head, body, date, place = DATED[what]
    found = read(page(head, body))
    assert found.article.published == date
    assert found.notes["published"] == {"place": place, "reason": None}


UNDATED = {  # head, body, a part of the reason
    "nothing": ("", "", "states none"),
    "two that disagree": (
        stated("2021-03-09") + meta("2021-06-30"),
        "",
        "2021-03-09 (JSON-LD datePublished) and 2021-06-30 (meta article:published_time)",
    ),
    "the future": (stated("2999-01-01"), "", "2999-01-01 (JSON-LD datePublished) lies in the future"),
    "the zero of Unix": (stated("1970-01-01T00:00:00Z"), "", "no certain day"),
    "the zero of Unix in New York": (stated("1969-12-31T19:00:00-05:00"), "", "no certain day"),
    "the zero of a database": (meta("1900-01-01"), "", "no certain day"),
    "day and month in doubt": ("", '<span class="date">3/9/2021</span>', "'3/9/2021'"),
    "relative": ("", '<span class="date">2 hours ago</span>', "'2 hours ago'"),
    "an update alone": (meta("2021-03-09", "article:modified_time"), "", "only the time of a change"),
    "an update by word": (stated("2021-03-09", name="dateModified"), "", "only the time of a change"),
    "no time zone, no day": (stated("14:05"), "", "'14:05'"),
}


@pytest.mark.parametrize("what", UNDATED)
def test_no_date_is_guessed_and_the_reason_is_told(what):
    head, body, reason = UNDATED[what]
    found = read(page(head, body))
    assert found.article.published is None
    assert found.notes["published"]["place"] is None
    assert reason in found.notes["published"]["reason"]


def test_the_date_of_the_input_counts_before_the_pages():
    found = read(page(stated("2021-03-09")), published="2020-01-01")
    assert found.article.published == "2020-01-01"
    assert found.notes["published"]["place"] == "input"


@pytest.mark.parametrize(("published", "expected"), [("2024-05-14", "2024-05-14"), ("2024-05-20", None)])
def test_nothing_is_published_after_it_was_captured(published, expected, tmp_path):
    path = tmp_path / "crawl.warc"
    path.write_bytes(warc_record(page(stated(published)).encode()))  # captured on 2024-05-14
    (found,) = read_paths([path])
    assert found.article.published == expected


def test_the_reason_is_in_the_record(extractor):
    record = extractor.extract(html=page(stated("2999-01-01")))
    assert "future" in record.provenance["published"]["reason"]
    assert "warnings" not in record.provenance
    (warning,) = extractor.extract(text="The cafÃ© is closed, said Ana.").provenance["warnings"]
    assert warning["code"] == "mojibake"


WORDS = "The café’s owner, Zoë Müller, paid £25 – “too much”, she said."
ENCODED = {  # how the page is encoded, what it says, and what is warned of
    "UTF-8, declared": ("utf-8", "utf-8", []),
    "UTF-8, said to be windows-1252": ("utf-8", "windows-1252", []),
    "windows-1252, declared": ("cp1252", "windows-1252", []),
    "windows-1252, said to be UTF-8": ("cp1252", "utf-8", ["guessed_encoding"]),
    "windows-1252, undeclared": ("cp1252", None, ["guessed_encoding"]),
    "GB18030, declared": ("gb18030", "gb2312", []),
    "UTF-16 with a mark": ("utf-16", None, []),
    "UTF-32 with a mark": ("utf-32", None, []),
}


@pytest.mark.parametrize("how", ENCODED)
def test_the_right_text_or_a_warning(how, tmp_path):
    encoding, declared, warnings = ENCODED[how]
    charset = f'<meta charset="{declared}">' if declared else ""
    path = tmp_path / "page.html"
    path.write_bytes(page(charset, f"<p>{WORDS}</p>").encode(encoding))
    (found,) = read_paths([path])
    assert [warning["code"] for warning in found.notes.get("warnings", ())] == warnings
    assert WORDS in found.article.text


MIXED = {
    "two encodings in one page": (WORDS.encode() * 4 + WORDS.encode("cp1252"), ["replaced_characters"]),
    "encoded twice": (WORDS.encode().decode("latin-1").encode(), ["mojibake"]),
    "half a surrogate pair as a reference": (
        b"The owner said &#xD83D; to us all there.",
        ["replaced_characters"],
    ),
}


@pytest.mark.parametrize("how", MIXED)
def test_what_was_lost_is_told(how, tmp_path):
    raw, warnings = MIXED[how]
    path = tmp_path / "page.html"
    path.write_bytes(page(body="<p>X</p>").encode().replace(b"X", raw))
    (found,) = read_paths([path])
    assert [warning["code"] for warning in found.notes.get("warnings", ())] == warnings


def test_a_guess_that_comes_out_garbled_is_told(tmp_path):
    path = tmp_path / "text.txt"
    path.write_bytes("The mayor of 中国城, 李强, said that nobody had asked him.".encode("gb18030"))
    (found,) = read_paths([path])
    assert [warning["code"] for warning in found.notes["warnings"]] == ["guessed_encoding", "mojibake"]


def test_what_a_page_states_in_escapes_can_be_written():
    escaped = '{"@type": "NewsArticle", "headline": "Light \\ud83d\\u0000 out", "author": "A\\udc00n"}'
    html = (
        page()
        .replace(HEADLINE, "")
        .replace("<h1></h1>", f'<script type="application/ld+json">{escaped}</script>')
    )
    article = read(html).article
    article.model_dump_json()
    assert (article.title, article.byline) == ("Light \ufffd out", ("A\ufffdn",))


LOST = {
    "UTF-16 without a mark": ("txt", WORDS.encode("utf-16-le"), "binary"),
    "bytes of no encoding": ("txt", b"She said \x81\x8d\x90 to him.", "binary"),
    "half a surrogate pair in JSON": ("json", rb'{"text": "She said \ud83d to him."}', "invalid_field"),
    "a surrogate as UTF-8": ("jsonl", b'{"text": "She said \xed\xa0\xbd to him."}', "unreadable"),
}


@pytest.mark.parametrize("how", LOST)
def test_what_is_no_text_is_a_failure(how, tmp_path):
    suffix, raw, code = LOST[how]
    path = tmp_path / f"text.{suffix}"
    path.write_bytes(raw)
    (found,) = read_paths([path])
    assert isinstance(found, Failure)
    assert found.code == code


NAMES = (
    "Łukasz Żółć of Gdańsk and Đặng Văn Ngữ of Hà Nội said so; “très bien”, said François.",
    "Ægir Þórðarson, Åse Øst and Čapek paid €5 – or ½ of £10 – at −12 °C, © 2020 · ™.",
    "Ştefan Țuțu, İstanbul: Özgür said “Ünlü”. O‘ahu; ’90s; 5′ 10″; São Paulo’s João.",
    "The words привет and 你好 mean hello, the teacher said, and so do مرحبا and שלום.",
)


@pytest.mark.parametrize("text", NAMES)
def test_names_and_signs_of_other_languages_are_no_mojibake(text, tmp_path):
    path = tmp_path / "text.txt.gz"
    path.write_bytes(gzip.compress(text.encode()))
    (found,) = read_paths([path])
    assert "warnings" not in found.notes

"""From a JSON object, or a bare text, to an article: every field checked, the text kept as given."""

from __future__ import annotations

from typing import Any

from onrecord.read.language import decide_language
from onrecord.read.mojibake import mojibake_doubts
from onrecord.read.outcome import GIVEN_NO_DATE, Doubt, Publication, Reading, Rejection
from onrecord.read.page import page_article
from onrecord.read.published import iso_date
from onrecord.records import Article
from onrecord.settings import Settings

_STRINGS = ("title", "url", "site", "language")


def text_article(text: str, settings: Settings, *, doubts: tuple[Doubt, ...] = (), **given: Any) -> Reading:
    """Return the article of a given text, which is kept character for character.

    Raises:
        Rejection: `empty`, `binary`, `too_large` or `not_english`.

    """
    if not text or text.isspace():
        raise Rejection("empty", "the text is empty")
    if "\0" in text:
        raise Rejection("binary", f"a NUL character stands at character {text.index(chr(0))} of the text")
    if len(text) > settings.max_chars:
        raise Rejection(
            "too_large", f"the text has {len(text):,} characters; read are up to {settings.max_chars:,}"
        )
    given["language"] = decide_language(text, settings, given=given.get("language"))
    published = given.get("published")
    return Reading(
        Article.of(text, **given),
        Publication(published, "input") if published else GIVEN_NO_DATE,
        (*doubts, *mojibake_doubts(text)),
    )


def json_article(value: object, settings: Settings) -> Reading:
    """Return the article that a JSON object describes.

    The fields are `id`, `text` or `html`, `title`, `published`, `url`, `site`, `byline` and
    `language`; others are ignored. `text` counts before `html`, and the fields before what the page
    says of itself. An absent field, null and an empty string are the same.

    Raises:
        Rejection: `unreadable` for what is no object, `invalid_field` for a field of the wrong type
            or a `published` that is no ISO 8601 date, `no_text`; and what a text or page is rejected for.

    """
    if not isinstance(value, dict):
        raise Rejection("unreadable", f"an article is a JSON object, not of type {type(value).__name__}")
    identifier = value.get("id")
    if isinstance(identifier, int) and not isinstance(identifier, bool):
        identifier = str(identifier)
    given: dict[str, Any] = {"id": _string("id", identifier)}
    try:
        given |= {name: _string(name, value.get(name)) for name in _STRINGS}
        given |= {"published": _published(value.get("published")), "byline": _byline(value.get("byline"))}
        text, page = value.get("text"), value.get("html")
        if text is not None:
            _check_string("text", text)
            fields = {name: field for name, field in given.items() if field}
            return text_article(text, settings, **fields)
        if page is not None:
            _check_string("html", page)
            return page_article(page, given.pop("url"), settings=settings, given=given)
        raise Rejection("no_text", "the object has neither `text` nor `html`")
    except Rejection as rejection:
        rejection.article_id = given["id"]
        raise


def _string(name: str, value: object) -> str | None:
    if value is None or value == "":
        return None
    _check_string(name, value)
    return str(value)


def _check_string(name: str, value: object) -> None:
    if not isinstance(value, str):
        raise Rejection("invalid_field", f"`{name}` must be a string, not of type {type(value).__name__}")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise Rejection("invalid_field", f"`{name}` holds half a surrogate pair at {error.start}") from error


def _published(value: object) -> str | None:
    written = _string("published", value)
    if written is None:
        return None
    date = iso_date(written)
    if date is None:
        raise Rejection("invalid_field", f"`published` is {written!r}, which is no ISO 8601 date or datetime")
    return date


def _byline(value: object) -> tuple[str, ...]:
    """Return the names of the byline, given as a list of strings or as one string."""
    names = value if isinstance(value, list) else [value]
    return tuple(name for item in names if (name := _string("byline", item)))

"""Records as one self-contained page that needs no script and loads nothing from elsewhere.

Article text is the text of strangers. All of it is escaped, ids in the page are made here and never
taken from a record, and the page's Content-Security-Policy allows its own style sheet and nothing
else: no script, no image, no form, no frame.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files
from urllib.parse import urlsplit

from onrecord.records import Actor, ArticleRecord, Claim, Place
from onrecord.view.marks import KINDS, Segment, segments
from onrecord.view.printable import one_line, printable
from onrecord.view.wording import word_claim, word_item

_PARAGRAPH = '<p dir="auto">'
_LINKED_SCHEMES = frozenset({"http", "https"})


def to_html(records: Sequence[ArticleRecord], *, title: str = "On record") -> str:
    """Return the page of some records: each article's text with its spans marked, and its claims beside.

    Claims and the places where they stand in the text link to one another; pointing at a claim, or
    following the link to it, lights its words up in the text.
    """
    if len(records) == 1:
        title = records[0].article.title or title
    style = _style(records)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    parts = [
        "<!doctype html>",
        f'<html lang="{_text(_language(records))}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_text(policy)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{_line(title)}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        *_contents(records),
        "<main>",
        *(
            part
            for number, record in enumerate(records, 1)
            for part in _record(record, f"r{number}", heading="h1" if len(records) == 1 else "h2")
        ),
        "</main>",
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def _text(text: str) -> str:
    return escape(printable(text))


def _line(text: str) -> str:
    return escape(one_line(text))


def _language(records: Sequence[ArticleRecord]) -> str:
    return records[0].article.language if records else "en"


def _style(records: Sequence[ArticleRecord]) -> str:
    """Return the style sheet, with a rule for each claim that lights up its words."""
    sheet = files("onrecord.view").joinpath("page.css").read_text(encoding="utf-8")
    rules = (
        f"#{name}:has(#{name}-c{claim}:is(:hover,:target,:focus-within)) .{name}-c{claim}"
        for name, record in ((f"r{number}", record) for number, record in enumerate(records, 1))
        for claim in range(1, len(record.claims) + 1)
    )
    return sheet + "".join(f"{rule}{{background:var(--lit)}}\n" for rule in rules)


def _contents(records: Sequence[ArticleRecord]) -> Iterator[str]:
    if len(records) > 1:
        yield "<header><h1>On record</h1><nav aria-label='Articles'><ul>"
        for number, record in enumerate(records, 1):
            yield f'<li><a href="#r{number}">{_line(_title(record))}</a> ({_count(record)})</li>'
        yield "</ul></nav></header>"


def _title(record: ArticleRecord) -> str:
    return record.article.title or record.article.id


def _count(record: ArticleRecord) -> str:
    number = len(record.claims)
    return f"{number} claim" if number == 1 else f"{number} claims"


def _record(record: ArticleRecord, name: str, *, heading: str) -> Iterator[str]:
    yield f'<article class="record" id="{name}" lang="{_text(record.article.language)}">'
    yield f'<a class="skip" href="#{name}-claims">Skip to the claims</a>'
    yield f"<{heading}>{_line(_title(record))}</{heading}>"
    yield f'<p class="facts">{" · ".join(_facts(record))}</p>'
    yield f'<p class="legend">{"".join(f"<span class={kind}>{kind}</span>" for kind in KINDS)}</p>'
    yield '<div class="columns">'
    yield f'<div class="text">{"".join(_body(record, name))}</div>'
    yield f'<section class="claims" id="{name}-claims" tabindex="0" aria-label="Claims">'
    yield f"<h3>{_count(record)}</h3>"
    yield "<ol>"
    yield from (_claim(record, claim, name, number) for number, claim in enumerate(record.claims, 1))
    yield "</ol>"
    yield from _silences(record)
    yield from _disputes(record, name)
    yield "</section></div>"
    yield from _table("Actors", ("Name", "Type", "Roles", "Also"), map(_actor_row, record.actors))
    yield from _table("Places", ("Name", "Kind", "Country", "Coordinates"), map(_place_row, record.places))
    yield "</article>"


def _facts(record: ArticleRecord) -> Iterator[str]:
    article = record.article
    if article.site:
        yield _line(article.site)
    if article.published:
        yield f"<time>{_line(article.published)}</time>"
    if article.byline:
        yield _line(", ".join(article.byline))
    if article.url:
        shown = _line(article.url)
        yield (
            f'<a href="{shown}" rel="noopener noreferrer nofollow">{shown}</a>'
            if _linked(article.url)
            else shown
        )


def _linked(url: str) -> bool:
    """Whether a URL may be followed: only pages of the web, never `javascript:` and the like."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme.lower() in _LINKED_SCHEMES and bool(parts.netloc)


# ------------------------------------------------------------------ the text


def _body(record: ArticleRecord, name: str) -> Iterator[str]:
    """Yield the text in paragraphs; a segment that runs over a line break is cut there."""
    yield _PARAGRAPH
    for segment in segments(record):
        for number in segment.opens:
            claim = f"{name}-c{number + 1}"
            label = f"Claim {number + 1}"
            yield f'<a class="number" id="{claim}-text" href="#{claim}" aria-label="{label}">{number + 1}</a>'
        attributes = _attributes(segment, name)
        for number, line in enumerate(segment.text.split("\n")):
            if number:
                yield f"</p>\n{_PARAGRAPH}"
            if line:
                yield f"<span{attributes}>{_text(line)}</span>" if attributes else _text(line)
    yield "</p>"


def _attributes(segment: Segment, name: str) -> str:
    if not segment.marks:
        return ""
    classes = dict.fromkeys(
        word
        for mark in segment.marks
        for word in (mark.kind, None if mark.claim is None else f"{name}-c{mark.claim + 1}")
        if word
    )
    values = dict.fromkeys(f"{mark.kind}: {word_item(mark.item)}" for mark in segment.marks if mark.item)
    title = f' title="{_line("; ".join(values))}"' if values else ""
    return f' class="{" ".join(classes)}"{title}'


# ------------------------------------------------------------------ claims and the rest


def _claim(record: ArticleRecord, claim: Claim, name: str, number: int) -> str:
    wording = word_claim(record, claim)
    anchor = f"{name}-c{number}"
    back = f'<a class="number" href="#{anchor}-text" aria-label="Claim {number} in the text">{number}</a>'
    actor = f" [{escape(wording.actor)}]" if wording.actor else ""
    target = f' → <span class="source">{escape(wording.target)}</span>' if wording.target else ""
    act = f'<span class="act">{escape(wording.speech_act)}</span>'
    details = "".join(
        f"<div><dt>{escape(label)}</dt><dd>{escape(' | '.join(values))}</dd></div>"
        for label, values in (*wording.details, ("confidence", (f"{claim.confidence:.2f}",)))
    )
    source = f'<span class="source">{escape(wording.source)}</span>'
    return (
        f'<li id="{anchor}"><p>{back} {source}{actor} — {act}{target}</p>'
        f'<p class="said">{escape(wording.content)}</p><dl>{details}</dl></li>'
    )


def _silences(record: ArticleRecord) -> Iterator[str]:
    if record.non_responses:
        yield "<h3>Would not say</h3><ul>"
        for silence in record.non_responses:
            actor = record[silence.actor] if silence.actor else None
            who = actor.name if isinstance(actor, Actor) else "nobody named"
            yield f"<li>{_line(who)}: “{_line(silence.span.text)}”</li>"
        yield "</ul>"


def _disputes(record: ArticleRecord, name: str) -> Iterator[str]:
    anchors = {claim.id: f"{name}-c{number}" for number, claim in enumerate(record.claims, 1)}
    if record.disputes:
        yield "<h3>Disputed</h3><ul>"
        for dispute in record.disputes:
            sides = (
                f"{side.stance} "
                + ", ".join(
                    f'<a href="#{anchors[claim]}">{_line(claim)}</a>'
                    for claim in side.claims
                    if claim in anchors
                )
                for side in dispute.sides
            )
            yield f"<li>{_line(dispute.matter)}: {' ⇄ '.join(sides)}</li>"
        yield "</ul>"


Row = tuple[str, ...]


def _actor_row(actor: Actor) -> Row:
    return actor.name, actor.type.replace("_", " "), ", ".join(actor.roles), ", ".join(actor.aliases)


def _place_row(place: Place) -> Row:
    known = place.lat is not None and place.lon is not None
    return place.name, place.kind, place.country or "", f"{place.lat:.3f}, {place.lon:.3f}" if known else ""


def _table(caption: str, heads: Row, rows: Iterable[Row]) -> Iterator[str]:
    lines = ["".join(f"<td>{_line(cell)}</td>" for cell in row) for row in rows]
    if lines:
        yield f"<details><summary>{caption} ({len(lines)})</summary><table><thead><tr>"
        yield "".join(f'<th scope="col">{head}</th>' for head in heads)
        yield "</tr></thead><tbody>"
        yield from (f"<tr>{line}</tr>" for line in lines)
        yield "</tbody></table></details>"

"""The page of some records, and the cell of one in a notebook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from onrecord.records import ROW_FIELDS, ArticleRecord
from onrecord.view.page.cards import Card, cards_and_sources
from onrecord.view.page.disputes import disputes_of
from onrecord.view.page.environment import render
from onrecord.view.page.links import linked
from onrecord.view.page.places import draw, places_of
from onrecord.view.page.tables import Table, silences_of, tables_of
from onrecord.view.page.text import Paragraph, paragraphs
from onrecord.view.page.timeline import timeline
from onrecord.view.wording import doubts_of, title_of

_SCRIPTS = ("theme.js", "filters.js", "linking.js", "copying.js", "views.js")
_STYLES = ("base.css", "records.css")


@dataclass(frozen=True, slots=True)
class PageArticle:
    """An article as its part of the page is made of it; `name` is what all its ids begin with."""

    name: str
    record: ArticleRecord
    title: str
    url: str | None
    """The URL where it may be followed."""
    doubts: str
    paragraphs: list[Paragraph]
    cards: list[Card]
    tables: list[Table]
    silences: list[tuple[str, str]]


def to_html(records: Sequence[ArticleRecord], *, title: str = "On record") -> str:
    """Return the page of some records: texts with spans marked, claims beside, and views across articles.

    Without scripts it can be read in full; with its scripts it can be filtered and searched, texts and
    claims light one another up, and the claims shown can be copied as JSON or CSV.
    """
    cards, sources = cards_and_sources(records)
    articles = [
        PageArticle(
            name=f"r{number}",
            record=record,
            title=title_of(record.article),
            url=linked(record.article.url),
            doubts=doubts_of(record),
            paragraphs=paragraphs(record, f"r{number}"),
            cards=its_cards,
            tables=tables_of(record, f"r{number}"),
            silences=silences_of(record),
        )
        for number, (record, its_cards) in enumerate(zip(records, cards, strict=True), 1)
    ]
    places = places_of(records, cards)
    return render(
        "records.html",
        styles=_STYLES,
        scripts=_SCRIPTS,
        title=articles[0].title if len(articles) == 1 else title,
        language=records[0].article.language if records else "en",
        articles=articles,
        sources=sorted(sources, key=lambda one: -len(one.cards)),
        acts=Counter(card.claim.speech_act for its_cards in cards for card in its_cards).most_common(),
        disputes=[
            one for article in articles for one in disputes_of(article.record, article.name, article.cards)
        ],
        places=places,
        map=draw(places),
        moments=timeline(records, cards),
        claims_total=sum(map(len, cards)),
        table=_table(records),
    )


def to_cell(record: ArticleRecord) -> str:
    """Return the page of a record in a frame of its own, for the output of a notebook cell."""
    page = escape(to_html([record]))
    return (
        f'<iframe title="Record" sandbox="allow-scripts allow-popups" srcdoc="{page}" '
        'style="width:100%;height:40rem;border:1px solid #8884;border-radius:8px"></iframe>'
    )


def _table(records: Sequence[ArticleRecord]) -> dict[str, object]:
    """Return the flat claim table for copying, its rows in the order of the cards."""
    rows = (row for record in records for row in record.to_rows())
    return {"fields": ROW_FIELDS, "rows": [[row[field] for field in ROW_FIELDS] for row in rows]}

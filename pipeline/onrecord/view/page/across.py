"""The page of disputes across articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.records.across import ArchiveDispute, ArchiveSide, ArticleReference, Statement
from onrecord.records.vocabulary import Stance
from onrecord.view.across_wording import articles_of, facts_of
from onrecord.view.page.cards import ACT_GROUPS, ActGroup
from onrecord.view.page.environment import render
from onrecord.view.page.links import linked

_SCRIPTS = ("theme.js",)
_STYLES = ("base.css", "records.css")


@dataclass(frozen=True, slots=True)
class PageReference:
    """An article that a statement stands in; `linked` is its URL where it may be followed."""

    title: str
    linked: str | None
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageStatement:
    """A statement with the colour of its speech act."""

    group: ActGroup
    speech_act: str
    sources: tuple[str, ...]
    content: str
    articles: tuple[PageReference, ...]


@dataclass(frozen=True, slots=True)
class PageSide:
    """One side of a dispute."""

    stance: Stance
    figure: str | None
    statements: tuple[PageStatement, ...]


@dataclass(frozen=True, slots=True)
class PageArchiveDispute:
    """A dispute; `name` is its anchor, `percent` how sure it is, rounded down."""

    name: str
    matter: str
    percent: int
    articles: int
    sides: tuple[PageSide, ...]


def archive_disputes_to_html(disputes: Sequence[ArchiveDispute], *, title: str = "Disputes") -> str:
    """Return the page of disputes across articles: each matter with its sides next to one another."""
    return render(
        "across.html",
        styles=_STYLES,
        scripts=_SCRIPTS,
        title=title,
        language="en",
        disputes=[
            PageArchiveDispute(
                f"m{number}",
                dispute.matter,
                int(dispute.score * 100),
                len(articles_of(dispute)),
                tuple(map(_side, dispute.sides)),
            )
            for number, dispute in enumerate(disputes, 1)
        ],
    )


def _side(side: ArchiveSide) -> PageSide:
    return PageSide(side.stance, side.figure, tuple(map(_statement, side.statements)))


def _statement(one: Statement) -> PageStatement:
    articles = tuple(map(_reference, one.articles))
    return PageStatement(ACT_GROUPS[one.speech_act], one.speech_act, one.sources, one.content, articles)


def _reference(article: ArticleReference) -> PageReference:
    return PageReference(article.title or article.article_id, linked(article.url), facts_of(article))

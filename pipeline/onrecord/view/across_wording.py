"""Disputes across articles in words: what the terminal and the page both show."""

from __future__ import annotations

from onrecord.records.across import ArchiveDispute, ArticleReference


def articles_of(dispute: ArchiveDispute) -> set[int]:
    """Return the positions of the articles that a dispute is between."""
    return {article.position for side in dispute.sides for one in side.statements for article in one.articles}


def facts_of(article: ArticleReference) -> tuple[str, ...]:
    """Return where and when an article came out, and how many have its text besides."""
    copies = f"{article.copies:,} {'copy' if article.copies == 1 else 'copies'}" if article.copies else None
    published = article.published[:10] if article.published else None
    return tuple(fact for fact in (article.site, published, copies) if fact)

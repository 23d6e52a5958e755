"""What articles say against one another: statements of different articles on one matter."""

from __future__ import annotations

from pydantic import Field

from onrecord.records.contract import Model
from onrecord.records.vocabulary import SpeechAct, Stance


class ArticleReference(Model):
    """An article of an archive, and where it comes from."""

    article_id: str
    position: int = Field(description="number of the document in the input of the run")
    title: str | None = None
    site: str | None = None
    url: str | None = None
    published: str | None = None
    copies: int = Field(0, description="further documents with the same text, or nearly so")


class Statement(Model):
    """What somebody is on record for, in one article or in several in the same words."""

    claim: str = Field(description="id of the claim in the first of the articles")
    speech_act: SpeechAct
    sources: tuple[str, ...]
    content: str
    figure: str | None = Field(None, description="the figure with what it counts, as the article has it")
    articles: tuple[ArticleReference, ...] = Field(min_length=1)


class ArchiveSide(Model):
    """The statements that take one stance, or give one figure."""

    stance: Stance
    figure: str | None = None
    statements: tuple[Statement, ...] = Field(min_length=1)


class ArchiveDispute(Model):
    """Statements of different articles on one matter that contradict one another."""

    id: str
    matter: str
    score: float = Field(ge=0, le=1, description="how sure it is that they are about one matter")
    sides: tuple[ArchiveSide, ...] = Field(min_length=2)

"""What comparing needs to know of an article, so that whole records need not stay in memory."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import duckdb

from onrecord.archive.fingerprint import Signature, signature
from onrecord.records import Actor, ArticleRecord, Claim, DateExpression, Figure, Place
from onrecord.records.across import ArticleReference

_AT_ONCE = 200  # records that are in memory whole
_TELLING = 3  # words that say by themselves what is denied
_LEAD = 700  # characters of an article that tell what it is about

Days = tuple[datetime.date, datetime.date]


@dataclass(frozen=True, slots=True)
class Told:
    """A claim of an article, with one of its figures where that is what is compared.

    `names` are the folded names of its sources, each as a set of words; `words` those of its content
    (and of what it answers, for a denial of few words); `about` the names of whom it is about or aimed at,
    `named` those that its content names;
    `places` what it names, and `at` the place of the figure, as keys; `by` the name
    of who did it; `days` when it was so.
    """

    claim: Claim
    figure: Figure | None
    sources: tuple[str, ...]
    names: frozenset[frozenset[str]]
    about: frozenset[frozenset[str]]
    named: frozenset[frozenset[str]]
    words: frozenset[str]
    content: str
    places: frozenset[str]
    at: str | None
    by: frozenset[str]
    days: Days | None


@dataclass(frozen=True, slots=True)
class ComparedArticle:
    """An article: where it comes from, what it is about, and those of its claims that are compared.

    `topic` are the words of its headline and beginning, without those that any news has and names of
    places; `places` the names of those smaller than a country, by key.
    """

    reference: ArticleReference
    day: datetime.date | None
    topic: frozenset[str]
    names: frozenset[str]
    places: Mapping[str, str]
    text: str
    signature: Signature | None
    told: Mapping[tuple[str, str | None], Told]


class Rarity:
    """How much it says that two articles have a word in common: the rarer, the more (Spärck Jones 1972)."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Count in how many articles each word stands among the first."""
        rows = connection.execute(
            "SELECT word, count(*) FROM (SELECT unnest(words_of(left(json_extract_string(record,"
            f" '$.article.text'), {_LEAD}))) AS word FROM document) GROUP BY word"
        ).fetchall()
        self._counts: dict[str, int] = dict(rows)
        self._articles = connection.execute("SELECT count(*) FROM document").fetchall()[0][0]

    def of(self, words: Iterable[str]) -> float:
        """Return the sum over words."""
        return sum(math.log(1 + self._articles / self._counts.get(word, 1)) for word in words)

    def shared(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Return the share that two sets have in common of the lesser of them, weighted by rarity."""
        least = min(self.of(one), self.of(other))
        return self.of(one & other) / least if least else 0.0


def read_articles(
    connection: duckdb.DuckDBPyConnection, wanted: Mapping[int, set[tuple[str, str | None]]]
) -> dict[int, ComparedArticle]:
    """Return the articles at some positions, with the claims and figures that are wanted of each."""
    common = frozenset(row[0] for row in connection.execute("SELECT word FROM common").fetchall())
    copies = dict(
        connection.execute("SELECT original_position, count(*) FROM duplicates GROUP BY ALL").fetchall()
    )
    positions = sorted(wanted)
    found: dict[int, ComparedArticle] = {}
    for start in range(0, len(positions), _AT_ONCE):
        rows = connection.execute(
            "SELECT position, record FROM document WHERE position IN (SELECT unnest($positions))",
            {"positions": positions[start : start + _AT_ONCE]},
        ).fetchall()
        readers = {
            position: _Reader(ArticleRecord.model_validate_json(content), wanted[position])
            for position, content in rows
        }
        words = _words(connection, [text for reader in readers.values() for text in reader.texts()])
        for position, reader in readers.items():
            its_words = {text: words[text] - common for text in reader.texts()}
            found[position] = reader.article(position, copies.get(position, 0), its_words)
    return found


def _words(connection: duckdb.DuckDBPyConnection, texts: list[str]) -> dict[str, frozenset[str]]:
    rows = connection.execute(
        "SELECT text, words_of(text) FROM (SELECT DISTINCT unnest($texts) AS text)", {"texts": texts}
    ).fetchall()
    return {text: frozenset(words) for text, words in rows}


class _Reader:
    """Reads of a record what is compared; `wanted` are its claims, each with a figure or none."""

    def __init__(self, record: ArticleRecord, wanted: set[tuple[str, str | None]]) -> None:
        self._record, self._wanted = record, wanted
        self._claims = {claim.id: claim for claim in record.claims}
        self._figures = {figure.id: figure for figure in record.figures}
        self._places = {place.id: _place_key(place) for place in record.places}
        self._named = {
            actor.id: actor.name
            for actor in record.actors
            if actor.type != "government" and any(mention.kind == "name" for mention in actor.mentions)
        }
        self._topic = f"{record.article.title or ''} {record.article.text[:_LEAD]}"
        self._place_names = " ".join(place.name for place in record.places)

    def texts(self) -> Iterator[str]:
        """Yield the texts whose words `article` has to be given."""
        yield self._topic
        yield self._place_names
        for identifier, _ in self._wanted:
            claim = self._claims[identifier]
            for one in (claim, self._answered(claim)):
                if one is not None:
                    yield _content(one)

    def article(self, position: int, copies: int, words: Mapping[str, frozenset[str]]) -> ComparedArticle:
        record, article = self._record, self._record.article
        return ComparedArticle(
            reference=ArticleReference(
                article_id=article.id,
                position=position,
                title=article.title,
                site=article.site,
                url=article.url,
                published=article.published,
                copies=copies,
            ),
            day=_day(article.published and article.published[:10]),
            topic=words[self._topic] - words[self._place_names],
            names=frozenset(name.casefold() for name in self._named.values()),
            places={self._places[place.id]: place.name for place in record.places if place.kind != "country"},
            text=article.text,
            signature=signature(article.text),
            told={key: self._told(*key, words) for key in self._wanted},
        )

    def _told(self, identifier: str, figure_id: str | None, words: Mapping[str, frozenset[str]]) -> Told:
        claim, figure = self._claims[identifier], self._figures[figure_id] if figure_id else None
        names = tuple(self._name(one.actor) for one in (claim.source, *claim.co_sources) if one.actor)
        its_words, answered = words[_content(claim)], self._answered(claim)
        if answered is not None and len(its_words) < _TELLING:  # denied the accusation
            its_words |= words[_content(answered)]
        about = [claim.target.actor, *claim.actors] if claim.target else [*claim.actors]
        when = self._record[figure.when] if figure is not None and figure.when else None
        return Told(
            claim=claim,
            figure=figure,
            sources=names,
            names=frozenset(map(name_words, names)),
            about=frozenset(name_words(self._name(one)) for one in about if one),
            named=frozenset(name_words(self._named[one]) for one in claim.actors if one in self._named),
            words=its_words,
            content=_content(claim),
            places=frozenset(self._places[place] for place in claim.places),
            at=self._places[figure.at] if figure is not None and figure.at else None,
            by=name_words(self._name(figure.by)) if figure is not None and figure.by else frozenset(),
            days=_days(when) if isinstance(when, DateExpression) else None,
        )

    def _answered(self, claim: Claim) -> Claim | None:
        return self._claims.get(claim.target.claim) if claim.target and claim.target.claim else None

    def _name(self, identifier: str | None) -> str:
        actor = self._record[identifier] if identifier else None
        return actor.name if isinstance(actor, Actor) else ""


def _content(claim: Claim) -> str:
    return " … ".join(span.text for span in claim.content)


def name_words(name: str) -> frozenset[str]:
    """Return the words of a name that tell it from others."""
    return frozenset(name.casefold().replace("’", "'").removesuffix("'s").split()) - {"the", "of", "a", "and"}


def _place_key(place: Place) -> str:
    return str(place.geonames_id) if place.geonames_id is not None else place.name.casefold()


def _day(iso: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(iso or "")
    except ValueError:
        return None


def _days(date: DateExpression) -> Days | None:
    first, last = _day(date.earliest), _day(date.latest)
    return (first, last) if first and last else None

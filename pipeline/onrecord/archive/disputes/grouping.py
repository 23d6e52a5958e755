"""From scored pairs to disputes: what is about one matter stands in one group, with its sides."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.archive.disputes.articles import ComparedArticle, Told
from onrecord.archive.disputes.blocking import Key
from onrecord.archive.disputes.lexicon import MatterLexicon
from onrecord.link.disputes import STANCES, summarised
from onrecord.records.across import ArchiveDispute, ArchiveSide, Statement
from onrecord.records.vocabulary import Stance
from onrecord.view.wording import figure_as_written

_TELLING = 4  # words of a denial that say what is denied


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """Two claims that contradict one another, and how sure it is that they are about one matter."""

    one: Key
    other: Key
    score: float


def group(
    pairs: Iterable[ScoredPair], articles: Mapping[int, ComparedArticle], lexicon: MatterLexicon
) -> list[ArchiveDispute]:
    """Return the disputes that pairs make, the surest first.

    Groups grow from the surest pairs (single linkage); two that are of different places stay apart.
    """
    groups = _Groups(articles)
    for pair in sorted(pairs, key=lambda one: (-one.score, one.one, one.other)):
        groups.join(pair)
    found = sorted(groups.all(), key=lambda one: (-one[1], one[0]))
    return [_dispute(number, keys, score, articles, lexicon) for number, (keys, score) in enumerate(found, 1)]


class _Groups:
    def __init__(self, articles: Mapping[int, ComparedArticle]) -> None:
        self._articles = articles
        self._of: dict[Key, list[Key]] = {}
        self._scores: dict[int, float] = {}

    def join(self, pair: ScoredPair) -> None:
        here = self._of.setdefault(pair.one, [pair.one])
        there = self._of.setdefault(pair.other, [pair.other])
        if here is there:
            return
        if len({place for key in (*here, *there) if (place := self._told(key).at)}) > 1:
            return
        score = max(pair.score, self._scores.pop(id(here), 0.0), self._scores.pop(id(there), 0.0))
        here.extend(there)
        self._of.update(dict.fromkeys(there, here))
        self._scores[id(here)] = score

    def all(self) -> list[tuple[list[Key], float]]:
        whole = {id(keys): keys for keys in self._of.values() if len(keys) > 1}
        return [(sorted(keys, key=str), self._scores[number]) for number, keys in whole.items()]

    def _told(self, key: Key) -> Told:
        return told_at(self._articles, key)


def told_at(articles: Mapping[int, ComparedArticle], key: Key) -> Told:
    """Return the claim with a key."""
    position, claim, figure = key
    return articles[position].told[claim, figure]


def _dispute(
    number: int,
    keys: Sequence[Key],
    score: float,
    articles: Mapping[int, ComparedArticle],
    lexicon: MatterLexicon,
) -> ArchiveDispute:
    told = {key: told_at(articles, key) for key in keys}
    sides: dict[tuple[Stance, str | None], list[Key]] = defaultdict(list)
    for key, one in sorted(told.items(), key=lambda item: _order(item[1])):
        sides[STANCES.get(one.claim.speech_act, "asserts"), _figure(key, articles)].append(key)
    return ArchiveDispute(
        id=f"m{number}",
        matter=_matter(keys, articles, lexicon),
        score=score,
        sides=tuple(
            ArchiveSide(stance=stance, figure=figure, statements=_statements(its, told, articles))
            for (stance, figure), its in sides.items()
        ),
    )


def _order(told: Told) -> tuple[str, float]:
    """What is asserted first, then what denies it; figures from the least to the most."""
    stance = STANCES.get(told.claim.speech_act, "asserts")
    figure = told.figure
    numbers = (figure.value, figure.low, figure.high) if figure is not None else ()
    return stance, next((number for number in numbers if number is not None), 0.0)


def _figure(key: Key, articles: Mapping[int, ComparedArticle]) -> str | None:
    """A figure in the words of the article, with what it counts."""
    figure = told_at(articles, key).figure
    return figure_as_written(articles[key[0]].text, figure) if figure is not None else None


def _matter(keys: Sequence[Key], articles: Mapping[int, ComparedArticle], lexicon: MatterLexicon) -> str:
    """What it is about: "number of people (dead), Aleppo", or what is denied."""
    told = [told_at(articles, key) for key in keys]
    figures = [one.figure for one in told if one.figure is not None]
    if not figures:
        # A denial mostly says in so many words what is denied; "denied the accusation" does not.
        denied = [one for one in told if one.claim.speech_act in STANCES]
        telling = max(denied, key=lambda one: len(one.content.split()))
        if len(telling.content.split()) < _TELLING:
            telling = next(one for one in told if one.claim.speech_act not in STANCES)
        return summarised(telling.claim)
    measured = [lexicon.measured(figure.measure) for figure in figures]
    counted = next((figure.counted for figure in figures if figure.counted), figures[0].measure)
    event = measured[0].event
    matter = f"{'' if figures[0].unit else 'number of '}{counted}"
    if event and event != counted:
        matter += f" ({event.replace('_', ' ')})"
    places = Counter(
        name
        for key in keys
        for place, name in articles[key[0]].places.items()
        if place in _meant(key, articles)
    )
    return f"{matter}, {places.most_common(1)[0][0]}" if places else matter


def _meant(key: Key, articles: Mapping[int, ComparedArticle]) -> Collection[str]:
    """The place of a figure, else those in its claim, else those of the article."""
    told, article = told_at(articles, key), articles[key[0]]
    return {told.at} if told.at else told.places or article.places.keys()


def _statements(
    keys: Sequence[Key], told: Mapping[Key, Told], articles: Mapping[int, ComparedArticle]
) -> tuple[Statement, ...]:
    """One statement for all articles that have the same words of the same sources, by date.

    Of "divers said that they had warned of it" only the whole is told.
    """
    same: dict[tuple[tuple[str, ...], str], list[Key]] = defaultdict(list)
    by_claim = {(position, claim): told[position, claim, figure] for position, claim, figure in keys}
    for key in sorted(keys, key=lambda key: (articles[key[0]].reference.published or "", key[0])):
        one = told[key]
        outer = by_claim.get((key[0], one.claim.parent or ""))
        if outer is not None and outer.names == one.names:
            continue
        same[tuple(name.casefold() for name in one.sources), one.content.casefold()].append(key)
    return tuple(
        Statement(
            claim=its[0][1],
            speech_act=told[its[0]].claim.speech_act,
            sources=told[its[0]].sources,
            content=told[its[0]].content,
            figure=_figure(its[0], articles),
            articles=tuple(articles[position].reference for position in dict.fromkeys(key[0] for key in its)),
        )
        for its in same.values()
    )

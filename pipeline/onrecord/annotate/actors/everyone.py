"""All mentions of people, bodies and places: what an article's actors leave over.

A record lists who says, does or suffers something. Whoever studies reference in texts wants the rest as
well: "the city", "I" and "we", the visitor who is mentioned once. The mention tagger finds them, and the
antecedent ranker says what they refer back to: an actor, a place, or something that is named nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import cast

from onrecord.annotate.actors.learned.antecedents import RankedAntecedents, likeliest
from onrecord.annotate.actors.learned.classes import kind_and_type
from onrecord.annotate.actors.learned.model import Ranking
from onrecord.annotate.actors.learned.pairs import PRONOUNS
from onrecord.annotate.actors.mention import Mention
from onrecord.annotate.actors.nominals import phrase
from onrecord.annotate.actors.salience import Cluster
from onrecord.annotate.actors.tokens import Tokens
from onrecord.lexicons import read_toml
from onrecord.records.vocabulary import ActorType, PlaceKind

_HE, _SHE, _IT, _THEY, _I, _WE, _YOU, _WHO = PRONOUNS
_SPEAKER = _I | _WE
_THIRD = _HE | _SHE | _IT | _THEY | _WHO
_ACTOR_TYPE: dict[str, ActorType] = {"person": "person", "organization": "organization"}


@dataclass(eq=False)
class PlaceReferences:
    """Mentions of one place besides its toponyms; `key` is that of its entity, None where it has no name."""

    key: int | None
    mentions: list[Mention] = field(default_factory=list)


class Everyone:
    """Adds to the clusters of one document the mentions that the rules leave over."""

    def __init__(
        self,
        tokens: Tokens,
        mentions: list[Mention],
        clusters: list[Cluster],
        ranked: RankedAntecedents,
        speaker_at: Callable[[int], Cluster | None],
    ) -> None:
        """Take over what was clustered; `speaker_at` tells who speaks the quotation around a token."""
        self._tokens = tokens
        self._mentions = mentions
        self._ranked = ranked
        self._speaker_at = speaker_at
        self._owner = {number: one for one in clusters for number in one.mentions}
        self._places: dict[int, PlaceReferences] = {}
        seen = frozenset(ranked.mention_of)
        self.clusters = [
            one for one in clusters if not one.competitor and (one.named or not seen.isdisjoint(one.mentions))
        ]
        self.places: list[PlaceReferences] = []
        self._kept = {id(one) for one in self.clusters}
        self._in_names = {
            index: mention.end - 1
            for mention in mentions
            if mention.kind == "name"
            for index in range(mention.first, mention.end)
        }

    def run(self) -> None:
        """Add the mentions left over, in text order, to `clusters` and `places`."""
        ranked = self._ranked
        meant: list[Cluster | PlaceReferences | None] = [
            self._known(number, head) for number, head in zip(ranked.mention_of, ranked.heads, strict=True)
        ]
        left = [
            number
            for number, head in enumerate(ranked.heads)
            if meant[number] is None and self._in_names.get(head, head) == head
        ]
        rankings = ranked.rank(left)
        for number in left:
            meant[number] = self._resolve(number, rankings[number], meant)
        for one in self.clusters:
            one.mentions.sort()

    def _known(self, number: int, head: int) -> Cluster | PlaceReferences | None:
        """Return what a head means that the rules or the gazetteer know."""
        cluster = self._owner.get(number)
        if cluster is not None and id(cluster) in self._kept:
            return cluster
        if head in self._tokens.place and number < 0:
            return self._of_place(self._tokens.place[head])
        if cluster is not None and cluster.competitor:
            named = (self._tokens.place.get(self._mentions[n].head) for n in cluster.mentions)
            key = next((key for key in named if key is not None), None)
            if key is not None:
                return self._of_place(key)
        return None

    def _of_place(self, key: int) -> PlaceReferences:
        if key not in self._places:
            self._places[key] = PlaceReferences(key)
            self.places.append(self._places[key])
        return self._places[key]

    def _resolve(
        self, number: int, ranking: Ranking, meant: list[Cluster | PlaceReferences | None]
    ) -> Cluster | PlaceReferences | None:
        """Add a mention to what it most likely means, or to something new; None where it is none.

        `number` is that of its head among the heads, `meant` what those before it mean.
        """
        head = self._ranked.heads[number]
        kind, type_ = kind_and_type(self._ranked.classes[number])
        word = self._tokens.lower[head]
        found = self._speaker_at(head) if kind == "pronoun" and word in _SPEAKER else None

        def of(earlier: int) -> Cluster | PlaceReferences | None:
            return meant[earlier]

        best = likeliest(ranking, of)
        if found is not None:
            best = found
        if best is None:
            if kind == "pronoun" and word in _THIRD:
                return None
            if type_ == "place" and kind != "pronoun":
                best = PlaceReferences(None)
                self.places.append(best)
            else:
                best = Cluster()
                self.clusters.append(best)
        self._add(best, self._mention(head, kind, type_))
        return best

    def _mention(self, head: int, kind: str, type_: str) -> Mention:
        tokens = self._tokens
        actor = _ACTOR_TYPE.get(type_)
        if kind == "pronoun":
            return Mention(head, head + 1, head, "pronoun", "group" if tokens.lower[head] in _WE else None)
        if kind == "name":
            start = head
            while (
                start
                and tokens.dep[start - 1] in ("compound", "nmod", "amod", "flat")
                and tokens.text[start - 1][:1].isupper()
                and tokens.head[start - 1] == head
            ):
                start -= 1
            return Mention(start, head + 1, head, "name", actor, lemma=tokens.lemma[head])
        start, end = phrase(tokens, head)
        return Mention(start, end, head, "nominal", actor, lemma=tokens.lemma[head])

    def _add(self, one: Cluster | PlaceReferences, mention: Mention) -> None:
        if isinstance(one, PlaceReferences):
            one.mentions.append(mention)
        else:
            self._mentions.append(mention)
            one.add(len(self._mentions) - 1, mention, self._tokens.lower[mention.start])


def place_of(tokens: Tokens, mentions: Iterable[Mention]) -> tuple[str, PlaceKind]:
    """Return a name and a kind for a place that no toponym names, from the words that mean it."""
    told = [one for one in mentions if one.kind != "pronoun"]
    best = max(told, key=lambda one: (one.kind == "name", one.end - one.start <= 8, one.end - one.start))
    start = best.start
    while start < best.head and tokens.tag[start] in ("DT", "PRP$"):
        start += 1
    kinds = _kinds()
    kind: PlaceKind = next((kinds[one.lemma] for one in told if one.lemma in kinds), "site")
    return tokens.words(start, best.end), kind


@cache
def _kinds() -> dict[str, PlaceKind]:
    nouns = read_toml("actors/place_nouns.toml")
    return {noun: cast(PlaceKind, kind) for kind, words in nouns.items() for noun in words.split()}

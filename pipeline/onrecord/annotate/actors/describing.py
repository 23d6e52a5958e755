"""Describing: the name, type, roles, aliases and affiliations of a clustered actor."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from onrecord.annotate.actors.appositions import role_span
from onrecord.annotate.actors.lexicon import Lexicon
from onrecord.annotate.actors.mention import Mention
from onrecord.annotate.actors.name_types import type_by_votes
from onrecord.annotate.actors.own import OwnActor
from onrecord.annotate.actors.own_mentions import OwnActors
from onrecord.annotate.actors.salience import Cluster
from onrecord.annotate.actors.tokens import Tokens
from onrecord.annotate.annotations import ActorEntity
from onrecord.records.vocabulary import ActorType

_ARTICLE = re.compile(r"^(?:the|a|an|this|that|these|those)\s+", re.IGNORECASE)
_MAX_ROLE = 80  # characters; longer ones are parser errors
_SPACE = re.compile(r"\s+")


def describe(
    tokens: Tokens, lexicon: Lexicon, mentions: list[Mention], clusters: list[Cluster], own: OwnActors
) -> list[ActorEntity]:
    """Return one entity a cluster, in the same order; keys are their positions.

    What the user's file says of an actor goes before what the text does.
    """
    owner = {number: key for key, cluster in enumerate(clusters) for number in cluster.mentions}
    at: dict[int, int] = {}
    for number, key in owner.items():
        mention = mentions[number]
        if mention.kind == "pronoun":
            at[mention.start] = key
            continue
        at[mention.head] = key
        if mention.kind == "name":
            at.update((index, key) for index in range(mention.start, mention.end))
    article = _Article(tokens, lexicon, mentions, at)
    return [
        _as_the_user_says(_entity(article, cluster, key), own[cluster.own] if cluster.own >= 0 else None)
        for key, cluster in enumerate(clusters)
    ]


@dataclass(frozen=True, slots=True)
class _Article:
    """`at` tells which actor a token means."""

    tokens: Tokens
    lexicon: Lexicon
    mentions: list[Mention]
    at: dict[int, int]


def _as_the_user_says(entity: ActorEntity, own: OwnActor | None) -> ActorEntity:
    if own is None:
        return entity
    roles = entity.roles
    if own.role and own.role.casefold() not in {role.casefold() for role in roles}:
        roles = (*roles, own.role)
    return replace(entity, type=own.type, roles=roles, external_id=own.external_id)


def _entity(article: _Article, cluster: Cluster, key: int) -> ActorEntity:
    tokens = article.tokens
    own = [article.mentions[number] for number in cluster.mentions]
    names = [m for m in own if m.kind == "name"]
    nominals = [m for m in own if m.kind == "nominal"]
    described = {head for _, head in cluster.roles}
    type_: ActorType = "person"
    if not (cluster.person and cluster.maybe_person and names):
        type_ = _type(tokens, article.lexicon, names, nominals or own, described)
    name = _name(tokens, names, nominals or own, type_)  # "we", who are named nowhere, are called so
    aliases: dict[str, None] = {}
    for mention in (*names, *nominals):
        text = tokens.words(mention.start, mention.end)
        # A description in apposition is a role, not another name.
        if mention.kind == "nominal" and names and (mention.head in described or type_ == "person"):
            continue
        if "\n" not in text and _plain(text) != _plain(name):
            aliases.setdefault(text)
    roles, heads = _roles(tokens, own, cluster)
    affiliations, places = _affiliations(tokens, own, heads, key, article.at)
    return ActorEntity(
        key=key,
        name=name,
        type=type_,
        roles=roles,
        aliases=_distinct(list(aliases)),
        affiliations=affiliations,
        places=places,
    )


def _plain(text: str) -> str:
    return _ARTICLE.sub("", _SPACE.sub(" ", text).strip(), count=1).casefold()


def _distinct(texts: list[str]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for text in texts:
        seen.setdefault(_plain(text), text)
    return tuple(seen.values())


def _type(
    tokens: Tokens, lexicon: Lexicon, names: list[Mention], nominals: list[Mention], described: set[int]
) -> ActorType:
    if names:
        best = type_by_votes(tokens, lexicon, names)
        if best == "organization":
            # "Phivolcs, the state agency": what an apposition says of a body decides.
            for mention in nominals:
                if mention.kind == "nominal" and (
                    mention.type == "armed_group"
                    or (mention.type == "government" and mention.head in described)
                ):
                    return mention.type
        return best
    kinds = Counter(m.type for m in nominals if m.type)
    return kinds.most_common(1)[0][0] if kinds else "unnamed"


def _name(tokens: Tokens, names: list[Mention], nominals: list[Mention], type_: ActorType) -> str:
    if names:
        fitting = [m for m in names if m.type == type_] or names
        best = max(fitting, key=lambda m: (m.end - m.start, _is_mixed(tokens, m), -m.start))
        return tokens.words(best.start, best.end)
    best = max(nominals, key=lambda m: (m.end - m.start <= 8, m.head - m.start, m.end - m.start, -m.start))
    start, end = best.start, best.end
    if best.indefinite and best.number == "plural" and tokens.lower[start + 1 : start + 3].count("of"):
        start = best.head  # "Seven of 11 economists" are economists
    if best.noun in ("office", "person", "government", "organization") and end > best.head + 1:
        end = end if tokens.lower[best.head + 1] in ("of", "familiar", "for", "in") else best.head + 1
    text = tokens.words(start, end)
    return _ARTICLE.sub("", text, count=1) or text


def _is_mixed(tokens: Tokens, mention: Mention) -> bool:
    return not tokens.words(mention.start, mention.end).isupper()


def _roles(tokens: Tokens, own: list[Mention], cluster: Cluster) -> tuple[tuple[str, ...], list[int]]:
    roles: dict[str, str] = {}
    heads: list[int] = []
    for mention in own:
        for title in mention.titles:
            if "\n" not in title and len(title) <= _MAX_ROLE:
                roles.setdefault(title.casefold(), title)
        if mention.titles:
            heads.append(mention.start - 1)
    if not any(m.kind == "name" for m in own):
        # A spokesman without a name still speaks for someone.
        spoken = [
            m.head
            for m in own
            if m.kind == "nominal" and m.lemma.startswith("spokes") and m.number != "plural"
        ]
        return tuple({tokens.words(*role_span(tokens, head)): None for head in spoken}), spoken
    for (start, end), head in cluster.roles:
        text = tokens.words(start, end)
        heads.append(head)
        if "\n" not in text and len(text) <= _MAX_ROLE:
            roles.setdefault(text.casefold(), text)
    return tuple(roles.values()), heads


def _affiliations(
    tokens: Tokens, own: list[Mention], heads: list[int], key: int, at: dict[int, int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The actors and places that a role names: "its chief executive", "a spokesman for the council"."""
    actors: dict[int, None] = {}
    places: dict[int, None] = {}

    def note(index: int) -> bool:
        other = at.get(index)
        if other is not None and other != key:
            actors.setdefault(other)
            return True
        if index in tokens.place and index not in tokens.in_name:
            places.setdefault(tokens.place[index])
            return True
        return False

    if not tokens.parsed:
        return (), ()
    for mention in own:
        if mention.titles:
            for index in range(mention.first, mention.start):
                note(index)
            before = mention.first - 1
            if before >= 0 and tokens.lower[before] in ("'s", "'", "’s"):
                before -= 1
            if before >= 0 and (tokens.head[before] < mention.end and tokens.head[before] >= mention.first):
                note(before)
    for head in heads:
        for child in tokens.children[head]:
            dep = tokens.dep[child]
            if dep in ("poss", "compound", "nmod", "amod"):
                note(child)
            elif dep == "prep" and tokens.lower[child] in ("of", "for", "at", "in", "from", "with"):
                noun = tokens.child(child, "pobj")
                if noun is not None and not note(noun):
                    for inner in tokens.children[noun]:
                        if tokens.dep[inner] in ("compound", "poss", "nmod"):
                            note(inner)
                        elif tokens.dep[inner] == "prep":
                            deeper = tokens.child(inner, "pobj")
                            if deeper is not None:
                                note(deeper)
    return tuple(actors), tuple(places)

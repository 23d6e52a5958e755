"""Sources: the actor that the words before or behind a cue mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import cast, get_args

from spacy.tokens import Doc, Span, Token

from onrecord.annotate.actors.lexicon import load_lexicon
from onrecord.annotate.annotations import ActorAnnotation, ActorEntity, ClaimAnnotation, Offsets
from onrecord.annotate.claims.phrases import can_speak
from onrecord.parse.texts import text_of
from onrecord.records.vocabulary import ActorType, MentionKind

_PERSONAL = {"he", "she", "him", "her", "his", "hers", "himself", "herself"}
_IMPERSONAL = {"it", "its", "they", "them", "their", "we", "who", "which", "that", "this", "these", "those"}
_SPEAKERS = {"i", "we", "me", "us"}
_ENTITY_TYPES: dict[str, ActorType] = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "government",
    "NORP": "group",
    "FAC": "organization",
    "LOC": "group",
    "WORK_OF_ART": "document",
    "LAW": "document",
}


class ActorIndex:
    """The actor mentions of a Doc, and those that sources add to them.

    Annotators list actors by what they look like; a source is an actor by what it does. Words that
    are a source and no mention yet become a mention of a new actor here.
    """

    def __init__(self, doc: Doc, mentions: list[ActorAnnotation]) -> None:
        self.doc = doc
        self.text = text_of(doc)
        self.mentions = list(mentions)
        self._by_head = {mention.head: mention for mention in mentions}
        self._lexicon = load_lexicon()
        self._next_key = 1 + max((mention.actor.key for mention in mentions), default=0)

    def of(self, words: Offsets) -> ActorAnnotation | None:
        """Return the mention that a noun phrase is: by its head word, else the one that covers it."""
        span = self.doc.char_span(*words, alignment_mode="expand")
        if span is None:
            return None
        root = span.root
        found = self._by_head.get(root.idx)
        if found is None:
            covering = [m for m in self.mentions if m.start <= root.idx < m.end and m.start < words[1]]
            found = min(covering, key=lambda m: m.end - m.start, default=None)
        if found is None and root.tag_ in ("CD", "DT", "JJ", "PDT"):
            # "Seven of 11 economists", "some of the workers": the mention is headed by the noun.
            inside = [m for m in self.mentions if words[0] <= m.start and m.end <= words[1]]
            found = max(inside, key=lambda m: m.end - m.start, default=None)
        return found

    def relative(self, words: Offsets) -> ActorAnnotation | None:
        """Return the mention that a "who" is; of "Ana Silva of the Guild, who" the parser takes the last."""
        return self._by_head.get(words[0]) if self.text[slice(*words)] == "who" else None

    def denotes_actor(self, words: Offsets) -> bool:
        """Whether a noun phrase can be somebody: not "the price of oil"."""
        return can_speak(self._root(words))

    def source(self, words: Offsets, before: ActorAnnotation | None) -> ActorAnnotation | None:
        """Return the mention of a source, a new one where the words are none yet.

        `before` is the last speaker: a pronoun that the annotators left open means the person who
        spoke last.
        """
        found = self.of(words)
        if found is not None:
            return found
        span = self.doc.char_span(*words, alignment_mode="expand")
        if span is None:
            return None
        root = span.root
        if span.text.lower() in ("each other", "one another"):
            return None
        if root.lower_ in _PERSONAL | _IMPERSONAL or root.tag_ in ("PRP", "WP", "WDT"):
            if before is None or not _may_mean(root.lower_, before.actor.type):
                return None
            return self._add(words, root, "pronoun", before.actor)
        return self._add(
            words, root, "name" if root.tag_ in ("NNP", "NNPS") else "nominal", self._entity(words, root)
        )

    def speaking(self, words: Offsets, speaker: ActorAnnotation) -> ActorAnnotation:
        """Return a pronoun as a mention of who speaks it."""
        root = self._root(words)
        known = self._by_head.get(root.idx)
        if known is not None:
            self.mentions.remove(known)
        return self._add(words, root, "pronoun", speaker.actor)

    def split(self, joint: Iterable[tuple[Offsets, ...]]) -> None:
        """Take mentions that cover several of joint sources apart: a mention and an actor for each."""
        named = {mention.actor.name: mention.actor for mention in self.mentions}
        parts: list[ActorAnnotation] = []
        apart: set[int] = set()
        owners: dict[tuple[int, str], ActorEntity] = {}  # by the key of the actor that was, and head word
        for sources in joint:
            for mention in {one.head: one for words in sources if (one := self.of(words))}.values():
                covered = [words for words in sources if words[0] < mention.end and mention.start < words[1]]
                if len(covered) < 2:
                    continue
                apart.add(mention.head)
                for words in covered:
                    root = self._root(words)
                    name = self._name(words, root)
                    if name not in named:
                        named[name] = self._entity(words, root)
                    owners[mention.actor.key, root.lower_] = named[name]
                    bounds = self._name_bounds(words, root)
                    parts.append(ActorAnnotation(*bounds, mention.kind, root.idx, named[name]))
        if apart:
            split = {key for key, _ in owners}
            kept = [
                replace(one, actor=owners.get((one.actor.key, self._word_at(one.head)), one.actor))
                if one.actor.key in split
                else one
                for one in self.mentions
                if one.head not in apart
            ]
            self._replace([*kept, *parts])

    def set_apart(self, mention: ActorAnnotation) -> None:
        """Make a mention, with those of its actor that have its head word, another actor's."""
        words = mention.start, mention.end
        alike = self._alike(mention.actor, self._word_at(mention.head))
        others = any(one.actor == mention.actor and one.head not in alike for one in self.mentions)
        self._give(alike if others else {mention.head}, self._entity(words, self._root(words)))

    def complete(self, mention: ActorAnnotation, rest: str) -> None:
        """Let mentions of an actor cover the rest of its name wherever that follows them."""
        name = self.text[mention.start : mention.end] + rest
        kind: ActorType = "organization" if mention.actor.type == "person" else mention.actor.type
        own = [one for one in self.mentions if one.actor == mention.actor]
        whole = {
            one.head: replace(one, end=one.end + len(rest))
            for one in own
            if self.text.startswith(rest, one.end)
        }
        inside = {i for one in whole.values() for i in range(one.end - len(rest), one.end)}
        self._replace([whole.get(one.head, one) for one in self.mentions if one.start not in inside])
        self._give({one.head for one in own}, replace(mention.actor, name=name, type=kind))

    def _alike(self, actor: ActorEntity, word: str) -> set[int]:
        """The heads of an actor's mentions that are that word."""
        heads = (one.head for one in self.mentions if one.actor == actor)
        return {head for head in heads if self._word_at(head) == word}

    def _word_at(self, offset: int) -> str:
        return str(self._root((offset, offset + 1)).lower_)

    def _give(self, heads: set[int], actor: ActorEntity) -> None:
        self._replace([replace(one, actor=actor) if one.head in heads else one for one in self.mentions])

    def _replace(self, mentions: list[ActorAnnotation]) -> None:
        self.mentions = mentions
        self._by_head = {mention.head: mention for mention in mentions}

    def _root(self, words: Offsets) -> Token:
        span = cast(Span, self.doc.char_span(*words, alignment_mode="expand"))
        return span.root

    def _add(self, words: Offsets, root: Token, kind: MentionKind, entity: ActorEntity) -> ActorAnnotation:
        start, end = self._name_bounds(words, root)
        mention = ActorAnnotation(start, end, kind, root.idx, entity)
        self.mentions.append(mention)
        self._by_head[root.idx] = mention
        return mention

    def _entity(self, words: Offsets, root: Token) -> ActorEntity:
        key, self._next_key = self._next_key, self._next_key + 1
        return ActorEntity(key, self._name(words, root), self._type_of(root))

    def _name(self, words: Offsets, root: Token) -> str:
        start, end = self._name_bounds(words, root)
        name = self.text[start:end]
        for article in ("the ", "a ", "an ", "The ", "A ", "An "):
            name = name.removeprefix(article)
        return name or str(root.text)

    def _type_of(self, root: Token) -> ActorType:
        """What a noun denotes, by the lexicon of the actors, else by its entity, else by its number."""
        denoted = self._lexicon.head_class(root.lower_, root.lemma_.lower())
        plural = root.tag_ in ("NNS", "NNPS", "CD")
        if denoted is not None and denoted[0] in get_args(ActorType):
            bodies = plural and denoted[0] in ("organization", "government")
            return "group" if bodies else cast(ActorType, denoted[0])
        return _ENTITY_TYPES.get(root.ent_type_) or ("group" if plural else "unnamed")

    def _name_bounds(self, words: Offsets, root: Token) -> Offsets:
        """The head with what stands before it and the phrases that tell which one is meant."""
        if root.pos_ == "VERB":  # Save the Children
            return words
        end = root.idx + len(root)
        for right in root.rights:
            if right.dep_ not in ("prep", "acl", "amod") or right.left_edge.idx >= words[1]:
                break
            if right.left_edge.idx > end + 1:
                break
            end = right.right_edge.idx + len(right.right_edge)
        return max(words[0], root.left_edge.idx), min(max(end, root.idx + len(root)), words[1])


def resolve_sources(claims: list[ClaimAnnotation], index: ActorIndex) -> list[ActorAnnotation | None]:
    """Return the mention of each claim's source, in text order, pronouns resolved as they come.

    "I" and "we" in what somebody says mean that speaker: “I asked him,” she said.
    """
    resolved: list[ActorAnnotation | None] = []
    before: ActorAnnotation | None = None
    for claim in claims:
        words = claim.speaker or claim.source
        named = index.relative(claim.source) if claim.source else None
        mention = named or (index.source(words, before) if words else None)
        resolved.append(mention)
        before = mention or before
    for number, claim in enumerate(claims):
        outer = resolved[claim.parent] if claim.parent is not None else None
        if outer is not None and claim.source and index.text[slice(*claim.source)].lower() in _SPEAKERS:
            resolved[number] = index.speaking(claim.source, outer)
    return resolved


def _may_mean(pronoun: str, actor: ActorType) -> bool:
    """Whether a pronoun that the annotators left open may mean an actor of a type: "it" is no crowd."""
    if pronoun in _PERSONAL:
        return actor == "person"
    return pronoun not in ("it", "its") or actor not in ("person", "group", "unnamed")

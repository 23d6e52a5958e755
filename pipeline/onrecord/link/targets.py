"""Targets: whom, and which claim of the article, a denial, dismissal or accusation is aimed at."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from onrecord.annotate.annotations import ActorAnnotation, ClaimAnnotation, Offsets
from onrecord.annotate.claims.lexicon import CueLexicon
from onrecord.link.sources import ActorIndex

_ANSWERING = {"denial", "dismissal"}
_WORD = re.compile(r"\w{4,}")
_REACH = 25  # claims that are looked back on


class Targets:
    """Finds targets among the claims of one Doc, in text order."""

    def __init__(
        self,
        doc: Doc,
        claims: list[ClaimAnnotation],
        sources: list[ActorAnnotation | None],
        index: ActorIndex,
        lexicon: CueLexicon,
    ) -> None:
        self._doc, self._claims, self._sources, self._index = doc, claims, sources, index
        self._text = doc.text  # spaCy puts the text together anew at every access
        self._accusing = lexicon.words("claim_nouns", "accusing")
        self._stating = lexicon.words("claim_nouns", "stating")
        self._pronouns = lexicon.words("claim_nouns", "pronouns")

    def all(self) -> list[tuple[int | None, int | None]]:
        """Return, for every claim, the key of the actor and the number of the claim that it is aimed at.

        Whoever is accused becomes an actor where no annotator has listed it.
        """
        return [self._of(number) for number in range(len(self._claims))]

    def _of(self, number: int) -> tuple[int | None, int | None]:
        claim = self._claims[number]
        if claim.speech_act == "accusation":
            return self._accused(claim), None
        if claim.speech_act not in _ANSWERING:
            return None, None
        answered = self._answered(number)
        if claim.target is not None:
            owner = self._owner(claim.target, number)
            if owner is not None:
                if answered is not None and self._key(answered) != owner:
                    answered = None
                return owner, answered
        return (self._key(answered), answered) if answered is not None else (None, None)

    def _accused(self, claim: ClaimAnnotation) -> int | None:
        if claim.target is None:
            return None
        mention = self._index.source(claim.target, None) or self._inside(claim.target)
        return mention.actor.key if mention else None

    def _owner(self, words: Offsets, number: int) -> int | None:
        """Whose claim the object of a denial is: reports *by Airwars*, *its* allegations."""
        span = self._doc.char_span(*words, alignment_mode="expand")
        if span is None:
            return None
        root = span.root
        if root.lemma_.lower() not in self._accusing | self._stating:
            mention = self._index.of(words)
            return mention.actor.key if mention and self._may_claim(mention, number) else None
        for c in root.children:
            head = c if c.dep_ == "poss" else None
            if c.dep_ in ("prep", "agent") and c.lower_ in ("by", "from", "of", "in"):
                head = next((g for g in c.children if g.dep_ == "pobj"), None)
            if c.dep_ == "acl" and c.tag_ == "VBN":
                head = self._agent(c)
            if c.dep_ in ("compound", "nmod") and c.pos_ == "PROPN":
                head = c
            if head is None:
                continue
            mention = self._index.of((head.idx, head.idx + len(head)))
            if mention is not None and self._may_claim(mention, number):
                return mention.actor.key
        return None

    @staticmethod
    def _agent(participle: Token) -> Token | None:
        agent = next((c for c in participle.children if c.dep_ == "agent"), None)
        return next((c for c in agent.children if c.dep_ == "pobj"), None) if agent is not None else None

    def _may_claim(self, mention: ActorAnnotation, number: int) -> bool:
        source = self._sources[number]
        return source is None or source.actor.key != mention.actor.key

    def _inside(self, words: Offsets) -> ActorAnnotation | None:
        inside = [m for m in self._index.mentions if words[0] <= m.start and m.end <= words[1]]
        return min(inside, key=lambda m: m.start, default=None)

    def _key(self, number: int) -> int | None:
        source = self._sources[number]
        return source.actor.key if source else None

    def _answered(self, number: int) -> int | None:
        """The claim of somebody else that a denial answers: by its words, else the last accusation."""
        claim = self._claims[number]
        own = self._key(number)
        named = self._head_lemma(claim.target)
        anaphoric = claim.target is None or named in self._accusing | self._stating | self._pronouns
        words = self._content_words(claim)
        best: tuple[float, int] | None = None
        for other in range(max(0, number - _REACH), min(len(self._claims), number + 3)):
            if other == number or self._key(other) in (None, own) or self._claims[other].parent == number:
                continue
            rival = self._claims[other]
            shared = len(words & self._content_words(rival)) / max(1, len(words))
            score = shared + (0.3 if rival.speech_act == "accusation" else 0.0) - 0.01 * abs(number - other)
            if other > number:
                score -= 0.2  # an answer mostly follows what it answers
            if named in self._accusing and rival.speech_act == "accusation":
                score += 0.3
            if (shared >= 0.34 or (anaphoric and rival.speech_act == "accusation")) and (
                best is None or score > best[0]
            ):
                best = score, other
        return best[1] if best else None

    def _head_lemma(self, words: Offsets | None) -> str | None:
        span = self._doc.char_span(*words, alignment_mode="expand") if words else None
        return span.root.lemma_.lower() if span is not None else None

    def _content_words(self, claim: ClaimAnnotation) -> set[str]:
        return {word.lower() for start, end in claim.content for word in _WORD.findall(self._text[start:end])}

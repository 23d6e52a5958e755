"""Targets: whom, and which claim of the article, a denial, dismissal or accusation is aimed at."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from onrecord.annotate.annotations import ActorAnnotation, ClaimAnnotation, Offsets
from onrecord.annotate.claims.lexicon import CueLexicon
from onrecord.link.sources import ActorIndex
from onrecord.parse.texts import text_of

_ANSWERING = {"denial", "dismissal"}
# Nobody denies what is not said to be so; and a denial is seldom denied itself.
_UNLIKELY = {"directive", "commitment", "question", "denial", "dismissal"}
_DIGIT = re.compile(r"\d")
_WORD_LENGTH = 4
_STEM = 5
_WORD = re.compile(rf"[^\W\d_]{{{_STEM},}}")
_REACH = 25  # claims that are looked back on
_AHEAD = 3  # and ahead: headlines deny what the article tells later


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
        self._text = text_of(doc)
        self._accusing = lexicon.words("claim_nouns", "accusing")
        self._stating = lexicon.words("claim_nouns", "stating")
        self._counting = lexicon.words("claim_nouns", "counting")
        self._documents = lexicon.words("claim_nouns", "documents")
        self._weights: dict[str, float] = lexicon.wording["answers"]
        self._words: dict[int, frozenset[str]] = {}
        self._pronouns = lexicon.words("claim_nouns", "pronouns")

    def all(self) -> list[tuple[int | None, int | None]]:
        """Return, for every claim, the key of the actor and the number of the claim that it is aimed at.

        Whoever is accused becomes an actor where no annotator has listed it; the weather does not.
        """
        return [self._of(number) for number in range(len(self._claims))]

    def _of(self, number: int) -> tuple[int | None, int | None]:
        claim = self._claims[number]
        if claim.speech_act == "accusation":
            return self._accused(claim), None
        if claim.speech_act not in _ANSWERING:
            return None, None
        owner = self._owner(claim.target, number) if claim.target is not None else None
        answered = self._answered(number, owner)
        if owner is not None:
            return owner, answered
        return (self._key(answered), answered) if answered is not None else (None, None)

    def _accused(self, claim: ClaimAnnotation) -> int | None:
        if claim.target is None:
            return None
        mention = self._index.of(claim.target)
        if mention is None and self._index.denotes_actor(claim.target):
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
        # The parser may hang "by Airwars" of "dismissed 40 reports by Airwars" on the verb.
        behind = [c for c in self._doc[span.end : span.end + 1] if c.dep_ == "prep" and c.head == root.head]
        for c in (*root.children, *behind):
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

    def _answered(self, number: int, owner: int | None) -> int | None:
        """The claim of somebody else that a denial answers, by the weights of `[answers]`.

        With an `owner` only that actor's claims are asked, and the best of them is always taken where
        a noun of telling points to it ("her account").
        """
        claim = self._claims[number]
        noun = self._head(claim.target)
        named = noun.lemma_.lower() if noun is not None else None
        pointing = named in self._accusing | self._stating | self._pronouns
        own_words = self._content_words(number)
        modifiers = self._modifiers(claim.target, noun)
        best: tuple[float, int] | None = None
        for other in range(max(0, number - _REACH), min(len(self._claims), number + _AHEAD)):
            if not self._can_answer(number, other, owner):
                continue
            score = self._score(number, other, named, pointing, own_words, modifiers)
            if best is None or score > best[0]:
                best = score, other
        if best is None or (best[0] < self._weights["threshold"] and not (owner is not None and pointing)):
            return None
        return best[1]

    def _can_answer(self, number: int, other: int, owner: int | None) -> bool:
        speaker, rival = self._sources[number], self._sources[other]
        if other == number or rival is None or self._claims[other].parent == number:
            return False
        if speaker is not None and self._are_one_side(speaker, rival.actor.key):
            return False
        return owner is None or self._are_one_side(rival, owner)

    def _score(
        self,
        number: int,
        other: int,
        named: str | None,
        pointing: bool,
        own_words: frozenset[str],
        modifiers: frozenset[str],
    ) -> float:
        weights, rival, speaker = self._weights, self._claims[other], self._sources[number]
        score = weights["overlap"] * len(own_words & self._content_words(other)) / max(1, len(own_words))
        if rival.speech_act == "accusation":
            score += weights["accusation"]
            score += weights["accusing_noun"] * (named in self._accusing)
            accused = self._accused(rival)
            if speaker is not None and accused is not None and self._are_one_side(speaker, accused):
                score += weights["accused"]
        if named in self._counting and self._counts(rival):
            score += weights["figures"]
        source = self._sources[other]
        if named in self._documents and source is not None and source.actor.type == "document":
            score += weights["document"]
        if source is not None and modifiers & self._stems(source.actor.name):
            score += weights["named"]
        if speaker is not None and any(self._are_one_side(speaker, key) for key in self._about(other)):
            score += weights["about"]
        score -= weights["nested"] * (rival.parent is not None)
        score -= weights["unlikely"] * (rival.speech_act in _UNLIKELY)
        distance = number - other
        if distance < 0:  # an answer mostly follows what it answers
            return score - weights["later"]
        return score + weights["pointing" if pointing else "recency"] / distance

    @staticmethod
    def _are_one_side(mention: ActorAnnotation, key: int) -> bool:
        return mention.actor.key == key or key in mention.actor.affiliations

    def _about(self, number: int) -> frozenset[int]:
        """The keys of the actors whom the content of a claim mentions."""
        return frozenset(
            mention.actor.key
            for start, end in self._claims[number].content
            for mention in self._index.mentions
            if start <= mention.start and mention.end <= end
        )

    def _modifiers(self, words: Offsets | None, noun: Token | None) -> frozenset[str]:
        """Stems of what stands with the noun of a target: the *Ethiopian* account, the *nurses'* story."""
        if words is None or noun is None:
            return frozenset()
        start, end = noun.idx, noun.idx + len(noun)
        return self._stems(f"{self._text[words[0] : start]} {self._text[end : words[1]]}")

    @staticmethod
    def _stems(text: str) -> frozenset[str]:
        """The beginnings of the longer words of a text, in which Ethiopia and Ethiopian are alike."""
        return frozenset(word[:_STEM].lower() for word in _WORD.findall(text))

    def _counts(self, claim: ClaimAnnotation) -> bool:
        return any(_DIGIT.search(self._text, start, end) for start, end in claim.content)

    def _head(self, words: Offsets | None) -> Token | None:
        span = self._doc.char_span(*words, alignment_mode="expand") if words else None
        return span.root if span is not None else None

    def _content_words(self, number: int) -> frozenset[str]:
        """The lemmas of the content words of a claim: four letters or more, no function words."""
        found = self._words.get(number)
        if found is None:
            spans = (
                self._doc.char_span(*piece, alignment_mode="expand") for piece in self._claims[number].content
            )
            tokens = (token for span in spans if span is not None for token in span)
            found = frozenset(
                token.lemma_.lower() or token.lower_
                for token in tokens
                if len(token) >= _WORD_LENGTH and token.is_alpha and not token.is_stop
            )
            self._words[number] = found
        return found

"""Candidates: what the rules have found of a claim before its details are filled in."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.annotate.claims.lexicon import Cue
from onrecord.annotate.claims.phrases import Range, Source


@dataclass(slots=True)
class Candidate:
    """A claim in the making, in token ranges.

    `cue` are the cue's words and `head` the token that heads them (-1 for a quotation that stands
    alone); `frame` is the lexicon's name for how cue and content go together; `object` is the
    object of the cue where it has one: what is denied, who is accused. `said` is when it was said, where
    that stood inside the content and was taken out. `vouch` is the probability from which the head of speech
    acts vouches for a claim that is doubtful without it; 0 where it is none.
    """

    cue: Range | None
    head: int
    sense: Cue | None
    source: Source | None
    content: list[Range] = field(default_factory=list)
    frame: str = ""
    object: Range | None = None
    confidence: float = 0.5
    said: Range | None = None
    vouch: float = 0.0

    @property
    def is_doubtful(self) -> bool:
        """Whether it is a claim only if the head of speech acts says so."""
        return self.vouch > 0

    @property
    def is_cited(self) -> bool:
        """Whether the source stands behind another claim's (citing two officials) and shares its content."""
        return self.sense is not None and self.sense.lemma == "cite"

    def holds(self, token: int) -> bool:
        """Whether a token is part of the content."""
        return any(start <= token < end for start, end in self.content)

    @property
    def start(self) -> int:
        """The first token of the candidate, which orders claims in the text."""
        starts = [start for start, _ in self.content]
        if self.cue:
            starts.append(self.cue[0])
        if self.source:
            starts.append(self.source.words[0])
        return min(starts)


@dataclass(frozen=True, slots=True)
class Complement:
    """The words that a cue governs: the content by syntax alone."""

    content: tuple[Range, ...]
    frame: str
    object: Range | None = None

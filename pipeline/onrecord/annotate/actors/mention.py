"""What mention finding gives to clustering: a mention with all that its own words tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.annotate.actors.lexicon import HeadClass
from onrecord.records.vocabulary import ActorType, MentionKind

Number = Literal["singular", "plural", "either"]
Sex = Literal["male", "female", "neuter", "human", "unknown"]


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that mean an actor; `start`, `end` and `head` are token numbers, the end excluded.

    `outer` is the first token with the titles before a name; `titles` are those as they stand in the
    text. `noun` is the class of a nominal's head and `lemma` its singular. `definite` says that the
    words point back ("the", "this", "its"). `competitor` marks words that are no actor but that a
    pronoun may mean ("the storm … it"): they are clustered and then dropped.
    `doubtful` marks a name that may be a person's although the recognizer says otherwise. `own` is the
    number of an actor in the user's file that bears the name, -1 for every other mention.
    """

    start: int
    end: int
    head: int
    kind: MentionKind
    type: ActorType | None
    number: Number = "singular"
    sex: Sex = "unknown"
    lemma: str = ""
    noun: HeadClass | None = None
    titles: tuple[str, ...] = ()
    outer: int = -1
    definite: bool = False
    indefinite: bool = False
    competitor: bool = False
    certain: bool = True
    doubtful: bool = False
    own: int = -1

    @property
    def first(self) -> int:
        """The first token of the mention with its titles."""
        return self.start if self.outer < 0 else self.outer

"""What may name a place: a stretch of tokens, and the tokens themselves as plain lists."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc

from onrecord.annotate.places.gazetteer import Senses
from onrecord.parse.texts import text_of


@dataclass(slots=True)
class Candidate:
    """A stretch of tokens that may name a place; `first` and `last` are token numbers, half open.

    `in_name` says that it stands in the name of a body, `compound` that it is
    part of a longer name, be it of a body or not.
    """

    first: int
    last: int
    start: int
    end: int
    name: str
    senses: Senses | None
    features: list[str] = field(default_factory=list)
    in_name: bool = False
    compound: bool = False
    hints: set[str] = field(default_factory=set)
    qualifier: Candidate | None = None
    qualifies: bool = False
    probability: float = 0.0
    label: str = ""
    written: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of a document as plain lists, read once."""

    doc: Doc
    text: str
    tokens: list[str]
    lower: list[str]
    starts: list[int]

    @classmethod
    def of(cls, doc: Doc) -> Words:
        """Read the tokens of a document."""
        tokens, starts, at = [], [], 0
        # Walking over the Doc is what costs most here, so it is done once.
        for token in doc:
            tokens.append(token.text)
            starts.append(at)
            at += len(token.text_with_ws)
        return cls(doc, text_of(doc), tokens, [word.lower() for word in tokens], starts)

    def end(self, number: int) -> int:
        """Return the offset behind a token."""
        return self.starts[number] + len(self.tokens[number])

    def surface(self, first: int, last: int) -> str:
        """Return the text of tokens as it is written."""
        return self.text[self.starts[first] : self.end(last - 1)]

    def capitalised(self, number: int) -> bool:
        """Say whether there is such a token and it begins with a capital letter."""
        return 0 <= number < len(self.tokens) and self.tokens[number][:1].isupper()

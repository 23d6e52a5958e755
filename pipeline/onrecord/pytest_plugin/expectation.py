"""Claims that a test expects by some of their fields, and which claim comes nearest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.errors import OnRecordError
from onrecord.records import Actor, ArticleRecord, Claim, DateExpression, Figure, Place

_PARTS = ("source", "target", "content", "cue", "medium", "hedge", "said")
"""Fields of which words are given that have to stand there."""
_LISTS = ("figures", "dates", "places", "actors")
"""Fields of which each word that is given has to stand in one element."""
_VALUES = ("quotation", "speech_act", "polarity")
"""Fields whose value is given."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """The claim that comes nearest to what was expected, and the fields in which it is another."""

    claim: Claim
    differences: tuple[tuple[str, object, object], ...]
    """Field, what was expected, what is there."""
    agreeing: tuple[str, ...]

    def message(self, record: ArticleRecord) -> str:
        """Return why there is no such claim: the nearest one, and the fields that differ."""
        words = " … ".join(" ".join(span.text.split()) for span in self.claim.content)
        source = "; ".join(_words_of(record, self.claim, "source")) or "nobody named"
        lines = [
            f"no claim of {record.article.id} is as expected; the nearest of {len(record.claims)}, "
            f"{self.claim.id}:",
            f"  {source} — {self.claim.speech_act}: {words}",
        ]
        lines += [
            f"  {name}: expected {_shown(wanted)}, there is {_shown(there)}"
            for name, wanted, there in self.differences
        ]
        if self.agreeing:
            lines.append(f"  as expected: {', '.join(self.agreeing)}")
        return "\n".join(lines)


def nearest(record: ArticleRecord, fields: Mapping[str, Any]) -> Expectation | None:
    """Return the claim that has the most of these fields, the first of several; None where there is no claim.

    Raises:
        OnRecordError: claims have no such field.

    """
    for name in fields:
        if name not in (*_PARTS, *_LISTS, *_VALUES):
            known = ", ".join((*_PARTS, *_LISTS, *_VALUES))
            raise OnRecordError(f"claims have no field {name!r}; expect one of {known}")
    best: Expectation | None = None
    for claim in record.claims:
        judged = [(name, wanted, *_judge(record, claim, name, wanted)) for name, wanted in fields.items()]
        found = Expectation(
            claim,
            tuple((name, wanted, there) for name, wanted, is_right, there in judged if not is_right),
            tuple(name for name, _, is_right, _ in judged if is_right),
        )
        if best is None or len(found.differences) < len(best.differences):
            best = found
    return best


def _judge(record: ArticleRecord, claim: Claim, name: str, wanted: Any) -> tuple[bool, object]:
    """Return whether a claim has a field as wanted, and what it has."""
    if name in _VALUES:
        there = getattr(claim, name)
        return there == wanted, there
    words = list(_words_of(record, claim, name))
    if wanted is None:
        return not words, words
    parts = [wanted] if isinstance(wanted, str) or not isinstance(wanted, Sequence) else list(wanted)
    folded = [one.casefold() for one in words]
    return all(any(str(part).casefold() in one for one in folded) for part in parts), words


def _words_of(record: ArticleRecord, claim: Claim, name: str) -> Iterator[str]:
    """Yield the words by which a part of a claim may be named."""
    match name:
        case "source":
            if claim.source.span:
                yield claim.source.span.text
            yield from _names(record, claim.source.actor)
        case "target":
            yield from _names(record, claim.target.actor if claim.target else None)
        case "content":
            yield " … ".join(" ".join(span.text.split()) for span in claim.content)
        case "cue":
            yield from (claim.cue.text, claim.cue.lemma) if claim.cue else ()
        case "medium" | "hedge":
            value = getattr(claim, name)
            yield from (value,) if value else ()
        case "said":
            yield from _names(record, claim.said)
        case _:
            for identifier in getattr(claim, name):
                yield "; ".join(_names(record, identifier))


def _names(record: ArticleRecord, identifier: str | None) -> Iterator[str]:
    item = record[identifier] if identifier else None
    if isinstance(item, Actor):
        yield from (item.name, *item.aliases)
    elif isinstance(item, Place):
        yield item.name
    elif isinstance(item, DateExpression | Figure):
        yield " ".join(item.text.split())


def _shown(value: object) -> str:
    if isinstance(value, list | tuple):
        return " / ".join(f"“{one}”" for one in value) or "nothing"
    return "nothing" if value is None else f"“{value}”"

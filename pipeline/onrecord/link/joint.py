"""Joint sources: who says a thing together is several actors; "Marks and Spencer" is one."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.annotate.annotations import ClaimAnnotation, Offsets
from onrecord.annotate.claims.lexicon import CueLexicon
from onrecord.link.sources import ActorIndex

_DETERMINERS = frozenset(
    {"the", "a", "an", "his", "her", "its", "their", "our", "my", "this", "that", "these", "those", "some"}
)
_REST_OF_NAME = re.compile(r" (?:and|&) (?:the )?[A-Z]\w*(?: [A-Z]\w*)*")


def settle_joint_sources(
    claims: list[ClaimAnnotation], index: ActorIndex, lexicon: CueLexicon
) -> list[ClaimAnnotation]:
    """Make each of several sources an actor of its own, and each name of one body one actor.

    Two phrases with "and" between them never mean the same one, but for a second office of a person
    without an article ("the singer and actor"): that is the source's own, and no co-source is left.
    """
    index.split((claim.source, *claim.co_sources) for claim in claims if claim.source and claim.co_sources)
    settled = []
    for claim in claims:
        if claim.source and claim.co_sources:
            settled.append(_set_apart(claim, claim.source, index))
            continue
        settled.append(claim)
        words = claim.speaker or claim.source
        if words is not None:
            _complete_name(words, index, lexicon)
    return settled


def _set_apart(claim: ClaimAnnotation, source: Offsets, index: ActorIndex) -> ClaimAnnotation:
    first = index.of(claim.speaker or source)
    for words in claim.co_sources:
        other = index.of(words)
        if first is None or other is None or first.actor.key != other.actor.key:
            continue
        word = index.text[slice(*words)].split()[0]
        is_bare = word.islower() and word not in _DETERMINERS
        if len(claim.co_sources) == 1 and is_bare and first.actor.type == "person":
            return replace(claim, source=(source[0], words[1]), co_sources=())
        # Whichever is no name was taken for the other by mistake.
        index.set_apart(first if other.kind == "name" != first.kind else other)
        first = index.of(claim.speaker or source)
    return claim


def _complete_name(words: Offsets, index: ActorIndex, lexicon: CueLexicon) -> None:
    """Let a mention that is the beginning of a body's name cover the whole: "Trinidad [and Tobago]"."""
    mention = index.of(words)
    if mention is None or mention.kind != "name" or mention.end >= words[1]:
        return
    rest = index.text[mention.end : words[1]]
    if not _REST_OF_NAME.fullmatch(rest):
        return
    name = f"{index.text[mention.start : mention.end]}{rest}".lower()
    is_body = name in lexicon.words("joint", "names") or name.split()[-1] in lexicon.words("joint", "bodies")
    if is_body or " & " in rest or mention.actor.type != "person":
        index.complete(mention, rest)

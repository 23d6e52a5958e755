"""Cues of several words: phrasal verbs (pointed out) and idioms (poured cold water, came clean)."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.annotate.claims.lexicon import Cue, CueLexicon
from onrecord.annotate.claims.phrases import Range

_SKIPPED = frozenset({"DT", "PRP$", "JJ", "RB", "POS", "PDT"})  # pointed [a firm] finger
_MOST_SKIPPED = 2
_PARTICLE_REACH = 4


def match(verb: Token, lexicon: CueLexicon) -> list[Cue]:
    """Return the cues that a verb can be, those of most words first."""
    senses = lexicon.verbs.get(lexicon.lemma(verb.lemma_))
    if senses is None or verb.tag_[:2] == "JJ":  # is *clear*, her *own* account
        return []
    return [cue for cue in senses if own_words(verb, cue) is not None]


def cue_words(verb: Token, cue: Cue) -> Range:
    """Return the cue's own words: the verb, with what belongs to it and stands right behind it."""
    own = own_words(verb, cue) or [verb]
    reach = 1 if len(own) == 2 and own[1].dep_ in ("prt", "advmod", "prep") else _MOST_SKIPPED + len(cue.rest)
    return verb.i, own[-1].i + 1 if own[-1].i - verb.i <= reach else verb.i + 1


def own_words(verb: Token, cue: Cue) -> list[Token] | None:
    """Return the verb and the words of the cue behind it, or None where one of them is missing."""
    own = [verb]
    skipped = 0
    for i in range(verb.i + 1, min(verb.i + 1 + len(cue.rest) + _MOST_SKIPPED, len(verb.doc))):
        if len(own) > len(cue.rest):
            break
        token = verb.doc[i]
        if cue.rest[len(own) - 1] in (token.lower_, token.lemma_.lower()):
            own.append(token)
        elif token.tag_ in _SKIPPED and skipped < _MOST_SKIPPED and len(own) == 1:
            skipped += 1
        else:
            break
    if len(own) == len(cue.rest) + 1:
        return own
    return [verb, *apart] if (apart := _particle_apart(verb, cue)) else None


def _particle_apart(verb: Token, cue: Cue) -> list[Token]:
    """A particle behind the object: laughed [the story] off."""
    if len(cue.rest) != 1:
        return []
    return [
        c
        for c in verb.rights
        if c.lower_ == cue.rest[0] and c.dep_ in ("prt", "advmod") and c.i - verb.i <= _PARTICLE_REACH
    ][:1]

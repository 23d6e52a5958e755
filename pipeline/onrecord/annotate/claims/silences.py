"""Who would not say: declined to comment, could not be reached, did not reply. Never claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from onrecord.annotate.claims.lexicon import CueLexicon
from onrecord.annotate.claims.phrases import Range, Source, child, noun_phrase, source_of, subtree, trim


@dataclass(frozen=True, slots=True)
class Silence:
    """A refusal to speak in token ranges."""

    span: Range
    kind: Literal["declined", "unreachable", "no_reply"]
    source: Source | None
    topic: Range | None


def find_silences(tokens: list[Token], lexicon: CueLexicon) -> Iterator[Silence]:
    """Yield the non-responses of a parsed Doc's tokens in text order."""
    refusing, refused = lexicon.words("non_response", "refusing"), lexicon.words("non_response", "refused")
    replying, reaching = lexicon.words("non_response", "replying"), lexicon.words("non_response", "reaching")
    silent = lexicon.words("non_response", "silent")
    for token in tokens:
        if token.tag_[:2] != "VB":
            continue
        lemma = token.lemma_.lower()
        if lemma in refusing:
            done = child(token, "xcomp")
            if done is not None and done.lemma_.lower() in refused:
                yield Silence(_span(token, done), "declined", source_of(token), _topic(done))
        elif not _negated(token):
            continue
        elif lemma in replying and _is_reply(token, lexicon):
            yield Silence(_span(token, token), "no_reply", source_of(token), _topic(token))
        elif lemma in reaching and child(token, "auxpass") is not None:
            subject = child(token, "nsubjpass")
            source = Source(noun_phrase(subject), noun_phrase(subject)) if subject is not None else None
            yield Silence(_span(token, token), "unreachable", source, None)
        elif lemma in silent and child(token, "ccomp", "dobj", "xcomp") is not None:
            asks = child(token, "ccomp", "dobj", "xcomp")
            if lemma == "comment" or (asks is not None and _asks(asks)):
                yield Silence(_span(token, token), "declined", source_of(token), _topic(token))
        elif lemma == "comment":
            yield Silence(_span(token, token), "declined", source_of(token), _topic(token))


def _asks(clause: Token) -> bool:
    return clause.left_edge.lower_ in ("whether", "if", "what", "when", "who", "why", "how", "where", "which")


def _negated(token: Token) -> bool:
    return child(token, "neg") is not None


def _is_reply(token: Token, lexicon: CueLexicon) -> bool:
    nouns = lexicon.words("non_response", "reply_nouns")
    target = child(token, "dobj")
    for prep in token.rights:
        if prep.dep_ == "prep" and prep.lower_ == "to":
            target = child(prep, "pobj")
    return target is not None and target.lemma_.lower() in nouns


def _span(first: Token, last: Token) -> Range:
    start = min([first.i, *(c.i for c in first.lefts if c.dep_ in ("aux", "auxpass", "neg"))])
    end = last.i + 1
    for right in last.rights:
        if (right.dep_ == "prep" and right.lower_ == "to") or (right.dep_ == "dobj" and last.lemma_ != "say"):
            end = max(end, right.right_edge.i + 1)
    return trim(first.doc, (start, end))


def _topic(verb: Token) -> Range | None:
    for right in verb.rights:
        if right.dep_ == "ccomp":
            return subtree(right)
        if right.dep_ == "prep" and right.lower_ in ("on", "about", "regarding"):
            topic = child(right, "pobj")
            if topic is not None:
                return subtree(topic)
    return None

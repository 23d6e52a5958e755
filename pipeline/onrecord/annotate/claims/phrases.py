"""Phrases of a dependency parse as token ranges: subjects, noun phrases, clauses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.annotate.actors.lexicon import load_lexicon

Range = tuple[int, int]
"""Half-open range of token numbers."""

_CLAUSE_SUBJECTS = ("nsubj", "csubj")
_MAX_CLIMB = 6


@dataclass(frozen=True, slots=True)
class Source:
    """The words that name who is on record, and the mention to resolve it by.

    `others` are further sources of the same claim ("the army and the ministry said"); `speaker`
    differs from `words` where these are a relative pronoun.
    """

    words: Range
    speaker: Range
    others: tuple[Range, ...] = ()


def subtree(token: Token) -> Range:
    """Return the range that the token and everything below it spans."""
    return token.left_edge.i, token.right_edge.i + 1


def child(token: Token, *dependencies: str) -> Token | None:
    """Return the first child with one of these dependencies."""
    return next((c for c in token.children if c.dep_ in dependencies), None)


def noun_phrase(head: Token, avoid: Range | None = None) -> Range:
    """Return the noun phrase of a head: with appositions and what restricts it, without asides.

    A relative clause behind a comma is an aside; `avoid` is a range (the cue's) that must stay out.
    Coordinated phrases are left out; they are sources of their own.
    """
    start, end = head.left_edge.i, head.i + 1
    for right in head.rights:
        if right.dep_ in ("conj", "cc", "preconj"):
            break
        behind_comma = right.left_edge.i > 0 and head.doc[right.left_edge.i - 1].text in (
            ",",
            "-",
            "–",
            "—",
            ":",
        )
        if right.dep_ in ("relcl", "acl", "advcl", "parataxis") and behind_comma:
            break
        if right.dep_ in ("punct", "case"):  # a possessor's 's is none of the source
            continue
        low, high = subtree(right)
        if avoid and low < avoid[1] and avoid[0] < high:
            break
        end = max(end, high)
    if avoid and start < avoid[1] <= head.i:
        start = avoid[1]
    low, high = trim(head.doc, (start, end))
    # A head that is a mark itself (the tagger takes a stray » for a name) would leave nothing.
    return (low, high) if low < high else (head.i, head.i + 1)


def can_speak(head: Token) -> bool:
    """Return whether the head of a noun phrase can be somebody, or a document: not "the price of oil"."""
    return head.pos_ != "NOUN" or load_lexicon().head_class(head.lower_, head.lemma_.lower()) is not None


def overlap(one: Range, other: Range) -> bool:
    """Return whether two ranges share a token."""
    return one[0] < other[1] and other[0] < one[1]


def trim(doc: Doc, span: Range) -> Range:
    """Take blanks, commas, dashes and the closing mark of what stands before off the edges of a range."""
    start, end = span
    while start < end and (doc[start].is_space or doc[start].text in _EDGES or doc[start].text in _CLOSING):
        start += 1
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in _EDGES):
        end -= 1
    return start, end


_CLOSING = frozenset({"”", "»", ")"})
_EDGES = frozenset({",", ";", ":", "-", "–", "—", "--", "…", "...", "•"})


def source_of(verb: Token) -> Source | None:
    """Return the source of a verbal cue: its subject, its agent, or the subject it shares.

    A participle or a coordinated verb shares the subject of the verb above it; in a relative
    clause the pronoun is the source and its antecedent the speaker.
    """
    token = verb
    for _ in range(_MAX_CLIMB):
        passive = child(token, "nsubjpass", "auxpass") is not None or _is_bare_participle(token)
        if passive:
            agent = child(token, "agent")
            agent_noun = child(agent, "pobj") if agent is not None else None
            if agent_noun is not None:
                return _source(agent_noun, verb)
            if token is verb:
                return None
        subject = _subject(token, with_passive=token is not verb)
        if subject is not None and subject.dep_ != "csubj":
            return _source(subject, verb)
        if token.dep_ in ("acl", "relcl") and token.head.pos_ in ("NOUN", "PROPN", "PRON"):
            return None if _is_bare_participle(token) else _source(token.head, verb)
        if (
            token.dep_ in ("conj", "advcl", "xcomp", "pcomp", "prep", "ccomp", "parataxis", "dep", "aux")
            and token.head is not token
        ):
            token = token.head
            continue
        return None
    return None


def _subject(verb: Token, *, with_passive: bool) -> Token | None:
    """The subject nearest to its verb: of two, the parser took a fronted clause's noun for the other."""
    wanted = (*_CLAUSE_SUBJECTS, "nsubjpass") if with_passive else _CLAUSE_SUBJECTS
    subjects = [c for c in verb.children if c.dep_ in wanted]
    return min(subjects, key=lambda c: abs(c.i - verb.i), default=None)


def _is_bare_participle(token: Token) -> bool:
    """A past participle without an auxiliary: deaths *confirmed* by …; *told* by the court, the firm …"""
    if token.tag_ != "VBN" or child(token, "aux", "auxpass") is not None:
        return False
    return token.dep_ in ("acl", "amod") or (token.dep_ == "advcl" and child(token, "agent") is not None)


def _source(head: Token, verb: Token) -> Source:
    avoid = (verb.i, verb.i + 1)
    words = noun_phrase(head, avoid)
    speaker = words
    if head.tag_ in ("WP", "WDT") or (
        head.lower_ == "that" and head.dep_ == "nsubj" and head.head.dep_ == "relcl"
    ):
        clause = head.head
        while clause.dep_ in ("conj", "xcomp", "ccomp") and clause.head is not clause:
            clause = clause.head
        if clause.dep_ == "relcl":
            speaker = noun_phrase(clause.head, avoid=subtree(head))
    return Source(words, speaker)


def cut(source: Source | None, content: list[Range]) -> Source | None:
    """Return the source without what is content: accused by [unions] of spying."""
    if source is None or source.others:
        return source
    start, end = source.words
    end = min((low for low, _ in content if start < low < end), default=end)
    return Source((start, end), (start, end)) if source.words == source.speaker else source


def lines_of(tokens: list[Token]) -> Iterator[Range]:
    """Yield the paragraphs of a Doc as token ranges, blanks at their edges left out."""
    start = 0
    for token in tokens:
        if token.is_space and ("\n" in token.text or "\r" in token.text):
            if token.i > start:
                yield start, token.i
            start = token.i + 1
    if start < len(tokens):
        yield start, len(tokens)

"""When a claim was made: the date expression that hangs on its cue, its medium or its document."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter

from spacy.tokens import Doc, Span, Token

from onrecord.annotate.actors.lexicon import load_lexicon
from onrecord.annotate.annotations import DATES, DateAnnotation
from onrecord.annotate.claims.candidates import Candidate
from onrecord.annotate.claims.phrases import Range, child, trim

_start = attrgetter("start")
_DAY = re.compile(r"\d{4}-(?:\d\d-\d\d|W\d\d)")
_NO_TIME_OF_SAYING = re.compile(r"\d{2,4}|FUTURE_REF|PRESENT_REF")
_LIMITS = frozenset({"by", "until", "till", "since", "for", "through", "to"})
_LINKS = frozenset(
    {"npadvmod", "pobj", "prep", "advmod", "tmod", "nummod", "compound", "amod", "dobj", "appos", "acl"}
)
_OPENING = frozenset({"on", "in", "at", "during", "late", "early", "earlier"})
_GOES_ON = frozenset({"as", "of", "to", "for", "that", "over"})
_CLAUSAL = frozenset({"that", "whether", "if", "to", "who", "which", "what", "and"})
_LONGEST_LINK = 6  # words from a date up to the verb: in a statement on the club's website on Sunday night
_LONGEST_OBJECT = 8


def said_of(candidate: Candidate, doc: Doc) -> Range | None:
    """Return the date expression that says when the claim was made.

    It hangs on the cue ("said on Monday", "said in a report published on Monday"), else on a verb that the
    cue goes on from ("cut its forecast on Monday and said"), else it dates the document that speaks ("an
    audit released in June found").
    """
    if candidate.head < 0 or DATES not in doc.spans:
        return None
    verb = doc[candidate.head]
    spans = [
        span
        for span, annotation in _dates_in(doc, verb.sent)
        if not candidate.holds(span.start)
        and _can_be_said(span, annotation)
        and not _is_to_come(doc, annotation)
    ]
    source = candidate.source.words if candidate.source else (0, 0)
    outside = [span for span in spans if not source[0] <= span.start < source[1]]
    for anchor in (verb, *_went_before(verb)):
        hanging = [span for span in outside if _hangs_on(span.root, anchor, candidate)]
        if hanging:
            near = min(hanging, key=lambda span: abs(span.start - anchor.i))
            return near.start, near.end
    return _date_of_document(candidate, doc)


def take_out_time(candidate: Candidate, doc: Doc) -> None:
    """Take the time of saying out of a content: dismissed [the account] on Monday [as “theatre”].

    Only a day or week that does not lie after the publication stands between what a cue governs and what
    is said of that by chance.
    """
    if candidate.head < 0 or not candidate.content or candidate.content[0][0] <= candidate.head:
        return
    start, end = candidate.content[0]
    verb = doc[candidate.head]
    for span, annotation in _dates_in(doc, doc[start : min(end + 2, verb.sent.end)]):
        low = span.start - (span.start > start and doc[span.start - 1].lower_ in _OPENING)
        if low > end:
            return
        high = span.end
        while high < end and doc[high].is_punct and not doc[high].is_quote:
            high += 1
        if not (
            _can_be_said(span, annotation)
            and _is_object(doc, start, low)
            and (high >= end or doc[high].is_quote or doc[high].lower_ in _GOES_ON)
            and (start < low or high < end)
            and _is_past(doc, span, annotation, verb)
        ):
            continue
        pieces = [trim(doc, piece) for piece in ((start, low), (high, end))]
        candidate.content[:1] = [piece for piece in pieces if piece[0] < piece[1]]
        candidate.said = span.start, span.end
        return
    last = doc[end - 1]
    behind = child(last, "pobj")
    if (
        last.dep_ == "prep"
        and len(candidate.content) == 1
        and behind is not None
        and behind.left_edge.i == end
    ):
        candidate.content[0] = start, behind.right_edge.i + 1  # an election [on 9 June]


def _dates_in(doc: Doc, words: Span) -> Iterator[tuple[Span, DateAnnotation]]:
    if DATES not in doc.spans:
        return
    dates = doc.spans[DATES]
    for number in range(bisect_left(dates, words.start, key=_start), len(dates)):
        span = dates[number]
        if span.start >= words.end:
            return
        annotation: DateAnnotation | None = span._.onrecord_date
        if annotation is not None and annotation.type in ("DATE", "TIME"):
            yield span, annotation


def _can_be_said(span: Span, annotation: DateAnnotation) -> bool:
    """Whether an expression can say when words were spoken: a day or week, not a year or a deadline."""
    before = span.doc[span.start - 1].lower_ if span.start else ""
    return before not in _LIMITS and not _NO_TIME_OF_SAYING.fullmatch(annotation.timex)


def _is_object(doc: Doc, start: int, end: int) -> bool:
    """Whether words are no more than an object, or nothing."""
    return end - start <= _LONGEST_OBJECT and not any(
        token.pos_ in ("VERB", "AUX") or token.lower_ in _CLAUSAL or token.is_quote
        for token in doc[start:end]
    )


def _is_past(doc: Doc, span: Span, annotation: DateAnnotation, verb: Token) -> bool:
    """Whether a date is a day that was, as far as the publication tells, else one that hangs on the verb."""
    if verb.tag_ not in ("VBD", "VBN") or _is_to_come(doc, annotation):
        return False
    if doc._.onrecord_published is None or annotation.earliest is None:
        head = span.root.head
        return head is verb or head.head is verb
    return _DAY.match(annotation.timex) is not None or span[0].lower_ in ("last", "this", "earlier")


def _is_to_come(doc: Doc, annotation: DateAnnotation) -> bool:
    """Whether a date lies after the publication."""
    published: str | None = doc._.onrecord_published
    if published is None or annotation.earliest is None:
        return False
    return annotation.earliest > published[:10]


def _went_before(verb: Token) -> Iterator[Token]:
    """Yield the verbs that a cue goes on from: *cut* … and said; *sued*, alleging; *giving* talks, said."""
    head = verb
    while head.head is not head and (
        (head.dep_ == "conj" and child(head, "nsubj", "nsubjpass") is None)
        or (head.dep_ == "advcl" and head.tag_ == "VBG" and head.i > head.head.i)
    ):
        head = head.head
        yield head
    for left in verb.lefts:
        if left.dep_ == "advcl" and left.tag_ == "VBG":
            yield left


def _date_of_document(candidate: Candidate, doc: Doc) -> Range | None:
    """When a document that speaks was made public: a study *published in May*, a *2022* report."""
    if candidate.source is None:
        return None
    start, end = candidate.source.words
    noun = doc[start:end].root
    known = load_lexicon().head_class(noun.lower_, noun.lemma_.lower())
    if known is None or known[0] != "document":
        return None
    for span, _ in _dates_in(doc, doc[start : max(end, candidate.head)]):
        if _hangs_on(span.root, noun, candidate) or span.end == end:
            return span.start, span.end
    return None


def _hangs_on(token: Token, verb: Token, candidate: Candidate) -> bool:
    for _ in range(_LONGEST_LINK):
        if token.i == verb.i:
            return True
        if token.dep_ not in _LINKS or candidate.holds(token.head.i):
            return False
        token = token.head
    return token.i == verb.i

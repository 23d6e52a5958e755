"""Inserted cues: "Sleep, posits Dr Amari, began as …"; "The town, the statistics office projects, will …".

Read off the marks around them, for the parser is often led astray by them.
"""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.annotate.claims.candidates import Candidate
from onrecord.annotate.claims.idioms import cue_words
from onrecord.annotate.claims.lexicon import Cue
from onrecord.annotate.claims.phrases import Range, Source, trim
from onrecord.annotate.claims.reading import Reading
from onrecord.annotate.claims.verbs import going_on

_MARKS = frozenset({",", "?", "!", "–", "—", "”", '"', "’", "'", ";"})
_SAYING = frozenset({"clause", "quote", "question"})
_CONFIDENCE = 0.6
_LONGEST = 14  # words of an insertion
_FARTHEST = 100  # words of a content on either side of it
_ASIDES = frozenset({"relcl", "acl", "advcl"})
_FINITE = frozenset({"VBZ", "VBD", "VBP", "MD"})
_OPENING = frozenset({"DT", "PRP$", "NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "CD", "PRP"})
_PHRASE = _OPENING | {"IN", "POS", "CC", "VBN", "VBG"}
_RELATIVE = frozenset({"WP", "WDT", "WP$"})
_NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "CD"})


def inverted(verb: Token, cue: Cue, reading: Reading) -> Candidate | None:
    """Return the claim of a cue that stands behind a mark and before its source: "…, posits Dr Amari"."""
    if verb.i == 0 or not _is_mark(verb.nbor(-1)):
        return None
    found = inserted(verb, cue, reading)
    source = found.source if found is not None else None
    return found if source is not None and source.words[0] > verb.i else None


def inserted(verb: Token, cue: Cue, reading: Reading) -> Candidate | None:
    """Return the claim of a cue that stands inserted between marks; None where it does not.

    The cue begins or ends its segment; the rest of it is a noun phrase.
    """
    is_saying = "only" not in cue.frames and cue.frames & _SAYING and "clause" not in cue.with_object
    if not is_saying or verb.tag_ not in _FINITE | {"NNS"}:
        return None  # told the court
    insertion = _segment(verb, reading)
    if insertion is None:
        return None
    source, content = insertion
    return Candidate(
        cue_words(verb, cue), verb.i, cue, source, content, frame="clause", confidence=_CONFIDENCE
    )


def _segment(verb: Token, reading: Reading) -> tuple[Source, list[Range]] | None:
    """The source and the content of an inserted verb."""
    doc, (start, end) = verb.doc, reading.sentences[verb.i]
    if start > 0 and doc[start].is_lower and doc[start - 1].text in ("?", "!"):
        start = reading.sentences[start - 1][0]  # Who fed the leopard? wondered residents.
    start, end = max(start, verb.i - _FARTHEST), min(end, verb.i + _FARTHEST)
    low = verb.i
    while low > start and not _is_mark(doc[low - 1]) and verb.i - low <= _LONGEST:
        low -= 1
    high = verb.i + 1
    while high < end and not _is_mark(doc[high]) and not _is_end(doc[high]) and high - verb.i <= _LONGEST:
        high += 1
    if low <= start + 1 or verb.i - low > _LONGEST or high - verb.i > _LONGEST:
        return None
    words = (low + 1, high) if verb.i == low else (low, verb.i)
    if (verb.i != low and verb.i + 1 != high) or not _is_noun_phrase(words, reading):
        return None
    if verb.tag_ == "NNS" and not _is_mistaken(verb, words):
        return None
    opening = max((i + 1 for i in range(start, low - 1) if doc[i].text == ";"), default=start)
    before = trim(doc, (opening, low - (doc[low - 1].text in ",–—;")))
    behind = going_on(doc, high, (start, end))
    has_clause = any(doc[i].tag_ in _FINITE and doc[i].dep_ not in _ASIDES for i in range(*before))
    if before[1] <= before[0] or not (has_clause or (behind and doc[behind[0]].tag_ in _FINITE)):
        return None  # The elders, who met on Monday, blame the miners.
    return Source(words, words), [before, behind] if behind else [before]


def _is_mark(token: Token) -> bool:
    return token.text in _MARKS and token.tag_ != "POS"


def _is_end(token: Token) -> bool:
    return token.is_sent_end is True or token.is_space or token.text in (".", ":")


def _is_mistaken(noun: Token, words: Range) -> bool:
    """Whether the tagger took a verb for a plural: the ministry *projects*, *wonders* the guide."""
    opens = noun.doc[words[0]].tag_ in ("DT", "PRP$", "NNP")
    return noun.tag_ == "NNS" and opens and noun.doc[words[1] - 1].tag_ in ("NN", "NNP")


def _is_noun_phrase(span: Range, reading: Reading) -> bool:
    tokens = [reading.doc[i] for i in range(*span)]
    clause = next((n for n, token in enumerate(tokens) if n and token.tag_ in _RELATIVE), len(tokens))
    tokens = tokens[:clause]
    if not tokens or tokens[0].tag_ not in _OPENING:
        return False
    return all(token.tag_ in _PHRASE or token.is_punct for token in tokens) and any(
        t.tag_ in _NOMINAL for t in tokens
    )

"""What the rules know of a Doc before they look for claims, computed once."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.annotate.claims.lexicon import CueLexicon
from onrecord.annotate.claims.phrases import Range, lines_of
from onrecord.annotate.claims.speeches import token_ranges
from onrecord.parse.quotations import Quotation

_DATELINE = 14  # tokens of the longest dateline
_DASHES = frozenset({"—", "–", "-", "--"})


@dataclass(frozen=True)
class Reading:
    """A Doc with its quotations, lines and sentences, in tokens.

    `tokens` are the Doc's tokens, made once; `spoken` is the range of each quotation, `inside` the
    number of the quotation that each token stands in (-1: none), `sentences` each token's sentence.
    """

    doc: Doc
    lexicon: CueLexicon
    quotations: list[Quotation]
    tokens: list[Token]
    lines: list[Range]
    spoken: list[Range]
    inside: list[int]
    sentences: list[Range]

    @classmethod
    def of(cls, doc: Doc, lexicon: CueLexicon, quotations: list[Quotation]) -> Reading:
        """Read sentences and quotations off a Doc; without a parse each line is a sentence."""
        tokens = list(doc)
        lines = list(lines_of(tokens))
        parsed = doc.has_annotation("DEP")
        bounds = [(sentence.start, sentence.end) for sentence in doc.sents] if parsed else lines
        sentences: list[Range] = [(0, 0)] * len(doc)
        for low, end in bounds:
            start = _after_dateline(tokens, low, end)
            sentences[low:end] = [(start, end)] * (end - low)
        spoken = token_ranges(tokens, quotations)
        inside = [-1] * len(tokens)
        for number, (start, end) in enumerate(spoken):
            inside[start:end] = [number] * (end - start)
        return cls(doc, lexicon, quotations, tokens, lines, spoken, inside, sentences)


def _after_dateline(tokens: list[Token], start: int, end: int) -> int:
    """Where a sentence begins behind its dateline: "LAGOS, Nigeria (LNA) — Dock workers …"."""
    first = tokens[start]
    opens_line = start == 0 or tokens[start - 1].is_space
    if not opens_line or not first.is_upper or len(first) < 3:
        return start
    for i in range(start + 1, min(start + _DATELINE, end - 1)):
        if tokens[i].text in _DASHES:
            return i + 1
        if tokens[i].pos_ in ("VERB", "AUX"):
            break
    return start

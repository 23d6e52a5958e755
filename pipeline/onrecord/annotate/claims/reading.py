"""What the rules know of a Doc before they look for claims, computed once."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from onrecord.annotate.claims.lexicon import CueLexicon
from onrecord.annotate.claims.phrases import Range, lines_of
from onrecord.annotate.claims.speeches import quoted_tokens
from onrecord.parse.quotations import Quotation


@dataclass(frozen=True)
class Reading:
    """A parsed Doc with its quotations: for each token its quotation (-1: none) and its sentence."""

    doc: Doc
    lexicon: CueLexicon
    quotations: list[Quotation]
    inside: list[int]
    sentences: list[Range]

    @classmethod
    def of(cls, doc: Doc, lexicon: CueLexicon, quotations: list[Quotation]) -> Reading:
        """Read sentences and quotations off a Doc; without a parse each line is a sentence."""
        bounds = (
            [(sentence.start, sentence.end) for sentence in doc.sents]
            if doc.has_annotation("DEP")
            else list(lines_of(doc))
        )
        sentences: list[Range] = [(0, 0)] * len(doc)
        for start, end in bounds:
            sentences[start:end] = [(start, end)] * (end - start)
        return cls(doc, lexicon, quotations, quoted_tokens(doc, quotations), sentences)

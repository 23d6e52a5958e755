"""From a text to an annotated Doc, in time and memory that grow no faster than the text.

spaCy's tokenizer takes time by the square of the longest stretch without white space, and its
trained components hold some 20 KB for every token of a Doc. News comes near neither limit; a text of
a million quotation marks does. So longer stretches are cut, a run of one sign is a word rather than
a word for each, and a longer text is parsed in pieces, which end with a line, or else a sentence, where
they can; annotators see it whole again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from onrecord.parse.pipeline import first_annotator
from onrecord.parse.runs import RUN

MOST_TOKENS = 10_000
"""A longer text is parsed in pieces of no more."""
LONGEST_STRETCH = 400
"""Characters without white space; in a longer one, a word is cut after so many."""

_STOPS = frozenset(".!?")
_LONG_STRETCH = re.compile(rf"\S{{{LONGEST_STRETCH + 1},}}")


def tokenize(nlp: Language, text: str) -> Doc:
    """Return the Doc of a text, with its tokens alone."""
    docs: list[Doc] = []
    done = 0
    for run in RUN.finditer(text):
        docs.extend(_tokenized(nlp, text[done : run.start()]))
        cuts = range(run.start(), run.end(), LONGEST_STRETCH)
        words = [text[start:end] for start, end in pairwise([*cuts, run.end()])]
        docs.append(Doc(nlp.vocab, words=words, spaces=[False] * len(words)))
        done = run.end()
    docs.extend(_tokenized(nlp, text[done:]))
    return _joined(docs)


def _tokenized(nlp: Language, text: str) -> Iterator[Doc]:
    bounds = [0]
    for stretch in _LONG_STRETCH.finditer(text):
        bounds.extend(range(stretch.start() + LONGEST_STRETCH, stretch.end(), LONGEST_STRETCH))
    bounds.append(len(text))
    return (nlp.make_doc(text[start:end]) for start, end in pairwise(bounds))


def annotate(nlp: Language, doc: Doc) -> Doc:
    """Return the Doc with what all components of the pipeline say of it; it had only tokens."""
    components = [component for _, component in nlp.pipeline]
    first = first_annotator(nlp)
    pieces = [doc] if len(doc) <= MOST_TOKENS else [tokenize(nlp, piece) for piece in _pieces(doc)]
    whole = _joined([_through(components[:first], piece) for piece in pieces])
    whole.user_data.update(doc.user_data)
    return _through(components[first:], whole)


def _through(components: Iterable[Callable[[Doc], Doc]], doc: Doc) -> Doc:
    for component in components:
        doc = component(doc)
    return doc


def _pieces(doc: Doc) -> Iterator[str]:
    """Yield the text of a Doc in pieces of at most `MOST_TOKENS` tokens."""
    start = 0
    while start < len(doc):
        end = min(start + MOST_TOKENS, len(doc))
        if end < len(doc):
            back = range(end, start + MOST_TOKENS // 2, -1)
            lines = (at for at in back if "\n" in doc[at - 1].text)
            sentences = (at for at in back if doc[at - 1].text in _STOPS)
            end = next(lines, None) or next(sentences, end)
        yield doc[start:end].text_with_ws
        start = end


def _joined(docs: list[Doc]) -> Doc:
    if len(docs) == 1:
        return docs[0]
    joined = Doc.from_docs(docs, ensure_whitespace=False)
    assert joined is not None
    return joined

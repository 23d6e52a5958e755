"""The `onrecord_paragraphs` component: a line break ends a sentence.

Articles come with each headline, caption and paragraph on its own line. spaCy's parser would run a
headline without a full stop into the paragraph below it; it keeps to sentence starts that are set
before it runs, so this component goes first. It also ends what goes on longer than any sentence of
news, for the parser may hang whatever comes without a full stop on one verb: contents of claims would
grow with the square of such a text.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

_STOPS = frozenset({".", "!", "?", "…", ";"})
_LONGEST_SENTENCE = 300  # tokens without a stop
_LONGEST_PART = 1_000  # tokens; a line that is longer ends a sentence at the next stop at the latest


class Paragraphs:
    """Mark the first word of every line as the start of a sentence."""

    def __call__(self, doc: Doc) -> Doc:
        """Set `token.is_sent_start` after line breaks; leave all other tokens open."""
        starts = False
        begun = stopped = 0  # the last start that was set, and the last stop
        for token in doc:
            if token.is_space:
                starts = starts or "\n" in token.text or "\r" in token.text
                # White space never starts a sentence of its own; the very first token always does.
                if token.i:
                    token.is_sent_start = False
            elif starts or token.i - max(begun, stopped) >= _LONGEST_SENTENCE:
                token.is_sent_start = True
                starts = False
                begun = token.i
            elif token.text in _STOPS:
                stopped = token.i
                starts = stopped - begun >= _LONGEST_PART
        return doc


@Language.factory("onrecord_paragraphs", assigns=["token.is_sent_start"])
def create_paragraphs(nlp: Language, name: str) -> Paragraphs:  # noqa: ARG001  spaCy's signature
    """Create the component; it needs nothing of the pipeline and goes before the parser."""
    return Paragraphs()

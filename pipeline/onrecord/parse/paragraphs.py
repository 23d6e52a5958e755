"""The `onrecord_paragraphs` component: a line break ends a sentence.

Articles come with each headline, caption and paragraph on its own line. spaCy's parser would run a
headline without a full stop into the paragraph below it; it keeps to sentence starts that are set
before it runs, so this component goes first.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


class Paragraphs:
    """Mark the first word of every line as the start of a sentence."""

    def __call__(self, doc: Doc) -> Doc:
        """Set `token.is_sent_start` after line breaks; leave all other tokens open."""
        after_break = False
        for token in doc:
            if token.is_space:
                after_break = after_break or "\n" in token.text or "\r" in token.text
                # White space never starts a sentence of its own; the very first token always does.
                if token.i:
                    token.is_sent_start = False
            elif after_break:
                token.is_sent_start = True
                after_break = False
        return doc


@Language.factory("onrecord_paragraphs", assigns=["token.is_sent_start"])
def create_paragraphs(nlp: Language, name: str) -> Paragraphs:  # noqa: ARG001  spaCy's signature
    """Create the component; it needs nothing of the pipeline and goes before the parser."""
    return Paragraphs()

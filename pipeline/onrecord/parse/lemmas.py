"""The `onrecord_lemmas` component: what the attribute ruler and the lemmatizer say, remembered.

spaCy's attribute ruler and rule lemmatizer take up to a third of a pipeline's time, and say the
same of a word with the same tag and dependency nearly every time. This component asks them once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

import numpy as np
from spacy.tokens import Doc
from spacy.vocab import Vocab

_ATTRIBUTES: list[int | str] = ["ORTH", "TAG", "DEP"]
_CACHE = 50_000

Annotate = Callable[[Doc], Doc]


class Lemmas:
    """Sets `token.pos` and `token.lemma` by asking other components of each kind of word once.

    What these decide from more than the word, its tag and its dependency is not seen; in spaCy's
    English pipelines that is a handful of contractions.
    """

    def __init__(self, vocab: Vocab, asked: Sequence[Annotate]) -> None:
        """Wrap the components that are to be asked, in their order."""
        self._vocab = vocab
        self._asked = asked
        self._known: dict[tuple[int, int, int], tuple[int, str]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a tagged and parsed Doc."""
        if not len(doc):
            return doc
        rows = doc.to_array(_ATTRIBUTES).tolist()
        found = [self._of(doc, i, (row[0], row[1], row[2])) for i, row in enumerate(rows)]
        strings = self._vocab.strings
        values = np.asarray([(pos, strings.add(lemma)) for pos, lemma in found], dtype=np.uint64)
        # spaCy's stub knows only arrays of signed integers; hashes of strings are unsigned.
        return doc.from_array(["POS", "LEMMA"], cast(Any, values))

    def _of(self, doc: Doc, i: int, key: tuple[int, int, int]) -> tuple[int, str]:
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _CACHE:
                self._known.clear()
            known = self._known[key] = self._ask(doc, i)
        return known

    def _ask(self, doc: Doc, i: int) -> tuple[int, str]:
        token = doc[i]
        word = Doc(self._vocab, words=[token.text], tags=[token.tag_], deps=[token.dep_], heads=[0])
        for component in self._asked:
            word = component(word)
        return word[0].pos, word[0].lemma_

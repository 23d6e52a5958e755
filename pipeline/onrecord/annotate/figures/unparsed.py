"""What a figure counts where there is no parse: the noun-looking word behind it."""

from __future__ import annotations

from typing import Final

from onrecord.annotate.figures.lexemes import Lexemes
from onrecord.annotate.figures.lexicon import Lexicon
from onrecord.annotate.figures.quantity import Quantity
from onrecord.annotate.figures.tokens import Tokens

_MOST_WORDS: Final = 3


def noun_behind(
    lexemes: Lexemes, lexicon: Lexicon, tokens: Tokens, quantity: Quantity
) -> tuple[str, int] | None:
    """Return the words up to the first plural among the next three, else the next word, and its offset."""
    lower, j = lexemes.lower, quantity.last
    if lower[j] == "of":
        j += 1
        while lower[j] in lexicon.determiners:
            j += 1
    elif quantity.unit is not None:
        return None
    last = j
    for k in range(j, j + _MOST_WORDS):
        if not lower[k].isalpha() or lower[k] in lexicon.function_words:
            break
        if tokens.is_plural_noun(lexemes.start[k]):
            last = k
            break
    if not lower[j].isalpha() or lower[j] in lexicon.function_words:
        return None
    return lexemes.slice(j, last + 1), lexemes.start[last]

"""Regular English inflection, so that a lexicon need list only base forms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_VOWELS: Final = "aeiou"


def plural(word: str) -> str:
    """Return the regular plural of a noun, or of the last word of a phrase."""
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def verb_forms(verb: str, irregular: Iterable[str] = ()) -> tuple[str, ...]:
    """Return all the forms that a verb may have: base, -s, -ed, -ing, doubled consonants, those given.

    Some of them no one writes ("droped"); they do no harm in a lexicon.
    """
    stem = verb.removesuffix("e")
    forms = [verb, plural(verb), stem + "ed", stem + "ing", *irregular]
    if verb[-1] not in _VOWELS and verb[-2:-1] in (*_VOWELS,):
        forms += [verb + verb[-1] + "ed", verb + verb[-1] + "ing"]
    if verb.endswith("y") and verb[-2:-1] not in (*_VOWELS,):
        forms.append(verb[:-1] + "ied")
    return tuple(dict.fromkeys(forms))

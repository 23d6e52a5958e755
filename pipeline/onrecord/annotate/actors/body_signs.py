"""Signs that what bears a name is a body, although it looks like a person's name: "Tessel said it would"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onrecord.annotate.actors.lexicon import Lexicon
from onrecord.annotate.actors.mention import Mention
from onrecord.annotate.actors.tokens import SUBJECTS, Tokens

_POSSESSIVES = frozenset({"'s", "'"})
_NEAR = 4  # words between a verb of saying and "it"


def shows_body(tokens: Tokens, lexicon: Lexicon, name: Mention) -> bool:
    """Whether the words beside a name say that a body bears it.

    It has what bodies have (Tessel's customers), people hold an office at it (chief executive of
    Tessel), shares in it are sold, "which" means it, or it says "it" of itself.
    """
    following = tokens.lower[name.end : name.end + 4]
    signs: Mapping[str, frozenset[str]] = lexicon.body_signs
    if following[:1] and following[0] in _POSSESSIVES:
        return any(word in signs["owned"] for word in following[1:4])
    if following[:1] and following[0] in signs["behind"]:
        return True
    if following[:2] == [",", "which"]:
        return True
    return _is_office_at(tokens, name, signs) or _says_it(tokens, lexicon, name)


def _is_office_at(tokens: Tokens, name: Mention, signs: Mapping[str, frozenset[str]]) -> bool:
    """Chief executive of Tessel, an analyst at Tessel, shares in Tessel."""
    before = name.start - 1
    if before >= 0 and tokens.lower[before] == "the":
        before -= 1
    if before < 1 or tokens.lower[before] not in ("of", "at", "in", "with"):
        return False
    return tokens.lower[before - 1] in signs["offices"]


def _says_it(tokens: Tokens, lexicon: Lexicon, name: Mention) -> bool:
    """Tessel said (on Friday that) it or its customers…"""
    if not tokens.parsed or tokens.dep[name.head] not in SUBJECTS:
        return False
    verb = tokens.head[name.head]
    if tokens.lemma[verb] not in lexicon.say or verb < name.end:
        return False
    return any(
        tokens.lower[index] in ("it", "its") and tokens.sentence[index] == tokens.sentence[verb]
        for index in range(verb + 1, min(verb + 1 + _NEAR, len(tokens.lower)))
    )


def surnames(tokens: Tokens, lexicon: Lexicon, mentions: Iterable[Mention]) -> frozenset[str]:
    """The last words of the names that are people's for certain: with a title, or a known first name."""
    return frozenset(
        tokens.lower[one.end - 1]
        for one in mentions
        if one.kind == "name"
        and one.type == "person"
        and (one.titles or (one.end - one.start > 1 and tokens.lower[one.start] in lexicon.first_names))
    )

"""What a word does in its sentence: whether it is the one that says or decides something."""

from __future__ import annotations

from onrecord.annotate.actors.lexicon import Lexicon
from onrecord.annotate.actors.tokens import SUBJECTS, Tokens


def governor(tokens: Tokens, index: int) -> int:
    """Return the word that a noun hangs on, past coordination ("the army and the ministry said")."""
    for _ in range(6):
        if tokens.dep[index] not in ("conj", "appos") or tokens.head[index] == index:
            break
        index = tokens.head[index]
    return tokens.head[index]


def relation(tokens: Tokens, index: int) -> str:
    """Return a noun's relation to its governor, past coordination and apposition."""
    for _ in range(6):
        if tokens.dep[index] not in ("conj", "appos") or tokens.head[index] == index:
            break
        index = tokens.head[index]
    return tokens.dep[index]


def speaks(tokens: Tokens, lexicon: Lexicon, index: int) -> bool:
    """Whether a noun is the subject of a verb of saying or follows "according to"."""
    dep = relation(tokens, index)
    head = governor(tokens, index)
    if dep in SUBJECTS:
        return dep != "nsubjpass" and tokens.lemma[head] in lexicon.say
    return dep == "pobj" and tokens.lower[head] == "to" and head > 0 and tokens.lower[head - 1] == "according"


def acts(tokens: Tokens, lexicon: Lexicon, index: int) -> bool:
    """Whether a noun says or decides something, or is spoken to: it means people, not a building."""
    if not tokens.parsed:
        return False
    dep = relation(tokens, index)
    verb = tokens.lemma[governor(tokens, index)]
    if dep == "nsubj":
        return verb in lexicon.say or verb in lexicon.decide
    return (dep in ("dobj", "dative") and verb in lexicon.say) or speaks(tokens, lexicon, index)


def shows(tokens: Tokens, lexicon: Lexicon, index: int) -> bool:
    """Whether a text says something: "the report finds that …", "according to the poll"."""
    if speaks(tokens, lexicon, index):
        return True
    return relation(tokens, index) == "nsubj" and tokens.lemma[governor(tokens, index)] in lexicon.show


def surely_speaks(tokens: Tokens, lexicon: Lexicon, index: int) -> bool:
    """Whether a noun is the subject of a verb that only people and bodies do."""
    if relation(tokens, index) != "nsubj":
        return False
    verb = tokens.lemma[governor(tokens, index)]
    return verb in lexicon.say and verb not in lexicon.weak

"""Pronouns: third-person and relative pronouns that may mean an actor."""

from __future__ import annotations

from onrecord.annotate.actors.lexicon import Lexicon
from onrecord.annotate.actors.mention import Mention, Number, Sex
from onrecord.annotate.actors.tokens import SUBJECTS, Tokens
from onrecord.annotate.actors.verbs import speaks

_PRONOUNS: dict[str, tuple[Number, Sex]] = {
    **dict.fromkeys(("he", "him", "his", "himself"), ("singular", "male")),
    **dict.fromkeys(("she", "her", "hers", "herself"), ("singular", "female")),
    **dict.fromkeys(("it", "its", "itself"), ("singular", "neuter")),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), ("plural", "unknown")),
}


def find_pronouns(tokens: Tokens, lexicon: Lexicon) -> list[Mention]:
    """Return third-person pronouns that may mean an actor; an "it" that stands for nothing is left out."""
    found = []
    for index, word in enumerate(tokens.lower):
        if word in _PRONOUNS:
            if tokens.parsed and word == "it" and _is_empty(tokens, lexicon, index):
                continue
            number, sex = _PRONOUNS[word]
            found.append(_pronoun(index, number, sex))
        elif (
            word in ("who", "whom", "whose")
            and tokens.parsed
            and relative_antecedent(tokens, index) is not None
        ):
            found.append(_pronoun(index, "either", "human"))
        elif tokens.tag[index] == "WDT" and word in ("which", "that") and speaks(tokens, lexicon, index):
            # "the regulator, which said": a body speaks through its relative pronoun.
            found.append(_pronoun(index, "either", "unknown"))
    return found


def _pronoun(index: int, number: Number, sex: Sex) -> Mention:
    return Mention(
        start=index,
        end=index + 1,
        head=index,
        kind="pronoun",
        type=None,
        number=number,
        sex=sex,
        definite=True,
    )


def relative_antecedent(tokens: Tokens, index: int) -> int | None:
    """Return the noun that a relative pronoun refers to, or None."""
    clause = index
    for _ in range(6):
        if tokens.dep[clause] in ("relcl", "acl"):
            head = tokens.head[clause]
            return head if head < index else None
        if tokens.head[clause] == clause:
            return None
        clause = tokens.head[clause]
    return None


def _is_empty(tokens: Tokens, lexicon: Lexicon, index: int) -> bool:
    """The "it" of "it is clear that …", "it seems", "it took two days to …"."""
    if tokens.dep[index] == "expl":
        return True
    if tokens.dep[index] not in SUBJECTS:
        return False
    verb = tokens.head[index]
    lemma = tokens.lemma[verb]
    clauses = [
        c
        for c in tokens.children[verb]
        if c > verb and tokens.dep[c] in ("ccomp", "xcomp", "csubj", "advcl", "acl")
    ]
    if lemma in lexicon.impersonal and (
        clauses or (tokens.dep[index] == "nsubj" and lemma in ("seem", "appear", "rain", "snow"))
    ):
        return bool(clauses) or lemma in ("rain", "snow")
    if lemma == "be":
        for child in tokens.children[verb]:
            if (
                child > verb
                and tokens.dep[child] in ("acomp", "attr")
                and (
                    clauses
                    or any(
                        tokens.dep[c] in ("ccomp", "xcomp", "acl", "relcl") for c in tokens.children[child]
                    )
                )
            ):
                return True
    return tokens.dep[index] == "nsubjpass" and any(tokens.dep[c] == "ccomp" for c in clauses)

"""What bears a name: a person, a company, a ministry, a militia."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from onrecord.annotate.actors.lexicon import Lexicon
from onrecord.annotate.actors.mention import Mention, Sex
from onrecord.annotate.actors.tokens import Tokens
from onrecord.records.vocabulary import ActorType


def type_of_name(words: list[str], lexicon: Lexicon, default: ActorType) -> ActorType:
    """Return what bears a name by its words in lower case: the key word first, then the others."""
    if " ".join(words).startswith(lexicon.international):
        return "organization"
    stop = next(
        (n for n, word in enumerate(words) if n and word in ("of", "for", "on", "in", "at")), len(words)
    )
    kinds = [lexicon.name_words.get(word) for word in words]
    order = [stop - 1, 0, *range(1, len(words))]
    for wanted in order:
        kind: ActorType | None = kinds[wanted]
        if (
            kind is None
            or (kind == "document" and wanted != stop - 1)
            or (len(words) == 1 and kind != "armed_group" and words[0] not in lexicon.bodies)
        ):
            continue
        if (
            kind == "organization"
            and any(word in lexicon.state_words for word in words)
            and (words[wanted] in lexicon.state_heads)
        ):
            return "government"
        if kind == "document" and default != "organization":
            continue
        if default == "person" and (wanted != stop - 1 or words[0] in lexicon.first_names):
            continue
        if kind == "armed_group" and default == "person":
            continue
        return kind
    return default


def type_by_votes(tokens: Tokens, lexicon: Lexicon, names: Iterable[Mention]) -> ActorType:
    """Return what bears several names of one actor: the fullest of them decide, by majority.

    A surname or an acronym is easily taken for something else; the whole name seldom is.
    """
    votes: dict[int, Counter[ActorType]] = {}
    for mention in names:
        kind = mention.type or "organization"
        words = tokens.lower[mention.start : mention.end]
        if kind not in ("person", "group"):
            kind = type_of_name(words, lexicon, kind)
        length = sum(1 for word in words if word[0].isalnum()) if mention.certain else 0
        votes.setdefault(length, Counter())[kind] += 1
    return votes[max(votes)].most_common(1)[0][0]


def sex_of_name(words: list[str], lexicon: Lexicon) -> Sex:
    """Return "male" or "female" where the first name is known, else "human"."""
    return lexicon.first_names.get(words[0], "human") if len(words) > 1 else "human"


def head_of_name(tokens: Tokens, start: int, end: int) -> int:
    """The token of a name that the parser hangs outside of it, else the last one."""
    if tokens.parsed:
        for index in range(start, end):
            if not start <= tokens.head[index] < end:
                return index
    return end - 1


def name_mention(
    tokens: Tokens,
    start: int,
    end: int,
    head: int,
    kind: ActorType,
    *,
    plural: bool = False,
    lexicon: Lexicon | None = None,
    certain: bool = True,
) -> Mention:
    """Make the mention of a name; the lexicon, where given, tells a person's gender by the first name."""
    sex: Sex = "neuter"
    if kind == "person":
        sex = sex_of_name(tokens.lower[start:end], lexicon) if lexicon else "human"
    return Mention(
        start=start,
        end=end,
        head=head,
        kind="name",
        type=kind,
        number="plural" if plural else "singular" if kind == "person" else "either",
        sex="human" if plural else sex,
        certain=certain,
    )

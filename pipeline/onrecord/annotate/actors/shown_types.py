"""What type of actor a name is, as an apposition, an age or the words beside it show."""

from __future__ import annotations

from dataclasses import replace

from onrecord.annotate.actors.appositions import PEOPLE, nominal_before
from onrecord.annotate.actors.body_signs import shows_body, surnames
from onrecord.annotate.actors.lexicon import Lexicon
from onrecord.annotate.actors.mention import Mention
from onrecord.annotate.actors.name_runs import key_of
from onrecord.annotate.actors.name_types import sex_of_name
from onrecord.annotate.actors.titles import has_key_word
from onrecord.annotate.actors.tokens import Tokens
from onrecord.records.vocabulary import ActorType


def with_types(tokens: Tokens, lexicon: Lexicon, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with the types of names that an apposition or an age shows to be wrong.

    "Its foreign minister, Solange Mukamana" is a person whatever the recognizer says, and "Siret Sud,
    the regional water company" is none.
    """
    corrected = list(mentions)
    people = surnames(tokens, lexicon, mentions)
    heads = {m.head: n for n, m in enumerate(mentions) if m.kind == "nominal" and not m.competitor}
    for number, name in enumerate(mentions):
        if name.kind != "name" or name.type == "group" or has_key_word(tokens, lexicon, name):
            continue
        described = _description(tokens, mentions, heads, number)
        if name.type != "person":
            if name.end - name.start <= 4 and (
                (
                    described is not None
                    and described.noun in PEOPLE
                    and described.number == "singular"
                    and not _is_one_word(name, described, lexicon)
                )
                or _has_age(tokens, name)
            ):
                corrected[number] = _as_type(tokens, lexicon, name, "person")
        elif (
            described is not None
            and described.noun in ("organization", "government", "armed_group")
            and described.number != "plural"
            and tokens.lower[name.start] not in lexicon.first_names
            and not name.titles
        ):
            corrected[number] = _as_type(tokens, lexicon, name, described.type)
        elif (
            not name.titles
            and tokens.lower[name.start] not in lexicon.first_names
            and tokens.lower[name.end - 1] not in people
            and (shows_body(tokens, lexicon, name) or _is_one_word(name, described, lexicon))
        ):
            corrected[number] = _as_type(tokens, lexicon, name, "organization")
    by_wording = {
        key_of(tokens, one.start, one.end): two.type
        for one, two in zip(mentions, corrected, strict=True)
        if one is not two and one.type != two.type
    }
    for number, name in enumerate(corrected):
        type_ = by_wording.get(key_of(tokens, name.start, name.end)) if name.kind == "name" else None
        if type_ is not None and type_ != name.type:
            corrected[number] = _as_type(tokens, lexicon, name, type_)
        elif name.kind == "name" and name.type == "organization":
            corrected[number] = replace(name, doubtful=_may_be_person(tokens, lexicon, name))
    # What a name of the user's own is stands in the file.
    return [one if one.own >= 0 else two for one, two in zip(mentions, corrected, strict=True)]


def _is_one_word(name: Mention, described: Mention | None, lexicon: Lexicon) -> bool:
    """Whether a name of one word has a description that bodies have too: people are introduced by two."""
    return name.end - name.start == 1 and described is not None and described.lemma in lexicon.either


def _as_type(tokens: Tokens, lexicon: Lexicon, name: Mention, type_: ActorType | None) -> Mention:
    if type_ == "person":
        sex = sex_of_name(tokens.lower[name.start : name.end], lexicon)
        return replace(name, type=type_, number="singular", sex=sex)
    return replace(name, type=type_, number="either", sex="neuter")


def _may_be_person(tokens: Tokens, lexicon: Lexicon, name: Mention) -> bool:
    """Whether a name without a key word looks like a surname or a full name: "he" may mean it."""
    words = tokens.text[name.start : name.end]
    article = name.start > 0 and tokens.lower[name.start - 1] in ("the", "a")
    return (
        len(words) <= 3
        and not article
        and all(word == "-" or (word[:1].isupper() and word[1:].islower()) for word in words)
        and not has_key_word(tokens, lexicon, name)
    )


def _description(
    tokens: Tokens, mentions: list[Mention], heads: dict[int, int], number: int
) -> Mention | None:
    """The nominal in apposition to a name, before or behind it."""
    name = mentions[number]
    if tokens.parsed:
        for child in tokens.children[name.head]:
            if (
                tokens.dep[child] == "appos"
                and child in heads
                and mentions[heads[child]].start <= name.end + 1
            ):
                return mentions[heads[child]]
        if tokens.dep[name.head] == "appos" and tokens.head[name.head] in heads:
            return mentions[heads[tokens.head[name.head]]]
    before = nominal_before(tokens, mentions, number)
    return None if before is None else mentions[before]


def _has_age(tokens: Tokens, name: Mention) -> bool:
    """Whether an age stands behind a name: "Costel Bratu, 61,"."""
    after = tokens.text[name.end : name.end + 3]
    return (
        len(after) == 3
        and after[0] == ","
        and after[1].isdigit()
        and len(after[1]) == 2
        and after[2] in (",", ".")
    )

"""What an article says outright about who someone is: appositions, predicates, "known as", "(PMF)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.annotate.actors.lexicon import Lexicon
from onrecord.annotate.actors.mention import Mention
from onrecord.annotate.actors.name_types import sex_of_name
from onrecord.annotate.actors.titles import has_key_word
from onrecord.annotate.actors.tokens import QUOTES, SUBJECTS, Tokens

_ALIAS = re.compile(
    r"[\s,(]*(?:or |and )?(?:(?:also|better|formerly|commonly|popularly|widely|otherwise|locally|collectively|previously|now) )?"
    r"(?:known (?:simply |locally |collectively )?(?:as|by)|called|dubbed|nicknamed|a\.?k\.?a\.?|renamed|styled)"
    r"(?: by (?:its|their|his|her) \w+)? ?[\"'“‘]?(?:the )?",
    re.IGNORECASE,
)
_PARENTHESIS = re.compile(r"\s?\((?:the )?[\"'“‘]?", re.IGNORECASE)
_PEOPLE = ("office", "person", "kin", "unnamed")
_COPULAS = frozenset({"be", "become", "remain"})
_TAIL_STOPS = frozenset({"who", "which", "that", "whose", "where", "when"})


@dataclass(frozen=True, slots=True)
class Identity:
    """Two mentions are of one actor; `other` is None where the words are only a role.

    `role` are the tokens of the role, `described` the head of the noun phrase that gives it.
    """

    mention: int
    other: int | None
    role: tuple[int, int] | None = None
    described: int | None = None


def find_identities(tokens: Tokens, lexicon: Lexicon, mentions: list[Mention]) -> Iterator[Identity]:
    """Yield what is said outright, for mentions in text order."""
    owner: dict[int, int] = {}
    for number, mention in enumerate(mentions):
        if mention.kind == "name":
            for index in range(mention.start, mention.end):
                owner[index] = number
        elif mention.kind == "nominal":
            owner.setdefault(mention.head, number)
    yield from _aliases(tokens, mentions)
    if not tokens.parsed:
        return
    for index, dep in enumerate(tokens.dep):
        if dep == "appos":
            yield from _apposed(tokens, lexicon, mentions, owner, tokens.head[index], index)
        elif dep == "attr" and tokens.lemma[tokens.head[index]] in _COPULAS:
            yield from _predicate(tokens, lexicon, mentions, owner, index)
    yield from _beside(tokens, lexicon, mentions)


def with_types(tokens: Tokens, lexicon: Lexicon, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with the types of names that an apposition or an age shows to be wrong.

    "Its foreign minister, Solange Mukamana" is a person whatever the recognizer says, and "Siret Sud,
    the regional water company" is none.
    """
    corrected = list(mentions)
    heads = {m.head: n for n, m in enumerate(mentions) if m.kind == "nominal" and not m.competitor}
    for number, name in enumerate(mentions):
        if name.kind != "name" or name.type == "group" or has_key_word(tokens, lexicon, name):
            continue
        described = _description(tokens, mentions, heads, number)
        if name.type != "person":
            if name.end - name.start <= 4 and (
                (described is not None and described.noun in _PEOPLE and described.number == "singular")
                or _has_age(tokens, name)
            ):
                sex = sex_of_name(tokens.lower[name.start : name.end], lexicon)
                corrected[number] = replace(name, type="person", number="singular", sex=sex)
        elif (
            described is not None
            and described.noun in ("organization", "government", "armed_group")
            and described.number != "plural"
            and tokens.lower[name.start] not in lexicon.first_names
            and not name.titles
        ):
            corrected[number] = replace(name, type=described.type, number="either", sex="neuter")
    return corrected


def _description(
    tokens: Tokens, mentions: list[Mention], heads: dict[int, int], number: int
) -> Mention | None:
    """The nominal in apposition to a name, before or behind it."""
    name = mentions[number]
    if tokens.parsed:
        for child in tokens.children[name.head]:
            if tokens.dep[child] == "appos" and child in heads:
                return mentions[heads[child]]
        if tokens.dep[name.head] == "appos" and tokens.head[name.head] in heads:
            return mentions[heads[tokens.head[name.head]]]
    before = mentions[number - 1] if number else None
    if (
        before is not None
        and before.kind == "nominal"
        and before.head in heads
        and _comma_between(tokens, before, name)
    ):
        return before
    return None


def _comma_between(tokens: Tokens, one: Mention, two: Mention) -> bool:
    return one.end + 1 == two.first and tokens.text[one.end] == ","


def _has_age(tokens: Tokens, name: Mention) -> bool:
    """ "Costel Bratu, 61," """
    after = tokens.text[name.end : name.end + 3]
    return (
        len(after) == 3
        and after[0] == ","
        and after[1].isdigit()
        and len(after[1]) == 2
        and after[2] in (",", ".")
    )


def _aliases(tokens: Tokens, mentions: list[Mention]) -> Iterator[Identity]:
    names = [number for number, mention in enumerate(mentions) if mention.kind == "name"]
    for number, following in zip(names, names[1:], strict=False):
        one, two = mentions[number], mentions[following]
        if two.start - one.end > 9 or tokens.line[one.start] != tokens.line[two.start]:
            continue
        between = tokens.source[tokens.end[one.end - 1] : tokens.start[two.start]]
        if _ALIAS.fullmatch(between.replace("\u00a0", " ")) or _is_alias_in_parentheses(
            tokens, one, two, between
        ):
            yield Identity(number, following)


def _is_alias_in_parentheses(tokens: Tokens, one: Mention, two: Mention, between: str) -> bool:
    """A body's acronym in parentheses after it: "Popular Mobilization Forces (PMF)"."""
    if not _PARENTHESIS.fullmatch(between) or one.type == "person" or one.end - one.start < 2:
        return False
    word = tokens.words(two.start, two.end)
    after = tokens.text[two.end] if two.end < len(tokens) else ""
    if after not in (")", ",", *QUOTES) or two.end - two.start > 1 or not word.isupper():
        return False
    initial = tokens.text[one.start][:1].upper()
    return initial in word and 2 <= len(word) <= 8


def _apposed(
    tokens: Tokens, lexicon: Lexicon, mentions: list[Mention], owner: dict[int, int], parent: int, child: int
) -> Iterator[Identity]:
    one, two = owner.get(parent), owner.get(child)
    if one is not None and two is not None and one != two:
        first, second = mentions[one], mentions[two]
        if first.kind == "name" and second.kind == "nominal":
            yield from _describe(tokens, lexicon, mentions, one, two, child)
        elif first.kind == "nominal" and second.kind == "name":
            yield from _describe(tokens, lexicon, mentions, two, one, parent)
        elif first.kind == second.kind == "nominal" and first.noun in _PEOPLE and second.noun in _PEOPLE:
            yield Identity(one, two)
    elif one is not None and two is None and mentions[one].kind == "name":
        # A description by a noun that no lexicon knows: "Smith, a longtime confidant of the mayor".
        if tokens.tag[child] == "NN" and not tokens.entity[child] and _has_article(tokens, child):
            yield Identity(one, None, role_span(tokens, child), child)
    elif two is not None and one is None and mentions[two].kind == "name" and mentions[two].type == "person":
        if tokens.tag[parent] == "NN" and not tokens.entity[parent] and parent < child:
            yield Identity(two, None, role_span(tokens, parent), parent)


def _describe(
    tokens: Tokens, lexicon: Lexicon, mentions: list[Mention], name: int, nominal: int, head: int
) -> Iterator[Identity]:
    named, described = mentions[name], mentions[nominal]
    if described.competitor:
        if _has_article(tokens, head) and described.number == "singular":
            yield Identity(name, None, role_span(tokens, head), head)
        return
    if not compatible(named, described):
        return
    yield Identity(name, nominal, role_span(tokens, head), head)


def compatible(named: Mention, described: Mention) -> bool:
    """Whether a name and a nominal may mean one actor by their kinds."""
    if named.type == "person":
        return described.noun in _PEOPLE and described.number != "plural" and _sexes_agree(named, described)
    if named.type == "group":
        return described.noun in ("group", "person") and described.number != "singular"
    return (
        described.noun in ("organization", "government", "armed_group", "group")
        and described.number != "plural"
    )


def _sexes_agree(one: Mention, other: Mention) -> bool:
    return not {"male", "female"} <= {one.sex, other.sex}


def _has_article(tokens: Tokens, head: int) -> bool:
    return any(tokens.dep[child] in ("det", "poss") for child in tokens.children[head])


def _predicate(
    tokens: Tokens, lexicon: Lexicon, mentions: list[Mention], owner: dict[int, int], index: int
) -> Iterator[Identity]:
    verb = tokens.head[index]
    subject = next((c for c in tokens.children[verb] if c < verb and tokens.dep[c] in SUBJECTS), None)
    if subject is None or any(tokens.dep[child] == "neg" for child in tokens.children[verb]):
        return
    one, two = owner.get(subject), owner.get(index)
    if one is None or two is None or mentions[one].kind != "name" or mentions[two].kind != "nominal":
        return
    if not mentions[two].competitor and compatible(mentions[one], mentions[two]):
        yield Identity(one, two, role_span(tokens, index), index)


def _beside(tokens: Tokens, lexicon: Lexicon, mentions: list[Mention]) -> Iterator[Identity]:
    """ "Its chief executive, Grace Otieno" and "Usman Dimalanta, a seller," where the parser saw no apposition."""
    for number, (one, two) in enumerate(zip(mentions, mentions[1:], strict=False)):
        if one.kind == "nominal" and two.kind == "name" and two.type == "person":
            if one.noun in _PEOPLE and _comma_between(tokens, one, two) and one.number != "plural":
                after = tokens.text[two.end] if two.end < len(tokens) else "."
                if after in (",", ".", ";", "—", "–", ")") and _sexes_agree(one, two):
                    yield Identity(number + 1, number, role_span(tokens, one.head), one.head)
        elif one.kind == "name" and two.kind == "nominal" and one.type == "person":
            if (
                two.noun in _PEOPLE
                and one.end + 1 == two.start
                and tokens.text[one.end] == ","
                and two.number == "singular"
                and tokens.lower[two.start] in ("a", "an", "the")
                and tokens.dep[two.head] not in SUBJECTS
                and _sexes_agree(one, two)
            ):
                yield Identity(number, number + 1, role_span(tokens, two.head), two.head)


def role_span(tokens: Tokens, head: int) -> tuple[int, int]:
    """Return the tokens of a role: no article, no possessor, with "of" and "for" phrases after the head."""
    start = head
    while start > 0 and head - start < 8:
        before = start - 1
        dep, word = tokens.dep[before], tokens.text[before]
        if dep in ("det", "poss", "case", "predet") or word in (",", *QUOTES) or word.isspace():
            break
        if not start - 1 < tokens.head[before] <= head and tokens.dep[before] != "punct":
            break
        if tokens.tag[before] in ("CC", "IN", "RB", ".", ":", "-LRB-", "-RRB-") or tokens.lower[before] in (
            "'s",
            "then",
        ):
            break
        start = before
    end = head + 1
    if end < len(tokens) and tokens.lower[end] in ("of", "for") and tokens.head[end] == head:
        noun = tokens.child(end, "pobj")
        if noun is not None and noun - end <= 6 and not _TAIL_STOPS & set(tokens.lower[end:noun]):
            end = noun + 1
    return start, end

"""What an article says outright about who someone is: appositions, predicates, "known as", "(PMF)"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.annotate.actors.lexicon import Lexicon
from onrecord.annotate.actors.mention import Mention
from onrecord.annotate.actors.titles import behind_letters
from onrecord.annotate.actors.tokens import QUOTES, SUBJECTS, Tokens

_ALIAS = re.compile(
    r"[\s,(]*(?:or |and )?"
    r"(?:(?:also|better|formerly|commonly|popularly|widely|otherwise|locally|collectively|previously|now) )?"
    r"(?:known (?:simply |locally |collectively )?(?:as|by)|called|dubbed|nicknamed|a\.?k\.?a\.?|renamed)"
    r"(?: by (?:its|their|his|her) \w+)? ?[\"'“‘]?(?:the )?",
    re.IGNORECASE,
)
_NAMING = re.compile(
    r" (?:going by (?:the name(?: of)?)?|(?:known|identified|referred to) (?:only |simply |just )?(?:as|by)"
    r"|named|called|nicknamed|dubbed) ?[\"'“‘]?(?:the )?",
    re.IGNORECASE,
)
_PARENTHESIS = re.compile(r"\s?\((?:the )?[\"'“‘]?", re.IGNORECASE)
PEOPLE = ("office", "person", "kin", "unnamed")
"""The classes of nouns for one person."""

_COPULAS = frozenset({"be", "become", "remain"})
_DETERMINERS = frozenset({"a", "an", "the", "its", "his", "her", "their"})
_BREAKS = frozenset({",", ".", ":", "CC", "``", "''", "-LRB-", "-RRB-", "_SP"})
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
            yield from _apposed(tokens, lexicon, mentions, owner, index)
        elif dep == "attr" and tokens.lemma[tokens.head[index]] in _COPULAS:
            yield from _predicate(tokens, lexicon, mentions, owner, index)
        elif dep == "conj":
            yield from _further(tokens, lexicon, mentions, owner, index)
    yield from _beside(tokens, lexicon, mentions)


def _comma_between(tokens: Tokens, one: Mention, two: Mention) -> bool:
    """Whether a comma and no more than a short phrase part two mentions: "its head in Goma, Ana Silva"."""
    comma = two.first - 1
    if not one.end <= comma <= one.end + 5 or tokens.text[comma] != ",":
        return False
    return all(
        tokens.tag[i] not in _BREAKS and not tokens.tag[i].startswith("V") for i in range(one.end, comma)
    )


def _aliases(tokens: Tokens, mentions: list[Mention]) -> Iterator[Identity]:
    names = [number for number, mention in enumerate(mentions) if mention.kind == "name"]
    for number, following in itertools.pairwise(names):
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
    tokens: Tokens, lexicon: Lexicon, mentions: list[Mention], owner: dict[int, int], child: int
) -> Iterator[Identity]:
    parent = tokens.head[child]
    one, two = owner.get(parent), owner.get(child)
    if one is not None and two is not None and one != two:
        first, second = mentions[one], mentions[two]
        if first.kind == "name" and second.kind == "nominal":
            # "Tran of Delta Watch, a group": the name right before the comma goes first.
            nearer = owner.get(second.start - 2) if second.start >= 2 else None
            if (
                nearer is not None
                and mentions[nearer].kind == "name"
                and compatible(lexicon, mentions[nearer], second)
            ):
                one = nearer
            yield from _describe(tokens, lexicon, mentions, one, two)
        elif first.kind == "nominal" and second.kind == "name":
            yield from _describe(tokens, lexicon, mentions, two, one)
        elif first.kind == second.kind == "nominal" and first.noun in PEOPLE and second.noun in PEOPLE:
            yield Identity(one, two)
    elif one is not None and two is None and mentions[one].kind == "name":
        # A description by a noun that no lexicon knows: "Smith, a longtime confidant of the mayor".
        if tokens.tag[child] == "NN" and not tokens.entity[child] and _has_article(tokens, child):
            yield Identity(one, None, role_span(tokens, child), child)
    elif two is not None and one is None and mentions[two].kind == "name" and mentions[two].type == "person":
        near = 0 < child - parent < 4 and ":" not in tokens.text[parent:child]
        if near and tokens.tag[parent] == "NN" and not tokens.entity[parent]:
            yield Identity(two, None, role_span(tokens, parent), parent)


def _further(
    tokens: Tokens, lexicon: Lexicon, mentions: list[Mention], owner: dict[int, int], index: int
) -> Iterator[Identity]:
    """A person's second role: "Ana Bell, mayor of Tarn and chair of the port board"."""
    first = tokens.head[index]
    while tokens.dep[first] == "conj":
        first = tokens.head[first]
    one, role, two = owner.get(tokens.head[first]), owner.get(first), owner.get(index)
    if tokens.dep[first] != "appos" or one is None or role is None or two is None:
        return
    name, described = mentions[one], mentions[two]
    if (
        name.kind == "name"
        and name.type == "person"
        and mentions[role].kind == described.kind == "nominal"
        and described.noun in PEOPLE
        and compatible(lexicon, name, mentions[role])
        and compatible(lexicon, name, described)
    ):
        yield Identity(one, two, role_span(tokens, index), index)


def _describe(
    tokens: Tokens, lexicon: Lexicon, mentions: list[Mention], name: int, nominal: int
) -> Iterator[Identity]:
    named, described = mentions[name], mentions[nominal]
    role = role_span(tokens, described.head)
    if described.competitor:
        if _has_article(tokens, described.head) and described.number == "singular":
            yield Identity(name, None, role, described.head)
    elif compatible(lexicon, named, described):
        yield Identity(name, nominal, role, described.head)


def compatible(lexicon: Lexicon, named: Mention, described: Mention) -> bool:
    """Whether a name and a nominal may mean one actor by their kinds."""
    if named.type == "armed_group" and described.noun == "armed_group":
        return True
    if (
        named.type == "organization"
        and described.number != "plural"
        and (described.lemma in lexicon.companies or described.lemma in lexicon.either)
    ):
        return True  # "the developer" is a company as often as a person
    if named.type == "person":
        return described.noun in PEOPLE and described.number != "plural" and _sexes_agree(named, described)
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
    if not mentions[two].competitor and compatible(lexicon, mentions[one], mentions[two]):
        yield Identity(one, two, role_span(tokens, index), index)


def _beside(tokens: Tokens, lexicon: Lexicon, mentions: list[Mention]) -> Iterator[Identity]:
    """Yield what commas alone show, where the parser saw no apposition, and who is "named" or "known as".

    "Its commander on the ground, Grace Otieno," and "Usman Dimalanta, a seller,"; "a man named Li".
    """
    for number, name in enumerate(mentions):
        if name.kind != "name":
            continue
        before = nominal_before(tokens, mentions, number)
        end = behind_letters(tokens, lexicon, name)
        after = tokens.text[end] if end < len(tokens) else "."
        named = before is not None and _is_named(tokens, mentions[before], name)
        if before is not None and (named or after in (",", ".", ";", "—", "–", ")")):
            described = mentions[before]
            person = name.type == "person"
            if compatible(lexicon, name, described) and (person or named or described.definite):
                role = None if described.lemma == "one" else role_span(tokens, described.head)
                yield Identity(number, before, role, described.head)
                # "The head of the mission, a former judge, Ana Silva, said": the first one is she too.
                outer = nominal_before(tokens, mentions, before)
                if outer is not None and person and compatible(lexicon, name, mentions[outer]):
                    first = mentions[outer]
                    yield Identity(number, outer, role_span(tokens, first.head), first.head)
        following = _behind(tokens, mentions, number, end) if name.type == "person" else None
        if following is not None:
            described = mentions[following]
            if (
                described.noun in PEOPLE
                and described.number == "singular"
                and tokens.lower[described.start] in _DETERMINERS
                and (tokens.dep[described.head] not in SUBJECTS or _same_verb(tokens, name, described))
                and _sexes_agree(name, described)
            ):
                yield Identity(number, following, role_span(tokens, described.head), described.head)


def _behind(tokens: Tokens, mentions: list[Mention], number: int, end: int) -> int | None:
    """The nominal that begins behind the comma after a name, which with its letters ends at `end`."""
    if end >= len(tokens) or tokens.text[end] != ",":
        return None
    for other in range(number + 1, min(len(mentions), number + 4)):
        if mentions[other].start == end + 1 and mentions[other].kind == "nominal":
            return None if mentions[other].competitor else other
    return None


def _same_verb(tokens: Tokens, one: Mention, two: Mention) -> bool:
    """Whether the parser made both subjects of one verb, as it does where it misses an apposition."""
    return tokens.dep[one.head] in SUBJECTS and tokens.head[one.head] == tokens.head[two.head]


def nominal_before(tokens: Tokens, mentions: list[Mention], number: int) -> int | None:
    """The nominal that ends, but for a short phrase, at a comma before a name, or that gets it."""
    for other in range(number - 1, max(-1, number - 5), -1):
        one = mentions[other]
        if one.kind == "nominal" and not one.competitor:
            name = mentions[number]
            return other if _comma_between(tokens, one, name) or _is_named(tokens, one, name) else None
    return None


def _is_named(tokens: Tokens, one: Mention, name: Mention) -> bool:
    """Whether a nominal gets its name right behind it: "a dealer known only as Max"."""
    if not 0 < name.start - one.end < 8 or tokens.dep[one.end] not in ("acl", "amod", "relcl"):
        return False
    return _NAMING.fullmatch(tokens.source, tokens.end[one.end - 1], tokens.start[name.start]) is not None


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

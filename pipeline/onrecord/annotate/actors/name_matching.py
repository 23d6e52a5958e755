"""Which names are of one actor: full names and surnames, acronyms, shortened names of bodies."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from rapidfuzz.distance import DamerauLevenshtein

from onrecord.annotate.actors.lexicon import Lexicon
from onrecord.annotate.actors.mention import Mention
from onrecord.annotate.actors.tokens import Tokens

_FUNCTION = frozenset({"of", "the", "for", "and", "on", "in", "de", "&", "to"})
_MOST_TRIED = 100
_SHORTEST_MISSPELT = 6
_LONG = 9  # letters, from which two may be wrong
_BODY = ("organization", "government", "armed_group")


@dataclass(eq=False)
class NameGroup:
    """The mentions of one name; `words` is its fullest wording, folded; `acronyms` its capitals.

    `own` is the actor of the user's file that it is, -1 for none.
    """

    words: tuple[str, ...]
    type: str
    mentions: list[int] = field(default_factory=list)
    forms: set[tuple[str, ...]] = field(default_factory=set)
    acronyms: set[str] = field(default_factory=set)
    sex: str = "human"
    own: int = -1


def fold(text: str) -> str:
    """Return a word in lower case without accents and marks, for comparing."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if c.isalnum()).casefold()


class _Index:
    """Groups by the words in which a shorter name can agree with them, so that none is tried in vain."""

    def __init__(self) -> None:
        self._groups: dict[str, list[NameGroup]] = {}

    def add(self, group: NameGroup) -> None:
        joined = "".join(group.words[-2:])  # "AlJumaily" for Al-Jumaily
        for word in {*group.words, joined}:
            self._groups.setdefault(word, []).append(group)

    def add_acronyms(self, group: NameGroup) -> None:
        for acronym in group.acronyms:
            known = self._groups.setdefault(acronym, [])
            if group not in known:
                known.append(group)

    def sharing(self, form: tuple[str, ...]) -> list[NameGroup]:
        """Return the groups that share the first or the last word of a name, at most some hundred."""
        found: dict[int, NameGroup] = {}
        for word in {*form[:1], *form[-1:]}:
            found.update((id(group), group) for group in self._groups.get(word, [])[:_MOST_TRIED])
        return list(found.values())


def group_names(tokens: Tokens, lexicon: Lexicon, mentions: list[Mention]) -> list[list[int]]:
    """Return the numbers of the name mentions, grouped by actor.

    Longer names come first, each shorter one joins the group that it fits best: the one mentioned
    most lately before it, else the one mentioned first. All names of an actor of the user's own are one
    group; it takes a longer name that is not in the file for the same one only where that is a fuller name
    of a person, or what an acronym stands for.
    """
    names = [number for number, mention in enumerate(mentions) if mention.kind == "name"]
    words = {number: _words(tokens, lexicon, mentions[number]) for number in names}
    groups: list[NameGroup] = []
    by_form: dict[tuple[str, ...], list[NameGroup]] = {}
    index = _Index()
    own: dict[int, NameGroup] = {}
    order = sorted(names, key=lambda number: (-len(words[number]), number))
    for number in order:
        form, mention = words[number], mentions[number]
        exact = [g for g in by_form.get(form, ()) if _agree(g, mention, form, exact=True)]
        fitting = exact or [
            group for group in index.sharing(form) if _fits(group, form, mention, tokens, lexicon)
        ]
        if mention.own >= 0:
            fitting = [g for g in fitting if g.own < 0 and _is_fuller(g, form, mention)]
        if mention.own in own:
            best = own[mention.own]
        elif fitting:
            best = _nearest(fitting, number)
        else:
            best = NameGroup(words=form, type=mention.type or "organization", sex=mention.sex)
            groups.append(best)
            index.add(best)
        best.mentions.append(number)
        if mention.own >= 0:
            best.own = mention.own
            own[mention.own] = best
        if mention.sex in ("male", "female") and best.sex == "human":
            best.sex = mention.sex
        if form not in best.forms:
            best.forms.add(form)
            best.acronyms.update(_acronyms(tokens, mention))
            index.add_acronyms(best)
            by_form.setdefault(form, []).append(best)
    return [sorted(group.mentions) for group in _misspelt_joined(groups)]


def _misspelt_joined(groups: list[NameGroup]) -> list[NameGroup]:
    """Join a surname that nobody bears to the one person whose surname is nearly the same.

    "Ms Bauchtman", who was Lydia Buchtmann above, and Al-Jumaili, who was Al-Jumaily: a slip or another
    transliteration. A surname by itself is somebody who was introduced before, seldom one more person.
    """
    people: dict[str, list[NameGroup]] = {}
    for group in groups:
        if group.type == "person" and len(group.words) > 1 and group.own < 0:
            people.setdefault(group.words[-1], []).append(group)
    surnames: dict[str, list[str]] = {}
    for known in people:
        surnames.setdefault(known[0], []).append(known)
    kept = []
    for group in groups:
        surname = group.words[-1] if group.words else ""
        alone = group.type == "person" and len(group.words) == 1 and group.own < 0 and surname not in people
        most = 0 if not alone or len(surname) < _SHORTEST_MISSPELT else 1 + (len(surname) >= _LONG)
        near = [
            other
            for known in (surnames.get(surname[0], [])[:_MOST_TRIED] if most else ())
            if DamerauLevenshtein.distance(known, surname, score_cutoff=most) <= most
            for other in people[known]
            if min(other.mentions) < min(group.mentions) and not {"male", "female"} <= {other.sex, group.sex}
        ]
        if len(near) == 1:
            near[0].mentions.extend(group.mentions)
        else:
            kept.append(group)
    return kept


def _words(tokens: Tokens, lexicon: Lexicon, mention: Mention) -> tuple[str, ...]:
    folded = (fold(word) for word in tokens.text[mention.start : mention.end])
    kept = tuple(word for word in folded if word)
    if len(kept) > 1 and kept[0] == "the":
        kept = kept[1:]
    if mention.type == "person" and len(kept) > 1 and kept[-1] in lexicon.generations:
        kept = kept[:-1]
    return kept


def _agree(group: NameGroup, mention: Mention, form: tuple[str, ...], *, exact: bool) -> bool:
    if group.type == mention.type:
        sexes = {group.sex, mention.sex}
        return not {"male", "female"} <= sexes
    if group.type == "group" or mention.type == "group":
        return exact and len(form) > 1
    if group.type == "person" and 1 < len(form) < len(group.words) and form == group.words[-len(form) :]:
        return True  # "Marsh-Tate" for Gillian Marsh-Tate
    # The recognizer often takes a surname for a company, or a company for a person: the words decide.
    return exact or not mention.certain or len(form) == 1 or (group.type in _BODY and mention.type in _BODY)


def _is_fuller(group: NameGroup, form: tuple[str, ...], mention: Mention) -> bool:
    if mention.type == "person":
        return group.type == "person" and len(form) > 1
    return form[0] in group.acronyms


def _nearest(groups: list[NameGroup], number: int) -> NameGroup:
    if len(groups) == 1:
        return groups[0]

    def distance(group: NameGroup) -> tuple[int, int]:
        before = [m for m in group.mentions if m < number]
        return (0, number - max(before)) if before else (1, min(group.mentions))

    return min(groups, key=distance)


def _fits(
    group: NameGroup, form: tuple[str, ...], mention: Mention, tokens: Tokens, lexicon: Lexicon
) -> bool:
    if not form or not _agree(group, mention, form, exact=False):
        return False
    long = group.words
    if group.type == "person":
        return _same_person(long, form, lexicon)
    if mention.type == "person" and len(form) > 1:
        return False
    return _same_body(long, form, group, tokens.words(mention.start, mention.end), lexicon)


def _same_person(long: tuple[str, ...], short: tuple[str, ...], lexicon: Lexicon) -> bool:
    if len(long) < 2:
        return False
    if len(short) == 1:
        # The surname, or the first name alone where it is known as one.
        return (
            short[0] == long[-1]
            or (len(long) == 3 and short[0] == long[1] and len(short[0]) > 2)
            or (short[0] == long[0] and len(short[0]) > 2)
            or (len(long) > 2 and short[0] == "".join(long[-2:]))
        )
    if long[-len(short) :] == short:
        return True
    if long[-1] != short[-1]:
        return long[: len(short)] == short and len(short) > 1
    first, other = long[0], short[0]
    same = lexicon.nicknames.get(first, first) == lexicon.nicknames.get(other, other)
    return (
        same or (len(other) == 1 and first.startswith(other)) or (len(first) == 1 and other.startswith(first))
    )


def _same_body(
    long: tuple[str, ...], short: tuple[str, ...], group: NameGroup, text: str, lexicon: Lexicon
) -> bool:
    if len(short) == 1 and short[0] in group.acronyms and text.isupper():
        return True
    if len(short) >= len(long):
        return False
    rest = long[len(short) :]
    if long[: len(short)] == short:
        if all(word in lexicon.company_suffixes for word in rest):
            return True
        # "Savanna" for Savanna Telecom, but "Kenya" is not the Kenya Exporters' Council.
        first = short[0]
        return (
            len(short) == 1
            and group.type == "organization"
            and len(first) > 3
            and first not in lexicon.state_words
            and first not in lexicon.name_words
            and not _FUNCTION & set(long)
            and lexicon.head_class(first) is None
        ) or (len(short) >= 2 and not _FUNCTION & set(rest[:1]) and short[-1] not in lexicon.name_words)
    # "Geological Survey" for the US Geological Survey.
    return len(short) >= 2 and long[-len(short) :] == short


def _acronyms(tokens: Tokens, mention: Mention) -> set[str]:
    """The acronyms of a name, folded: "pmf" for Popular Mobilization Forces; with and without "of"."""
    words = [word for word in tokens.text[mention.start : mention.end] if word[:1].isalnum()]
    if len(words) < 2:
        return set()
    parts = [part for word in words for part in word.split("-") if part]
    content = [part[0] for part in parts if part.lower() not in _FUNCTION and part[0].isupper()]
    every = [part[0] for part in parts]
    found = {"".join(letters).casefold() for letters in (content, every) if len(letters) > 1}
    return {letters for letters in found if len(letters) > 1}

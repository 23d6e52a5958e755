"""Nominals: the noun phrases that mean an actor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from onrecord.annotate.actors.lexicon import HeadClass, Lexicon
from onrecord.annotate.actors.mention import Mention, Number, Sex
from onrecord.annotate.actors.pronouns import find_pronouns
from onrecord.annotate.actors.tokens import OBJECTS, QUOTES, SUBJECTS, Tokens
from onrecord.annotate.actors.verbs import acts, relation, shows, surely_speaks
from onrecord.records.vocabulary import ActorType

_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_POINTING = frozenset(
    {"the", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my", "your"}
)
_INDEFINITE = frozenset({"a", "an", "another", "some", "any", "no", "every", "each"})
_PEOPLE: frozenset[HeadClass] = frozenset({"office", "person", "kin", "unnamed"})
_TYPE: dict[HeadClass, ActorType] = {
    "office": "unnamed",
    "person": "unnamed",
    "kin": "unnamed",
    "unnamed": "unnamed",
    "group": "group",
    "government": "government",
    "organization": "organization",
    "armed_group": "armed_group",
    "document": "document",
}
_FAR = frozenset({"in", "from", "at", "for", "with", "on"})
_LONGEST_TAIL = 6


def find_nominals(
    tokens: Tokens, lexicon: Lexicon, names: list[Mention], told: Mapping[int, HeadClass]
) -> list[Mention]:
    """Return noun phrases for people, bodies and texts that say something, and competitors for pronouns.

    `names` are the mentions found before; no nominal stands inside one, and titles are no nominals.
    `told` are classes of head words that come from elsewhere, for nouns that no list knows.
    """
    if not tokens.parsed:
        return []
    inside: set[int] = set()
    for name in names:
        inside.update(range(name.first, name.end))
    found: list[Mention] = []
    swallowed: set[int] = set()
    for index, tag in enumerate(tokens.tag):
        if index in inside or index in swallowed or index in tokens.taken:
            continue
        quantity = _quantity(tokens, lexicon, index)
        if quantity is not None:
            noun = lexicon.head_class(tokens.lower[quantity], tokens.lemma[quantity])
            if noun is not None and quantity not in inside and noun[0] in (*_PEOPLE, "group", "armed_group"):
                swallowed.update(range(index, quantity + 1))
                found.append(_quantified(tokens, index, quantity, noun))
                continue
        if tokens.lower[index] == "one" and tokens.lower[index + 1 : index + 3] == ["of", "them"]:
            found.append(_one_of_them(index))
            continue
        if tokens.lower[index] in lexicon.vague and surely_speaks(tokens, lexicon, index):
            found.append(_vague(tokens, index))
            continue
        if tag not in _NOUNS:
            continue
        if tokens.dep[index] in ("compound", "nmod", "amod") and tokens.head[index] > index:
            continue
        if tokens.text[index + 1 : index + 2] == ["-"] and tokens.end[index] == tokens.start[index + 1]:
            continue  # the "vice" of "vice-president"
        noun = lexicon.head_class(tokens.lower[index], tokens.lemma[index])
        if noun is None and index in told:
            noun = told[index], tokens.lemma[index]
        if (
            noun is None
            and tag in ("NN", "NNS")
            and not tokens.entity[index]
            and _may_speak(tokens, lexicon, index)
        ):
            noun = _unknown_speaker(tokens, lexicon, index)
        if (
            noun is None
            or (noun[0] == "document" and not shows(tokens, lexicon, index))
            or (noun[1] in lexicon.doubtful and not _means_people(tokens, lexicon, index))
        ):
            if index not in tokens.place and not tokens.entity[index]:
                competitor = _competitor(tokens, index)
                if competitor is not None:
                    found.append(competitor)
            elif index in tokens.place or tokens.entity[index] in (
                "GPE",
                "LOC",
                "FAC",
                "PRODUCT",
                "WORK_OF_ART",
                "EVENT",
            ):
                found.append(_thing(index, index + 1, index, "singular"))
            continue
        nominal = _nominal(tokens, lexicon, index, noun, inside)
        if nominal is not None:
            found.append(nominal)
    return found


def _means_people(tokens: Tokens, lexicon: Lexicon, index: int) -> bool:
    """Whether "the state" or "the channel" says or decides something; "a state of emergency" never does."""
    if tokens.lower[index + 1 : index + 2] == ["of"]:
        return lexicon.heads.get(tokens.lower[index]) == "office"  # "the head of the mission"
    return acts(tokens, lexicon, index)


def _may_speak(tokens: Tokens, lexicon: Lexicon, index: int) -> bool:
    """Whether a noun that no list knows says something; in "said Reed, his voice breaking" none does."""
    slip = any(tokens.tag[child] == "PRP$" for child in tokens.children[index])
    return not slip and not tokens.lower[index].endswith("ing") and surely_speaks(tokens, lexicon, index)


def _unknown_speaker(tokens: Tokens, lexicon: Lexicon, index: int) -> tuple[HeadClass, str]:
    """Judge a noun that no list knows by its ending: people's nouns end in -er, -ist, -ian …."""
    lemma = tokens.lemma[index]
    return ("person" if lemma.endswith(lexicon.personal_endings) else "document"), lemma


def _vague(tokens: Tokens, index: int) -> Mention:
    return Mention(
        start=_start(tokens, index),
        end=index + 1,
        head=index,
        kind="nominal",
        type="group",
        number="plural",
        sex="human",
        lemma=tokens.lower[index],
        noun="group",
        indefinite=True,
    )


def _one_of_them(index: int) -> Mention:
    return Mention(
        start=index,
        end=index + 3,
        head=index,
        kind="nominal",
        type="unnamed",
        number="either",
        sex="human",
        lemma="one",
        noun="person",
        indefinite=True,
    )


def _quantity(tokens: Tokens, lexicon: Lexicon, index: int) -> int | None:
    """Return the noun in "dozens of residents", "two of the officers"; None elsewhere."""
    word = tokens.lemma[index] or tokens.lower[index]
    if word not in lexicon.quantities and tokens.tag[index] != "CD":
        return None
    of = tokens.child(index, "prep")
    if of is None or of != index + 1 or tokens.lower[of] != "of":
        return None
    noun = tokens.child(of, "pobj")
    return noun if noun is not None and noun - index <= 8 and tokens.tag[noun] in _NOUNS else None


def _quantified(tokens: Tokens, index: int, noun: int, of: tuple[HeadClass, str]) -> Mention:
    start = _start(tokens, index)
    kind, lemma = of
    single = tokens.lower[index] == "one"
    type_: ActorType = _TYPE[kind] if kind not in ("office", "person", "kin") else "group"
    return Mention(
        start=start,
        end=noun + 1,
        head=noun,
        kind="nominal",
        type="unnamed" if single and type_ == "group" else type_,
        number="singular" if single else "plural",
        sex="human",
        lemma=lemma,
        noun=kind,
        indefinite=True,
    )


def _start(tokens: Tokens, head: int) -> int:
    """The first token of a noun phrase; what goes before a comma, a quotation mark or "and" is outside."""
    start = max(tokens.left_edge(head), head - 12)
    for index in range(head - 1, start - 1, -1):
        if (
            tokens.text[index] in (",", ";", ":", "—", "–", "(", ")", "and", "or", "but")
            or tokens.text[index].isspace()
        ):
            # "a small, poor town": a comma between adjectives is inside the phrase.
            if tokens.text[index] == "," and tokens.tag[index - 1].startswith(("JJ", "VB")):
                continue
            return index + 1
        spaced_dash = (
            tokens.text[index] == "-" and tokens.end[index - 1] < tokens.start[index] if index else False
        )
        if tokens.text[index] in QUOTES or spaced_dash:
            return index + 1
    while start < head and (
        tokens.text[start] in QUOTES or tokens.lower[start] in ("both", "not", "only", "even", "also")
    ):
        start += 1
    return start


def phrase(tokens: Tokens, head: int) -> tuple[int, int]:
    """Return start and end of the words that belong to a noun: "the old town of Varda"."""
    return _glued_start(tokens, _start(tokens, head)), _tail(tokens, head, "group", plural=False)


def _glued_start(tokens: Tokens, start: int) -> int:
    """Take in the first half of a hyphenated noun, and its article: "a vice-president"."""
    glued = start
    while (
        glued >= 2
        and tokens.text[glued - 1] == "-"
        and tokens.end[glued - 2] == tokens.start[glued - 1]
        and tokens.end[glued - 1] == tokens.start[glued]
    ):
        glued -= 2
    if glued < start and glued and tokens.dep[glued - 1] in ("det", "poss"):
        glued -= 1
    return glued


def _tail(tokens: Tokens, head: int, kind: HeadClass, plural: bool) -> int:
    """The end of a nominal: with "of the council", and for people without a name "in Makilala" as well."""
    end = head + 1
    for child in tokens.children[head]:
        if child != end:
            if child > head:
                break
            continue
        wide = kind in ("unnamed", "group") or plural
        of = tokens.lower[child] == "of" or (kind == "office" and tokens.lower[child] == "for")
        near = tokens.dep[child] == "prep" and (of or (wide and tokens.lower[child] in _FAR))
        familiar = tokens.dep[child] in ("amod", "acl") and tokens.lower[child] in (
            "familiar",
            "close",
            "briefed",
        )
        if not (near or familiar):
            break
        stop = tokens.right_edge(child) + 1
        inside = range(child, stop)
        if stop - child > _LONGEST_TAIL or any(tokens.dep[i] in ("relcl", "appos", "cc") for i in inside):
            noun = tokens.child(child, "pobj")
            if noun is None or noun - child > 4:
                break
            return noun + 1
        return stop
    return end


def _nominal(
    tokens: Tokens, lexicon: Lexicon, index: int, noun: tuple[HeadClass, str], inside: set[int]
) -> Mention | None:
    kind, lemma = noun
    word = tokens.lower[index]
    plural = tokens.tag[index] in ("NNS", "NNPS") or (word in lexicon.irregular and word != lemma)
    start = _glued_start(tokens, _start(tokens, index))
    before = tokens.lower[start:index]
    first = before[0] if before else ""
    possessed = any(tokens.dep[child] == "poss" for child in tokens.children[index])
    if kind == "group" or word == "police":
        number: Number = (
            "either" if not plural and word not in ("people", "police", "folk", "staff") else "plural"
        )
    elif kind in _PEOPLE:
        number = "plural" if plural else "singular"
    else:
        number = "plural" if plural else "either"
    type_ = _TYPE[kind]
    if kind in _PEOPLE and plural:
        # Officials and sources speak without a name; farmers and residents are a group.
        type_ = "unnamed" if kind == "unnamed" else "group"
    if kind in ("organization", "government", "armed_group", "document") and plural and kind != "armed_group":
        type_ = "group" if kind != "document" else "document"
    if type_ == "government" and " ".join(before).removeprefix("the ").startswith(lexicon.international):
        type_ = "organization"
    sex: Sex = "neuter"
    if kind in _PEOPLE:
        sex = "human" if plural else lexicon.gender.get(lemma, "human")
    elif kind == "group" or (kind == "armed_group" and plural):
        sex = "human"
    if start > index or any(i in inside for i in range(index, index + 1)):
        return None
    return Mention(
        start=start,
        end=_tail(tokens, index, kind, plural),
        head=index,
        kind="nominal",
        type=type_,
        number=number,
        sex=sex,
        lemma=lemma,
        noun=kind,
        definite=first in _POINTING or possessed,
        indefinite=first in _INDEFINITE
        or (plural and not first)
        or (bool(before) and tokens.tag[start] == "CD"),
    )


def _competitor(tokens: Tokens, index: int) -> Mention | None:
    """A thing that "it" or "they" may mean; only where it stands as subject or object."""
    dep = relation(tokens, index)
    if dep not in SUBJECTS and dep not in OBJECTS and dep != "pobj":
        return None
    if tokens.tag[index] in ("NNP", "NNPS") and tokens.entity[index]:
        return None
    return _thing(index, index + 1, index, "plural" if tokens.tag[index] in ("NNS", "NNPS") else "singular")


def _thing(start: int, end: int, head: int, number: Number) -> Mention:
    return Mention(
        start=start,
        end=end,
        head=head,
        kind="nominal",
        type=None,
        number=number,
        sex="neuter",
        competitor=True,
    )


def all_mentions(
    tokens: Tokens, lexicon: Lexicon, names: list[Mention], told: Mapping[int, HeadClass]
) -> Iterator[Mention]:
    """Yield names, nominals and pronouns in text order; see `find_nominals`."""
    yield from sorted(
        [*names, *find_nominals(tokens, lexicon, names, told), *find_pronouns(tokens, lexicon)],
        key=lambda mention: (mention.start, mention.end),
    )

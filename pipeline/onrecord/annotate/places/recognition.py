"""Finding toponyms: gazetteer names and named entities are candidates, weighed by what stands around them.

Each candidate is described by a handful of yes/no features that a journalist would name (what spaCy
takes it for, the word before, the word behind, how large the largest place of that name is), and the
weights of those in weights.toml are summed: logistic regression, as in the toponym recognizers that
Leidner (2007) and Lieberman and Samet (2011) compare.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Doc

from onrecord.annotate.places.candidates import Candidate, Words
from onrecord.annotate.places.description import PLACE_LABELS, Describer
from onrecord.annotate.places.gazetteer import COUNTRY, Gazetteer, Senses
from onrecord.annotate.places.lexicon import read_weights, read_words
from onrecord.annotate.places.names import fold, without_article

MAX_NAME_TOKENS = 6
_HYPHENS = frozenset("-‐‑–")


def recognize(doc: Doc, gazetteer: Gazetteer) -> list[Candidate]:
    """Return the toponyms of a document in text order, those that weigh enough."""
    table = "recognition" if doc.has_annotation("ENT_IOB") else "recognition_blank"
    weights = read_weights()[table]
    accepted = []
    for candidate in candidates(doc, gazetteer):
        total = sum(weights.get(feature, 0.0) for feature in candidate.features)
        candidate.probability = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
        if candidate.probability >= weights["threshold"]:
            accepted.append(candidate)
    return without_overlap(accepted)


def candidates(doc: Doc, gazetteer: Gazetteer) -> list[Candidate]:
    """Return all candidates in text order, described but not judged."""
    words = Words.of(doc)
    entities = doc.ents
    covered: set[int] = set()
    found = list(_gazetteer_matches(words, gazetteer, covered))
    for entity in entities:
        if entity.label_ in PLACE_LABELS:
            one = _entity_candidate(words, entity.start, entity.end, covered, gazetteer)
            if one is not None:
                found.append(one)
    found.sort(key=lambda one: (one.first, one.last))
    for one, following in pairwise(found):
        _link_qualifier(words, one, following, gazetteer)
    for one in found:
        _extend(words, one)
    describe = Describer(words, entities, gazetteer, found)
    for one in found:
        describe(one)
    return found


def _gazetteer_matches(words: Words, gazetteer: Gazetteer, covered: set[int]) -> Iterator[Candidate]:
    """Yield the longest names of the gazetteer that begin with a capital, without overlap.

    A name of the user's is found however long it is, and gives way only to a longer one around it.
    `covered` takes up the tokens of what was found, and of names that are known to be no places.
    """
    inner, never = read_words()["inner_words"], read_words()["not_places"]
    own = {first: last for first, last, _ in gazetteer.own.find(words.text, words.tokens, words.starts)}
    own_end = {number: last for first, last in own.items() for number in range(first, last)}
    number, count = 0, len(words.tokens)
    while number < count:
        is_capital = words.capitalised(number)
        if not is_capital and number not in own:
            number += 1
            continue
        last = number + 1
        while (
            is_capital
            and last < count
            and last - number < MAX_NAME_TOKENS
            and (
                words.capitalised(last)
                or words.tokens[last] in inner
                or words.tokens[last] in _HYPHENS
                or words.tokens[last] in ("'s", "’s", "'", "’")
                or (words.tokens[last] == "," and words.lower[last + 1 : last + 2] in (["d.c."], ["dc"]))
            )
        ):
            last += 1
        after_comma = number > 1 and words.tokens[number - 1] == "," and words.capitalised(number - 2)
        for stop in range(max(last, own.get(number, last)), number, -1):
            is_own = own.get(number) == stop
            if not is_own and (not words.capitalised(stop - 1) or own_end.get(stop - 1, stop) > stop):
                continue
            surface = words.surface(number, stop)
            if surface in never and not is_own:
                covered.update(range(number, stop))
                number = stop
                break
            senses = gazetteer.senses(surface, after_comma)
            if senses is not None:
                start, end = words.starts[number], words.end(stop - 1)
                covered.update(range(number, stop))
                yield Candidate(number, stop, start, end, words.text[start:end], senses)
                number = stop
                break
        else:
            number += 1


def _entity_candidate(
    words: Words, first: int, last: int, covered: set[int], gazetteer: Gazetteer
) -> Candidate | None:
    """Return a named entity as a candidate of its own where no name of the gazetteer fills it."""
    while first < last and not words.capitalised(first):
        first += 1
    while first < last and words.lower[first] == "the":
        first += 1
    while first < last and words.tokens[last - 1] in ("'s", "’s", "'", "’", ".", ",", "-"):
        last -= 1
    if first >= last or all(number in covered for number in range(first, last) if words.capitalised(number)):
        return None
    start, end = words.starts[first], words.end(last - 1)
    if "\n" in words.text[start:end]:
        return None
    name = words.text[start:end]
    lexicon = read_words()
    if (
        name in lexicon["not_places"]
        or words.lower[last - 1] in lexicon["office_words"]
        or words.lower[first] in lexicon["titles"]
    ):
        return None
    return Candidate(first, last, start, end, name, gazetteer.senses(without_article(name)))


def _link_qualifier(words: Words, one: Candidate, following: Candidate, gazetteer: Gazetteer) -> None:
    """Take "Texas" as the qualifier of "Paris" in "Paris, Texas" and "Paris (Texas)"."""
    between = words.tokens[one.last : following.first]
    if between not in ([","], ["("], [",", "the"]) or following.senses is None:
        return
    if one.senses is None or _contains(gazetteer, following.senses, one.senses) or _abbreviated(following):
        one.qualifier = following
        following.qualifies = True
        following.hints.add("container")


def _abbreviated(one: Candidate) -> bool:
    """Say whether a qualifier is written as only qualifiers are: "Mo.", "TX"."""
    return one.last == one.first + 1 and (one.name.endswith(".") or one.name.isupper()) and len(one.name) < 7


def _contains(gazetteer: Gazetteer, outer: Senses, inner: Senses) -> bool:
    """Say whether some place of one name lies in some larger place of the other."""
    for row in outer.rows[:5].tolist():
        feature = gazetteer.feature[row]
        if feature == COUNTRY and bool((gazetteer.country[inner.rows] == gazetteer.country[row]).any()):
            return True
        if bool((gazetteer.admin1[inner.rows] == row).any()) or bool(
            (gazetteer.admin2[inner.rows] == row).any()
        ):
            return True
    return False


def _extend(words: Words, one: Candidate) -> None:
    """Take a generic word into the span ("Davao del Sur province") and note what it says of the place."""
    lexicon = read_words()
    following = words.lower[one.last] if one.last < len(words.lower) else ""
    before = words.lower[one.first - 1] if one.first else ""
    second = words.lower[one.first - 2] if one.first > 1 else ""
    own = fold(one.name).split()
    if own and (own[-1] in lexicon["division_words"] or own[0] in lexicon["division_words"]):
        one.hints.add("division")
    if own and (own[-1] in lexicon["natural_words"] or own[0] in lexicon["natural_words"]):
        one.hints.add("natural name")
    for kind in ("division", "natural"):
        if following in lexicon[f"{kind}_words"] and words.doc[one.last - 1].whitespace_:
            # "Texas River Authority" is no river: the generic word must end the run of capitals.
            if words.capitalised(one.last) and words.capitalised(one.last + 1):
                break
            if (
                following not in lexicon["lower_case_natural_words"]
                and kind == "natural"
                and not words.capitalised(one.last)
            ):
                break
            one.hints.update((kind, "island") if following in lexicon["island_words"] else (kind,))
            one.last += 1
            one.end = words.end(one.last - 1)
            break
    if before == "of" and second in lexicon["settlement_words"]:
        one.hints.add("settlement")
    elif before == "of" and second in lexicon["division_words"]:
        one.hints.add("division")
    elif before in lexicon["settlement_words"]:
        one.hints.add("settlement")
    if before in ("river", "lake", "mount", "mt."):
        one.hints.add("natural")
        if words.capitalised(one.first - 1):
            one.first -= 1
            one.start = words.starts[one.first]


def without_overlap(found: list[Candidate]) -> list[Candidate]:
    """Of overlapping candidates keep the one that is surer."""
    kept: list[Candidate] = []
    for one in found:
        if kept and one.start < kept[-1].end:
            if one.probability > kept[-1].probability:
                kept[-1] = one
            continue
        kept.append(one)
    return kept

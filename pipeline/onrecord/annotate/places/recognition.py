"""Finding toponyms: gazetteer names and named entities are candidates, weighed by what stands around them.

Each candidate is described by a handful of yes/no features that a journalist would name (what spaCy
takes it for, the word before, the word behind, how large the largest place of that name is), and the
weights of those in weights.toml are summed: logistic regression, as in the toponym recognizers of
Lieberman and Samet (2011) and Leidner (2007).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span

from onrecord.annotate.places.gazetteer import (
    ADMIN1,
    CAPITAL,
    COUNTRY,
    NATURAL,
    REGION,
    SITE,
    Gazetteer,
    Senses,
)
from onrecord.annotate.places.lexicon import read_weights, read_words
from onrecord.annotate.places.names import fold, without_article

MAX_NAME_TOKENS = 6
MILLION = 1_000_000
PLACE_LABELS = frozenset(("GPE", "LOC", "FAC"))
BODY_LABELS = frozenset(("ORG", "FAC", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT"))
_HYPHENS = frozenset("-‐‑–")


@dataclass(slots=True)
class Candidate:
    """A stretch of tokens that may name a place; `first` and `last` are token numbers, half open."""

    first: int
    last: int
    start: int
    end: int
    name: str
    senses: Senses | None
    features: list[str] = field(default_factory=list)
    in_name: bool = False
    hints: set[str] = field(default_factory=set)
    qualifier: Candidate | None = None
    qualifies: bool = False
    probability: float = 0.0
    label: str = ""
    written: str = ""


@dataclass(frozen=True, slots=True)
class _Words:
    """The tokens of a document as plain lists, read once."""

    doc: Doc
    text: str
    tokens: list[str]
    lower: list[str]
    starts: list[int]

    @classmethod
    def of(cls, doc: Doc) -> _Words:
        tokens, starts, at = [], [], 0
        # Walking over the Doc is what costs most here, so it is done once.
        for token in doc:
            tokens.append(token.text)
            starts.append(at)
            at += len(token.text_with_ws)
        return cls(doc, doc.text, tokens, [word.lower() for word in tokens], starts)

    def end(self, number: int) -> int:
        """Return the offset behind a token."""
        return self.starts[number] + len(self.tokens[number])

    def surface(self, first: int, last: int) -> str:
        return self.text[self.starts[first] : self.end(last - 1)]

    def capitalised(self, number: int) -> bool:
        return 0 <= number < len(self.tokens) and self.tokens[number][:1].isupper()


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
    return _without_overlap(accepted)


def candidates(doc: Doc, gazetteer: Gazetteer) -> list[Candidate]:
    """Return all candidates in text order, described but not judged."""
    words = _Words.of(doc)
    entities = doc.ents
    found = list(_gazetteer_matches(words, gazetteer))
    covered = {number for one in found for number in range(one.first, one.last)}
    for entity in entities:
        if entity.label_ in PLACE_LABELS:
            one = _entity_candidate(words, entity.start, entity.end, covered, gazetteer)
            if one is not None:
                found.append(one)
    found.sort(key=lambda one: (one.first, one.last))
    for one, following in zip(found, found[1:], strict=False):
        _link_qualifier(words, one, following, gazetteer)
    describe = _Describer(words, entities, gazetteer, found)
    for one in found:
        _extend(words, one)
        describe(one)
    return found


def _gazetteer_matches(words: _Words, gazetteer: Gazetteer) -> Iterator[Candidate]:
    """Yield the longest names of the gazetteer that begin with a capital, without overlap."""
    inner, never = read_words()["inner_words"], read_words()["not_places"]
    number, count = 0, len(words.tokens)
    while number < count:
        if not words.capitalised(number):
            number += 1
            continue
        last = number + 1
        while (
            last < count
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
        for stop in range(last, number, -1):
            if not words.capitalised(stop - 1):
                continue
            surface = words.surface(number, stop)
            senses = None if surface in never else gazetteer.senses(surface, after_comma)
            if senses is not None:
                start, end = words.starts[number], words.end(stop - 1)
                yield Candidate(number, stop, start, end, words.text[start:end], senses)
                number = stop
                break
        else:
            number += 1


def _entity_candidate(
    words: _Words, first: int, last: int, covered: set[int], gazetteer: Gazetteer
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


def _link_qualifier(words: _Words, one: Candidate, following: Candidate, gazetteer: Gazetteer) -> None:
    """Take "Texas" as the qualifier of "Paris" in "Paris, Texas" and "Paris (Texas)"."""
    between = words.tokens[one.last : following.first]
    if between not in ([","], ["("], [",", "the"]) or following.senses is None:
        return
    if one.senses is None or _contains(gazetteer, following.senses, one.senses) or _abbreviated(following):
        one.qualifier = following
        following.qualifies = True


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


def _extend(words: _Words, one: Candidate) -> None:
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
    if before in ("river", "lake", "mount", "mt.") and words.capitalised(one.first - 1):
        one.first -= 1
        one.start = words.starts[one.first]
        one.hints.add("natural")


class _Describer:
    """Writes down the features of candidates; holds what is known of the whole document."""

    def __init__(
        self, words: _Words, entities: tuple[Span, ...], gazetteer: Gazetteer, found: list[Candidate]
    ) -> None:
        self.words = words
        self.gazetteer = gazetteer
        self.lexicon = read_words()
        self.tagged = words.doc.has_annotation("TAG")
        self.label: dict[int, str] = {}
        self.bounds: dict[int, tuple[int, int]] = {}
        self.surnames: set[str] = set()
        for entity in entities:
            for number in range(entity.start, entity.end):
                self.label[number] = entity.label_
                self.bounds[number] = (entity.start, entity.end)
            if entity.label_ == "PERSON" and len(entity) > 1:
                self.surnames.update(words.lower[entity.start : entity.end])
        self.first = {one.first: one for one in found}
        self.bodies: set[str] = set()
        self.place_votes: Counter[str] = Counter()
        self.other_votes: Counter[str] = Counter()
        for one in found:
            label, relation = self.entity(one)
            if relation == "exact":
                (self.place_votes if label in PLACE_LABELS else self.other_votes)[one.name] += 1
            elif label == "ORG" and relation == "start":
                self.bodies.add(one.name)

    def entity(self, one: Candidate) -> tuple[str, str]:
        """Return the label of the entity that a candidate stands in, and where in it."""
        label = self.label.get(one.first) or self.label.get(one.last - 1)
        if label is None:
            return "none", ""
        start, end = self.bounds.get(one.first) or self.bounds[one.last - 1]
        words = self.words
        while start < one.first and not words.capitalised(start):
            start += 1
        if start < one.first and words.lower[start] == "the":
            start += 1
        generic = self.lexicon["division_words"] | self.lexicon["natural_words"]
        while end > one.last and (
            not words.tokens[end - 1][:1].isalnum() or words.lower[end - 1] in ("'s", "’s", *generic)
        ):
            end -= 1
        if start >= one.first and end <= one.last:
            return label, "exact"
        if start >= one.first:
            return label, "start"
        if one.first and words.lower[one.first - 1] in ("of", "in", "at", "for", "from", "to"):
            return label, "after_of"
        return label, "end" if end <= one.last else "inner"

    def __call__(self, one: Candidate) -> None:
        words, lexicon = self.words, self.lexicon
        label, relation = self.entity(one)
        one.label, one.written = label, self.words.text[one.start : one.end]
        size = self.size(one)
        one.in_name = (
            label in BODY_LABELS
            and one.senses is not None
            and (
                relation in ("start", "inner", "end")
                or (relation == "after_of" and words.lower[one.first - 1] in ("of", "for"))
            )
        )
        entity = f"entity {label} {relation}".strip()
        out = one.features
        out += ["bias", entity, f"size {size}"]
        if label == "none" or label == "PERSON" or label in BODY_LABELS:
            out.append(f"{entity} size {size}")
        out.append("before " + self.before(one))
        out.append("behind " + self.behind(one))
        if label == "none" or (label in ("PERSON", "ORG") and relation == "exact"):
            out.append(f"{label} before " + self.before(one))
            out.append(f"{label} behind " + self.behind(one))
        count = one.last - one.first
        out.append(f"tokens {min(count, 3)}")
        if one.qualifier is not None:
            out.append("qualified")
        if one.qualifies:
            out.append("qualifies")
        out += [f"hint {hint}" for hint in sorted(one.hints)]
        if relation != "exact" or label not in PLACE_LABELS:
            if self.place_votes[one.name]:
                out.append("place elsewhere")
            if self.other_votes[one.name]:
                out.append("other elsewhere")
            if one.name in self.bodies and relation != "start" and not self.place_votes[one.name]:
                out.append("begins a body's name elsewhere")
        if relation != "start" and count == 1 and words.lower[one.first] in self.surnames:
            out.append("in a person's name elsewhere")
        if self.tagged:
            tag = words.doc[one.last - 1].tag_
            out.append("tag " + (tag if tag in ("NNP", "NNPS", "JJ", "NN", "NNS") else "other"))
        if one.name.isupper() and len(one.name) > 3:
            out.append("capitals")

    def size(self, one: Candidate) -> str:
        """Say in a word what the largest place of the name is."""
        if one.senses is None:
            return "unknown"
        gazetteer, rows = self.gazetteer, one.senses.rows
        features = set(gazetteer.feature[rows[:8]].tolist())
        for feature, word in ((COUNTRY, "country"), (ADMIN1, "state"), (CAPITAL, "capital")):
            if feature in features:
                return word
        if features & {REGION, NATURAL, SITE}:
            return "feature"
        alternate = one.senses.alternate
        population = int(gazetteer.population[rows[~alternate]].max(initial=0))
        other = int(gazetteer.population[rows[alternate]].max(initial=0))
        # "Cologne" is a village in Italy, but the alternate name of a city of a million is what is meant.
        if other >= MILLION or population == 0:
            return "alternate " + _bucket(other)
        return _bucket(population)

    def before(self, one: Candidate) -> str:
        """Say what kind of word stands before a candidate."""
        words, number = self.words, one.first - 1
        if number < 0 or words.tokens[number].isspace() or words.doc[one.first].is_sent_start:
            return "start"
        word = words.lower[number]
        if word in self.lexicon["locative_prepositions"]:
            return "locative"
        if word in self.lexicon["titles"]:
            return "title"
        if word in ("of", "the", ",", "and"):
            return word
        if word in self.lexicon["other_prepositions"]:
            return "preposition"
        if words.capitalised(number):
            return "capital"
        return "word" if word[:1].isalpha() else "sign"

    def behind(self, one: Candidate) -> str:
        """Say what kind of word stands behind a candidate."""
        words, number = self.words, one.last
        if number >= len(words.tokens) or words.tokens[number].isspace():
            return "end"
        word = words.lower[number]
        if word in ("'s", "’s", "'", "’"):
            return "possessive"
        if word in (",", ".", "-", "(", ")"):
            return word
        if words.capitalised(number):
            return (
                "body"
                if word in self.lexicon["body_nouns"]
                else "place"
                if number in self.first
                else "capital"
            )
        return "word" if word[:1].isalpha() else "sign"


def _bucket(population: int) -> str:
    """Say in a word how large a town is."""
    sizes = ((MILLION, "million"), (100_000, "large"), (10_000, "town"))
    return next((word for limit, word in sizes if population >= limit), "small")


def _without_overlap(found: list[Candidate]) -> list[Candidate]:
    """Of overlapping candidates keep the one that is surer."""
    kept: list[Candidate] = []
    for one in found:
        if kept and one.start < kept[-1].end:
            if one.probability > kept[-1].probability:
                kept[-1] = one
            continue
        kept.append(one)
    return kept

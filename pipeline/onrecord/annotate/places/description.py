"""The features by which a candidate is judged: what a reader sees around a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from spacy.tokens import Span

from onrecord.annotate.places.candidates import Candidate, Words
from onrecord.annotate.places.gazetteer import ADMIN1, CAPITAL, COUNTRY, NATURAL, REGION, SITE, Gazetteer
from onrecord.annotate.places.lexicon import read_words

PLACE_LABELS = frozenset(("GPE", "LOC", "FAC"))
BODY_LABELS = frozenset(("ORG", "FAC", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT"))
MILLION = 1_000_000


class Describer:
    """Describes the candidates of one document; holds what is known of the whole of it."""

    def __init__(
        self, words: Words, entities: Sequence[Span], gazetteer: Gazetteer, found: list[Candidate]
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
        """Write the features of a candidate into it, and whether it stands inside the name of a body."""
        words = self.words
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
        if label in ("none", "PERSON") or label in BODY_LABELS:
            out.append(f"{entity} size {size}")
        out.append("before " + self.before(one))
        behind = self.behind(one)
        one.compound = behind in ("body", "capital") or (one.in_name and relation != "start")
        out.append(f"behind {behind}")
        if label == "none" or (label in ("PERSON", "ORG") and relation == "exact"):
            out.append(f"{label} before " + self.before(one))
            out.append(f"{label} behind {behind}")
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
        if one.senses is not None and one.senses.own and not self._in_person(one, label, relation):
            out.append("own")

    def _in_person(self, one: Candidate, label: str, relation: str) -> bool:
        """Say whether words are a part of a person's name, here or elsewhere in the article."""
        part = label == "PERSON" and relation != "exact"
        return part or (one.last == one.first + 1 and self.words.lower[one.first] in self.surnames)

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
        if word in ("river", "lake", "mount", "mt."):
            return "natural"
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

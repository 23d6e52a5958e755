"""Invented articles with whole records, and mutations of them that say what a diff must find."""

from __future__ import annotations

import random
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from onrecord.records import Article, ArticleRecord

FIRST = ("Ada", "Boris", "Chidi", "Dalia", "Emeka", "Farah", "Goran", "Hana")
LAST = ("Okafor", "Lindqvist", "Marchetti", "Novak", "Osei", "Petrov", "Quispe", "Rahman")
TOWNS = ("Brenwick", "Caldora", "Dunmere", "Eskvale", "Fornham", "Gressby")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
THINGS = ("houses", "trucks", "wells", "permits", "patients", "trees")
ACTS = {"said": "statement", "warned": "warning", "estimated": "estimate", "promised": "commitment"}
TYPES = ("person", "organization", "government", "group")
LEMMAS = {"said": "say", "warned": "warn", "estimated": "estimate", "promised": "promise"}
REFRAIN = "Nobody would say more."

Data = dict[str, Any]


def invent(seed: int, speakers: int = 4) -> ArticleRecord:
    """Return a record in which each speaker has two sentences with a figure, a day and a town."""
    return ArticleRecord.model_validate(_Inventor(random.Random(seed), seed, speakers).record())


class _Inventor:
    def __init__(self, rng: random.Random, seed: int, speakers: int) -> None:
        self.rng, self.seed, self.speakers = rng, seed, speakers
        self.text = ""

    def write(self, words: str) -> Data:
        start = len(self.text)
        self.text += words
        return {"start": start, "end": len(self.text), "text": words}

    def record(self) -> Data:
        rng = self.rng
        names = rng.sample([f"{first} {last}" for first in FIRST for last in LAST], self.speakers)
        towns = rng.sample(TOWNS, 3)
        data: Data = {kind: [] for kind in ("actors", "places", "dates", "figures", "claims")}
        data["places"] = [
            {"id": f"p{n}", "name": town, "kind": "city", "mentions": []} for n, town in enumerate(towns)
        ]
        for number, name in enumerate(names):
            actor: Data = {"id": f"a{number}", "name": name, "type": "person", "mentions": []}
            data["actors"].append(actor)
            for turn in range(2):
                self.sentence(data, actor, name if turn == 0 else "he", rng.choice(data["places"]))
            self.write(f" {REFRAIN} About {100 + number} were left.\n")
        for place in [one for one in data["places"] if not one["mentions"]]:
            data["places"].remove(place)
        article = Article.of(
            self.text, id=f"article-{self.seed}", title=self.text.split(" in ")[0], published="2024-05-14"
        )
        return {"article": article.model_dump(), **data}

    def sentence(self, data: Data, actor: Data, subject: str, place: Data) -> None:
        rng = self.rng
        verb = rng.choice(sorted(ACTS))
        named = self.write(subject)
        actor["mentions"].append({**named, "kind": "pronoun" if subject == "he" else "name"})
        self.write(" ")
        cue = self.write(verb)
        self.write(" on ")
        day = self.write(rng.choice(DAYS))
        self.write(" ")
        start = len(self.text)
        self.write("that ")
        value = rng.randrange(1000, 9000)
        figure = self.write(f"{value}")
        thing = rng.choice(THINGS)
        self.write(f" {thing} were counted in ")
        place["mentions"].append(self.write(place["name"]))
        content = {"start": start, "end": len(self.text), "text": self.text[start:]}
        self.write(". ")
        number = len(data["claims"])
        data["dates"].append(
            {
                "id": f"d{number}",
                **day,
                "type": "DATE",
                "timex": "2024-05-13",
                "earliest": "2024-05-13",
                "latest": "2024-05-13",
                "anchor": "publication",
            }
        )
        data["figures"].append(
            {
                "id": f"f{number}",
                **figure,
                "value": value,
                "modifier": "exact",
                "counted": thing,
                "at": place["id"],
            }
        )
        data["claims"].append(
            {
                "id": f"c{number}",
                "quotation": "indirect",
                "speech_act": ACTS[verb],
                "source": {"actor": actor["id"], "span": named},
                "cue": {**cue, "lemma": LEMMAS[verb]},
                "content": [content],
                "said": f"d{number}",
                "places": [place["id"]],
                "figures": [f"f{number}"],
                "confidence": round(rng.uniform(0.5, 1), 2),
            }
        )


Found = tuple[str, str, str, str | None]
"""Class, kind, path and the id that stands in the old record, or in the new one where there is no old."""


@dataclass
class Mutant:
    """A record that is changed step by step, and what a diff against the first state must find.

    An item takes part in one mutation only, so that none hides another.
    """

    record: ArticleRecord
    rng: random.Random
    expected: list[Found] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.data = deepcopy(self.record.model_dump(mode="json"))
        self.touched: set[str] = set()

    def result(self) -> ArticleRecord:
        """Return the changed record, with every id renamed and every list in another order."""
        shuffled = deepcopy(self.data)
        ids = [one["id"] for kind in KINDS for one in shuffled[kind]]
        names = dict(
            zip(ids, [f"x{number}" for number in self.rng.sample(range(len(ids)), len(ids))], strict=True)
        )
        for kind in KINDS:
            shuffled[kind] = [_renamed(one, names) for one in shuffled[kind]]
            self.rng.shuffle(shuffled[kind])
        return ArticleRecord.model_validate(shuffled)

    def free(self, kind: str) -> list[Data]:
        return [one for one in self.data[kind] if one["id"] not in self.touched]

    def take(self, kind: str) -> Data | None:
        free = self.free(kind)
        if not free:
            return None
        chosen = self.rng.choice(free)
        self.touched.add(chosen["id"])
        return chosen

    def expect(self, class_: str, kind: str, path: str, identifier: str) -> None:
        self.expected.append((class_, kind, path, identifier))


KINDS = ("actors", "places", "dates", "figures", "claims")


def _renamed(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: value[key] if key == "text" else _renamed(value[key], names) for key in value}
    if isinstance(value, list):
        return [_renamed(one, names) for one in value]
    return names.get(value, value) if isinstance(value, str) else value


def drop(mutant: Mutant) -> None:
    """Take an item away, from the lists of ids that it stands in too; a date is missed by its claim."""
    kind = mutant.rng.choice(("figures", "claims", "dates"))
    item = mutant.take(kind)
    if item is None:
        return
    claims = [claim for claim in mutant.data["claims"] if claim["said"] == item["id"]]
    if any(claim["id"] in mutant.touched for claim in claims):
        return
    mutant.data[kind].remove(item)
    mutant.expect("removed", kind, "", item["id"])
    for claim in claims:
        mutant.touched.add(claim["id"])
        claim["said"] = None
        mutant.expect("relinked", "claims", "said", claim["id"])
    for claim in mutant.data["claims"]:
        claim["figures"] = [one for one in claim["figures"] if one != item["id"]]


def add(mutant: Mutant) -> None:
    text = mutant.record.article.text
    number = mutant.rng.randrange(4)
    words = f"About {100 + number}"
    start = text.find(words)
    if start >= 0 and f"new{number}" not in mutant.touched:
        mutant.touched.add(f"new{number}")
        span = {"start": start, "end": start + len(words), "text": words}
        mutant.data["figures"].append(
            {"id": f"new{number}", **span, "value": 100.0 + number, "modifier": "approximate"}
        )
        mutant.expect("added", "figures", "", words)


def move(mutant: Mutant) -> None:
    """Let a date or a cue stand where the same words stand elsewhere."""
    kind, path = mutant.rng.choice((("dates", ""), ("claims", "cue")))
    item = mutant.take(kind)
    if item is None:
        return
    span = item if kind == "dates" else item["cue"]
    # Nor where a date has been dropped: that would be the drop of the moved one.
    taken = {(one["start"], one["end"]) for one in mutant.data["dates"]}
    taken |= {(one.start, one.end) for one in mutant.record.dates}
    text = mutant.record.article.text
    start = text.find(span["text"])
    while start >= 0 and (start == span["start"] or (start, start + len(span["text"])) in taken):
        start = text.find(span["text"], start + 1)
    if start >= 0:
        span.update(start=start, end=start + len(span["text"]))
        mutant.expect("moved", kind, path, item["id"])


def relabel(mutant: Mutant) -> None:
    kind, path, values = mutant.rng.choice(
        (
            ("actors", "type", TYPES),
            ("claims", "speech_act", tuple(ACTS.values())),
            ("claims", "polarity", ("positive", "negative")),
            ("claims", "quotation", ("direct", "indirect", "mixed")),
            ("places", "kind", ("city", "region", "site")),
            ("figures", "modifier", ("exact", "approximate")),
            ("dates", "timex", ("2024-05-13", "2024-05-06")),
        )
    )
    item = mutant.take(kind)
    if item:
        item[path] = mutant.rng.choice([value for value in values if value != item[path]])
        mutant.expect("changed", kind, path, item["id"])


def regroup(mutant: Mutant) -> None:
    owner, other = mutant.take("actors"), mutant.take("actors")
    if owner and other:
        other["mentions"].append(owner["mentions"].pop())
        mutant.expect("regrouped", "actors", "mentions", owner["id"])


def relink(mutant: Mutant) -> None:
    claim = mutant.take("claims")
    if claim:
        others = [one["id"] for one in mutant.data["actors"] if one["id"] != claim["source"]["actor"]]
        claim["source"]["actor"] = mutant.rng.choice(others)
        mutant.expect("relinked", "claims", "source.actor", claim["id"])


def edit_number(mutant: Mutant) -> None:
    figure = mutant.take("figures")
    if figure:
        figure["value"] += mutant.rng.choice((-1, 1, 500))
        mutant.expect("changed", "figures", "value", figure["id"])


MUTATIONS = (drop, add, move, relabel, regroup, relink, edit_number)


def mutate(record: ArticleRecord, seed: int, count: int) -> tuple[ArticleRecord, list[Found]]:
    """Return a record with a number of mutations, and what a diff must find."""
    mutant = Mutant(record, random.Random(seed))
    for _ in range(count):
        mutant.rng.choice(MUTATIONS)(mutant)
    return mutant.result(), mutant.expected

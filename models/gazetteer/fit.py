"""Fit weights.toml of the onrecord_places component to annotated news.

    python models/gazetteer/fit.py GOLD.jsonl... [--no-home GOLD.jsonl...] >weights.toml

A line of GOLD is {"text", "site", "places": [{"start", "end", "lat", "lon", "geonames_id", "country"}]},
with `"adjectival": true` on demonyms, which count neither way. Recognition is fitted by logistic
regression (Newton's method), resolution by a conditional logit over the senses of each name (Adam),
first without the context of the other names, then with it. Both are regularized (L2). Recognition
sees each text twice, with the names of either method. Files behind `--no-home` are taken into resolution
once more as if nothing were known of the site: give general news there, not that of small towns.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import spacy
from spacy.tokens import Doc

from onrecord.annotate.annotations import register_extensions
from onrecord.annotate.places import resolution
from onrecord.annotate.places.candidates import Candidate
from onrecord.annotate.places.component import dateline_of
from onrecord.annotate.places.gazetteer import COUNTRY, Gazetteer, angle_km, load_gazetteer, unit_vector
from onrecord.annotate.places.outlet import home_of
from onrecord.annotate.places.recognition import candidates, without_overlap
from onrecord.parse.pipeline import load_pipeline
from onrecord.settings import Settings

Floats = npt.NDArray[np.float64]

THRESHOLD = {"recognition": 0.42, "recognition_blank": 0.7}
CONFIDENCE = {"place": 0.35, "country": 0.7}
SAME_PLACE_KM = 40.0
RIDGE = {"recognition": 2.0, "resolution": 1.0}
MIN_COUNT = 5
SMALLEST = 0.1
# The corpora at hand have too few of these to learn from.
BY_HAND = {
    "natural_word": 5.0,
    "division_word": 2.0,
    "named_by_site": 1.5,
    "namesake_town": -2.0,
    "listed_name": 1.0,
    "own_place": 5.0,
    "in_qualifier": 3.0,
    "not_in_qualifier": -3.0,
}
SAME_AS = {"admin3": "admin2"}
RECOGNIZED_BY_HAND = {"before natural": 2.5, "own": 4.0}
HEAD = """\
# What each feature of a candidate counts: `recognition` and `recognition_blank` (a pipeline without named
# entities) say whether words name a place, `prior` and `ranking` which place they mean (the features are
# told in resolution.py). Positive speaks for, negative against. Written by models/gazetteer/fit.py.
"""

Example = tuple[resolution.Ranking, Floats, Floats]


def read(paths: list[str]) -> list[dict[str, Any]]:
    """Read the gold documents."""
    return [
        json.loads(line) for path in paths for line in Path(path).read_text(encoding="utf-8").splitlines()
    ]


def overlapping(one: Candidate, places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the gold places that share a character with a candidate."""
    return [place for place in places if place["start"] < one.end and one.start < place["end"]]


def judged(found: list[Candidate], places: list[dict[str, Any]]) -> Iterator[tuple[Candidate, bool]]:
    """Yield candidates with whether they cover at least half of a gold place, without demonyms."""
    for one in found:
        hits = overlapping(one, places)
        if any(hit.get("adjectival") for hit in hits):
            continue
        yield (
            one,
            any(
                2 * (min(hit["end"], one.end) - max(hit["start"], one.start)) >= hit["end"] - hit["start"]
                for hit in hits
            ),
        )


def fit_recognition(examples: list[tuple[Candidate, bool]]) -> dict[str, float]:
    """Return the weight of each feature: ridge logistic regression by Newton's method."""
    counts = Counter(feature for one, _ in examples for feature in one.features)
    names = sorted(name for name, count in counts.items() if count >= MIN_COUNT)
    column = {name: number for number, name in enumerate(names)}
    table = np.zeros((len(examples), len(names)), dtype=np.float32)
    for line, (one, _) in enumerate(examples):
        table[line, [column[feature] for feature in one.features if feature in column]] = 1
    wanted = np.array([right for _, right in examples], dtype=np.float64)
    weights = np.zeros(len(names))
    for _ in range(12):
        chance = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (chance - wanted) + RIDGE["recognition"] * weights
        curve = (table * (chance * (1 - chance))[:, None]).T @ table
        weights -= np.linalg.solve(curve + RIDGE["recognition"] * np.eye(len(names)), slope)
    return {**dict(zip(names, weights.tolist(), strict=True)), **RECOGNIZED_BY_HAND}


def example(
    doc: Doc, gold: dict[str, Any], weights: dict[str, float], gazetteer: Gazetteer
) -> Example | None:
    """Return the names of a document with, by sense, whether it is right, and by name what it counts."""
    kept = []
    for one in candidates(doc, gazetteer):
        total = sum(weights.get(feature, 0.0) for feature in one.features)
        one.probability = 1 / (1 + np.exp(-np.clip(total, -30, 30)))
        if one.probability >= THRESHOLD["recognition"]:
            kept.append(one)
    toponyms = resolution.group(without_overlap(kept), gazetteer)
    known = [toponym for toponym in toponyms if len(toponym.rows)]
    if not known:
        return None
    home = home_of(gold.get("site"), gazetteer)
    ranking = resolution.Ranking(known, gazetteer, home, dateline_of(doc.text, toponyms))
    right, count = np.zeros(len(ranking.rows)), np.zeros(len(known))
    for number, toponym in enumerate(known):
        hits = [hit for one in toponym.mentions for hit in overlapping(one, gold["places"])]
        hits = [hit for hit in hits if hit["lat"] is not None]
        if not hits:
            continue
        fits = right_senses(toponym.rows, hits[0], gazetteer)
        if fits.any():
            right[ranking.bounds[number] : ranking.bounds[number + 1]] = fits
            count[number] = np.sqrt(len(hits))
    return (ranking, right, count) if count.any() else None


def right_senses(
    rows: npt.NDArray[np.int64], hit: dict[str, Any], gazetteer: Gazetteer
) -> npt.NDArray[np.bool_]:
    """Say which senses are the gold place: the same GeoNames id, else the same country, else near it."""
    same = gazetteer.geonames_id[rows] == (hit["geonames_id"] or -1)
    if same.any():
        return same
    if (hit.get("fcode") or "").startswith("PCL"):
        country = gazetteer.country_index(hit["country"] or "")
        return (gazetteer.feature[rows] == COUNTRY) & (gazetteer.country[rows] == country)
    point = unit_vector(hit["lat"], hit["lon"])[None]
    return angle_km(gazetteer.vector[rows], point)[:, 0] <= SAME_PLACE_KM


def fit_ranking(examples: list[Example], tables: list[Floats]) -> Floats:
    """Return the weights that make the right senses likely: a conditional logit, by Adam."""
    table = np.vstack(tables)
    right = np.concatenate([one[1] for one in examples])
    sizes = np.concatenate([np.diff(one[0].bounds) for one in examples])
    starts = np.cumsum(sizes) - sizes
    group = np.repeat(np.arange(len(sizes)), sizes)
    count = np.concatenate([one[2] for one in examples])[group]
    weights, mean, square = (np.zeros(table.shape[1]) for _ in range(3))
    for step in range(1, 201):
        scores = table @ weights
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        chance = powers / np.add.reduceat(powers, starts)[group]
        within = chance * right / np.maximum(np.add.reduceat(chance * right, starts)[group], 1e-12)
        slope = table.T @ (count * (chance - within)) + RIDGE["resolution"] * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        weights = weights - 0.15 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights


def fit_resolution(examples: list[Example]) -> tuple[Floats, Floats]:
    """Return the weights without context and with it."""
    prior = fit_ranking(examples, [one[0].local for one in examples])
    chances = [one[0].softmax(one[0].local @ prior) for one in examples]
    full = np.zeros(len(resolution.RANKING))
    for _ in range(3):
        tables = [one[0].features(chance) for one, chance in zip(examples, chances, strict=True)]
        full = fit_ranking(examples, tables)
        first = [one[0].softmax(table @ full) for one, table in zip(examples, tables, strict=True)]
        # The mean of two rounds keeps the context from swinging.
        chances = [
            (chance + one[0].softmax(one[0].features(chance) @ full)) / 2
            for one, chance in zip(examples, first, strict=True)
        ]
    return prior, full


def section(name: str, weights: dict[str, float], **first: float) -> list[str]:
    """Return a table of the file."""
    lines = [f"[{name}]", *(f"{key} = {value}" for key, value in first.items())]
    for key, value in sorted(weights.items()):
        if abs(value) >= SMALLEST:
            lines.append(f"{key if key.replace('_', '').isalnum() else json.dumps(key)} = {value:.2f}")
    return [*lines, ""]


def ranked(names: tuple[str, ...], weights: Floats) -> dict[str, float]:
    """Return weights by name, with those that are set by hand."""
    found = {**dict(zip(names, weights.tolist(), strict=True)), **BY_HAND}
    return {**found, **{name: found[other] for name, other in SAME_AS.items()}}


def with_names(texts: list[str], method: str) -> list[Doc]:
    """Parse texts and find their named entities by a method."""
    nlp = load_pipeline(Settings(method=method))
    after = nlp.pipe_names.index("onrecord_names" if method == "model" else "ner") + 1
    with nlp.select_pipes(disable=nlp.pipe_names[after:]):
        return [nlp(text) for text in texts]


def main() -> None:
    """Fit the weights and write them to standard output."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--no-home", nargs="*", default=[])
    options = parser.parse_args()
    register_extensions()
    gazetteer, gold = load_gazetteer(), read(options.gold)
    texts = [one["text"] for one in gold]
    docs, blank = with_names(texts, "model"), spacy.blank("en")
    lines = [HEAD]
    recognition: dict[str, dict[str, float]] = {}
    for table, parsed in (
        ("recognition", [docs, with_names(texts, "rules")]),
        ("recognition_blank", [[blank.make_doc(text) for text in texts]]),
    ):
        examples = [
            judgement
            for variant in parsed
            for doc, one in zip(variant, gold, strict=True)
            for judgement in judged(candidates(doc, gazetteer), one["places"])
        ]
        recognition[table] = fit_recognition(examples)
        lines += section(table, recognition[table], threshold=THRESHOLD[table])
    homeless = [{**one, "site": None} for one in read(options.no_home)]
    located = [
        *zip(docs, gold, strict=True),
        *zip(with_names([one["text"] for one in homeless], "model"), homeless, strict=True),
    ]
    found = [example(doc, one, recognition["recognition"], gazetteer) for doc, one in located]
    prior, full = fit_resolution([one for one in found if one is not None])
    lines += section("prior", ranked(resolution.LOCAL, prior))
    lines += section("ranking", ranked(resolution.RANKING, full))
    lines += [
        "# The share of the probability that a place (with all within 60 km of it) or a country must have",
        "# to be named.",
        *section("confidence", CONFIDENCE),
    ]
    sys.stdout.write("\n".join(lines).rstrip() + "\n")


if __name__ == "__main__":
    main()

"""The sentences that teach speech acts: one marked cue each, a known act, none in the held-back pairs."""

import csv
from pathlib import Path

import pytest

from onrecord.annotate.claims.learned.acts import CLASSES

ROOT = Path(__file__).parents[2]
SENTENCES = sorted((ROOT / "models/training/tasks/speech_acts/sentences").glob("*.tsv"))
PAIRS = sorted((ROOT / "corpus/speech_acts").glob("pairs_*.tsv"))


def rows(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def plain(row):
    return row["sentence"].replace("[", "").replace("]", "")


@pytest.mark.parametrize("path", [*SENTENCES, *PAIRS], ids=lambda path: path.name)
def test_every_sentence_has_one_cue_and_an_act(path):
    for row in rows(path):
        assert row["act"] in CLASSES, row
        assert row["sentence"].count("[") == row["sentence"].count("]") == 1, row
        assert "[]" not in row["sentence"]


def test_every_class_has_sentences_enough():
    acts = [row["act"] for path in SENTENCES for row in rows(path)]
    assert len(acts) >= 1500
    assert min(acts.count(act) for act in CLASSES) >= 100


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.name)
def test_pairs_differ_in_act(path):
    pairs = {}
    for row in rows(path):
        pairs.setdefault(row["pair"], []).append(row["act"])
    assert all(len(acts) == 2 and acts[0] != acts[1] for acts in pairs.values())


def test_no_pair_is_trained_on():
    taught = {plain(row) for path in SENTENCES for row in rows(path)}
    assert not taught & {plain(row) for path in PAIRS for row in rows(path)}

"""Score a checkpoint and its export: `python -m models.training.evaluate DATA CHECKPOINT [WEIGHTS]`.

Prints the scores of every head on development data side by side, and those of attribution once more
from the 8-bit weights: what quantisation costs. No rules take part.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from models.training.export import load
from models.training.tasks.attribution.data import Attribution, Document
from models.training.tasks.attribution.score import Scores
from models.training.tasks.attribution.task import AttributionTask
from models.training.tasks.base import Task
from models.training.train import TASKS, word_pieces

from onrecord.annotate.claims.learned.attribution import AttributionModel
from onrecord.annotate.claims.learned.policy import load_policy
from onrecord.encode.model import EncoderModel


def main() -> None:
    """Score what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("weights", type=Path, nargs="?", default=Path("models/en_onrecord/weights"))
    options = parser.parse_args()
    model = load(options.checkpoint)
    pieces = word_pieces()
    table: dict[str, dict[str, float]] = {}
    for name, kind in TASKS.items():
        task: Task = kind(pieces)
        task.head = model[name]
        task.load_dev(options.data)
        table[name] = task.evaluate(model["encoder"])
        if isinstance(task, AttributionTask):
            table[f"{name}, 8 bits"] = exported(task.dev, options.weights)
    for name, scores in table.items():
        print(name, json.dumps({measure: round(score, 2) for measure, score in scores.items()}))


def exported(documents: list[Document], weights: Path) -> dict[str, float]:
    """Return the scores of attribution by the exported weights."""
    encoder, heads = EncoderModel(weights), AttributionModel(str(weights), load_policy().decoding)
    scores = Scores()
    for document in documents:
        found = heads(encoder(document.words))
        scores.add(document, [Attribution(list(one.source), one.cue, list(one.content)) for one in found])
    return scores.percent()


if __name__ == "__main__":
    main()

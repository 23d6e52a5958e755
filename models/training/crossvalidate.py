"""Cross-validate attribution on its training data: `python -m models.training.crossvalidate DATA OUT`.

Trains on all folds but one and scores on that one, for each fold in turn and for each of several
decodings; prints F1 as mean and standard deviation over the folds. For choices of design: the
development data is then asked only once. `--without quotes,lines` keeps input features of the
encoder at zero, where they begin.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from models.training.encoder import Encoder
from models.training.tasks.attribution.score import Scores
from models.training.tasks.attribution.task import AttributionTask
from models.training.train import SEED, train, training_options, word_pieces
from torch import nn

from onrecord.annotate.claims.learned.decoding import Weights

FEATURES = ("shapes", "quotes", "lines")
DECODINGS = {
    "as it comes": Weights(0.3, -1.0, 0.5),
    "no cue bias": Weights(0.0, -1.0, 0.5),
    "more cue bias": Weights(0.6, -1.0, 0.5),
    "free entering": Weights(0.3, 0.0, 0.0),
    "dear content": Weights(0.3, -2.0, 0.5),
    "dear source": Weights(0.3, -1.0, 0.0),
    "cheap source": Weights(0.3, -1.0, 1.0),
}


def main() -> None:
    """Validate what the command line asks for."""
    parser = training_options(__doc__)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--only", type=int, nargs="*", help="numbers of the folds to do; else all")
    parser.add_argument("--without", default="", help=f"of {', '.join(FEATURES)}")
    options = parser.parse_args()
    without = [name for name in options.without.split(",") if name]
    chosen = options.only if options.only is not None else range(options.folds)
    rows = [one_fold(options, fold, without) for fold in chosen]
    for decoding in DECODINGS:
        measures = {
            measure: [round(float(value), 2) for value in (np.mean(scores), np.std(scores))]
            for measure in rows[0][decoding]
            if (scores := [row[decoding][measure] for row in rows])
        }
        print(decoding, json.dumps(measures))


def one_fold(options: argparse.Namespace, fold: int, without: list[str]) -> dict[str, dict[str, float]]:
    """Train without a fold; return the scores on it by decoding."""
    torch.manual_seed(SEED)
    torch.set_num_threads(options.threads)
    task, encoder = AttributionTask(word_pieces()), Encoder.pretrained()
    encoder.freeze_below(options.frozen_layers)
    for name in without:
        encoder.get_submodule(name).requires_grad_(False)
    task.load_fold(options.data, fold, options.folds)
    held_out, task.dev = task.dev, []
    model = nn.ModuleDict({"encoder": encoder, task.name: task.head})
    out: Path = options.out / f"fold{fold}"
    out.mkdir(parents=True, exist_ok=True)
    train(model, {task: 1.0}, argparse.Namespace(**{**vars(options), "out": out}))
    model.load_state_dict(torch.load(out / "last.pt", weights_only=True)["model"])
    model.eval()
    tallies = {name: Scores() for name in DECODINGS}
    for document in held_out:
        encoded = task.encode(encoder, document)
        for name, weights in DECODINGS.items():
            tallies[name].add(document, task.predict(encoded, document, weights))
    rows = {name: tally.percent() for name, tally in tallies.items()}
    (out / "scores.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return rows


if __name__ == "__main__":
    main()

"""Average the weights of checkpoints: `python -m models.training.average OUT CHECKPOINT...`.

Two trainings that began from the same weights average into a model better than either (Wortsman et
al. 2022, model soups). What only some checkpoints hold is averaged over those.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from torch import Tensor


def main() -> None:
    """Average what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    options = parser.parse_args()
    held: dict[str, list[Tensor]] = {}
    for path in options.checkpoints:
        for name, weight in torch.load(path, weights_only=True)["model"].items():
            held.setdefault(name, []).append(weight)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"model": {name: torch.stack(ones).mean(0) for name, ones in held.items()}}, options.out)


if __name__ == "__main__":
    main()

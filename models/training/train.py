"""Train all heads on one encoder: `python -m models.training.train DATA OUT`.

DATA is a folder of the user's with the corpora of the tasks; OUT gets `last.pt` after every epoch
and a log of all scores, every task's beside the others'. Batches are drawn from all tasks in turn.
Seeds are fixed; on one machine the same command gives the same weights.

`--tasks attribution:0.5,mentions:3` draws in each epoch from half of the first task's batches and
three times from the other's. `--start CHECKPOINT` goes on from weights trained before: tasks that it
lacks begin anew. `--shipped WEIGHTS` trains heads on the vectors of an exported encoder, just as they
are at run time, without any checkpoint.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import numpy as np
import torch
from models.training.encoder import WEIGHTS_PACKAGE, Encoder
from models.training.shipped import ShippedEncoder
from models.training.tasks.attribution.task import AttributionTask
from models.training.tasks.base import Task
from models.training.tasks.mentions.task import MentionsTask
from models.training.tasks.names.task import NamesTask
from models.training.tasks.speech_acts.task import SpeechActsTask
from tokenizers import Tokenizer
from torch import Tensor, nn

from onrecord.encode.words import WordPieces

SEED = 20261125
TASKS: dict[str, type[Task]] = {
    "attribution": AttributionTask,
    "names": NamesTask,
    "mentions": MentionsTask,
    "speech_acts": SpeechActsTask,
}


def word_pieces() -> WordPieces:
    """Return the pretrained encoder's own cutter of words."""
    tokenizer = Tokenizer.from_file(str(files(WEIGHTS_PACKAGE) / "model" / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return WordPieces(tokenizer)


class Average:
    """An exponential moving average of weights: the later epochs' weights, averaged, generalise better."""

    def __init__(self, module: nn.Module, decay: float) -> None:
        self.module = copy.deepcopy(module).requires_grad_(False).eval()
        self._decay = decay
        self._steps = 0

    def update(self, module: nn.Module) -> None:
        """Move towards the weights of the module."""
        self._steps += 1
        decay = min(self._decay, (1 + self._steps) / (10 + self._steps))
        for mine, theirs in zip(self.module.parameters(), module.parameters(), strict=True):
            mine.lerp_(theirs.detach(), 1 - decay)


def training_options(description: str | None) -> argparse.ArgumentParser:
    """Return the options that every training has."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--encoder-rate", type=float, default=1.5e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--frozen-layers", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--decay", type=float, default=0.995)
    parser.set_defaults(start=None, heads_only=False)
    return parser


def main() -> None:
    """Run the training that the command line asks for."""
    parser = training_options(__doc__)
    parser.add_argument("--tasks", type=shares, default="attribution", help="names, each with its share")
    parser.add_argument("--start", type=Path, help="checkpoint to go on from")
    parser.add_argument("--shipped", type=Path, help="folder of exported weights: heads on that encoder")
    parser.add_argument(
        "--heads-only", action="store_true", help="leave the encoder and other heads as they are"
    )
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    torch.set_num_threads(options.threads)
    pieces = word_pieces()
    encoder = ShippedEncoder(options.shipped) if options.shipped else Encoder.pretrained()
    if options.heads_only or options.shipped:
        encoder.requires_grad_(False)
    else:
        encoder.freeze_below(options.frozen_layers)
    tasks = {TASKS[name](pieces): share for name, share in options.tasks.items()}
    for task in tasks:
        task.load(options.data)
        task.load_dev(options.data)
    model = nn.ModuleDict({"encoder": encoder, **{task.name: task.head for task in tasks}})
    if options.start:
        model.load_state_dict(start_of(options), strict=False)
    train(model, tasks, options)


def start_of(options: argparse.Namespace) -> dict[str, Tensor]:
    """Return the weights to start from; as data alone, since a checkpoint must not be able to run code."""
    weights: dict[str, Tensor] = torch.load(options.start, weights_only=True)["model"]
    return weights


def shares(names: str) -> dict[str, float]:
    """Read "attribution:0.5,mentions:3"; a task without a number has its batches once an epoch."""
    read = (one.partition(":") for one in names.split(","))
    return {name: float(share or 1) for name, _, share in read}


def train(model: nn.ModuleDict, tasks: dict[Task, float], options: argparse.Namespace) -> None:
    """Train for the epochs asked for, saving the average of the weights after each."""
    rng = np.random.default_rng(SEED)
    encoder = model["encoder"]
    named = [one for task in tasks for one in task.head.named_parameters()]
    heads = [parameter for name, parameter in named if not name.startswith("layers.")]
    upper = [parameter for name, parameter in named if name.startswith("layers.")]
    new = [
        parameter
        for name, parameter in encoder.named_parameters()
        if name.startswith(("shapes.", "quotes.", "lines.")) and parameter.requires_grad
    ]
    ids = {id(p) for p in new}
    old = [p for p in encoder.parameters() if p.requires_grad and id(p) not in ids] + upper
    optimizer = torch.optim.AdamW(
        [{"params": old, "lr": options.encoder_rate}, {"params": new + heads, "lr": options.head_rate}],
        weight_decay=0.01,
    )
    per_epoch = sum(1 for _ in _in_turn(tasks, np.random.default_rng(0)))
    total = per_epoch * options.epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / 100, max(0.02, 0.5 * (1 + math.cos(math.pi * step / total))))
    )
    average = Average(model, options.decay)
    log = (options.out / "log.jsonl").open("a", encoding="utf-8")
    others = start_of(options) if options.heads_only else {}
    for epoch in range(1, options.epochs + 1):
        model.train()
        if options.heads_only:
            encoder.eval()
        started, losses = time.time(), []
        for step, (task, batch) in enumerate(_in_turn(tasks, rng)):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = task.loss(encoder, batch)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            average.update(model)
            losses.append(loss.item())
            if step % 100 == 99:
                done = {
                    "epoch": epoch,
                    "step": step + 1,
                    "of": per_epoch,
                    "loss": round(float(np.mean(losses[-100:])), 4),
                    "seconds": round(time.time() - started),
                }
                print(json.dumps(done), file=log, flush=True)
        torch.save({"model": {**others, **average.module.state_dict()}}, options.out / "last.pt")
        scores = {}
        for task in tasks:
            averaged = average.module
            head, task.head = task.head, averaged[task.name]
            scores[task.name] = {k: round(v, 2) for k, v in task.evaluate(averaged["encoder"]).items()}
            task.head = head
        print(
            json.dumps({"epoch": epoch, "seconds": round(time.time() - started), "scores": scores}),
            file=log,
            flush=True,
        )


def _in_turn(tasks: dict[Task, float], rng: np.random.Generator) -> Iterator[tuple[Task, object]]:
    """Yield (task, batch) from all tasks, spread evenly over the epoch."""
    drawn = []
    for task, share in tasks.items():
        batches = [batch for _ in range(math.ceil(share)) for batch in task.batches(rng)]
        batches = batches[: math.ceil(len(batches) * share / math.ceil(share))]
        drawn.extend((number / len(batches), task, batch) for number, batch in enumerate(batches))
    for _, task, batch in sorted(drawn, key=lambda one: one[0]):
        yield task, batch


if __name__ == "__main__":
    main()

"""What worker processes of a test do: turn words into capitals, and die of some of them."""

from __future__ import annotations

import os
import signal
from pathlib import Path

_started: list[str] = []


def start(greeting):
    if greeting == "never":
        os._exit(3)
    _started.append(greeting)


def work(batch):
    return [_shout(word) for word in batch]


def _shout(word):
    if word == "raise":
        raise ValueError("not a word")
    if word == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if word.startswith("once:"):
        try:
            os.close(os.open(Path(word.removeprefix("once:")), os.O_CREAT | os.O_EXCL))
            os.kill(os.getpid(), signal.SIGKILL)
        except FileExistsError:
            return "ONCE"
    return f"{_started[0]} {word.upper()}"

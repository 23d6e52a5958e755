"""Whether the memory of one worker, never replaced, grows with the number of short documents.

    python benchmarks/slope.py [--documents 200000] [--method model]

No two documents have the same words. Resident memory is read from the system a thousand times, as the
documents go, and printed at each tenth reading (standard error); a line is fitted to what is read after
the first fifth.
Where memory rises at once, by 4 MB or more from one reading to the next, a table of words has doubled:
spaCy's tables keep room for every word that they ever held, though the words themselves are let go. These
steps are told by themselves, and a second line is fitted to what is left without them. Expect two hours.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
from pathlib import Path
from typing import Any

from memory import prose

from archive import resident_kilobytes_of, run, workers_of

STEP = 4_000
"""Kilobytes from one reading to the next that are a step."""


def main() -> None:
    """Measure, and print what came of it."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--documents", type=int, default=200_000)
    options.add_argument("--method", default="model", help="model or rules")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        seen = readings(Path(folder), given.documents, given.method)
    print(json.dumps(told(seen), indent=2))


def readings(folder: Path, documents: int, method: str) -> dict[int, int]:
    """Return the worker's resident memory in KB after so many documents."""
    chance = random.Random(9)
    path = folder / "short.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(documents):
            text = f"{prose(chance, 1)} It was document {number}."
            file.write(json.dumps({"text": text, "published": "2024-05-14"}) + "\n")
    every = max(1, documents // 1_000)
    seen: dict[int, int] = {}
    pids: set[int] = set()

    def look(event: object) -> None:
        progress = getattr(event, "progress", None)
        if not progress or progress.done // every * every in seen:
            return
        for child in workers_of(os.getpid()):
            pids.add(child)
            seen[progress.done // every * every] = resident_kilobytes_of(child)
        if progress.done // every % 10 == 0:
            print(progress.done, *(resident_kilobytes_of(one) for one in pids), file=sys.stderr, flush=True)

    run(path, folder / "out", 1, report=look, method=method, documents=2 * documents, keep_duplicates=True)
    if len(pids) != 1:
        sys.exit(f"{len(pids)} workers: one was replaced, and its memory says nothing")
    return {done: size for done, size in seen.items() if size}


def told(seen: dict[int, int]) -> dict[str, Any]:
    """Return the lines through what was read after the first fifth of the documents, and the steps."""
    warm = {done: size for done, size in sorted(seen.items()) if done >= max(seen) / 5}
    done, sizes = list(warm), list(warm.values())
    steps = {
        after: new - old
        for after, old, new in zip(done[1:], sizes, sizes[1:], strict=False)
        if new - old >= STEP
    }
    rest = [size - sum(step for after, step in steps.items() if after <= at) for at, size in warm.items()]
    return {
        "documents": max(seen),
        "readings": len(warm),
        "megabytes": [min(sizes) >> 10, max(sizes) >> 10],
        "kilobytes_a_thousand_documents": fitted(done, sizes),
        "steps_in_kilobytes": steps,
        "kilobytes_a_thousand_documents_without_steps": fitted(done, rest),
    }


def fitted(documents: list[int], sizes: list[int]) -> tuple[float, float]:
    """Return the slope of the least-squares line, in KB a thousand documents, and its standard error.

    What is read one after another is alike, so each reading says less than one by itself would: the error
    is widened by the correlation of neighbours.
    """
    import numpy as np  # noqa: PLC0415  it is told of one thread by `memory`

    x = np.asarray(documents, dtype=float) / 1_000
    x, y = x - x.mean(), np.asarray(sizes, dtype=float)
    slope = x @ y / (x @ x)
    rest = y - y.mean() - slope * x
    alike = min(max(rest[1:] @ rest[:-1] / (rest @ rest), 0.0), 0.99) if rest.any() else 0.0
    error = np.sqrt(rest @ rest / (len(x) - 2) / (x @ x) * (1 + alike) / (1 - alike))
    return round(float(slope), 2), round(float(error), 2)


if __name__ == "__main__":
    main()

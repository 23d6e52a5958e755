"""All faults, tried at full size: `python -m benchmarks.faults > docs/reliability.md`. Takes some hours.

With names of rows (functions of `reading`, `texts` and `running`) only those are tried.
"""

from __future__ import annotations

import sys

from benchmarks.faults import reading, running, texts

HEAD = """# Reliability

Every input ends as exactly one record or one failure, every span slices exactly, and nothing that an
article contains runs, leaks, fills the disk or stops the run. These are the faults that this is tried
against, at full size, with the number of inputs or runs tried; small ones of each kind are in
`tests/faults/` and `tests/archive/`. What is promised and what is not, and how limits are raised, stands
in [SECURITY.md](../SECURITY.md).

`python -m benchmarks.faults` prints this page; with names of rows it prints those.
"""
PARTS = {"Reading": reading.ROWS, "Texts": texts.ROWS, "Running": running.ROWS}


def main(names: list[str]) -> None:
    """Try what was named, or everything, and print it as it comes."""
    if not names:
        print(HEAD)
    for title, rows in PARTS.items():
        chosen = [row for row in rows if not names or row.__name__ in names]
        if chosen:
            print(f"## {title}\n\n| fault | tried | what came of it | at most |\n| --- | --- | --- | --- |")
        for row in chosen:
            fault, tried, outcome, bound = row()
            print(f"| {fault} | {tried:,} | {outcome} | {bound} |", flush=True)
        if chosen:
            print()


if __name__ == "__main__":
    main(sys.argv[1:])

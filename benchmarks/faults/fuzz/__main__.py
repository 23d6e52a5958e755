"""Coverage-guided fuzzing: `python -m benchmarks.faults.fuzz [TARGET…] [--seconds 60]`.

It needs the extra `fuzz` (Atheris, on Linux). Each target is tried for so many seconds, from the seeds of
the repository; its row of docs/reliability.md is printed. Where an input breaks what is promised, its
traceback is printed and the input kept, and the end is 1: try it again with
`python -m benchmarks.faults.fuzz TARGET --input FILE`.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.faults.fuzz.targets import LARGEST, TARGETS, seeds
from benchmarks.faults.rows import Row


def main() -> None:
    """Fuzz what was named, or everything."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    options.add_argument("--seconds", type=int, default=60, help="for each target")
    options.add_argument("--input", type=Path, help="try this input of the target, and no others")
    given = options.parse_args()
    if unknown := set(given.targets) - set(TARGETS):
        options.error(f"no such target: {', '.join(sorted(unknown))}")
    if given.input:
        for name in given.targets:
            TARGETS[name](given.input.read_bytes())
        return
    for name in given.targets or TARGETS:
        fault, tried, outcome, bound = fuzz(name, given.seconds)
        print(f"| {fault} | {tried:,} | {outcome} | {bound} |", flush=True)


def fuzz(name: str, seconds: int) -> Row:
    """Return the row of a target; end the program where an input breaks what is promised."""
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds(name)):
            Path(corpus, f"seed-{number}").write_bytes(seed)
        flags = (f"-max_total_time={seconds}", f"-max_len={LARGEST}", "-timeout=30", "-rss_limit_mb=2048")
        command = (sys.executable, "-m", "benchmarks.faults.fuzz.campaign", name, *flags, corpus)
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        count = len(list(Path(corpus).iterdir()))
    ended = re.search(r"Done (\d+) runs in (\d+) second", done.stderr)
    if done.returncode or not ended:
        print(done.stdout, done.stderr, sep="\n", file=sys.stderr)
        sys.exit(1)
    reached = [int(number) for number in re.findall(r" cov: (\d+) ", done.stderr)]
    return Row(
        f"inputs guided by coverage: {name}",
        int(ended[1]),
        f"promises kept: all right; from {len(seeds(name))} seeds to {count} inputs that reach more",
        f"{ended[2]} s, {reached[-1]:,} branches",
    )


if __name__ == "__main__":
    main()

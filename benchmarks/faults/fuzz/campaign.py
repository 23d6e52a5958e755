"""One target under Atheris, in this process, which it ends: `python -m benchmarks.faults.fuzz` starts it."""

from __future__ import annotations

import importlib
import sys

import atheris


def main(name: str, flags: list[str]) -> None:
    """Fuzz a target with the flags of libFuzzer, guided by what of the package an input reaches."""
    with atheris.instrument_imports(include=["onrecord"]):
        targets = importlib.import_module("benchmarks.faults.fuzz.targets")
        for seed in targets.seeds(name):
            targets.TARGETS[name](seed)  # what is imported on first use is instrumented too
    atheris.Setup([sys.argv[0], *flags], targets.TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])

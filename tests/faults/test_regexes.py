"""No pattern of ours is slow, whatever text it is asked of: all are tried, found by name."""

from __future__ import annotations

import re
import subprocess
import sys

import patterns

# Far more than all of them take together; one that backtracks without end takes longer than any limit.
SECONDS = 300


def test_no_pattern_backtracks_without_end():
    try:
        done = subprocess.run(
            [sys.executable, patterns.__file__], capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise AssertionError(f"too slow: {(error.stdout or b'').decode().splitlines()[-1]}") from None
    assert done.returncode == 0, done.stderr
    tried = done.stdout.splitlines()
    for name in (
        "onrecord.parse.quotations._DOUBLE",  # of a module
        "onrecord.annotate.dates.lexicon._TOKEN",
        "onrecord.view.printable._UNPRINTABLE",
    ):
        assert name in tried
    # Those that are made of the lexicons, too.
    assert sum(name.startswith("onrecord.annotate.dates.grammar:") for name in tried) > 100
    assert sum(name.startswith("onrecord.read.furniture:") for name in tried) > 20


def test_what_is_tried_is_what_a_pattern_looks_for():
    texts = list(patterns.hostile("any", re.compile(r"(?:x\s*)+y"), 100))
    assert any(text.startswith("x" * 99) for text in texts)
    assert any(text.startswith("x " * 49) for text in texts)
    assert not any(text.endswith("y") for text in texts)

"""Texts that nobody writes, at lengths at which a square shows: each function returns one row."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable

from benchmarks.faults.rows import Row

UNITS = {
    "prose in one line": "The ministry said on Monday that 40 people had died in Basra. ",
    "prose in lines": "The ministry said on Monday that 40 people had died in Basra.\n",
    "one line without spaces": "a",
    "one word of all signs": "aB1-x.y,",
    "straight marks": '"',
    "opening marks": "“",
    "single marks": "'",
    "marks that are never closed": "“he said ",
    "single marks that are never closed": "‘he said ",
    "quotations": "“We go,” she said. ",
    "numbers": "1,377 ",
    "a number in words without end": "seven hundred and ",
    "digits": "7",
    "dates": "3 May 2020, ",
    "half dates": "May 3-",
    "names": "Omar Haddad ",
    "places": "Paris, France, ",
    "a claim in a claim": "Omar Haddad denied that Vera Dahl said that ",
    "he said he said": "He said he said that ",
    "right-to-left overrides": "\u202eab\u202c ",
    "isolates": "\u2067אב\u2069 ",
    "zero-width characters": "a\u200b\u200d\ufeff ",
    "emoji": "👩‍👩‍👧 ",
    "combining marks": "\u0301",
    "CRLF": "She said so.\r\n",
    "line breaks": "\n",
    "blanks": " ",
    "soft hyphens": "wo\u00adrd ",
    "commas": ", ",
    "full stops": ".",
    "hyphens": "a-",
    "addresses": "https://a.example/b ",
    "speakers before colons": "Omar Haddad: yes\n",
    "brackets": "(",
}
MILLION = (
    "one line without spaces",
    "blanks",
    "digits",
    "combining marks",
    "straight marks",
    "prose in one line",
)
"""Those that are tried with a million characters; the others take minutes each, and tell no more."""

NOISE = 2.2
"""Where twice the text takes longer than so many times as long, twice that is tried: a square would show."""

EXTRACT = """
import json, os, resource, sys, time
from onrecord import Article, ArticleRecord, Extractor, Settings
method, lengths, unit = json.loads(sys.argv[1])
extractor = Extractor.load(Settings(method=method))
extractor.extract(text="The ministry denied on Monday that 40 people had died in Paris, she said.")
found = []
for length in lengths:
    text = "The ministry said on Monday: " + (unit * (length // len(unit) + 1))[:length]
    began = time.process_time()
    (record,) = extractor.stream([Article.of(text, published="2024-05-14")])
    seconds = time.process_time() - began
    exact = isinstance(record, ArticleRecord) and all(
        text[one.start : one.end] == one.text for one in record.spans()
    )
    size = len(record.model_dump_json()) / len(text) if exact else 0
    found.append((seconds, exact, size))
print(json.dumps([found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024]))
"""


def doubled(length: int = 8_000) -> Row:
    """Return the row of texts of one thing again and again, by both methods, and of twice their length."""
    ratios: dict[str, float] = {}
    wrong: list[str] = []
    slowest = largest = megabytes = 0.0
    for method in ("rules", "model"):
        for name, unit in UNITS.items():
            ((once, twice), peak) = _extracted(method, [length, 2 * length], unit)
            ratio = twice[0] / once[0]
            if ratio > NOISE:
                ((once, twice), peak) = _extracted(method, [2 * length, 4 * length], unit)
                ratio = min(ratio, twice[0] / once[0])
            # What takes a tenth of a second says nothing on a machine that does other things too.
            ratios[name] = max(ratios.get(name, 0), ratio if twice[0] > 0.1 else 0)
            slowest, largest = max(slowest, twice[0]), max(largest, twice[2])
            megabytes = max(megabytes, peak)
            if not (once[1] and twice[1]):
                wrong.append(name)
    worst = max(ratios, key=ratios.__getitem__)
    return Row(
        f"texts of one thing again and again, {length:,} and {2 * length:,} characters, by model and rules",
        4 * len(UNITS),
        f"spans exact: {'all' if not wrong else f'NOT {wrong}'}; twice the text takes at most "
        f"{ratios[worst]:.2f} times as long ({worst}); a record has at most {largest:.0f} bytes a character",
        f"{megabytes:.0f} MB, {slowest:.1f} s",
    )


def a_million_characters() -> Row:
    """Return the row of texts of a million characters."""
    seconds = {}
    wrong: list[str] = []
    megabytes = 0
    for name in MILLION:
        (((took, exact, _),), peak) = _extracted("rules", [1_000_000], UNITS[name])
        seconds[name], megabytes = took, max(megabytes, peak)
        if not exact:
            wrong.append(name)
    slow = max(seconds, key=seconds.__getitem__)
    return Row(
        f"a million characters: {', '.join(MILLION)}",
        len(MILLION),
        f"one record each, spans exact: {'all' if not wrong else f'NOT {wrong}'}",
        f"{megabytes} MB, {seconds[slow]:.0f} s ({slow})",
    )


def all_patterns(length: int = 20_000) -> Row:
    """Return the row of all regular expressions, asked of what they look for, and of twice as much."""
    from tests.faults import patterns  # noqa: PLC0415  what the tests try in small

    tried = 0
    worst = (0.0, "none")
    slowest = 0.0
    for name, pattern, methods in patterns.patterns():
        for once, twice in zip(
            patterns.hostile(name, pattern, length), patterns.hostile(name, pattern, 2 * length), strict=True
        ):
            tried += 1
            took, took_twice = _timed(pattern, methods, once), _timed(pattern, methods, twice)
            slowest = max(slowest, took_twice)
            ratio = took_twice / took
            if took_twice > 0.02 and ratio > NOISE:
                again, again_twice = (
                    min(_timed(pattern, methods, text) for _ in "123") for text in (once, twice)
                )
                ratio = min(ratio, again_twice / again)
            if took_twice > 0.02:
                worst = max(worst, (ratio, name))
    return Row(
        f"every regular expression, asked of {length:,} and {2 * length:,} characters of what it looks for",
        tried,
        f"twice as much takes at most {worst[0]:.2f} times as long ({worst[1]})",
        f"{slowest:.2f} s",
    )


ROWS: tuple[Callable[[], Row], ...] = (doubled, a_million_characters, all_patterns)


def _extracted(method: str, lengths: list[int], unit: str) -> tuple[list[tuple[float, bool, float]], int]:
    """Return seconds, exactness and bytes a character for each length, and the peak of memory in MB."""
    command = [sys.executable, "-c", EXTRACT, json.dumps([method, lengths, unit])]
    found, megabytes = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return [tuple(one) for one in found], megabytes


def _timed(pattern: re.Pattern[str], methods: set[str], text: str) -> float:
    from tests.faults.patterns import ask  # noqa: PLC0415

    began = time.process_time()
    ask(pattern, methods, text)
    return time.process_time() - began


if __name__ == "__main__":
    for row in ROWS:
        print(" | ".join(map(str, row())), flush=True)

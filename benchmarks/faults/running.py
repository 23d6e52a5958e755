"""Faults of what runs, at the sizes that they have in the wild: each function returns one row.

python -m benchmarks.faults.running          # prints the rows; hours, most of them for memory and kills
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.faults.rows import Row

ARCHIVE = Path(__file__).parent.parent / "archive.py"
BAD = {"[killed]": "worker_died", "[crashes]": "worker_died", "[hangs]": "timeout", "[eats]": "out_of_memory"}
TEXT = "“We waited,” Vera Dahl said on Monday. The ministry denied that {} people had died in Basra."


def falling_workers(documents: int = 1_000) -> Row:
    """Return the row of documents on which workers are killed, crash, hang and take all memory."""
    from onrecord.archive import opened_run, query_run  # noqa: PLC0415

    chance = random.Random(5)
    bad = [chance.choice([*BAD, *[""] * 36]) for _ in range(documents)]
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        source = _lines(Path(folder), [f"{number} {word}" for number, word in enumerate(bad)])
        out = _run(Path(folder, "out"), source, seconds=6.0, peak_megabytes=700)
        with opened_run(out) as connection:
            failed = dict(query_run(connection, "SELECT position, code FROM failures")[1])
            records = {row[0] for row in query_run(connection, "SELECT position FROM records")[1]}
    expected = {number: BAD[word] for number, word in enumerate(bad) if word}
    right = failed == expected and records == set(range(documents)) - set(expected)
    codes = ", ".join(f"{count} {code}" for code, count in sorted(Counter(failed.values()).items()))
    return Row(
        "documents on which the worker is killed (SIGKILL), crashes (SIGSEGV), hangs, or takes all memory",
        documents,
        f"{codes}, {len(records)} records: each costs itself alone: {_told(right)}",
        f"{time.monotonic() - began:.0f} s with two workers",
    )


def full_disks(times: int = 40) -> Row:
    """Return the row of disks that fill up at some size, and have room again at the next attempt."""
    with tempfile.TemporaryDirectory() as folder:
        source = _lines(Path(folder), [TEXT.format(number) for number in range(60)])
        whole = _everything(_run(Path(folder, "whole"), source))
        right = stopped = 0
        for number in range(times):
            out = Path(folder, f"out-{number}")
            given = {
                "out": str(out),
                "sources": [source],
                "shard_size": 10,
                "file_size": 9_000 + 1_500 * number,
            }
            fakes = Path(__file__).parents[2] / "tests" / "archive" / "archive_fakes.py"
            done = subprocess.run(
                [sys.executable, fakes, json.dumps(given)], capture_output=True, text=True, check=False
            )
            stopped += done.returncode != 0
            told = done.returncode == 0 or "OutputError" in done.stderr
            right += told and _everything(_run(out, source, resume=True)) == whole
    return Row(
        "a disk that is full at one of many sizes, then has room",
        times,
        f"{stopped} runs end with `output_failed`; after --resume the rows of an undisturbed run: "
        f"{_told(right == times)}",
        "",
    )


def forks(times: int = 100) -> Row:
    """Return the row of forks in the midst of another thread's extraction."""
    from onrecord import Extractor  # noqa: PLC0415

    extractor = Extractor.load()
    expected = extractor.extract(text=TEXT.format(3)).model_dump_json()
    stop = threading.Event()

    def extract() -> None:
        while not stop.is_set():
            extractor.extract(text=TEXT.format(4))

    thread = threading.Thread(target=extract)
    thread.start()
    right = 0
    for _ in range(times):
        child = os.fork()
        if not child:
            signal.alarm(120)
            os._exit(extractor.extract(text=TEXT.format(3)).model_dump_json() != expected)
        right += os.waitpid(child, 0)[1] == 0
    stop.set()
    thread.join()
    return Row(
        "a fork in the midst of another thread's extraction",
        times,
        f"the child has the same record: {_told(right == times)}",
        "",
    )


def damaged_weights(times: int = 100) -> Row:
    """Return the row of weights in which a bit is turned, or which break off, anywhere."""
    from onrecord.encode.model import EncoderModel, open_session, weights_folder  # noqa: PLC0415
    from onrecord.errors import ModelNotFoundError  # noqa: PLC0415

    chance = random.Random(11)
    refused = 0
    with tempfile.TemporaryDirectory() as name:
        shipped = weights_folder()
        assert shipped is not None
        folder = Path(shutil.copytree(shipped, Path(name, "weights")))
        files = sorted(path for path in folder.iterdir() if path.suffix in (".onnx", ".json"))
        for _ in range(times):
            path = chance.choice(files)
            raw = path.read_bytes()
            at = chance.randrange(len(raw))
            flipped = raw[:at] + bytes([raw[at] ^ 1 << chance.randrange(8)]) + raw[at + 1 :]
            path.write_bytes(chance.choice((flipped, raw[:at])))
            try:
                EncoderModel(folder) if path.suffix == ".json" else open_session(path)
            except ModelNotFoundError:
                refused += 1
            path.write_bytes(raw)
    return Row(
        "weights with one bit turned, or that break off, at random places",
        times,
        f"`model_not_found` before any work: {_told(refused == times)}",
        "",
    )


def kills() -> Row:
    """Return the row of kills of the main process and of workers at random moments."""
    found = _archive("kills", "--pages", "500", "--kills", "100")
    return Row(
        "kill -9 at random moments of a run over 500 pages with the model: "
        f"{found['kills']['main']} times the main process, {found['kills']['worker']} times a worker",
        sum(found["kills"].values()),
        f"after --resume and a --retry, row for row what an undisturbed run writes: {_told(found['same'])}",
        "",
    )


def memory_of_a_worker() -> Row:
    """Return the row of one worker over 5,000 pages, no two of the same words."""
    found = _archive("memory", "--pages", "5000")
    seen = {int(done): size for done, size in found["megabytes"].items()}
    growth = 100 * found["growth_after_the_first_500"]
    return Row(
        "one worker over 5,000 pages with the model, never replaced",
        5_000,
        f"resident memory after the last page {growth:+.1f}% against that after 500",
        f"{max(seen.values())} MB",
    )


def memory_of_the_parent() -> Row:
    """Return the row of the main process over 200,000 tiny documents."""
    found = _archive("parent", "--documents", "200000")
    sizes = found["megabytes_after_each_tenth"]
    return Row(
        "the main process over 200,000 tiny documents",
        200_000,
        f"resident memory {min(sizes)} to {max(sizes[:-1])} MB from the first tenth to the ninth",
        f"{found['peak']} MB, while it writes the view file",
    )


def memory_over_short_documents() -> Row:
    """Return the row of one worker over 200,000 short documents, no two of the same words."""
    command = [sys.executable, ARCHIVE.with_name("slope.py"), "--documents", "200000"]
    found = json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)
    (slope, error), (rest, its_error) = (
        found[f"kilobytes_a_thousand_documents{one}"] for one in ("", "_without_steps")
    )
    steps = [f"{size >> 10} MB at the {int(at):,}th" for at, size in found["steps_in_kilobytes"].items()]
    return Row(
        "one worker over 200,000 short documents with the model, never replaced, no two of the same words",
        200_000,
        f"after the first fifth {slope:+.2f} ± {error:.2f} KB a thousand documents; tables of words double "
        f"({', '.join(steps) or 'none did'}), and without that {rest:+.2f} ± {its_error:.2f}",
        f"{found['megabytes'][1]} MB",
    )


ROWS: tuple[Callable[[], Row], ...] = (
    falling_workers, full_disks, forks, damaged_weights, kills, memory_of_a_worker, memory_of_the_parent,
    memory_over_short_documents,
)  # fmt: skip


def _told(right: bool) -> str:
    return "all right" if right else "WRONG"


def _lines(folder: Path, texts: list[str]) -> str:
    path = folder / "articles.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
    return str(path)


def _run(out: Path, source: str, *, resume: bool = False, **limits: Any) -> Path:
    from tests.archive.archive_fakes import FakeExtractor  # noqa: PLC0415  it does what a text tells it to

    from onrecord.archive import Limits, RunOptions, run_archive  # noqa: PLC0415

    options = RunOptions((source,), shard_size=10)
    run_archive(out, options, Limits(workers=2, **limits), resume=resume, factory=FakeExtractor)
    return out


def _everything(out: Path) -> dict[str, list[tuple[object, ...]]]:
    from onrecord.archive import opened_run, query_run  # noqa: PLC0415

    with opened_run(out) as connection:
        return {
            name: list(query_run(connection, f"FROM {name} ORDER BY ALL")[1])
            for name in ("claims", "records", "failures", "duplicates")
        }


def _archive(*arguments: str) -> dict[str, Any]:
    """Return what a command of benchmarks/archive.py found."""
    done = subprocess.run([sys.executable, ARCHIVE, *arguments], capture_output=True, text=True, check=False)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    for row in ROWS:
        print(" | ".join(map(str, row())), flush=True)

"""Runs over archives: their rate, their memory, and what 100 kills do to them.

    python benchmarks/archive.py rate [--pages 300] [--workers 2]     rate against bare spaCy, share of HTML
    python benchmarks/archive.py kills [--pages 500] [--kills 100]    kill -9 at random moments, then compare
    python benchmarks/archive.py memory [--pages 5000]                resident memory of a worker
    python benchmarks/archive.py parent [--documents 200000]          resident memory of the parent

All pages are generated, in several layouts, into a WARC file. `kills` prints whether the output is that
of an undisturbed run, row for row, and ends with 1 where it is not.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from memory import invented, peak, prose, resident  # sets one thread for numpy, so it comes first

LAYOUTS = (
    "<main><article><h1>{title}</h1>{paragraphs}</article></main>",
    "<div id='wrap'><div class='story'><div class='head'><h1>{title}</h1></div>{paragraphs}</div></div>",
    "<div class='col'><h1 itemprop='headline'>{title}</h1><section>{paragraphs}</section></div>",
    "<table><tr><td><ul>{menu}</ul></td><td><h1>{title}</h1>{paragraphs}</td></tr></table>",
    "<article><header><h1>{title}</h1><p>By {name}</p></header><div>{paragraphs}</div></article>",
)
TABLES = ("claims", "records", "failures", "duplicates")


def main() -> None:
    """Measure what was asked for, and print it."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = options.add_subparsers(dest="command", required=True)
    for name, pages in (("rate", 300), ("kills", 500), ("memory", 5_000)):
        command = commands.add_parser(name)
        command.add_argument("--pages", type=int, default=pages)
        command.add_argument("--workers", type=int, default=2)
    commands.choices["kills"].add_argument("--kills", type=int, default=100)
    commands.choices["kills"].add_argument("--seed", type=int, default=1)
    commands.add_parser("parent").add_argument("--documents", type=int, default=200_000)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        done: dict[str, Callable[[], dict[str, object]]] = {
            "rate": lambda: rate(Path(folder), given.pages, given.workers),
            "kills": lambda: kills(Path(folder), given.pages, given.kills, given.workers, given.seed),
            "memory": lambda: memory_of_worker(Path(folder), given.pages),
            "parent": lambda: memory_of_parent(Path(folder), given.documents),
        }
        found = done[given.command]()
    print(json.dumps(found, indent=2))
    sys.exit(0 if found.get("same", True) else 1)


def rate(folder: Path, pages: int, workers: int) -> dict[str, object]:
    """Words a second: bare spaCy, one worker, several; and which share of the CPU reading pages takes."""
    import spacy  # noqa: PLC0415  numpy has to be told of one thread first

    from onrecord import Settings  # noqa: PLC0415
    from onrecord.read.document import read_document  # noqa: PLC0415
    from onrecord.read.files import file_documents  # noqa: PLC0415

    archive = write_archive(folder, pages)
    settings = Settings()
    start = time.process_time()
    found = [read_document(one, settings) for one in file_documents(str(archive), settings)]
    reading = time.process_time() - start
    texts = [one.article.text for one in found]
    words = sum(len(text.split()) for text in texts)
    nlp = spacy.load(settings.model)
    start = time.process_time()
    with nlp.memory_zone():
        for _ in nlp.pipe(texts):
            pass
    bare = time.process_time() - start
    rows = {}
    for count in dict.fromkeys((1, workers)):
        before = resource.getrusage(resource.RUSAGE_CHILDREN), time.process_time()
        progress = run(archive, folder / f"out-{count}", count)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        rows[f"{count} workers"] = {
            "words_a_second": round(progress.words_a_second),
            "documents_a_second": round(progress.documents_a_second, 2),
            "cpu_seconds_of_workers": round(
                after.ru_utime + after.ru_stime - before[0].ru_utime - before[0].ru_stime, 1
            ),
            "cpu_seconds_of_parent": round(time.process_time() - before[1], 1),
        }
    one = rows["1 workers"]
    return {
        "pages": pages,
        "words": words,
        "bare_spacy_words_a_cpu_second": round(words / bare),
        "run_words_a_cpu_second": round(
            words / (one["cpu_seconds_of_workers"] + one["cpu_seconds_of_parent"])
        ),
        "reading_share_of_cpu": round(reading / one["cpu_seconds_of_workers"], 3),
        "reading_pages_a_cpu_second": round(pages / reading, 1),
        **rows,
    }


def kills(folder: Path, pages: int, count: int, workers: int, seed: int) -> dict[str, object]:
    """Kill the main process or a worker at random moments, resume, and compare with an undisturbed run.

    A run that comes to its end before all kills is compared, and another one begun.
    """
    archive = write_archive(folder, pages)
    run(archive, folder / "whole", workers, shard_size=50)
    expected = rows_of(folder / "whole")
    chance = random.Random(seed)
    killed = {"main": 0, "worker": 0}
    found: list[dict[str, object]] = []
    while sum(killed.values()) < count:
        out = folder / f"out-{len(found)}"
        process = start(archive, out, workers)
        before = sum(killed.values())
        while (code := process.poll()) is None:
            if sum(killed.values()) == count:
                code = process.wait()
                break
            try:
                process.wait(chance.uniform(0, 8))
            except subprocess.TimeoutExpired:
                children = workers_of(process.pid)
                if chance.random() < 0.5 and children:
                    os.kill(chance.choice(children), signal.SIGKILL)
                    killed["worker"] += 1
                    continue
                process.kill()
                process.wait()
                killed["main"] += 1
                process = start(archive, out, workers)
        if code == 1:
            # A document at which a worker was killed twice is a failure, rightly: it is asked for once more.
            subprocess.run(command("failures", out, "--retry", "--quiet"), check=False)
        kills_here = sum(killed.values()) - before
        found.append({"kills": kills_here, "retried": code == 1, "same": rows_of(out) == expected})
    return {
        "pages": pages,
        "kills": killed,
        "rows": {name: len(expected[name]) for name in TABLES},
        "runs": found,
        "same": all(one["same"] for one in found),
    }


def memory_of_worker(folder: Path, pages: int) -> dict[str, object]:
    """Resident memory of the one worker after 500 pages and at the end."""
    archive = write_archive(folder, pages)
    seen: dict[int, int] = {}

    def look(event: object) -> None:
        progress = getattr(event, "progress", None)
        if progress and progress.done:
            for child in workers_of(os.getpid()):
                seen[progress.done] = resident_of(child)

    run(archive, folder / "out", 1, report=look, documents=2 * pages)
    early = min((done for done in seen if done >= min(500, pages // 2)), default=0)
    return {
        "megabytes": {
            done: seen[done] for done in sorted(seen) if done % 250 < 8 or done in (early, max(seen))
        },
        "growth_after_the_first_500": round(seen[max(seen)] / seen[early] - 1, 3),
    }


def memory_of_parent(folder: Path, documents: int) -> dict[str, object]:
    """Resident memory of the parent over many tiny documents, with an extractor that does nothing."""
    from onrecord.archive import Limits, RunOptions, run_archive  # noqa: PLC0415

    path = folder / "tiny.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(documents):
            file.write(json.dumps({"text": f"There were {number} boats in the harbour, she said."}) + "\n")
    seen: dict[int, int] = {}

    def look(event: object) -> None:
        progress = getattr(event, "progress", None)
        if progress and progress.done:
            seen[progress.done] = resident()

    limits = Limits(documents=10 * documents)
    run_archive(folder / "out", RunOptions((str(path),)), limits, factory=NoClaims, report=look)
    tenth = [seen[min(seen, key=lambda done: abs(done - documents * part // 10))] for part in range(1, 11)]
    return {"documents": documents, "megabytes_after_each_tenth": tenth, "peak": peak()}


class NoClaims:
    """An extractor that finds nothing, at once."""

    identity = {"model": "none"}  # noqa: RUF012  read alone

    def __init__(self, settings: object) -> None:
        pass

    def extract(self, read: object) -> object:
        """Return an empty record."""
        from onrecord import ArticleRecord  # noqa: PLC0415

        return ArticleRecord(article=read.article)  # type: ignore[attr-defined]


def run(
    archive: Path,
    out: Path,
    workers: int,
    shard_size: int = 500,
    report: object = None,
    method: str = "model",
    documents: int = 2_000,
    **choices: bool,
) -> object:
    """Run in this process, each worker over so many documents; return the last progress."""
    from onrecord import Settings  # noqa: PLC0415
    from onrecord.archive import Limits, RunOptions, run_archive  # noqa: PLC0415

    last = []

    def keep(event: object) -> None:
        last[:] = [getattr(event, "progress", None)]
        if callable(report):
            report(event)

    settings = Settings.model_validate({"method": method})
    options = RunOptions((str(archive),), settings, shard_size=shard_size, **choices)
    run_archive(out, options, Limits(workers=workers, documents=documents), report=keep)
    return last[0]


def command(name: str, *arguments: object) -> list[str]:
    """Return a command of onrecord's."""
    return [sys.executable, "-m", "onrecord", name, *map(str, arguments)]


def start(archive: Path, out: Path, workers: int) -> subprocess.Popen[bytes]:
    """Start a run, or go on with it, in a process of its own."""
    given = (
        "--out",
        out,
        "--workers",
        workers,
        "--shard-size",
        50,
        "--method",
        "model",
        "--resume",
        "--quiet",
    )
    return subprocess.Popen(command("run", archive, *given))


def workers_of(pid: int) -> list[int]:
    """Return the worker processes of a process (on Linux)."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        return [int(one) for one in children if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]
    except OSError:
        return []


def resident_of(pid: int) -> int:
    """Return the resident memory of a process in MB."""
    return resident_kilobytes_of(pid) >> 10


def resident_kilobytes_of(pid: int) -> int:
    """Return the resident memory of a process in KB, 0 where there is none of that number."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * resource.getpagesize() >> 10


def rows_of(out: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of a run."""
    from onrecord.archive import opened_run, query_run  # noqa: PLC0415

    with opened_run(out) as connection:
        return {name: list(query_run(connection, f"FROM {name} ORDER BY ALL")[1]) for name in TABLES}


def write_archive(folder: Path, pages: int) -> Path:
    """Write a WARC file of pages in several layouts, no two of the same words."""
    from fastwarc.warc import WarcRecord, WarcRecordType  # noqa: PLC0415

    path = folder / "pages.warc.gz"
    chance = random.Random(3)
    with path.open("wb") as file:
        for number in range(pages):
            record = WarcRecord()
            record.init_headers(record_type=WarcRecordType.response)
            record.headers["WARC-Target-URI"] = f"https://site{number % 7}.example/news/{number}"
            record.is_http = True
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
            record.set_bytes_content(http + page(chance, number).encode())
            stream = io.BytesIO()
            record.write(stream, checksum_data=True)
            file.write(gzip.compress(stream.getvalue()))
    return path


def page(chance: random.Random, number: int) -> str:
    """Return a page with its menus, scripts and footer, as sites have them."""
    lines = prose(chance, chance.randint(250, 900)).split("\n")
    menu = "".join(f"<li><a href='/{invented(chance)}'>{invented(chance)}</a></li>" for _ in range(30))
    body = LAYOUTS[number % len(LAYOUTS)].format(
        title=f"{invented(chance)} to close {invented(chance)}",
        name=f"{invented(chance)} {invented(chance)}",
        paragraphs="".join(f"<p>{line}</p>" for line in lines),
        menu=menu,
    )
    script = f"<script>var config = {json.dumps([invented(chance) for _ in range(400)])};</script>"
    return (
        f"<!doctype html><html lang='en'><head><title>Page {number}</title>"
        f"<meta property='article:published_time' content='2024-05-{1 + number % 28:02}'>{script * 3}</head>"
        f"<body><nav><ul>{menu}</ul></nav>{body}<aside><ul>{menu}</ul></aside>"
        f"<footer><p>All rights reserved by {invented(chance)}.</p></footer></body></html>"
    )


if __name__ == "__main__":
    main()

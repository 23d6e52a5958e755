"""Memory of a long run and of a long article.

    python benchmarks/memory.py [--megabytes 5] [--words 100000] [--every 200] [--method model] [--json]

First one article of `--words` words is read to its end: its time, and the peak of the resident memory.
Then a dump of `--megabytes` of generated articles, no two of which have the same words, is streamed from
a JSONL file; the resident memory is printed every `--every` articles and has to level off. Expect an hour
for 50 MB.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[variable] = "1"  # read when numpy is imported, which is why the other imports come later

SENTENCES = (
    "“The {thing} of {place} will close in June,” {name} told reporters on Monday. “Nobody asked us.”",
    "{name} said the {thing} had cost {number} million euros, up {small}% from a year earlier.",
    "{body} denied that its {thing} was unsafe, according to a letter seen by residents of {place}.",
    "At least {number} people were moved out of {place} after the river rose by {small} metres.",
    "Residents accused {body} of hiding the report. {body} rejected the accusation as “pure fantasy”.",
    "The {thing} was built in 19{small:02} and has been repaired {small} times since then.",
)
LAST = "Omar Haddad said the last lamp in the tower was out."


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--megabytes", type=float, default=5, help="size of the dump that is streamed")
    options.add_argument("--words", type=int, default=100_000, help="length of the long article; 0 for none")
    options.add_argument("--every", type=int, default=200, help="articles between two looks at the memory")
    options.add_argument("--method", default="model", help="model or rules")
    options.add_argument("--json", action="store_true", help="print JSON lines")
    given = options.parse_args()

    from onrecord import Extractor, Settings  # noqa: PLC0415  after the environment is set, see above

    extractor = Extractor.load(Settings.model_validate({"method": given.method}))
    for row in (*long_article(extractor, given.words), *dump(extractor, given.megabytes, given.every)):
        print(
            json.dumps(row) if given.json else "  ".join(f"{name} {value:,}" for name, value in row.items())
        )
        sys.stdout.flush()


def long_article(extractor: Any, words: int) -> Iterator[dict[str, float]]:
    """Read one article of so many words; fail where its last sentence is not on record."""
    if not words:
        return
    text = prose(random.Random(1), words) + "\n" + LAST
    before = resident()
    start = time.process_time()
    record = extractor.extract(text=text, published="2024-05-14")
    seconds = time.process_time() - start
    last = record.source_of(record.claims[-1])
    if last is None or last.name != "Omar Haddad":
        sys.exit("the last sentence of the long article is not on record")
    yield {
        "article of words": len(text.split()),
        "claims": len(record.claims),
        "CPU seconds": round(seconds, 1),
        "MB before": before,
        "MB peak": peak(),
    }


def dump(extractor: Any, megabytes: float, every: int) -> Iterator[dict[str, float]]:
    """Stream a generated dump and yield the resident memory as it goes."""
    from onrecord import read_paths  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dump.jsonl"
        size = write_dump(path, megabytes)
        done = 0
        for done, _ in enumerate(extractor.stream(read_paths([path])), 1):
            if done % every == 0:
                yield {"articles": done, "MB": resident()}
        yield {"articles": done, "MB": resident(), "MB read": round(size / 1e6, 1)}


def write_dump(path: Path, megabytes: float) -> int:
    """Write articles of 200 to 900 words until the file is large enough; return its size in bytes."""
    chance = random.Random(2)
    size = 0
    with path.open("w", encoding="utf-8") as file:
        while size < megabytes * 1e6:
            line = (
                json.dumps({"text": prose(chance, chance.randint(200, 900)), "published": "2024-05-14"})
                + "\n"
            )
            size += file.write(line)
    return size


def prose(chance: random.Random, words: int) -> str:
    """Return a text of at least so many words, with names that hardly come again."""
    lines: list[str] = []
    count = 0
    while count < words:
        line = chance.choice(SENTENCES).format(
            thing=chance.choice(("bridge", "clinic", "harbour", "school", "mine")),
            place=invented(chance),
            name=f"{invented(chance)} {invented(chance)}",
            body=f"{invented(chance)} Energy",
            number=chance.randint(12, 990),
            small=chance.randint(3, 60),
        )
        lines.append(line)
        count += len(line.split())
    return "\n".join(lines)


def invented(chance: random.Random) -> str:
    """Return a name that no lexicon has."""
    return "".join(chance.choice("bdfgklmnrstv") + chance.choice("aeiou") for _ in range(3)).title()


def resident() -> int:
    """Return the resident memory of this process in MB; where the system does not tell, its peak."""
    status = Path("/proc/self/status")
    if not status.exists():
        return peak()
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) // 1024


def peak() -> int:
    """Return the largest resident memory that this process has had, in MB."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used // (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()

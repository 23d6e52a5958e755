"""Faults of what is read, at the sizes that they have in the wild: each function returns one row.

    python -m benchmarks.faults.reading          # prints the rows; a few minutes

Every large input is read in a process of its own, so that its memory and time can be told (on Linux).
"""

from __future__ import annotations

import gzip
import io
import json
import random
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import zstandard
from benchmarks.faults.rows import Row

GIGABYTE = 1_000_000_000
SENTENCE = "The council said on Monday that the pool in Aldmoor would close for good in the spring. "
EMOJI = "\N{GRINNING FACE}"
PAGE = f"<html lang='en'><body><h1>Pool will close</h1><p>{SENTENCE * 3}</p></body></html>"
READ = """
import json, sys, time
from pathlib import Path
from onrecord import Failure, read_paths
list(read_paths(sys.argv[2:]))  # what is imported and compiled once does not count
began = time.process_time()
found = [one.code if isinstance(one, Failure) else "article" for one in read_paths(sys.argv[1])]
seconds = time.process_time() - began
# Not getrusage, whose peak is also that of the process that started this one.
peak = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
print(json.dumps([found, int(peak) // 1024, seconds]))
"""


class Outcome:
    """What reading some files came to, and what it cost at most."""

    def __init__(self) -> None:
        self.files = 0
        self.found: Counter[str] = Counter()
        self.megabytes = 0
        self.seconds = 0.0

    def read(self, path: Path) -> list[str]:
        """Read one file in a process of its own; return "article" or a failure's code for each document."""
        warm = path.with_name("warm.html")
        warm.write_text(PAGE)
        command = [sys.executable, "-c", READ, str(path), str(warm)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        self.files += 1
        if done.returncode:
            found = [f"DIED ({done.returncode}: {done.stderr.strip().splitlines()[-1:]})"]
        else:
            found, megabytes, seconds = json.loads(done.stdout)
            self.megabytes = max(self.megabytes, megabytes)
            self.seconds = max(self.seconds, seconds)
        self.found.update(found)
        return found

    def row(self, fault: str, outcome: str | None = None) -> Row:
        """Return the row: the outcome by code unless it is given."""
        shown = ", ".join(f"{code}: {count}" for code, count in sorted(self.found.items()))
        memory = f"{self.megabytes} MB, " if self.megabytes else ""
        return Row(fault, self.files, outcome or shown, f"{memory}{self.seconds:.1f} s")


def bombs() -> Row:
    """Return the row of pages, lines and members that unpack to a gigabyte."""
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as folder:
        for name, write in {
            "page.html.gz": _gzip_bomb,
            "line.jsonl.gz": _gzip_bomb,
            "page.html.zst": _zstandard_bomb,
            "member.zip": _zip_bomb,
            "member.tgz": _tar_bomb,
            "record.warc.gz": _warc_bomb,
            "coded.warc": _content_encoding_bomb,
        }.items():
            path = Path(folder, name)
            write(path)
            outcome.read(path)
            path.unlink()
    return outcome.row("1 GB packed in gzip, deflate, Zstandard, ZIP, tar, WARC")


def packed_tables() -> Row:
    """Return the row of small Parquet and DuckDB files whose rows are gigabytes."""
    import duckdb  # noqa: PLC0415  here alone
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    outcome = Outcome()
    page = "<div>" * 3_900_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "rows.parquet")
        rows = pa.DictionaryArray.from_arrays(pa.array([0] * 100_000, pa.int32()), pa.array([page]))
        pq.write_table(pa.table({"html": rows}), path, compression="zstd")
        outcome.read(path)
        pq.write_table(pa.table({"html": [page * 10]}), path, compression="zstd", use_dictionary=False)
        outcome.read(path)
        path = Path(folder, "rows.duckdb")
        with duckdb.connect(str(path), config={"memory_limit": "2GB"}) as connection:
            connection.execute("CREATE TABLE a AS SELECT repeat('<p>word ', 500000) AS html FROM range(300)")
        outcome.read(path)
    return outcome.row("Parquet and DuckDB files of 2 to 500 KB with up to 1,950 GB of rows")


def large_pages() -> Row:
    """Return the row of a gigabyte of `<div>`, a page of 200 MB, and the largest pages that are parsed."""
    outcome = Outcome()
    contents = {
        "1 GB of <div>": (b"<div>" * 200_000, GIGABYTE // 1_000_000),
        "a page of 200 MB": (f"<p>{SENTENCE}</p>".encode() * 10_000, 200_000_000 // 940_000 + 1),
        "20 MB of text": (SENTENCE.encode() * 10_000, 22),
        "20 MB of tags": (b"<div></div>" * 90_000, 20),
        "20 MB of script": (b"<script>" + b"x=1;" * 4_900_000 + b"</script>" + PAGE.encode(), 1),
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.html")
        for chunk, times in contents.values():
            with path.open("wb") as file:
                for _ in range(times):
                    file.write(chunk)
            outcome.read(path)
    return outcome.row("a page of 1 GB, 200 MB, and of just 20 MB")


def monstrous_markup() -> Row:
    """Return the row of nesting, attributes, entities and unclosed tags by the hundred thousand."""
    article = "<html lang='en'><body><article><h1>Pool will close</h1>{}</article></body></html>"
    prose = f"<p>{SENTENCE}</p>"
    many = " ".join(f"a{number}" for number in range(1_000_000))
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 30))
    pages = [
        article.format("<div>" * 10_000 + prose + "</div>" * 10_000),
        article.format("<div>" * 300 + prose + "</div>" * 300),
        article.format("<b>" * 1_000_000 + prose),
        article.format("<ul><li>" * 900 + prose),
        article.format(f"<p {many}>{SENTENCE}</p>"),
        article.format(f'<p a=">" {many}>{SENTENCE}</p>'),
        article.format(f"<p {many[:8_000]}>{SENTENCE}</p>" * 1_000),
        article.format(f"<p>{SENTENCE}" * 90_000),
        article.format(f"<p>{SENTENCE}" * 110_000),
        article.format(f"{prose}<p>{'<' * 10_000_000}</p>"),
        f'<!DOCTYPE html [<!ENTITY e0 "ha">{entities}]>' + article.format(f"<p>&e29; {SENTENCE}</p>"),
        '<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        + article.format(f"<p>&e; {SENTENCE}</p>"),
        article.format(f"{prose}<div class='{'related ' * 1_000_000}'>x</div>"),
    ]
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as folder:
        for number, page in enumerate(pages):
            path = Path(folder, f"{number}.html")
            path.write_text(page)
            outcome.read(path)
    return outcome.row("nesting, attributes, entities and unclosed tags without end")


def pages_of_emoji() -> Row:
    """Return the row of the largest pages of characters that take four bytes, in one line and in many."""
    outcome = Outcome()
    line = SENTENCE + EMOJI * 20
    contents = {
        "in one paragraph": f"<p>{EMOJI * 4_900_000}</p>",
        "in paragraphs": f"<p>{EMOJI * 2_000}</p>" * 2_400,
        "among words": f"<p>{line * 20}</p>" * 2_250,
        "in the title": f"<h1>{EMOJI * 4_900_000}</h1>",
        "as references": f"<p>{'&#x1F600;' * 2_000}</p>" * 1_050,
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.html")
        for content in contents.values():
            path.write_text(PAGE.replace("</body>", f"{content}</body>"), encoding="utf-8")
            outcome.read(path)
    return outcome.row("pages of up to 5,000,000 emoji: in one paragraph, in many, among words, in the title")


def cut_archives() -> Row:
    """Return the row of a WARC file, plain and packed, cut at every byte."""
    outcome = Outcome()
    wrong = 0
    records = [_warc_record(PAGE.encode(), number) for number in range(3)]
    with tempfile.TemporaryDirectory() as folder:
        for suffix, parts in (("warc", records), ("warc.gz", [gzip.compress(one) for one in records])):
            raw = b"".join(parts)
            ends = [sum(map(len, parts[: number + 1])) for number in range(len(parts))]
            for cut in range(1, len(raw)):
                path = Path(folder, f"{cut}.{suffix}")
                path.write_bytes(raw[:cut])
                whole = sum(end <= cut for end in ends)
                found = _in_process(path, outcome)
                expected = ["article"] * whole + ([] if cut in ends else ["failure"])
                wrong += found != expected
                path.unlink()
    told = "all right" if not wrong else f"{wrong} WRONG"
    return outcome.row(
        "a WARC file cut at every byte", f"whole records read, one failure with its offset: {told}"
    )


def random_damage(times: int = 3_000) -> Row:
    """Return the row of files of every kind in which bytes were changed, left out or doubled at random."""
    outcome = Outcome()
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        whole = dict(_small_files(Path(folder)))
        for number in range(times):
            suffix = chance.choice(sorted(whole))
            path = Path(folder, f"damaged.{suffix}")
            path.write_bytes(_damaged(whole[suffix], chance))
            try:
                found = _in_process(path, outcome)
                outcome.found["failure" if "failure" in found else "articles alone"] += 1
            except Exception as error:
                outcome.found[f"EXCEPTION {type(error).__name__} at {number}"] += 1
    return outcome.row(f"bytes changed at random in {len(whole)} kinds of files")


ROWS: tuple[Callable[[], Row], ...] = (
    bombs,
    packed_tables,
    large_pages,
    monstrous_markup,
    pages_of_emoji,
    cut_archives,
    random_damage,
)


def _in_process(path: Path, outcome: Outcome) -> list[str]:
    from onrecord import Failure, read_paths  # noqa: PLC0415  the large rows need it in other processes alone

    began = time.process_time()
    found = ["failure" if isinstance(one, Failure) else "article" for one in read_paths(path)]
    outcome.seconds = max(outcome.seconds, time.process_time() - began)
    outcome.files += 1
    return found


def _damaged(raw: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 4)):
        at, size = chance.randrange(len(raw) or 1), chance.randint(1, 40)
        raw = chance.choice(
            (
                raw[:at] + chance.randbytes(size) + raw[at + size :],
                raw[:at] + chance.randbytes(1) + raw[at + 1 :],
                raw[:at] + raw[at + size :],
                raw[: at + size] + raw[at:],
                raw[:at],
            )
        )
    return raw


def _small_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    import duckdb  # noqa: PLC0415  here alone
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    records = [_warc_record(PAGE.encode(), number) for number in range(3)]
    lines = "".join(json.dumps({"id": str(n), "text": SENTENCE * 2}) + "\n" for n in range(3)).encode()
    yield "html", PAGE.encode()
    yield "jsonl", lines
    yield "jsonl.gz", gzip.compress(lines)
    yield "jsonl.zst", zstandard.compress(lines)
    yield "warc", b"".join(records)
    yield "warc.gz", b"".join(map(gzip.compress, records))
    for suffix, pack in (("zip", _zipped), ("tar", _tarred)):
        yield suffix, pack({f"{n}.html": PAGE.encode() for n in range(3)})
    pq.write_table(pa.table({"text": [SENTENCE] * 3}), folder / "made.parquet")
    yield "parquet", (folder / "made.parquet").read_bytes()
    with duckdb.connect(str(folder / "made.duckdb")) as connection:
        connection.execute("CREATE TABLE a AS SELECT ? AS text FROM range(3)", [SENTENCE])
    yield "duckdb", (folder / "made.duckdb").read_bytes()


def _zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _tarred(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return stream.getvalue()


def _warc_record(body: bytes, number: int = 0, http: bytes = b"", size: int | None = None) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n" + http + b"\r\n"
    length = len(answer) + (len(body) if size is None else size)
    return (
        b"WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
        b"WARC-Date: 2024-05-14T08:00:00Z\r\nWARC-Target-URI: http://a.example/%d\r\n"
        b"Content-Length: %d\r\n\r\n" % (number, length)
    ) + answer + (body + b"\r\n\r\n" if size is None else b"")  # fmt: skip


def _divs() -> Iterator[bytes]:
    chunk = b"<div>" * 200_000
    for _ in range(GIGABYTE // len(chunk)):
        yield chunk


def _gzip_bomb(path: Path) -> None:
    with gzip.open(path, "wb", compresslevel=9) as file:
        for chunk in _divs():
            file.write(chunk)


def _zstandard_bomb(path: Path) -> None:
    with path.open("wb") as raw, zstandard.ZstdCompressor(level=19).stream_writer(raw) as file:
        for chunk in _divs():
            file.write(chunk)


def _zip_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("bomb.html", "w", force_zip64=True) as file:
            for chunk in _divs():
                file.write(chunk)
        archive.writestr("page.html", PAGE)


def _tar_bomb(path: Path) -> None:
    header = tarfile.TarInfo("bomb.html")
    header.size = GIGABYTE
    with gzip.open(path, "wb") as file:
        file.write(header.tobuf())
        for chunk in _divs():
            file.write(chunk)


def _warc_bomb(path: Path) -> None:
    with path.open("wb") as raw:
        with gzip.open(raw, "wb") as file:
            file.write(_warc_record(b"", size=GIGABYTE))
            for chunk in _divs():
                file.write(chunk)
        raw.write(gzip.compress(_warc_record(PAGE.encode(), 1)))


def _content_encoding_bomb(path: Path) -> None:
    packer = zlib.compressobj(9, wbits=31)
    packed = b"".join([*(packer.compress(chunk) for chunk in _divs()), packer.flush()])
    path.write_bytes(
        _warc_record(packed, http=b"Content-Encoding: gzip\r\n") + _warc_record(PAGE.encode(), 1)
    )


if __name__ == "__main__":
    for row in ROWS:
        print(" | ".join(map(str, row())), flush=True)

"""Files, folders and standard input: order, provenance, laziness, and one failure for each bad item."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
from pathlib import Path

import pytest

from onrecord.read import ReadArticle, read_paths
from onrecord.read import json_input as json_input_module
from onrecord.records import Failure
from onrecord.settings import Settings

PAGE = (
    "<html lang='en'><head><link rel='canonical' href='https://a.example/pool'></head><body>"
    "<h1>Pool will close</h1><p>The council said on Monday that it would close the pool, which has lost "
    "money for years.</p></body></html>"
)


def brief(outcome: ReadArticle | Failure) -> tuple[str, str, int | None]:
    """Return an outcome's file name, its text's beginning or its code, and its line."""
    what = outcome.article.text[:14] if isinstance(outcome, ReadArticle) else outcome.code
    return Path(outcome.input).name, what, outcome.line


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b.txt").write_bytes(b"\xef\xbb\xbfShe said so.\r\n")
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "c.jsonl").write_bytes(b'{"text": "One, he said."}\n\n{"text": \n{"text": "Four, he said."}')
    (tmp_path / "d.json").write_text(json.dumps([{"text": "In a list."}, {"text": 3}], indent=1))
    (tmp_path / "e.txt.gz").write_bytes(gzip.compress(b"Zipped, she said."))
    (tmp_path / "f.jsonl.gz").write_bytes(gzip.compress(b'{"text": "Zipped line."}\n'))
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    (tmp_path / ".hidden.txt").write_text("Hidden, it said.")
    (tmp_path / "z").mkdir()
    (tmp_path / "z" / "g.htm").write_text(PAGE[:150])
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "h.txt").write_text("Hidden, it said.")
    return tmp_path


def test_a_folder_is_read_in_order_and_a_bad_item_stops_nothing(folder: Path) -> None:
    assert [brief(outcome) for outcome in read_paths([folder])] == [
        ("a.html", "Pool will clos", None),
        ("b.txt", "She said so.\r\n", None),
        ("c.jsonl", "One, he said.", 1),
        ("c.jsonl", "unreadable", 3),
        ("c.jsonl", "Four, he said.", 4),
        ("d.json", "In a list.", 2),
        ("d.json", "invalid_field", 5),
        ("e.txt.gz", "Zipped, she sa", None),
        ("f.jsonl.gz", "Zipped line.", 1),
        ("g.htm", "truncated", None),
    ]


def test_provenance_is_the_input_and_the_hash_of_its_bytes(folder: Path) -> None:
    found = {brief(o)[0] + str(o.line): o for o in read_paths([folder]) if isinstance(o, ReadArticle)}
    assert found["a.htmlNone"].input == str(folder / "a.html")
    assert found["a.htmlNone"].raw_sha256 == hashlib.sha256(PAGE.encode()).hexdigest()
    assert found["b.txtNone"].raw_sha256 == hashlib.sha256((folder / "b.txt").read_bytes()).hexdigest()
    assert found["c.jsonl1"].raw_sha256 == hashlib.sha256(b'{"text": "One, he said."}').hexdigest()
    assert found["e.txt.gzNone"].raw_sha256 == hashlib.sha256(b"Zipped, she said.").hexdigest()
    assert found["a.htmlNone"].article.url == "https://a.example/pool"


def make(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return str(path)


NAMED = {
    "missing": (None, "x.txt", "not_found"),
    "missing, of no kind that is read": (None, "x.docx", "not_found"),
    "an image": (b"\x89PNG\r\n\x1a\n", "x.png", "binary"),
    "a table": (b"a,b\n1,2\n", "x.csv", "unsupported"),
    "empty text": (b"", "x.txt", "empty"),
    "blank text": (b"\n \n", "x.txt", "empty"),
    "empty lines": (b"\n\n", "x.jsonl", "empty"),
    "empty list": (b"[]", "x.json", "empty"),
    "NUL in a text": (b"She said\0so.", "x.txt", "binary"),
    "damaged gzip": (gzip.compress(b"She said so.")[:-8] + b"\0" * 8, "x.txt.gz", "unreadable"),
    "no gzip": (b"She said so.", "x.txt.gz", "unreadable"),
    "gzip that breaks off": (gzip.compress(b"She said so.")[:-10], "x.txt.gz", "truncated"),
    "too long a text": (b"She said so. " * 100, "x.txt", "too_large"),
    "a list that breaks off": (b'[{"text": "One, he said."},', "x.json", "unreadable"),
    "not UTF-8 in JSON": (b'{"text": "caf\xe9"}', "x.jsonl", "unreadable"),
    "nested too deep": (b"[" * 200_000, "x.jsonl", "unreadable"),
}


@pytest.mark.parametrize("case", NAMED)
def test_a_named_file_that_cannot_be_read_is_a_failure(case: str, tmp_path: Path) -> None:
    content, name, code = NAMED[case]
    path = str(tmp_path / name) if content is None else make(tmp_path / name, content)
    good = make(tmp_path / "good.txt", b"She said so.")
    outcomes = list(read_paths([path, good], settings=Settings(max_chars=500)))
    failures = [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    assert [(failure.code, failure.input) for failure in failures] == [(code, path)]
    assert failures[0].reason
    assert brief(outcomes[-1]) == ("good.txt", "She said so.", None)


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    (outcome,) = read_paths([loop])
    assert isinstance(outcome, Failure)
    assert outcome.code == "unreadable"


def test_a_file_whose_name_no_output_can_hold(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("She said so.")
    except OSError:
        pytest.skip("here names are UTF-8")
    (outcome,) = read_paths([tmp_path])
    assert isinstance(outcome, Failure)
    assert (outcome.code, outcome.input) == ("unreadable", f"{tmp_path}/caf\\udce9.txt")


def test_a_folder_without_anything_to_read(tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(b"\x89PNG")
    (outcome,) = read_paths([tmp_path])
    assert isinstance(outcome, Failure)
    assert outcome.code == "empty"


def test_a_file_without_a_suffix_is_seen_for_what_it_is(tmp_path: Path) -> None:
    paths = [make(tmp_path / "page", PAGE.encode()), make(tmp_path / "story", b"She said so.")]
    assert [brief(o)[1] for o in read_paths(paths)] == ["Pool will clos", "She said so."]


STDIN = {
    "lines": (b'{"text": "One."}\n{"text": "Two."}\n', [("One.", 1), ("Two.", 2)]),
    "one line": (b'\xef\xbb\xbf{"text": "One."}', [("One.", 1)]),
    "an object over lines": (b'{\n  "text": "One."\n}\n', [("One.", 1)]),
    "objects over lines": (b'{\n"text": "One."\n}\n{\n"text": "Two."\n}\n', [("One.", 1), ("Two.", 4)]),
    "a list": (b'[{"text": "One."}, {"text": "Two."}]', [("One.", 1), ("Two.", 1)]),
    "a page": (PAGE.encode(), [("Pool will clos", None)]),
    "a text": (b"\n She said so.\n", [("\n She said so.", None)]),
    "gzip": (gzip.compress(b'{"text": "One."}\n'), [("One.", 1)]),
    "nothing": (b"", [("empty", None)]),
    "more than the first look": (
        b'{"text": "One."}\n' + b'{"text": "' + b"a" * 200_000 + b'"}\n',
        [("One.", 1), ("a" * 14, 2)],
    ),
}


@pytest.mark.parametrize("case", STDIN)
def test_standard_input_of_any_kind(case: str) -> None:
    raw, expected = STDIN[case]
    found = [brief(outcome) for outcome in read_paths(["-"], stdin=io.BytesIO(raw))]
    assert found == [("-", what, line) for what, line in expected]


class Endless(io.RawIOBase):
    """JSON lines without end; counts how many bytes were asked for."""

    def __init__(self) -> None:
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        line = b'{"text": "She said so."}\n'
        chunk = (line * (len(buffer) // len(line) + 1))[: len(buffer) // len(line) * len(line)]
        buffer[: len(chunk)] = chunk
        self.given += len(chunk)
        return len(chunk)


def test_lines_are_read_one_at_a_time() -> None:
    source = Endless()
    stream = read_paths(["-"], stdin=io.BufferedReader(source))  # type: ignore[arg-type]
    assert [next(stream).line for _ in range(1000)] == list(range(1, 1001))
    assert source.given < 500_000


def test_a_monstrous_line_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_input_module, "MAX_LINE_BYTES", 100)
    path = make(
        tmp_path / "x.jsonl", b'{"text": "One."}\n{"text": "%s"}\n{"text": "Three."}\n' % (b"a" * 5000)
    )
    found = [brief(outcome)[1:] for outcome in read_paths([path])]
    assert found == [("One.", 1), ("too_large", 2), ("Three.", 3)]


def test_a_windows_1252_text(tmp_path: Path) -> None:
    path = make(tmp_path / "x.txt", "“It’s £5,” Zoë said – twice.\r\n".encode("cp1252"))
    (outcome,) = read_paths([path])
    assert isinstance(outcome, ReadArticle)
    assert outcome.article.text == "“It’s £5,” Zoë said – twice.\r\n"


@pytest.mark.parametrize(
    "text",
    [
        " \tShe said so. \n\n",
        "One.\r\nTwo.\rThree.\u2028Four.\x85Five.\x0cSix.",
        "e\u0301 and \u00e9, \u200bzero\u200d width, \u202eright to left\u202c, \u00a0no break",
        "A 😀 and \U0010ffff at the end\U0001f1eb\U0001f1f7",
        "A mark \ufeff in the middle.",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_text_file_is_kept_character_for_character(tmp_path: Path, text: str, encoding: str) -> None:
    (outcome,) = read_paths([make(tmp_path / "x.txt", text.encode(encoding))])
    assert isinstance(outcome, ReadArticle)
    assert outcome.article.text == text

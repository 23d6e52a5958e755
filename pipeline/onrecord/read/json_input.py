"""JSON and JSON Lines as streams of values, each with its line and its bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from onrecord.read.decode import decode
from onrecord.read.outcome import Rejection

MAX_LINE_BYTES = 64_000_000
MAX_DOCUMENT_BYTES = 256_000_000
_CHUNK = 1 << 20
_BLANK = re.compile(r"[ \t\r\n]*")
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class JsonValue:
    """One JSON value of a file: what it is (or why it is none), the line it begins on, its bytes.

    `offset` is the byte where the line begins, counted from where reading began.
    """

    line: int
    raw: bytes
    value: Any = None
    problem: Rejection | None = None
    offset: int = 0


def json_lines(stream: BinaryIO, first: int = 1) -> Iterator[JsonValue]:
    """Yield the value of each line; blank lines are passed over, and a bad line costs only itself.

    A line is read whole, so lines over 64 MB are given up as `too_large`; nothing else is held.
    `first` is the number of the line that the stream begins with.
    """
    number = first - 1
    end = 0
    while True:
        raw = stream.readline(MAX_LINE_BYTES + 1)
        if not raw:
            return
        number += 1
        offset, end = end, end + len(raw)
        if len(raw) > MAX_LINE_BYTES:
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(_CHUNK)
                end += len(raw)
            reason = f"the line is longer than {MAX_LINE_BYTES:,} bytes"
            yield JsonValue(number, b"", problem=Rejection("too_large", reason), offset=offset)
            continue
        if number == 1:
            raw = raw.removeprefix(_BOM)
        raw = raw.rstrip(b"\r\n")
        if raw.strip():
            yield _parsed(number, raw, offset)


def json_values(raw: bytes) -> Iterator[JsonValue]:
    """Yield the values of a JSON document: the elements of a list, else each value that stands there.

    A document that is no JSON from some point on gives what stands before it, then an `unreadable`
    value with the line where it breaks.
    """
    if len(raw) > MAX_DOCUMENT_BYTES:
        reason = f"the file is longer than {MAX_DOCUMENT_BYTES:,} bytes; JSON Lines has no such limit"
        yield JsonValue(1, b"", problem=Rejection("too_large", reason))
        return
    try:
        text = decode(raw)
    except Rejection as rejection:
        yield JsonValue(1, raw, problem=rejection)
        return
    yield from _values(text)


def _values(text: str) -> Iterator[JsonValue]:
    decoder = json.JSONDecoder()
    at, line, counted = _skip(text, 0), 1, 0
    in_list = text.startswith("[", at)
    at = _skip(text, at + 1) if in_list else at
    is_first = True
    while at < len(text) and not (in_list and text[at] == "]"):
        line += text.count("\n", counted, at)
        counted = at
        try:
            if in_list and not is_first:
                if text[at] != ",":
                    raise json.JSONDecodeError("Expecting ',' delimiter", text, at)
                at = _skip(text, at + 1)
                line += text.count("\n", counted, at)
                counted = at
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            yield JsonValue(*_where(error, line), problem=_not_json(error))
            return
        is_first = False
        yield JsonValue(line, text[at:end].encode("utf-8", "surrogatepass"), value)
        at = _skip(text, end)
    if in_list and at >= len(text):
        reason = "the list is not closed: the file breaks off"
        yield JsonValue(line, b"", problem=Rejection("unreadable", reason))


def _parsed(number: int, raw: bytes, offset: int) -> JsonValue:
    try:
        return JsonValue(number, raw, json.loads(raw.decode("utf-8")), offset=offset)
    except UnicodeDecodeError as error:
        reason = f"byte {error.start} of the line is not UTF-8, which JSON is written in"
        problem = Rejection("binary" if b"\0" in raw else "unreadable", reason)
    except (ValueError, RecursionError) as error:
        problem = _not_json(error)
    return JsonValue(number, raw, problem=problem, offset=offset)


def _not_json(error: ValueError | RecursionError) -> Rejection:
    if isinstance(error, RecursionError):
        return Rejection("unreadable", "the JSON is nested too deep")
    if isinstance(error, json.JSONDecodeError):
        return Rejection("unreadable", f"this is no JSON: {error.msg} at column {error.colno}")
    return Rejection("unreadable", f"this is no JSON: {error}")


def _where(error: Exception, line: int) -> tuple[int, bytes]:
    return (error.lineno if isinstance(error, json.JSONDecodeError) else line), b""


def _skip(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at

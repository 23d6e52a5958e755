"""The body of an HTTP response as it was recorded: chunks joined, compression undone, within a limit."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable

from fastwarc.stream_io import BrotliReader, ZstdReader

from onrecord.read.bombs import bomb, is_bomb
from onrecord.read.outcome import Rejection

_CHUNK_HEAD = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]{0,8}(?:;[^\r\n]{0,200})?\r?\n")
_GZIP = b"\x1f\x8b"
_MAX_MEMBERS = 256  # each costs a copy of what follows it
_STREAMS = {"br": BrotliReader, "zstd": ZstdReader}


def decoded_body(body: bytes, *, transfer: str, content: str, limit: int) -> bytes:
    """Return the body without its transfer and content encodings.

    `transfer` and `content` are the values of the headers `Transfer-Encoding` and
    `Content-Encoding`. Many crawlers record the decoded body under the headers of the encoded one:
    a body that does not begin as its headers say is taken as it is.

    Raises:
        Rejection: `truncated` for an encoded body that breaks off, `unreadable` for a damaged one,
            `too_large` for one of more than `limit` bytes when decoded.

    """
    if "chunked" in transfer.lower():
        body = _joined(body)
    coded = len(body)
    for encoding in reversed([name.strip().lower() for name in content.split(",")]):
        body = _decompressed(body, encoding, limit)
    if len(body) > limit:
        raise Rejection("too_large", f"the page is larger than {limit:,} bytes")
    if is_bomb(coded, len(body)):
        raise bomb()
    return body


def _joined(body: bytes) -> bytes:
    head = _CHUNK_HEAD.match(body)
    if head is None:
        return body
    parts: list[bytes] = []
    at = 0
    while head is not None:
        size = int(head[1], 16)
        if not size:
            return b"".join(parts)
        at = head.end() + size
        if at > len(body):
            break
        parts.append(body[head.end() : at])
        at += 2 if body.startswith(b"\r\n", at) else 1
        head = _CHUNK_HEAD.match(body, at)
    code = "truncated" if at >= len(body) else "unreadable"
    raise Rejection(code, f"the chunks of the response break off at byte {min(at, len(body))}")


def _decompressed(body: bytes, encoding: str, limit: int) -> bytes:
    if encoding in ("gzip", "x-gzip") and body.startswith(_GZIP):
        return _inflated(body, 31, limit)
    if encoding == "deflate" and body and not body.lstrip().startswith(b"<"):
        # The standard means zlib's format; some servers send bare deflate data.
        is_zlib = body[0] & 15 == 8 and int.from_bytes(body[:2], "big") % 31 == 0
        return _inflated(body, 15 if is_zlib else -15, limit)
    if encoding in _STREAMS and not body.lstrip().startswith(b"<"):
        return _streamed(body, _STREAMS[encoding], limit)
    return body


def _inflated(body: bytes, window: int, limit: int) -> bytes:
    decoded = bytearray()
    for _ in range(_MAX_MEMBERS):
        unpacker = zlib.decompressobj(window)
        try:
            decoded += unpacker.decompress(body, limit + 1 - len(decoded))
        except zlib.error as error:
            raise Rejection("unreadable", f"the compressed body is damaged: {error}") from error
        if len(decoded) > limit:
            return bytes(decoded)
        if not unpacker.eof:
            raise Rejection("truncated", "the compressed body breaks off")
        body = unpacker.unused_data
        if not body.startswith(_GZIP):
            return bytes(decoded)
    raise Rejection("unreadable", f"the compressed body has more than {_MAX_MEMBERS} gzip members")


def _streamed(body: bytes, reader: Callable[[io.BytesIO], BrotliReader | ZstdReader], limit: int) -> bytes:
    try:
        return reader(io.BytesIO(body)).read(limit + 1)
    except OSError as error:
        raise Rejection("unreadable", f"the compressed body is damaged: {error}") from error

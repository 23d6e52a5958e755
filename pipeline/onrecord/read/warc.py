"""WARC files (ISO 28500), plain or gzip: the HTML pages in them, and where the file is damaged.

fastwarc parses the headers of each record. Where records begin and end is found here, because a
parser that is fed the whole file passes over damage in silence: a last record that breaks off comes
out as a shorter page, a checksum is not looked at, and everything behind a damaged place is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from fastwarc.warc import WarcRecord, WarcRecordType

from onrecord.read.document import Document
from onrecord.read.http import media_type
from onrecord.read.http_body import decoded_body
from onrecord.read.outcome import Rejection
from onrecord.read.page import MAX_PAGE_BYTES
from onrecord.read.warc_frames import Frame, frames

_PAGES = ("text/html", "application/xhtml+xml")
_OK = 200


def warc_documents(name: str, file: BinaryIO, mark: tuple[int, ...] = ()) -> Iterator[Document]:
    """Yield the pages of a WARC file that were answered with status 200, from a mark on.

    Other records are passed over. A record that breaks off or cannot be read, and each stretch of the
    file that is no record, comes as a document with a problem; reading goes on behind it. `place`
    holds the byte `offset` of the record (of its gzip member), its `record_id`, its `date` and its
    payload `digest`.
    """
    is_empty = True
    for frame in frames(file, MAX_PAGE_BYTES, mark):
        document = _damage(name, frame) if frame.problem else _page(name, frame)
        if document is not None:
            is_empty = False
            yield document
    if is_empty and not mark:
        problem = Rejection("empty", "the archive holds no HTML page that was answered with status 200")
        yield Document(name, problem=problem)


def _damage(name: str, frame: Frame) -> Document:
    reason = f"{frame.problem}, at byte {frame.offset}"
    return Document(name, mark=frame.mark, place=_place(frame), problem=Rejection(frame.code, reason))


def _place(frame: Frame) -> dict[str, str | int]:
    return {"offset": frame.offset}


def _page(name: str, frame: Frame) -> Document | None:
    place = _place(frame)
    try:
        record = WarcRecord.from_bytes(frame.raw)
        if record.record_type != WarcRecordType.response or not record.is_http:
            return None
        place |= {
            key: value
            for key, header in (("record_id", "WARC-Record-ID"), ("date", "WARC-Date"))
            if (value := record.headers.get(header))
        }
        if digest := record.headers.get("WARC-Payload-Digest") or record.headers.get("WARC-Block-Digest"):
            place["digest"] = digest
        record.parse_http()
    except (OSError, ValueError) as error:
        problem = Rejection("unreadable", f"the record at byte {frame.offset} cannot be read: {error}")
        return Document(name, mark=frame.mark, place=place, problem=problem)
    http = record.http_headers
    if http is None or http.status_code != _OK or record.http_content_type not in _PAGES:
        return None
    _, charset = media_type(http.get("Content-Type"))
    url = record.headers.get("WARC-Target-URI")
    body = b""
    found: Rejection | None = None
    try:
        if not frame.is_whole:
            raise Rejection("too_large", f"the page is larger than {MAX_PAGE_BYTES:,} bytes")
        if cut := record.headers.get("WARC-Truncated") or record.headers.get("WARC-Segment-Number"):
            raise Rejection("truncated", f"the crawler did not record the whole page ({cut})")
        body = decoded_body(
            record.reader.read(),
            transfer=http.get("Transfer-Encoding") or "",
            content=http.get("Content-Encoding") or "",
            limit=MAX_PAGE_BYTES,
        )
    except Rejection as rejection:
        found = Rejection(rejection.code, f"{rejection.reason}, in the record at byte {frame.offset}")
    return Document(
        name,
        raw=body,
        url=url.strip("<>") if url else None,
        charset=charset,
        mark=frame.mark,
        place=place,
        problem=found,
    )

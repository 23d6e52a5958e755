"""Pages in tar and ZIP archives, read where they lie: nothing is unpacked to disk."""

from __future__ import annotations

import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, BinaryIO, Self

from onrecord.read.bombs import bomb, is_bomb
from onrecord.read.document import Document, Kind
from onrecord.read.outcome import Rejection
from onrecord.read.page import MAX_PAGE_BYTES

_EXTENSIONS = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)
_MAX_EXTENSION = 1 << 20
PAGE_KINDS: dict[str, Kind] = {".html": "html", ".htm": "html", ".xhtml": "html", ".txt": "text"}


def zip_documents(name: str, file: BinaryIO, mark: tuple[int, ...] = ()) -> Iterator[Document]:
    """Yield the pages and texts of a ZIP archive in the order of its directory, from a mark on.

    A member is named `archive.zip/member.html`. One that is encrypted, damaged or over 20 MB is a
    document with a problem.

    Raises:
        Rejection: it is no ZIP archive, one whose directory is damaged, or there is no page in it.

    """
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError) as error:
        raise Rejection("unreadable", f"this is no whole ZIP archive: {error}") from error
    with archive:
        members = [member for member in archive.infolist() if _is_page(member.filename)]
        if not members:
            raise _no_pages()
        for number in range(mark[0] if mark else 0, len(members)):
            member = members[number]
            try:
                if is_bomb(member.compress_size, member.file_size):
                    raise bomb()
                with archive.open(member) as opened:
                    yield _document(name, member.filename, opened, (number,))
            except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
                problem = Rejection("unreadable", f"the member cannot be read: {error}")
                yield Document(f"{name}/{member.filename}", mark=(number,), problem=problem)
            except Rejection as rejection:
                yield Document(f"{name}/{member.filename}", mark=(number,), problem=rejection)


def tar_documents(name: str, file: BinaryIO) -> Iterator[Document]:
    """Yield the pages and texts of a tar archive in order, named `archive.tar/member.html`.

    Links and devices are passed over.

    Raises:
        Rejection: it is no tar archive, it breaks off, or there is no page in it.

    """
    is_empty = True
    try:
        with tarfile.open(fileobj=file, mode="r|", tarinfo=_Header, errors="backslashreplace") as archive:
            for member in archive:
                content = archive.extractfile(member) if member.isreg() and _is_page(member.name) else None
                if content is not None:
                    is_empty = False
                    yield _document(name, member.name, content)
                archive.members = []  # type: ignore[attr-defined]  # else tarfile keeps all that it has passed
    except tarfile.ReadError as error:
        is_cut = "unexpected end" in str(error)
        code, what = ("truncated", "breaks off") if is_cut else ("unreadable", "cannot be read")
        raise Rejection(code, f"the tar archive {what}: {error}") from error
    if is_empty:
        raise _no_pages()


def _no_pages() -> Rejection:
    return Rejection("empty", f"there is no page in the archive: no file with {', '.join(PAGE_KINDS)}")


class _Header(tarfile.TarInfo):
    """A header whose extension, which tarfile holds in memory, is no longer than any name."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        header = super().frombuf(buf, encoding, errors)
        if header.type in _EXTENSIONS and header.size > _MAX_EXTENSION:
            raise Rejection("too_large", f"a header of the tar archive has {header.size:,} bytes")
        return header


def _is_page(member: str) -> bool:
    path = PurePosixPath(member)
    is_hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts if part not in (".", ".."))
    return path.suffix.lower() in PAGE_KINDS and not is_hidden


def _document(name: str, member: str, file: IO[bytes], mark: tuple[int, ...] = ()) -> Document:
    raw = file.read(MAX_PAGE_BYTES + 1)
    problem = None
    if len(raw) > MAX_PAGE_BYTES:
        raw, problem = b"", Rejection("too_large", f"the member is larger than {MAX_PAGE_BYTES:,} bytes")
    kind = PAGE_KINDS[PurePosixPath(member).suffix.lower()]
    return Document(
        f"{name}/{member}", kind, raw, mark=mark, place={"archive": name, "member": member}, problem=problem
    )

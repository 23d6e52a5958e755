"""What reading one input comes to: an article with its provenance, or a reason why not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from onrecord.errors import OnRecordError
from onrecord.records import Article, Failure

_LONGEST_REASON = 2_000


class Publication(NamedTuple):
    """When an article was published: the date and the `place` that states it, or the `reason` for none."""

    date: str | None
    place: str | None = None
    reason: str | None = None


GIVEN_NO_DATE = Publication(None, reason="the input states none")


class Doubt(NamedTuple):
    """A warning about an article that was read; `code` is stable, `reason` is for people."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """An article with what is known of its publication date, and what is to be doubted about it."""

    article: Article
    publication: Publication = GIVEN_NO_DATE
    doubts: tuple[Doubt, ...] = ()

    def provenance(self) -> dict[str, Any]:
        """Return both as the provenance of a record states them; `warnings` only where there are some."""
        _, place, reason = self.publication
        notes: dict[str, Any] = {"published": {"place": place, "reason": reason}}
        if self.doubts:
            notes["warnings"] = [doubt._asdict() for doubt in self.doubts]
        return notes


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article and the input that it was read from.

    `input` is the file or URL as it was named (a file found in a folder: its path), `line` the line
    of that file where the article stands, if the file holds more than one. `raw_sha256` is the
    SHA-256 of the bytes that it was read from: the page, the text file, or the one JSON value.
    `place` says where in an archive the raw page lies: of a WARC record its offset, id and digest.
    `notes` go into the provenance as they are: see `Reading.provenance`.
    """

    article: Article
    input: str
    raw_sha256: str
    line: int | None = None
    place: Mapping[str, str | int] = field(default_factory=dict)
    notes: Mapping[str, Any] = field(default_factory=dict)


class Rejection(Exception):  # noqa: N818  not an error of the program: it ends as a Failure
    """Why one input becomes no article; caught where the input's name and line are known."""

    def __init__(self, code: str, reason: str, article_id: str | None = None) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.article_id = article_id

    def failure(self, name: str, line: int | None = None) -> Failure:
        """Return the failure of the input with that name and line, in a form that any output can hold."""
        return Failure(
            code=self.code,
            input=_writable(name),
            reason=_writable(self.reason),
            line=line,
            article_id=self.article_id,
        )


def failure_of(error: Exception) -> tuple[str, str]:
    """Return code and reason of the failure of an article on which extraction raised an error."""
    code = "out_of_memory" if isinstance(error, MemoryError) else "extraction_failed"
    return code, _writable(f"{type(error).__name__}: {error}")


def _writable(text: str) -> str:
    """Return a text without half surrogate pairs, which no file can hold, and of a length to be read."""
    shown = text if len(text) <= _LONGEST_REASON else f"{text[:_LONGEST_REASON]}…"
    return shown.encode("utf-8", "backslashreplace").decode()


@contextmanager
def rejecting_the_unreadable() -> Iterator[None]:
    """Turn whatever the libraries that parse hostile bytes raise into a rejection.

    What they raise is open-ended (struct.error, RecursionError, IndexError, …), and one input must
    never stop the others. Errors of the system and our own, which the caller has to see, pass.
    """
    try:
        yield
    except (Rejection, OnRecordError, OSError):
        raise
    except RecursionError as error:
        raise Rejection("too_complex", "its parts are nested too deep") from error
    except Exception as error:
        raise Rejection("unreadable", f"{type(error).__name__}: {error}") from error


def sha256(raw: bytes) -> str:
    """Return the SHA-256 of the bytes, hexadecimal."""
    return hashlib.sha256(raw).hexdigest()

"""What became of one document, as the journal of a run keeps it: a line of JSON."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from onrecord.archive.fingerprint import Signature
from onrecord.records import Failure


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """By what a text is known: its hash, and its MinHash signature where it is long enough."""

    article_id: str
    text_sha256: str
    signature: Signature | None


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of the document at a position of the input.

    It has a `record` (as JSON), or a `failure`, or neither where it was spared as a duplicate.
    `place` says where the raw document lies in its archive. `words` were extracted.
    """

    position: int
    input: str
    url: str | None = None
    line: int | None = None
    place: Mapping[str, str | int] = field(default_factory=dict)
    record: str | None = None
    failure: Failure | None = None
    fingerprint: Fingerprint | None = None
    words: int = 0

    def to_line(self) -> bytes:
        """Return the entry as a line of JSON."""
        value: dict[str, Any] = {
            "position": self.position,
            "input": self.input,
            "url": self.url,
            "line": self.line,
            "place": dict(self.place),
            "words": self.words,
            "record": self.record,
        }
        if self.failure is not None:
            value["failure"] = self.failure.model_dump()
        if self.fingerprint is not None:
            signature = self.fingerprint.signature
            value["fingerprint"] = {
                "article_id": self.fingerprint.article_id,
                "text_sha256": self.fingerprint.text_sha256,
                "signature": None if signature is None else base64.b64encode(signature.tobytes()).decode(),
            }
        return json.dumps(value).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> Entry:
        """Return the entry of a line; raise ValueError for one that is not whole."""
        if not line.endswith(b"\n"):
            raise ValueError("the line breaks off")
        value = json.loads(line)
        failure, fingerprint = value.pop("failure", None), value.pop("fingerprint", None)
        if fingerprint and (packed := fingerprint["signature"]):
            fingerprint["signature"] = np.frombuffer(base64.b64decode(packed), np.uint32)
        return cls(
            **value,
            failure=Failure(**failure) if failure else None,
            fingerprint=Fingerprint(**fingerprint) if fingerprint else None,
        )

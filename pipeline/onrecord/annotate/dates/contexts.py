"""The word lists of `dates/contexts.toml`: what a match may stand beside, and what steers a reading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.errors import LexiconError
from onrecord.lexicons import read_toml

PATH = "dates/contexts.toml"


class Contexts:
    """Sets of lower-case words by table and key."""

    def __init__(self) -> None:
        self._tables: Mapping[str, Any] = read_toml(PATH)
        self._sets: dict[tuple[str, str], frozenset[str]] = {}
        for table, keys in self._tables.items():
            for key, words in keys.items():
                if isinstance(words, list):
                    if not all(isinstance(word, str) and word == word.lower() for word in words):
                        raise LexiconError(f"{PATH}: [{table}] {key}: give a list of words in lower case")
                    self._sets[table, key] = frozenset(words)

    def words(self, table: str, key: str) -> frozenset[str]:
        """Return a list as a set; raise LexiconError where the file lacks it."""
        try:
            return self._sets[table, key]
        except KeyError:
            raise LexiconError(f"{PATH}: [{table}] {key} is missing; restore it") from None

    def number(self, table: str, key: str) -> int:
        """Return a number; raise LexiconError where the file lacks it."""
        value = self._tables.get(table, {}).get(key)
        if not isinstance(value, int):
            raise LexiconError(f"{PATH}: [{table}] {key} has to be a number; give one")
        return value

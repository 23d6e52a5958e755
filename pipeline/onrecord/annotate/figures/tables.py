"""Tables of the TOML files of figures, whose entries are checked as they are taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, get_args

from onrecord.annotate.figures.lexemes import Phrase, Phrases, phrase
from onrecord.errors import LexiconError
from onrecord.lexicons import read_toml
from onrecord.records.vocabulary import Modifier

_FOLDER: Final = "figures"


class Table:
    """One TOML file, or a table in it, whose entries are checked as they are taken."""

    def __init__(self, file: str, content: Mapping[str, Any], path: str = "") -> None:
        self.file, self.content, self.path = file, content, path

    @classmethod
    def read(cls, file: str) -> Table:
        """Return a file of the lexicon; raise LexiconError where it is no TOML."""
        return cls(file, read_toml(f"{_FOLDER}/{file}"))

    def fail(self, key: str, wanted: str) -> LexiconError:
        """Return the error that says what the entry `key` must be."""
        where = f"{self.path}.{key}" if self.path else key
        return LexiconError(
            f"figures/{self.file}: key {where!r} must be {wanted}, not {self.content.get(key)!r}"
        )

    def table(self, key: str) -> Table:
        """Return a table inside this one."""
        if not isinstance(self.content.get(key), dict):
            raise self.fail(key, "a table")
        return Table(self.file, self.content[key], f"{self.path}.{key}" if self.path else key)

    def words(self, key: str, *, optional: bool = False) -> tuple[str, ...]:
        """Return a list of words; an empty one where it is missing and `optional`."""
        value = self.content.get(key, [] if optional else None)
        if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
            raise self.fail(key, "a list of words")
        return tuple(value)

    def word_set(self, key: str) -> frozenset[str]:
        """Return a list of words as a set."""
        return frozenset(self.words(key))

    def word(self, key: str) -> str | None:
        """Return a word, None where it is missing."""
        value = self.content.get(key)
        if value is not None and not isinstance(value, str):
            raise self.fail(key, "a word")
        return value

    def numbers(self) -> dict[str, float]:
        """Return the table as numbers by word."""
        for key, value in self.content.items():
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise self.fail(key, "a number")
        return {key: float(value) for key, value in self.content.items()}

    def intervals(self) -> Phrases[tuple[float, float]]:
        """Return the table as phrases that stand for an interval [low, high]."""
        for key, value in self.content.items():
            if not (isinstance(value, list) and len(value) == 2 and value[0] <= value[1]):
                raise self.fail(key, "two numbers, the lower first")
        return Phrases(phrase(key, (float(v[0]), float(v[1]))) for key, v in self.content.items())

    def phrases(self, key: str) -> Phrases[str]:
        """Return a list as phrases that stand for themselves."""
        return Phrases(phrase(word, word) for word in self.words(key))

    def modifiers(self) -> Phrases[Modifier]:
        """Return the lists of the table as phrases that stand for the modifier they are listed under."""
        found: list[Phrase[Modifier]] = []
        for key in self.content:
            modifier = self.modifier(key)
            found.extend(phrase(word, modifier) for word in self.words(key))
        return Phrases(found)

    def modifier(self, key: str) -> Modifier:
        """Return a key as a modifier of the record contract."""
        for name in get_args(Modifier):
            if key == name:
                modifier: Modifier = name
                return modifier
        raise LexiconError(
            f"figures/{self.file}: {key!r} under [{self.path}] is no modifier; "
            f"use one of {', '.join(get_args(Modifier))}"
        )

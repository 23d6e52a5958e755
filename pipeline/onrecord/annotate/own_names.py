"""Finding a user's own names in a text: the longest first, spelled as loosely as newspapers spell them.

Accents, hyphens and apostrophes make no difference, capital letters do: a word that begins with one in the
file, or is in capitals throughout, is so in the text ("Reading" is no "reading", "WHO" no "Who"). A name that
the file writes in small letters alone needs a capital in the text all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

from onrecord.annotate.places.names import fold

Entry = TypeVar("Entry")
Capitals = tuple[int, ...]
"""How each word of a name is written: in small letters (0), with a capital (1), in capitals (2)."""

_BETWEEN_WORDS = re.compile(r"[\s\-‐‑–/]+")
_TOKENS_A_WORD = 3  # "Sana'a-Nord" may be cut at its hyphen and its apostrophe


class OwnNames(Generic[Entry]):
    """The names of a user's file, each with what bears it."""

    def __init__(self) -> None:
        self._bearers: dict[str, list[tuple[Capitals, Entry]]] = {}
        self._most_words: dict[str, int] = {}

    def __bool__(self) -> bool:
        return bool(self._bearers)

    def add(self, name: str, bearer: Entry) -> None:
        """Take in a name."""
        key = fold(name)
        words = key.split()
        self._bearers.setdefault(key, []).append((_capitals(name), bearer))
        self._most_words[words[0]] = max(len(words), self._most_words.get(words[0], 0))

    def bearers(self, words: str) -> list[Entry]:
        """Return what bears a name as it is written in a text, in the order of the file."""
        known = self._bearers.get(fold(words))
        if not known:
            return []
        written = _capitals(words)
        if not any(written):
            return []
        return list(dict.fromkeys(bearer for wanted, bearer in known if _as_wanted(written, wanted)))

    def find(
        self, text: str, tokens: Sequence[str], starts: Sequence[int]
    ) -> Iterator[tuple[int, int, list[Entry]]]:
        """Yield the names in a text, without overlap: first token, token behind the last, bearers."""
        if not self._bearers:
            return
        number, count = 0, len(tokens)
        while number < count:
            words = fold(tokens[number]).split()
            most = self._most_words.get(words[0], 0) if words else 0
            last = self._last(tokens, number, min(count, number + _TOKENS_A_WORD * most)) if most else number
            for stop in range(last, number, -1):
                if not any(map(str.isalnum, tokens[stop - 1])):
                    continue
                bearers = self.bearers(text[starts[number] : starts[stop - 1] + len(tokens[stop - 1])])
                if bearers:
                    yield number, stop, bearers
                    number = stop
                    break
            else:
                number += 1

    @staticmethod
    def _last(tokens: Sequence[str], first: int, last: int) -> int:
        """Return the token behind the last that may belong to a name: none goes on in the next line."""
        return next((at for at in range(first, last) if "\n" in tokens[at] or "\r" in tokens[at]), last)


def _capitals(name: str) -> Capitals:
    words = _BETWEEN_WORDS.split(name.replace("&", " and "))
    return tuple(
        2 if len(letters) > 1 and letters.upper() == letters else int(not letters[0].islower())
        for letters in ("".join(filter(str.isalnum, word)) for word in words)
        if letters
    )


def _as_wanted(written: Capitals, wanted: Capitals) -> bool:
    if len(written) != len(wanted):
        return False
    return all(is_so >= asked for is_so, asked in zip(written, wanted, strict=True))

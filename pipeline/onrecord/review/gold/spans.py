"""Spans as a person names them: the words, the paragraph, and which of several occurrences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

_LINE = re.compile(r"[^\n]*\S[^\n]*")


class Paragraphs:
    """The paragraphs of a text, numbered from 1: its lines that are not blank.

    What stands before the first is paragraph 0; the blank lines behind a paragraph belong to it.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [match.start() for match in _LINE.finditer(text)]
        self._found: dict[str, list[int]] = {}

    def describe(self, start: int, words: str) -> dict[str, Any]:
        """Return words with the `paragraph` that they stand in and, but for the first, their `occurrence`."""
        paragraph = bisect_right(self._starts, start)
        places = self._occurrences(words)
        occurrence = 1 + bisect_left(places, start) - bisect_left(places, self._bounds(paragraph)[0])
        named = {"text": words, "paragraph": paragraph}
        return named | {"occurrence": occurrence} if occurrence > 1 else named

    def locate(self, words: str, paragraph: int, occurrence: int = 1) -> int | None:
        """Return the offset of an occurrence of words in a paragraph, or None."""
        if occurrence < 1 or not 0 <= paragraph <= len(self._starts):
            return None
        start, end = self._bounds(paragraph)
        places = self._occurrences(words)
        number = bisect_left(places, start) + occurrence - 1
        return places[number] if number < len(places) and places[number] < end else None

    def only(self, words: str) -> int | None:
        """Return the offset of words that stand once in the text, or None."""
        places = self._occurrences(words)
        return places[0] if len(places) == 1 else None

    def nearest(self, words: str, paragraph: int) -> int | None:
        """Return the offset of the occurrence of words that is nearest to a paragraph, or None."""
        places = self._occurrences(words)
        return min(places, key=lambda place: abs(self.number(place) - paragraph), default=None)

    def number(self, offset: int) -> int:
        """Return the paragraph of an offset."""
        return bisect_right(self._starts, offset)

    def count(self, words: str) -> int:
        """Return how often words stand in the text; occurrences may overlap."""
        return len(self._occurrences(words))

    def _bounds(self, paragraph: int) -> tuple[int, int]:
        start = self._starts[paragraph - 1] if paragraph else 0
        return start, self._starts[paragraph] if paragraph < len(self._starts) else len(self.text)

    def _occurrences(self, words: str) -> list[int]:
        if words not in self._found:
            places: list[int] = []
            place = self.text.find(words) if words else -1
            while place >= 0:
                places.append(place)
                place = self.text.find(words, place + 1)
            self._found[words] = places
        return self._found[words]


def moved_paragraphs(paragraphs: Paragraphs, spans: Iterable[tuple[str, int]]) -> Mapping[int, int]:
    """Return where the paragraphs of an earlier text stand now, as far as spans of it tell.

    Spans are words with their paragraph in the earlier text. Those whose words stand once in the text
    vote; what most of a paragraph's spans say is taken.
    """
    votes: dict[int, Counter[int]] = {}
    for words, paragraph in spans:
        place = paragraphs.only(words)
        if place is not None:
            votes.setdefault(paragraph, Counter())[paragraphs.number(place)] += len(words)
    return {paragraph: counter.most_common(1)[0][0] for paragraph, counter in votes.items()}

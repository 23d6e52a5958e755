"""The text cut into words, digits and signs, and phrases found in that.

Figures are read from lexemes of their own rather than from spaCy's tokens, since a token may hold
half a figure or several ("US$5bn", "2.5%-3%"), and since lexemes cost a microsecond each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

_PATTERN = (
    r"[0-9]{1,3}(?:, 000){1,3}(?![0-9])"  # 80, 000 in text that was cut into tokens
    r"|"
    r"[0-9]{1,3}(?:,[0-9]{3}){1,7}(?![0-9])(?:\.[0-9]+)?"  # 12,500.5
    r"|[0-9]{1,2}(?:,[0-9]{2}){1,4},[0-9]{3}(?![0-9])(?:\.[0-9]+)?"  # 1,50,000
    r"|[0-9]{1,3}(?:[\u00a0\u202f\u2009][0-9]{3}){1,6}(?![0-9])(?:\.[0-9]+)?"  # 12 500, unbroken space
    r"|[0-9]+(?:\.[0-9]+)?"
    r"|(?<![\w.])\.[0-9]+"
    r"|(?<![^\W_])[A-Za-z](?:\.[A-Za-z]){1,4}\b\.?"  # U.S., a.m.
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"
    r"|\n|[^\w\s]|_|[^\W0-9]"
)
_LEXEME = re.compile(_PATTERN)
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")  # 1,250
_CONTINENTAL = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:(?:\.\d{3}){2,6}(?![\d.])|(?:\.\d{3}){1,6},\d)")
_SPACED = re.compile(r"(?<![\d.,])(?<![\d.,][ ])[1-9]\d{0,2}(?:[ ]\d{3}){2,6}(?![ ]?[\d.,]\d)")
_CONTINENTAL_NUMBER = r"[0-9]{1,3}(?:\.[0-9]{3}){1,6}(?![0-9])(?:,[0-9]{1,9})?|[0-9]+,[0-9]{1,9}(?![0-9])|"
_SPACED_NUMBER = r"[1-9][0-9]{0,2}(?:[ ][0-9]{3}){1,6}(?![0-9])(?:[.,][0-9]{1,9})?|"
_CONTINENTAL_LEXEME = re.compile(_CONTINENTAL_NUMBER + _PATTERN)
_SPACED_LEXEME = re.compile(_SPACED_NUMBER + _PATTERN)
_SWAPPED: Final = str.maketrans(",.", ".,")
_GROUP: Final = 3
"""Digits of a group in a long number."""
_READ_FOR_STYLE: Final = 100_000
"""Code points of an article by which the writing of its numbers is told."""
_DIGITS: Final = frozenset("0123456789")  # not str.isdigit, which takes "²" and "٣" for digits too
_PADDING: Final = 8


class Lexemes:
    """The lexemes of a text as parallel lists: `lower` (lower-cased), `start` and `end` (code points).

    Numbers stand in `lower` as English writes them ("12,500.5"), whichever way the article does: "12.500,5"
    where it has a number such as 1.250.000, "12 500" where it has one such as 1 250 000.
    A line break is a lexeme, so that no phrase is found across one. The lists end with
    empty lexemes, so that looking a few further than the last is always allowed.
    """

    __slots__ = ("end", "lower", "start", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.lower: list[str] = []
        self.start: list[int] = []
        self.end: list[int] = []
        lexeme, rewrite = _style(text)
        for match in lexeme.finditer(text):
            word = match.group().lower()
            self.lower.append(rewrite(word) if rewrite is not None and word[0] in _DIGITS else word)
            self.start.append(match.start())
            self.end.append(match.end())
        beyond = [len(text) + 1 + 2 * k for k in range(_PADDING)]
        self.lower.extend([""] * _PADDING)
        self.start.extend(beyond)
        self.end.extend(beyond)

    def __len__(self) -> int:
        return len(self.lower) - _PADDING

    def word(self, i: int) -> str:
        """Return the i-th lexeme as the text has it."""
        return self.text[self.start[i] : self.end[i]]

    def slice(self, first: int, last: int) -> str:
        """Return the text from the first lexeme to the one before `last`."""
        return self.text[self.start[first] : self.end[last - 1]]

    def before(self, i: int) -> str:
        """Return the lower-cased lexeme before the i-th; an empty string at the start."""
        return self.lower[i - 1] if i > 0 else ""

    def glued(self, i: int) -> bool:
        """Tell whether the i-th lexeme touches the one before it."""
        return i > 0 and self.start[i] == self.end[i - 1]

    def is_number(self, i: int) -> bool:
        """Tell whether the i-th lexeme is written in digits."""
        lower = self.lower[i]
        return lower[:1] in _DIGITS or (lower[:1] == "." and len(lower) > 1)

    def is_capitalised(self, i: int) -> bool:
        """Tell whether the i-th lexeme is a word with a capital letter in it ("Boeing", "iPhone")."""
        return 0 <= i < len(self) and self.word(i) != self.lower[i]


def _style(text: str) -> tuple[re.Pattern[str], Callable[[str], str] | None]:
    """Return the pattern of lexemes for an article's way of writing numbers, and how to rewrite those."""
    sample = text[:_READ_FOR_STYLE]
    if _GROUPED.search(sample):
        return _LEXEME, None
    if _CONTINENTAL.search(sample):
        return _CONTINENTAL_LEXEME, _from_continental
    return (_SPACED_LEXEME, _from_spaced) if _SPACED.search(sample) else (_LEXEME, None)


def _from_continental(number: str) -> str:
    """Rewrite "12.500,5"; a number such as 1.5 is left as it is, for articles mix the two."""
    if "," in number or all(len(part) == _GROUP for part in number.split(".")[1:]):
        return number.translate(_SWAPPED)
    return number


def _from_spaced(number: str) -> str:
    head, comma, tail = number.partition(",")
    return head.replace(" ", ",") + (f".{tail}" if comma else "")


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Phrase(Generic[T]):
    """A phrase of a lexicon: its lexemes, and what it stands for.

    `exact` is the phrase as it must stand in the text where case and spaces count; `glued` phrases
    count only where they touch the number that they are looked up beside.
    """

    lexemes: tuple[str, ...]
    value: T
    exact: str | None = None
    glued: bool = False


def phrase(surface: str, value: T, *, exact: bool = False, glued: bool = False) -> Phrase[T]:
    """Cut the words of a lexicon entry as the text is cut."""
    return Phrase(tuple(Lexemes(surface).lower[:-_PADDING]), value, surface if exact else None, glued)


class Phrases(Generic[T]):
    """Phrases that can be looked up forwards and backwards from a place among the lexemes."""

    def __init__(self, phrases: Iterable[Phrase[T]]) -> None:
        self._by_first: dict[str, list[Phrase[T]]] = {}
        self._by_last: dict[str, list[Phrase[T]]] = {}
        for one in sorted(phrases, key=lambda p: -len(p.lexemes)):
            self._by_first.setdefault(one.lexemes[0], []).append(one)
            self._by_last.setdefault(one.lexemes[-1], []).append(one)

    def firsts(self) -> frozenset[str]:
        """Return the words that phrases begin with."""
        return frozenset(self._by_first)

    def match(self, lexemes: Lexemes, i: int) -> tuple[T, int] | None:
        """Return what the longest phrase starting at lexeme i stands for, and the lexeme after it."""
        lower = lexemes.lower
        for one in self._by_first.get(lower[i], ()):
            stop = i + len(one.lexemes)
            if tuple(lower[i:stop]) == one.lexemes and self._fits(one, lexemes, i, lexemes.glued(i)):
                return one.value, stop
        return None

    def match_before(self, lexemes: Lexemes, i: int) -> tuple[T, int] | None:
        """Return what the longest phrase ending just before lexeme i stands for, and its first lexeme."""
        if i <= 0:
            return None
        lower = lexemes.lower
        for one in self._by_last.get(lower[i - 1], ()):
            first = i - len(one.lexemes)
            if first < 0 or tuple(lower[first:i]) != one.lexemes:
                continue
            if self._fits(one, lexemes, first, lexemes.glued(i)):
                return one.value, first
        return None

    @staticmethod
    def _fits(one: Phrase[T], lexemes: Lexemes, first: int, touches: bool) -> bool:
        if one.glued and not touches:
            return False
        return one.exact is None or one.exact == lexemes.slice(first, first + len(one.lexemes))

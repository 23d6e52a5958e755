"""The words of the date grammar, as `dates/lexicon.toml` has them, and the lexer that finds them.

Every word of a text becomes one character, its symbol, that stands for the set of classes that the
word belongs to; a pattern over classes is then a regular expression over symbols, and all the
matching is done by `re`. Words without a class share one symbol.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from onrecord.errors import LexiconError
from onrecord.lexicons import read_toml

Value = int | float | str

PATH = "dates/lexicon.toml"
PLAIN = "·"
"""The symbol of all words without a class."""
BREAK = "\n"
"""What a token at the end of a line or paragraph reads as."""

_FIRST_SYMBOL = 0xE000  # private use: no symbol has a meaning in a regular expression

_TOKEN = re.compile(
    r"""
    (?P<iso>(?<![\w/.-])\d{4}-(?:\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?
        |W\d\d|(?:0[1-9]|1[0-2])(?!\d))(?![\w-]))
    |(?P<numeric>(?<![\w/.])\d{1,2}([/.])\d{1,2}\3(?:\d{4}|\d\d)(?![\w/]|\.\d))
    |(?P<decade>(?<!\w)(?:(?:1[5-9]|20)\d0['’]?s|['’`]\d0s|\d0s)\b)
    |(?P<nth>(?<![\w.])\d{1,2}(?:st|nd|rd|th)\b)
    |(?P<short>(?<![\w'’`])['’]\d\d\b)
    |(?P<clock>(?<![\w.:])(?:[01]?\d|2[0-4])(?::[0-5]\d|\.[0-5]\d(?=\s?[ap]\.?\s?m\b))(?![:.]\d|\d))
    |(?P<number>\d{1,20}(?:,\d{3}){0,6}(?:\.\d{1,9})?)
    |(?P<meridiem>(?:(?<![^\W\d_])|(?<=\d))(?:[ap]\.\s?m\b\.?|[ap]m\b)(?!['’]))
    |(?P<code>(?:[QqHh][1-4]|FY\s?['’]?\d\d(?:\d\d)?)\b)
    |(?P<glued>[^\W\d_]+\d\w*)
    |(?P<word>[^\W\d_]+(?:['’][^\W\d_]{2,})?)
    |(?P<owner>['’]s\b)
    |(?P<break>[\n\r\u2028\u2029]\s*)
    |(?P<dash>[-\u2010-\u2015])
    |(?P<sign>[^\w\s])
    """,
    re.VERBOSE | re.IGNORECASE,
)
NUMBER_CLASSES = (
    *(
        "number",
        "day",
        "hour",
        "year",
        "year_short",
        "two_digits",
        "ordinal_number",
        "decade",
        "clock",
        "hhmm",
    ),
    *("iso_date", "iso_datetime", "iso_month", "iso_week", "numeric_date", "meridiem", "fiscal_code"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a word means in each of its classes, and its symbol."""

    symbol: str
    values: dict[str, Value]


@dataclass(slots=True)
class Tokens:
    """The words of a text: offsets, lower-case forms and lexicon entries; `symbols` is one string."""

    text: str
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    lows: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    symbols: str = ""

    def numeric_dates(self) -> tuple[str, ...]:
        """Return every date such as 3/4/2020, by which its order of day and month is decided."""
        values = (entry.values.get("numeric_date") for entry in self.entries if entry.values)
        return tuple(str(value) for value in values if value is not None)


class Lexicon:
    """Word forms with their classes.

    `literals` are words that patterns name themselves, `more` are classes that other files give.
    """

    def __init__(self, literals: Iterable[str], more: Mapping[str, Mapping[str, Value]]) -> None:
        tables = read_toml(PATH)
        words = tables.get("words")
        if not isinstance(words, dict):
            raise LexiconError(f"{PATH}: the tables [words.…] are missing; restore them")
        self._symbols: dict[frozenset[str], str] = {}
        values: dict[str, dict[str, Value]] = {}
        for name, table in (*words.items(), *more.items()):
            for word, value in table.items():
                if word != word.lower() or not isinstance(value, int | str):
                    raise LexiconError(
                        f"{PATH}: [words.{name}] {word!r}: write it in lower case, with a value"
                    )
                values.setdefault(word, {})[name] = value
        for word in literals:
            values.setdefault(word, {})[f'"{word}"'] = word
        self.classes = {name for classes in values.values() for name in classes} | set(NUMBER_CLASSES)
        self.triggers: tuple[str, ...] = tuple(tables.get("triggers", ()))
        for name in self.triggers:
            if name not in self.classes:
                raise LexiconError(f"{PATH}: triggers: {name!r} is not a class; name a table [words.{name}]")
        self._capitalised = frozenset(tables.get("capitalised", ()))
        self._abbreviations = frozenset(words.get("month_abbr", {})) | frozenset(
            words.get("weekday_abbr", {})
        )
        self.plain = Entry(PLAIN, {})
        self._words: dict[str, Entry] = {}
        self._phrases: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
        for word, classes in values.items():
            self._add(word, classes)

    def _add(self, word: str, values: dict[str, Value]) -> None:
        """Add a word or a phrase (words between blanks or signs) with its value in each class."""
        entry = Entry(self._symbol(values), values)
        forms = tuple(_split(word))
        if len(forms) == 1:
            self._words[forms[0]] = entry
        else:
            longer = self._phrases.setdefault(forms[0], [])
            longer.append((forms, entry))
            longer.sort(key=lambda one: -len(one[0]))

    def symbols_of(self, name: str) -> str:
        """Return the symbols of all words of a class (or, in double quotes, of one word)."""
        return "".join(symbol for classes, symbol in self._symbols.items() if name in classes)

    @cached_property
    def shapes(self) -> dict[str, Entry]:
        """Return an entry for each way in which digits can be read, to be copied with its values."""
        every = (
            "number",
            "number day hour",
            "number day hour two_digits",
            "number day two_digits",
            "number two_digits",
            "number year",
            "number year hhmm",
            "number hhmm",
            "hour number two_digits",
        )
        shapes = {one: Entry(self._symbol(dict.fromkeys(one.split(), 0)), {}) for one in every}
        for name in NUMBER_CLASSES:
            shapes[name] = Entry(self._symbol({name: 0}), {})
        return shapes

    def _symbol(self, classes: Iterable[str]) -> str:
        return self._symbols.setdefault(frozenset(classes), chr(_FIRST_SYMBOL + len(self._symbols)))

    def read(self, text: str) -> Tokens:
        """Return the words of a text with their entries. Offsets are code points."""
        tokens = Tokens(text)
        starts, ends, lows, entries = tokens.starts, tokens.ends, tokens.lows, tokens.entries
        words, plain, phrases = self._words, self.plain, self._phrases
        openers: list[int] = []
        done = 0
        wrapped = _is_wrapped(text)
        for match in _TOKEN.finditer(text):
            start, end = match.span()
            kind = match.lastgroup
            if start < done:
                continue
            if kind == "word":
                low = match.group().lower()
                entry = words.get(low, plain)
                if entry is not plain:
                    if low in self._capitalised and not text[start].isupper():
                        entry = plain
                    elif low in self._abbreviations and text[end : end + 1] == ".":
                        end = done = end + 1
                if low in phrases:
                    openers.append(len(starts))
            elif kind == "sign":
                low = match.group()
                entry = words.get(low, plain)
            elif kind == "break":
                if wrapped and match.group().count("\n") < 2:
                    continue
                low, entry = BREAK, plain
            else:
                low, entry = self._other(kind or "", match.group().lower(), text, start, end)
                if low in phrases:
                    openers.append(len(starts))
            starts.append(start)
            ends.append(end)
            lows.append(low)
            entries.append(entry)
        if openers:
            self._join(tokens, openers)
        tokens.symbols = "".join([entry.symbol for entry in entries])
        return tokens

    def _other(self, kind: str, low: str, text: str, start: int, end: int) -> tuple[str, Entry]:
        """Return the lower-case form and the entry of a token that is no plain word."""
        if kind == "number":
            return low, self._number(low)
        if kind == "owner":
            return "'s", self._words.get("'s", self.plain)
        if kind == "dash":
            tight = start > 0 and end < len(text) and text[start - 1].isalnum() and text[end].isalnum()
            low = "-" if tight else "--"
            return low, self._words.get(low, self.plain)
        if kind == "nth":
            return low, Entry(self.shapes["ordinal_number"].symbol, {"ordinal_number": int(low[:-2])})
        if kind == "code":
            if low[0] in "qh":  # H3 is a road, or a virus
                return low, self._words.get(low, self.plain)
            digits = low[2:].strip(" '’")
            return low, Entry(self.shapes["fiscal_code"].symbol, {"fiscal_code": _century(digits)})
        if kind == "meridiem":
            return low, Entry(self.shapes["meridiem"].symbol, {"meridiem": 12 if low[0] == "p" else 0})
        if kind == "decade":
            digits = low.strip("'’`s")
            return low, Entry(self.shapes["decade"].symbol, {"decade": int(digits)})
        if kind == "short":
            return low, Entry(self.shapes["year_short"].symbol, {"year_short": _century(low[1:])})
        name = {"numeric": "numeric_date", "clock": "clock"}.get(kind)
        if kind == "iso":
            name = {7: "iso_month", 8: "iso_week", 10: "iso_date"}.get(len(low), "iso_datetime")
        if name is None:
            return low, self.plain
        return low, Entry(self.shapes[name].symbol, {name: low.upper()})

    def _number(self, low: str) -> Entry:
        plain = low.replace(",", "")
        if not plain.isascii() or not plain.isdigit() or "," in low:
            try:
                return Entry(self.shapes["number"].symbol, {"number": float(plain)})
            except ValueError:
                return self.plain
        size = len(plain)
        value = int(plain)
        names = "number"
        if size == 4:
            names += " year" if 1000 <= value < 2200 else ""
            names += " hhmm" if value < 2400 and value % 100 < 60 else ""
        elif size <= 2:
            names = "number"
            if 1 <= value <= 31:
                names += " day"
            if value <= 24 and value:
                names += " hour"
            if size == 2:
                names += " two_digits"
        shape = self.shapes.get(names) or self.shapes["number"]
        return Entry(shape.symbol, dict.fromkeys(names.split(), value))

    def _join(self, tokens: Tokens, openers: list[int]) -> None:
        """Make one token of each phrase of the lexicon."""
        gone: list[tuple[int, int]] = []
        last = 0
        for i in openers:
            if i < last:
                continue
            for forms, entry in self._phrases[tokens.lows[i]]:
                stop = i + len(forms)
                if tuple(tokens.lows[i:stop]) == forms:
                    tokens.ends[i] = tokens.ends[stop - 1]
                    tokens.lows[i] = " ".join(forms)
                    tokens.entries[i] = entry
                    gone.append((i + 1, stop))
                    last = stop
                    break
        for first, stop in reversed(gone):
            for column in (tokens.starts, tokens.ends, tokens.lows, tokens.entries):
                del column[first:stop]


def _split(word: str) -> list[str]:
    """Split a phrase of the lexicon just as the lexer splits text."""
    forms = []
    for match in _TOKEN.finditer(word):
        forms.append("'s" if match.lastgroup == "owner" else match.group())
    return forms


def _century(digits: str) -> int:
    """Return the year that two (or four) digits stand for: 98 is 1998, 24 is 2024."""
    value = int(digits)
    if len(digits) == 4:
        return value
    return value + (2000 if value < 50 else 1900)


def _is_wrapped(text: str) -> bool:
    """Tell whether lines are broken at a column, so that a line break is only a blank."""
    breaks = text.count("\n")
    return breaks > 4 and len(re.findall(r"\n[a-z]", text)) > breaks / 5

"""Patterns over classes of words, as `dates/patterns.toml` has them, and their matches in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NoReturn

from onrecord.annotate.dates.lexicon import PLAIN, Entry, Lexicon, Tokens, Value
from onrecord.errors import LexiconError
from onrecord.lexicons import read_toml

PATH = "dates/patterns.toml"
_PIECE = re.compile(
    r"""\s*(?:(?P<slot>[a-z][a-z0-9_]*)=)?
    (?:\$(?P<macro>[a-z_]+)|"(?P<literal>[^"]+)"|(?P<name>[a-z][a-z_0-9]*)|(?P<op>\{\d,\d\}|[()|?*+]))""",
    re.VERBOSE,
)
_KEYS = {"name", "match", "kind", "after", "not_after", "before", "not_before", "value"}
_LONGEST_LEFT_CONTEXT = 5
_AGAIN = "__"  # one name may stand for parts of several alternatives


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way in which time is expressed; `kind` names the reading."""

    name: str
    kind: str
    rank: int
    regex: re.Pattern[str]
    options: dict[str, str]


@dataclass(slots=True)
class Match:
    """A stretch of tokens that a pattern fits. Slots are the parts that the pattern names."""

    pattern: Pattern
    tokens: Tokens
    first: int
    last: int
    slots: dict[str, tuple[int, int]]

    @property
    def start(self) -> int:
        """Return the offset of the first character, prefixes included."""
        return self.tokens.starts[self.first]

    @property
    def end(self) -> int:
        """Return the offset after the last character."""
        return self.tokens.ends[self.last - 1]

    def has(self, slot: str) -> bool:
        """Tell whether a part of the pattern took part in the match."""
        return slot in self.slots

    def entries(self, slot: str) -> list[Entry]:
        """Return the lexicon entries of a part; none where it took no part."""
        first, last = self.slots.get(slot, (0, 0))
        return self.tokens.entries[first:last]

    def value(self, slot: str, *classes: str) -> Value | None:
        """Return the value of a part in the first of the classes that its word has."""
        for entry in self.entries(slot):
            for name in classes:
                if name in entry.values:
                    return entry.values[name]
        return None

    def integer(self, slot: str, *classes: str) -> int | None:
        """Return `value` as an integer, or None where the part is missing or is no integer."""
        value = self.value(slot, *classes)
        return value if isinstance(value, int) else None

    def word(self, slot: str) -> str:
        """Return a part in lower case; an empty string where it took no part."""
        first, last = self.slots.get(slot, (0, 0))
        return " ".join(self.tokens.lows[first:last])

    def before(self, count: int = 1) -> str:
        """Return the word so many before the match, in lower case; empty at the edge of the text."""
        index = self.first - count
        return self.tokens.lows[index] if index >= 0 else ""

    def frame(self, parts: frozenset[str]) -> str:
        """Return the word before the match and the `parts` of a period before it ("until mid-March")."""
        index = self.first - 1
        while index >= 0 and self.tokens.lows[index] in parts:
            index -= 1
        return self.tokens.lows[index] if index >= 0 else ""

    def after(self, count: int = 1) -> str:
        """Return the word so many after the match, in lower case; empty at the edge of the text."""
        index = self.last + count - 1
        return self.tokens.lows[index] if index < len(self.tokens.lows) else ""


class Grammar:
    """The compiled patterns with the lexicon that they are written over.

    Raises LexiconError, naming file and pattern, for a pattern that cannot be read.
    """

    def __init__(self, named_days: dict[str, Value]) -> None:
        tables = read_toml(PATH)
        self._macros: dict[str, str] = tables.get("macros", {})
        rows: list[dict[str, Any]] = tables.get("pattern", [])
        prefixes: list[dict[str, Any]] = tables.get("prefix", [])
        literals: set[str] = set()
        for row in (*rows, *prefixes):
            for key in ("match", "after", "not_after", "before", "not_before"):
                literals.update(re.findall(r'"([^"]+)"', self._expand(str(row.get(key, "")), row)))
        self.lexicon = Lexicon(literals, {"named_day": named_days})
        self.lexicon.shapes  # noqa: B018  fixes the symbols of numbers before patterns are compiled
        self.patterns = [self._pattern(rank, row) for rank, row in enumerate(rows)]
        self.prefixes = [
            (self._prefix(row), tuple(row.get("on", ())), tuple(row.get("kinds", ()))) for row in prefixes
        ]
        triggers = "".join(self.lexicon.symbols_of(name) for name in self.lexicon.triggers)
        # Patterns are tried only on stretches of words of the lexicon that hold a trigger.
        self._stretch = re.compile(f"[^{PLAIN}]+")
        self._trigger = re.compile(f"[{triggers}]")

    def find(self, tokens: Tokens) -> list[Match]:
        """Return the matches, no two overlapping, in text order: the longest win, then the first pattern."""
        found: list[tuple[int, int, re.Match[str], Pattern]] = []
        symbols = tokens.symbols
        for stretch in self._stretch.finditer(symbols):
            first, last = stretch.span()
            if self._trigger.search(symbols, first, last) is None:
                continue
            for pattern in self.patterns:
                for match in pattern.regex.finditer(symbols, first, last):
                    start, end = match.span()
                    found.append((start - end, pattern.rank, match, pattern))
        found.sort(key=lambda one: (one[0], one[1], one[2].start()))
        taken = bytearray(len(symbols))
        matches = []
        for _, _, match, pattern in found:
            start, end = match.span()
            if start < end and not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                matches.append(Match(pattern, tokens, start, end, _slots(match)))
        matches.sort(key=lambda one: one.first)
        return matches

    def prefix(self, match: Match, timex_type: str, floor: int) -> Match | None:
        """Return the longest prefix that ends where a match begins and does not reach below token `floor`."""
        best: Match | None = None
        symbols = match.tokens.symbols
        for pattern, types, kinds in self.prefixes:
            if timex_type not in types or (kinds and match.pattern.kind not in kinds):
                continue
            for first in range(max(floor, match.first - _LONGEST_LEFT_CONTEXT), match.first):
                hit = pattern.regex.fullmatch(symbols, first, match.first)
                if hit:
                    if best is None or first < best.first:
                        best = Match(pattern, match.tokens, first, match.first, _slots(hit))
                    break
        return best

    def _pattern(self, rank: int, row: dict[str, Any]) -> Pattern:
        if "kind" not in row or not set(row) <= _KEYS:
            self._refuse(row, f"it needs `kind` and knows no keys but {', '.join(sorted(_KEYS))}")
        around = ""
        regex = self._compile(row["match"], row)
        for key, form in (("after", "(?<={})"), ("not_after", "(?<!{})")):
            if key in row:
                around += form.format(self._word_class(row[key], row))
        regex = around + regex
        for key, form in (("before", "(?={})"), ("not_before", "(?!{})")):
            if key in row:
                regex += form.format(self._word_class(row[key], row))
        options = {"value": str(row["value"])} if "value" in row else {}
        return Pattern(row["name"], row["kind"], rank, re.compile(regex), options)

    def _prefix(self, row: dict[str, Any]) -> Pattern:
        return Pattern(row["name"], "prefix", 0, re.compile(self._compile(row["match"], row)), {})

    def _word_class(self, source: str, row: dict[str, Any]) -> str:
        symbols = ""
        for piece in source.split("|"):
            symbols += self._symbols(piece.strip(), row)
        return f"[{symbols}]"

    def _expand(self, source: str, row: dict[str, Any], depth: int = 0) -> str:
        if depth > 5:
            self._refuse(row, "a macro goes round in circles")

        def replace(match: re.Match[str]) -> str:
            if match.group(1) not in self._macros:
                self._refuse(row, f"there is no macro ${match.group(1)}")
            return self._expand(self._macros[match.group(1)], row, depth + 1)

        return re.sub(r"\$([a-z_]+)", replace, source)

    def _compile(self, source: str, row: dict[str, Any]) -> str:
        source = self._expand(source, row)
        regex = ""
        position = 0
        slots = 0
        source = source.rstrip()
        while position < len(source):
            piece = _PIECE.match(source, position)
            if piece is None:
                self._refuse(row, f"it cannot be read from {source[position : position + 20]!r} on")
            position = piece.end()
            slot, operator = piece.group("slot"), piece.group("op")
            if operator:
                if operator == "(":
                    slots += slot is not None
                    regex += f"(?P<{slot}{_AGAIN}{slots}>" if slot else "(?:"
                else:
                    regex += operator
                continue
            name = piece.group("name") or f'"{piece.group("literal")}"'
            part = f"[{self._symbols(name, row)}]"
            slots += slot is not None
            regex += f"(?P<{slot}{_AGAIN}{slots}>{part})" if slot else part
        try:
            re.compile(regex)
        except re.error as error:
            self._refuse(row, f"it is not well formed: {error}")
        return regex

    def _symbols(self, name: str, row: dict[str, Any]) -> str:
        symbols = self.lexicon.symbols_of(name)
        if not symbols:
            self._refuse(row, f"no word has the class {name}")
        return symbols

    def _refuse(self, row: dict[str, Any], reason: str) -> NoReturn:
        raise LexiconError(f"{PATH}: pattern {row.get('name', '?')!r}: {reason}; correct it")


def _slots(match: re.Match[str]) -> dict[str, tuple[int, int]]:
    return {
        name.partition(_AGAIN)[0]: match.span(name)
        for name, part in match.groupdict().items()
        if part is not None
    }

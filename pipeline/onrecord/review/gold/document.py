"""The YAML of gold: read with its comments, and written one field a line.

Of YAML this takes mappings, lists and scalars, without anchors and tags. Every scalar is read as the words
that stand there (`NO` is a country, `2020-06-16` a date as written); a plain `null` is None. Who reads a
field knows its type.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

from onrecord.errors import InvalidRecordError

Node: TypeAlias = "str | int | float | bool | list[Node] | dict[str, Node] | None"

Path = tuple[tuple[str, int], ...]
"""The keys that lead to a node; in a list an item goes by its id, text or itself, with a number."""

_COMMENT = re.compile(r"[-\[\]{},:\s]*\s(#.*)")
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NOT_PLAIN = re.compile(r"[-+.=<~?:,\[\]{}#&*!|>'\"%@`\d]|---|\s")
_INSIDE_NOT_PLAIN = re.compile(r":(?=\s|$)|\s#|\s$")
_WORDS_OF_YAML = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_UNPRINTABLE = re.compile(
    r"[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_ESCAPED = re.compile(rf'{_UNPRINTABLE.pattern}|["\\]')
_REPLACEMENT = 0xFFFD


class Plain(str):
    """A string that stood in a file without quotation marks, and is written again as it stood."""

    __slots__ = ()


@dataclass(slots=True)
class Comments:
    """What stands with a node: whole lines above it (blank ones too) and words at the end of its line."""

    above: list[str] = field(default_factory=list)
    beside: str = ""


@dataclass(slots=True)
class Document:
    """A gold file: its data, and the comments by the path of the node that they stand with."""

    data: dict[str, Node] = field(default_factory=dict)
    comments: dict[Path, Comments] = field(default_factory=dict)
    tail: list[str] = field(default_factory=list)
    """The comments behind everything."""

    def dump(self) -> str:
        """Return the document as YAML."""
        lines = list(self._mapping(self.data, "", (), ""))
        return "\n".join([*lines, *self.tail]) + "\n"

    def keep_orphans(self) -> None:
        """Let comments of a field that is gone stand above the item that it was a field of."""
        present = set(_paths(self.data, ()))
        for path in [one for one in self.comments if one not in present]:
            item = next((path[:size] for size in range(len(path), 1, -1) if path[:size] in present), None)
            if item is not None:
                orphan = self.comments.pop(path)
                lines = [line for line in (*orphan.above, orphan.beside) if line]
                self.comments.setdefault(item, Comments()).above += lines

    def _mapping(self, data: Mapping[str, Node], indent: str, path: Path, bullet: str) -> Iterator[str]:
        for number, (key, value) in enumerate(data.items()):
            here = (*path, (key, 0))
            comments = self.comments.get(here, Comments())
            if not path and number and not comments.above:
                yield ""  # between the sections
            yield from (f"{indent}{line}".rstrip() for line in comments.above)
            beside = f"  {comments.beside}" if comments.beside else ""
            lead = f"{bullet}{_scalar(key)}:" if number == 0 else f"{indent}{_scalar(key)}:"
            if isinstance(value, dict) and value:
                yield f"{lead}{beside}"
                yield from self._mapping(value, f"{indent}  ", here, f"{indent}  ")
            elif isinstance(value, list) and value:
                yield f"{lead}{beside}"
                yield from self._list(value, indent, here)
            else:
                yield f"{lead} {_scalar(value)}{beside}"

    def _list(self, items: Sequence[Node], indent: str, path: Path) -> Iterator[str]:
        for item, step in zip(items, steps(items), strict=True):
            here = (*path, step)
            comments = self.comments.get(here, Comments())
            yield from (f"{indent}{line}".rstrip() for line in comments.above)
            if isinstance(item, dict) and item:
                yield from self._mapping(item, f"{indent}  ", here, f"{indent}- ")
            else:
                yield f"{indent}- {_scalar(item)}" + (f"  {comments.beside}" if comments.beside else "")


def _paths(node: Node, path: Path) -> Iterator[Path]:
    """Yield the paths of all nodes below a node."""
    if isinstance(node, dict):
        below = [((*path, (key, 0)), value) for key, value in node.items()]
    elif isinstance(node, list):
        below = [((*path, step), item) for item, step in zip(node, steps(node), strict=True)]
    else:
        return
    for here, value in below:
        yield here
        yield from _paths(value, here)


def steps(items: Sequence[Node]) -> Iterator[tuple[str, int]]:
    """Yield the last step of the path to each item of a list."""
    seen: Counter[str] = Counter()
    for item in items:
        name = _name(item) if isinstance(item, dict) else str(item)
        yield name, seen[name]
        seen[name] += 1


def _name(item: Mapping[str, Node]) -> str:
    span = item.get("span")
    return str(item.get("id") or item.get("text") or (_name(span) if isinstance(span, dict) else ""))


def parse(text: str, where: str) -> Document:
    """Read a document; `where` names it in messages.

    Raises:
        InvalidRecordError: it is not YAML of the kind that gold is written in; names the line.

    """
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise InvalidRecordError(f"{where}{line}: no YAML: {getattr(error, 'problem', error)}") from error
    except RecursionError as error:
        raise InvalidRecordError(f"{where}: nested too deeply") from error
    if not isinstance(root, yaml.MappingNode):
        raise InvalidRecordError(f"{where}: gold is a mapping with `article` and lists of items")
    reader = _Reader(where)
    data = reader.mapping(root, ())
    return Document(data, *reader.comments(text))


class _Reader:
    def __init__(self, where: str) -> None:
        self._where = where
        self._begins: list[tuple[int, Path]] = []  # the line on which each node begins, in order
        self._ends: dict[int, int] = {}  # the column at which the last scalar of each line ends
        self._inside: set[int] = set()  # lines within a scalar of several lines
        self._seen: set[int] = set()

    def mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for key_node, value_node in node.value:
            key = self._value(key_node, path)
            if not isinstance(key, str) or key in found:
                raise self._problem(key_node, f"the key {key!r} stands twice or is no word")
            here = (*path, (key, 0))
            self._begins.append((key_node.start_mark.line, here))
            found[key] = self._value(value_node, here)
        return found

    def _value(self, node: yaml.Node, path: Path) -> Node:
        if id(node) in self._seen:
            raise self._problem(node, "gold has no anchors and aliases")
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return self._list(node, path)
        start, end = node.start_mark, node.end_mark
        self._ends[end.line] = max(end.column, self._ends.get(end.line, 0))
        self._inside.update(range(start.line + 1, end.line + bool(end.column)))
        if node.style or "\n" in node.value:
            return str(node.value)
        return None if node.value in ("", "null", "~") else Plain(node.value)

    def _list(self, node: yaml.SequenceNode, path: Path) -> list[Node]:
        # A step is known only once the item is read, and what is below it needs the step.
        names = steps([_named(item) for item in node.value])
        found: list[Node] = []
        for item, step in zip(node.value, names, strict=True):
            here = (*path, step)
            self._begins.append((item.start_mark.line, here))
            found.append(self._value(item, here))
        return found

    def _problem(self, node: yaml.Node, says: str) -> InvalidRecordError:
        return InvalidRecordError(f"{self._where}, line {node.start_mark.line + 1}: {says}")

    def comments(self, text: str) -> tuple[dict[Path, Comments], list[str]]:
        found: dict[Path, Comments] = {}
        tail: list[str] = []
        begins = [line for line, _ in self._begins]
        for number, line in enumerate(text.split("\n")):
            if number in self._ends:
                beside = _COMMENT.match(line, self._ends[number])
                if beside:
                    node = self._begins[bisect_right(begins, number) - 1][1]
                    found.setdefault(node, Comments()).beside = beside[1].rstrip()
            elif number not in self._inside and ("#" in line or not line.strip()):
                words = line[line.find("#") :].rstrip() if "#" in line else ""
                following = bisect_right(begins, number)
                if following < len(begins):
                    found.setdefault(self._begins[following][1], Comments()).above.append(words)
                elif words:
                    tail.append(words)
        return found, tail


def _named(node: yaml.Node) -> Node:
    """Return as much of a node as its step is made of."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: _named(value) for key, value in node.value if key.value in ("id", "text", "span")}
    return str(node.value)


def _scalar(value: Node) -> str:
    if isinstance(value, str):
        return _string(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value) if isinstance(value, int | float) else "[]" if isinstance(value, list) else "{}"


def _string(words: str) -> str:
    """Return a string as a scalar in one line, plain where that can be mistaken for nothing else."""
    is_plain = isinstance(words, Plain) or (
        words
        and not _NOT_PLAIN.match(words)
        and not _INSIDE_NOT_PLAIN.search(words)
        and words.casefold() not in _WORDS_OF_YAML
        and not _UNPRINTABLE.search(words)
    )
    return words if is_plain else f'"{_ESCAPED.sub(_escaped, words)}"'


def _escaped(match: re.Match[str]) -> str:
    char, code = match[0], ord(match[0])
    if char in '"\\':
        return f"\\{char}"
    if 0xD800 <= code < 0xE000:  # half of a pair, which YAML cannot hold
        code = _REPLACEMENT
    return {"\n": "\\n", "\t": "\\t"}.get(char) or f"\\u{code:04x}"

"""PolNeAR as training windows: word pieces, features, cue tags and, for each cue, the roles of all words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from models.training.texts import tokenize, word_range

from onrecord.annotate.claims.learned.decoding import (
    B_CONTENT,
    B_CUE,
    B_SOURCE,
    I_CONTENT,
    I_CUE,
    I_SOURCE,
)
from onrecord.encode.windows import Window, windows
from onrecord.encode.words import Ints, WordPieces, Words


@dataclass(frozen=True)
class Attribution:
    """An attribution in words of its article; roles are lists of half-open spans."""

    source: list[tuple[int, int]]
    cue: tuple[int, int] | None
    content: list[tuple[int, int]]


@dataclass(frozen=True)
class Example:
    """A window with its labels: BIO of cues (words), and for each cue the roles of all words."""

    window: Window
    words: Words
    tags: Ints
    cues: Ints
    roles: Ints


@dataclass(frozen=True)
class Document:
    """An article as words, with its attributions where they are known."""

    id: str
    text: str
    words: Words
    pieces: list[tuple[int, ...]]
    attributions: list[Attribution]


def read_documents(path: Path, pieces: WordPieces) -> Iterator[Document]:
    """Yield the articles of a PolNeAR JSONL file: `id`, `text`, `attributions` of offsets."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            words = tokenize(row["text"])
            yield Document(
                row["id"],
                row["text"],
                words,
                pieces(words.texts),
                [found for one in row["attributions"] if (found := _in_words(one, words))],
            )


def _in_words(attribution: dict[str, list[list[int]]], words: Words) -> Attribution | None:
    def spans(role: str) -> list[tuple[int, int]]:
        ranges = (word_range(words, start, end) for start, end in attribution[role])
        return sorted(one for one in ranges if one)

    content, cues = spans("content"), spans("cue")
    if not content:
        return None
    # A cue in several parts is tagged by its longest one: said … in a statement.
    cue = max(cues, key=lambda span: (span[1] - span[0], -span[0])) if cues else None
    return Attribution(spans("source"), cue, content)


def examples(document: Document) -> Iterator[Example]:
    """Yield the windows of an article with the labels of the cues that are a window's own."""
    for window in windows(document.words, document.pieces):
        size = window.end - window.start
        tags = np.zeros(size, dtype=np.int64)
        cues, roles = [], []
        for one in document.attributions:
            if one.cue is None or not window.start <= one.cue[0] < window.end:
                continue
            start, end = one.cue[0] - window.start, min(one.cue[1], window.end) - window.start
            tags[start] = B_CUE
            tags[start + 1 : end] = I_CUE
            if one.cue[0] < window.own:
                continue
            cues.append((start, end))
            roles.append(_roles(one, window))
        yield Example(
            window,
            document.words,
            tags,
            np.asarray(cues, dtype=np.int64).reshape(-1, 2),
            np.asarray(roles, dtype=np.int64).reshape(-1, size),
        )


def _roles(attribution: Attribution, window: Window) -> Ints:
    roles = np.zeros(window.end - window.start, dtype=np.int64)
    for spans, begin, inside in (
        (attribution.content, B_CONTENT, I_CONTENT),
        (attribution.source, B_SOURCE, I_SOURCE),
    ):
        for start, end in spans:
            low, high = max(start, window.start) - window.start, min(end, window.end) - window.start
            if low < high:
                roles[low] = begin
                roles[low + 1 : high] = inside
    if attribution.cue:
        roles[attribution.cue[0] - window.start : attribution.cue[1] - window.start] = 0
    return roles

"""Windows: a text of any length in pieces that the encoder can take, cut between lines, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from onrecord.encode.words import CLS, SEP, Ints, Words

WINDOW = 200  # word pieces of a window
CONTEXT = 24  # of these, at most, repeated from before it


@dataclass(frozen=True)
class Window:
    """Words `start` to `end` of a text as encoder input; those before `own` are context only."""

    start: int
    own: int
    end: int
    pieces: Ints
    features: Ints
    firsts: Ints


def windows(
    words: Words, pieces: list[tuple[int, ...]], limit: int = WINDOW, context: int = CONTEXT
) -> Iterator[Window]:
    """Yield windows whose own words, together, are all words of the text, each once.

    A window holds whole lines where they fit, with the lines before it as context, so that a
    quotation that goes on and a "he" find whom they belong to. A longer line is cut.
    """
    lengths = [len(one) for one in pieces]
    bounds = _line_bounds(words)
    own = number = 0
    while own < len(lengths):
        start = own
        room = context
        back = number - 1
        while back >= 0 and own == bounds[number][0]:
            size = sum(lengths[bounds[back][0] : bounds[back][1]]) + 1
            if size > room:
                break
            room -= size
            start = bounds[back][0]
            back -= 1
        if own > bounds[number][0]:
            # In the midst of a long line: repeat what came right before.
            while start > bounds[number][0] and room - lengths[start - 1] > 0:
                start -= 1
                room -= lengths[start]
        room = limit - (context - room)
        end = own
        while number < len(bounds):
            size = sum(lengths[max(end, bounds[number][0]) : bounds[number][1]]) + 1
            if size > room:
                if end == own:
                    while end < bounds[number][1] and (lengths[end] + 1 <= room or end == own):
                        room -= lengths[end]
                        end += 1
                    if end == bounds[number][1]:
                        number += 1
                break
            room -= size
            end = bounds[number][1]
            number += 1
        yield _window(words, pieces, start, own, end)
        own = end


def _line_bounds(words: Words) -> list[tuple[int, int]]:
    starts = np.flatnonzero(words.features[:, 2]).tolist()
    return list(zip(starts, [*starts[1:], len(words.texts)] if starts else [], strict=True))


def _window(words: Words, pieces: list[tuple[int, ...]], start: int, own: int, end: int) -> Window:
    ids, rows, firsts = [CLS], [-1], []
    for number in range(start, end):
        if number > start and words.features[number, 2]:
            ids.append(SEP)
            rows.append(-1)
        firsts.append(len(ids))
        ids.extend(pieces[number])
        rows.extend([number] * len(pieces[number]))
    ids.append(SEP)
    rows.append(-1)
    features = np.zeros((len(ids), 3), dtype=np.int64)
    owners = np.asarray(rows)
    features[owners >= 0] = words.features[owners[owners >= 0]]
    return Window(start, own, end, np.asarray(ids), features, np.asarray(firsts, dtype=np.int64))

"""Where words stand to a cue: what the role scorer knows besides the vectors of both."""

from __future__ import annotations

import numpy as np

from onrecord.encode.words import Ints

# Distances up to 4 words have a class of their own, larger ones share one up to each of these.
_EDGES = np.asarray([1, 2, 3, 4, 5, 8, 12, 20, 40])
DISTANCES = 2 * len(_EDGES) + 1
LINES = 7
QUOTES = 8


def geometry(cues: Ints, lines: Ints, quotes: Ints) -> Ints:
    """Return the classes of all pairs of cue and word, (cues, words, 3).

    The three are: the signed distance in words, bucketed, 0 inside the cue; the difference of their
    line numbers, from -3 to 3; the word's quotation class joined with whether the cue is quoted.

    Args:
        cues: first and last-plus-one word of each cue, (cues, 2).
        lines: line number of each word.
        quotes: quotation class of each word, 0 to 3.

    """
    words = np.arange(len(lines))
    before = np.maximum(cues[:, :1] - words, 0)
    behind = np.maximum(words - cues[:, 1:] + 1, 0)
    buckets = np.searchsorted(_EDGES, before + behind, "right")
    distance = np.where(before > 0, -buckets, buckets) + len(_EDGES)
    line = np.clip(lines[None, :] - lines[cues[:, 0]][:, None], -3, 3) + 3
    quoted = quotes[None, :] + 4 * (quotes[cues[:, 0]] > 0)[:, None]
    return np.stack([distance, line, quoted], axis=-1)

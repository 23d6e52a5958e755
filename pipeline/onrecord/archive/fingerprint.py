"""Fingerprints of texts, by which copies of an article are known: MinHash (Broder 1997) in bands (LSH).

Two texts count as near duplicates where the estimated Jaccard similarity of their sets of five-word
shingles is 0.8 or more. Texts of fewer than 50 shingles are known by equality alone: in a sports
result or a weather report, one number makes all the difference.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

SIMILAR = 0.8
_PERMUTATIONS = 128
_BANDS = 16  # of 8 values: two texts of similarity 0.8 share one with a probability of 0.947
_WORDS = 5
_FEWEST_SHINGLES = 50
_CHUNK = 4_096
_WORD = re.compile(r"\w+")

Signature = npt.NDArray[np.uint32]

_random = np.random.Generator(np.random.PCG64(20_250_501))
# Multiply-shift hashing (Dietzfelbinger et al. 1997): the upper half of an odd multiple plus an offset.
_FACTORS = _random.integers(0, 1 << 63, _PERMUTATIONS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_OFFSETS = _random.integers(0, 1 << 63, _PERMUTATIONS, dtype=np.uint64)


def signature(text: str) -> Signature | None:
    """Return the MinHash signature of a text, None for one that is too short to be compared."""
    words = _WORD.findall(text.casefold())
    shingles = {
        zlib.crc32(" ".join(words[at : at + _WORDS]).encode("utf-8", "surrogatepass"))
        for at in range(len(words) - _WORDS + 1)
    }
    if len(shingles) < _FEWEST_SHINGLES:
        return None
    hashes = np.fromiter(shingles, np.uint64, len(shingles))
    least = np.full(_PERMUTATIONS, np.iinfo(np.uint32).max, np.uint32)
    for at in range(0, len(hashes), _CHUNK):
        mixed = (hashes[at : at + _CHUNK, None] * _FACTORS + _OFFSETS) >> np.uint64(32)
        least = np.minimum(least, mixed.min(axis=0).astype(np.uint32))
    return least


def similarity(first: Signature, second: Signature) -> float:
    """Return the estimated Jaccard similarity of two texts."""
    return float(np.mean(first == second))


def bands(of: Signature) -> Iterator[int]:
    """Yield the band keys of a signature: similar texts nearly always have one in common."""
    for number, band in enumerate(of.reshape(_BANDS, -1)):
        raw = band.tobytes()
        key = zlib.crc32(raw, number) << 32 | zlib.crc32(raw[::-1], number)
        yield key - (1 << 63)  # SQLite's integers have a sign

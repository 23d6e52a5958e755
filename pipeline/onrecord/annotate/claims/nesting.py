"""Nesting: which claim is reported inside which."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from onrecord.annotate.claims.candidates import Candidate

_DEEPEST = 8  # claims around a claim; contents within contents would fill a disk otherwise


class Nesting:
    """The contents of all candidates of a Doc, to be asked which of them holds a cue."""

    def __init__(self, candidates: list[Candidate]) -> None:
        self._candidates = candidates
        self._sizes = [sum(end - start for start, end in one.content) for one in candidates]
        self._pieces = sorted(
            (*piece, number) for number, one in enumerate(candidates) for piece in one.content
        )
        self._starts = [start for start, _, _ in self._pieces]
        self._longest = max((end - start for start, end, _ in self._pieces), default=0)
        self._citing = {tuple(one.content): n for n, one in enumerate(candidates) if not one.is_cited}

    def parent(self, number: int) -> int | None:
        """Return the number of the smallest claim in whose content the cue of this one stands.

        A cited source (citing two officials) is reported inside the claim that cites it. Two claims
        can stand in each other's content only by a parser's slip; then the larger holds the smaller.
        """
        candidate = self._candidates[number]
        if candidate.is_cited:
            return self._citing.get(tuple(candidate.content))
        place = candidate.cue[0] if candidate.cue else candidate.content[0][0]
        low = bisect_left(self._starts, place - self._longest)
        around = [
            (self._sizes[other], other)
            for _, end, other in self._pieces[low : bisect_right(self._starts, place)]
            if end > place and other != number and self._sizes[other] > self._sizes[number]
        ]
        return min(around)[1] if around else None

    def reported(self) -> list[Candidate]:
        """Return the candidates that do not stand deeper within others than any report goes."""
        depths: dict[int, int] = {}
        for number in sorted(range(len(self._candidates)), key=self._sizes.__getitem__, reverse=True):
            parent = self.parent(number)
            depths[number] = 0 if parent is None else depths.get(parent, 0) + 1
        return [one for number, one in enumerate(self._candidates) if depths[number] <= _DEEPEST]

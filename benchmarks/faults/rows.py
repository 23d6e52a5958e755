"""What one kind of fault came to, as a row of the table in docs/reliability.md."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """One kind of fault, how often it was tried, and what was seen.

    `outcome` says what became of every trial ("120 of 120: the records before it, one failure"), `bound` what
    it cost at most ("214 MB, 3.1 s"); `tried` counts the single inputs or runs.
    """

    fault: str
    tried: int
    outcome: str
    bound: str

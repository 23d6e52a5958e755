"""Keeping an order that somebody chose."""

from __future__ import annotations

from collections.abc import Iterable


def merged_order(chosen: Iterable[str], others: Iterable[str]) -> list[str]:
    """Return the elements of both in the chosen order, the further ones each behind its predecessor."""
    order = list(dict.fromkeys(chosen))
    present = set(order)
    before: str | None = None
    for one in others:
        if one not in present:
            order.insert(order.index(before) + 1 if before is not None else 0, one)
            present.add(one)
        before = one
    return order

"""One-to-one pairs of the greatest total weight."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import inf

Weights = Mapping[tuple[int, int], float]
"""Weights above 0 of the pairs of a row and a column that are possible."""

_MAX_SOLVED = 120  # rows or columns; solving takes time by the cube


def assign(weights: Weights, *, flipped: bool = False) -> dict[int, int]:
    """Return the pairs, row to column, whose weights add up to the most.

    Where several solutions are equally good, `flipped` takes the one that would be found with rows and
    columns exchanged. Rows and columns that no possible pair joins, even through others, are solved apart,
    so the cost lies in the largest cluster; in one of more than 120 rows or columns the pairs are taken
    best first.
    """
    if flipped:
        return {row: column for column, row in assign(_exchanged(weights)).items()}
    pairs: dict[int, int] = {}
    for rows, columns in _clusters(weights):
        if len(rows) == 1 or len(columns) == 1:
            best = max(
                ((r, c) for r in rows for c in columns if (r, c) in weights), key=lambda pair: weights[pair]
            )
            pairs[best[0]] = best[1]
        elif max(len(rows), len(columns)) > _MAX_SOLVED:
            pairs.update(_best_first(weights, set(rows)))
        else:
            pairs.update(_solved(weights, rows, columns))
    return pairs


def _exchanged(weights: Weights) -> Weights:
    return {(column, row): weight for (row, column), weight in weights.items()}


def _clusters(weights: Weights) -> Iterator[tuple[list[int], list[int]]]:
    by_row: dict[int, list[int]] = defaultdict(list)
    by_column: dict[int, list[int]] = defaultdict(list)
    for row, column in weights:
        by_row[row].append(column)
        by_column[column].append(row)
    seen: set[int] = set()
    for first in by_row:
        if first in seen:
            continue
        seen.add(first)
        rows, columns, waiting = [first], set[int](), [first]
        while waiting:
            for column in by_row[waiting.pop()]:
                if column not in columns:
                    columns.add(column)
                    fresh = [row for row in by_column[column] if row not in seen]
                    seen.update(fresh)
                    rows += fresh
                    waiting += fresh
        yield sorted(rows), sorted(columns)


def _best_first(weights: Weights, rows: set[int]) -> dict[int, int]:
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for row, column in sorted(weights, key=lambda pair: (-weights[pair], pair)):
        if row in rows and row not in pairs and column not in taken:
            pairs[row] = column
            taken.add(column)
    return pairs


def _solved(weights: Weights, rows: Sequence[int], columns: Sequence[int]) -> dict[int, int]:
    """Solve one cluster by the Hungarian method (Kuhn 1955) in its form with shortest augmenting paths."""
    if len(rows) > len(columns):
        return {row: column for column, row in _solved(_exchanged(weights), columns, rows).items()}
    # Rows and columns are counted from 1; column 0 stands for the row that is being placed.
    costs = [[-weights.get((row, column), 0.0) for column in columns] for row in rows]
    size, width = len(rows), len(columns)
    row_price, column_price = [0.0] * (size + 1), [0.0] * (width + 1)
    owner = [0] * (width + 1)
    for placed in range(1, size + 1):
        owner[0] = placed
        slack, way, done = [inf] * (width + 1), [0] * (width + 1), [False] * (width + 1)
        column = 0
        while owner[column]:
            done[column] = True
            row = owner[column]
            step, closest = inf, 0
            for other in range(1, width + 1):
                if done[other]:
                    continue
                reduced = costs[row - 1][other - 1] - row_price[row] - column_price[other]
                if reduced < slack[other]:
                    slack[other], way[other] = reduced, column
                if slack[other] < step:
                    step, closest = slack[other], other
            for other in range(width + 1):
                if done[other]:
                    row_price[owner[other]] += step
                    column_price[other] -= step
                else:
                    slack[other] -= step
            column = closest
        while column:
            owner[column] = owner[way[column]]
            column = way[column]
    pairs = {rows[owner[c] - 1]: columns[c - 1] for c in range(1, width + 1) if owner[c]}
    return {row: column for row, column in pairs.items() if (row, column) in weights}

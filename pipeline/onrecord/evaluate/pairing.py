"""One-to-one pairs of gold and predicted items, and what each measure counts over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

from onrecord.evaluate.items import Item
from onrecord.evaluate.tally import Counts, Tally

ItemT = TypeVar("ItemT", bound=Item)
Candidate = tuple[Any, int, int]
"""A possible pair: how good it is (the smallest is best), and the gold and predicted numbers."""


class Pairing(Generic[ItemT]):
    """Items of one kind in one article, paired best first.

    Optional gold items are neither wanted nor punished: a prediction paired with one is taken out.
    Items are referred to by their numbers in the two lists.
    """

    def __init__(
        self, gold: Sequence[ItemT], predicted: Sequence[ItemT], candidates: Iterable[Candidate]
    ) -> None:
        self.gold, self.predicted = gold, predicted
        self.all_pairs = _best_first(candidates)
        self.pairs = {g: p for g, p in self.all_pairs.items() if not gold[g].optional}
        self.by_prediction = {p: g for g, p in self.pairs.items()}
        excused = {p for g, p in self.all_pairs.items() if gold[g].optional}
        self.wanted = [g for g, item in enumerate(gold) if not item.optional]
        self.offered = [p for p in range(len(predicted)) if p not in excused]

    def excuse(self, numbers: Iterable[int]) -> None:
        """Take predictions out that shall be neither right nor wrong."""
        excused = set(numbers)
        self.offered = [p for p in self.offered if p not in excused]

    def right(self, test: Callable[[ItemT, ItemT], bool]) -> list[int]:
        """Return the wanted gold items whose prediction passes a test."""
        return [g for g, p in self.pairs.items() if test(self.gold[g], self.predicted[p])]

    def judge(self, test: Callable[[ItemT, ItemT], bool]) -> Judgement:
        """Return the judgement of a measure that every item takes part in."""
        return Judgement(self.wanted, self.offered, self.right(test))

    def counts_by(self, field: str, judgements: Mapping[str, Judgement]) -> dict[str, dict[str, Counts]]:
        """Return the counts of every measure for each value of a field of the items.

        A prediction is counted under the gold value of the item that it is paired with, and under its
        own value where there is none, so that the parts add up to the whole.
        """
        partner = {p: g for g, p in self.all_pairs.items()}

        def of_gold(number: int) -> str:
            return str(getattr(self.gold[number], field))

        def of_predicted(number: int) -> str:
            paired = partner.get(number)
            return str(getattr(self.predicted[number], field)) if paired is None else of_gold(paired)

        parts: dict[str, dict[str, Counts]] = {}
        for measure, judgement in judgements.items():
            for value, counts in judgement.counts_by(of_gold, of_predicted).items():
                parts.setdefault(value, {})[measure] = counts
        return parts


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one measure counts: wanted gold items, offered predictions, and gold items that are right."""

    wanted: Sequence[int]
    offered: Sequence[int]
    right: Sequence[int]

    def counts(self) -> Counts:
        """Return how many they are."""
        return Counts(len(self.wanted), len(self.offered), len(self.right))

    def counts_by(
        self, gold_class: Callable[[int], str], predicted_class: Callable[[int], str]
    ) -> dict[str, Counts]:
        """Return the counts of each class of items."""
        groups: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for column, numbers, class_of in (
            (0, self.wanted, gold_class),
            (1, self.offered, predicted_class),
            (2, self.right, gold_class),
        ):
            for number in numbers:
                groups[class_of(number)][column] += 1
        return {name: Counts(*columns) for name, columns in groups.items()}


Verdict = Literal["missed", "wrong", "spurious", "not counted"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that a prediction has wrong, in words.

    `differences` say, for an item that was found, what its fields should have been.
    """

    kind: str
    verdict: Verdict
    item: str
    differences: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.verdict}: {self.item}" + (
            f" — {'; '.join(self.differences)}" if self.differences else ""
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of comparing the items of one kind in one article.

    `parts` holds the counts of every measure for each value of a field, by the name of the breakdown.
    """

    judgements: Mapping[str, Judgement]
    faults: tuple[Fault, ...]
    parts: Mapping[str, Mapping[str, Tally]] = field(default_factory=dict)


def faults_of(
    kind: str,
    pairing: Pairing[ItemT],
    show: Callable[[ItemT, bool], str],
    differences: Callable[[ItemT, ItemT], Iterable[str]],
) -> tuple[Fault, ...]:
    """Return the faults of a pairing: gold items missed or wrong in text order, then what is spurious.

    `show` puts an item into words, and is told whether it is a gold one.
    """
    faults: list[Fault] = []
    for g in pairing.wanted:
        item = pairing.gold[g]
        if g not in pairing.pairs:
            faults.append(Fault(kind, "missed", show(item, True)))
            continue
        wrong = tuple(differences(item, pairing.predicted[pairing.pairs[g]]))
        if wrong:
            faults.append(Fault(kind, "wrong", show(item, True), wrong))
    faults += [
        Fault(kind, "spurious", show(pairing.predicted[p], False))
        for p in pairing.offered
        if p not in pairing.by_prediction
    ]
    return tuple(faults)


def instead(field: str, wanted: object, found: object) -> str:
    """Say what a field should have been and what it is."""
    return f"{field} should be {_in_words(wanted)}, not {_in_words(found)}"


def _in_words(value: object) -> str:
    if value is None or value == ():
        return "none"
    if isinstance(value, tuple):
        return ", ".join(map(_in_words, value))
    return f"“{value}”" if isinstance(value, str) else str(value)


def _best_first(candidates: Iterable[Candidate]) -> dict[int, int]:
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, g, p in sorted(candidates):
        if g not in pairs and p not in taken:
            pairs[g] = p
            taken.add(p)
    return pairs

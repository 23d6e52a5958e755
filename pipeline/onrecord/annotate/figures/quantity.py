"""What is read of one figure: a number with currency or unit, modifier and bounds."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.annotate.figures.cardinals import Numeral
from onrecord.annotate.figures.units import Unit
from onrecord.records.vocabulary import Modifier


@dataclass(slots=True)
class Quantity:
    """A number with what belongs to it, on lexemes [first, last); offsets are code points.

    `number_start` and `number_end` hold the numeral alone. `unit` is what the wording stands for and
    `unit_name` what the record calls it: resolved, and with the compound behind it ("a barrel").
    `beyond` is the lexeme behind the base of a rate ("72 deaths per 100,000"), which is no figure itself.
    `prefixed` says that the currency stands before the number, `signed` that a plus or minus does.
    """

    first: int
    last: int
    numeral: Numeral
    value: float | None
    low: float | None
    high: float | None
    modifier: Modifier
    unit: Unit | None
    unit_name: str | None
    number_start: int
    number_end: int
    prefixed: bool = False
    signed: bool = False
    is_range: bool = False
    beyond: int = 0

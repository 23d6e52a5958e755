"""Counts in digits and words, and the TIMEX3 values of durations that they make."""

from __future__ import annotations

from onrecord.annotate.dates.grammar import Match
from onrecord.annotate.dates.lexicon import Entry

Count = int | float
_DESIGNATOR = {"NI": "D", "FN": "W", "DE": "Y", "CE": "Y", "ML": "Y", "WE": "WE"}
_FACTOR = {"FN": 2, "DE": 10, "CE": 100, "ML": 1000}
_IN_SMALLER = {
    "Y": (12, "M"),
    "M": (30, "D"),
    "W": (7, "D"),
    "D": (24, "TH"),
    "TH": (60, "TM"),
    "TM": (60, "TS"),
}


def count_of(entries: list[Entry]) -> Count | None:
    """Return the number that words or digits state: "2 1/2", "twenty-four", "3 million", "a hundred"."""
    digits = [entry.values["number"] for entry in entries if "number" in entry.values]
    if len(digits) == 3:
        whole, top, bottom = (float(one) for one in digits)
        return whole + top / bottom if bottom else None
    total: Count = 0
    part: Count = 0
    seen = False
    for entry in entries:
        values = entry.values
        for name in ("number", "cardinal"):
            number = values.get(name)
            if isinstance(number, int | float):
                part += number
                seen = True
                break
        else:
            size = values.get("magnitude")
            if isinstance(size, int):
                part = (part or 1) * size
                seen = True
                if size >= 1000:
                    total, part = total + part, 0
    result = total + part
    if not seen:
        return None
    return int(result) if result == int(result) else result


def count_in(match: Match, slot: str = "n", half: str = "half") -> Count | None:
    """Return the count of a match: a number, "a", with "and a half" added; None where it is vague."""
    count: Count | None = None
    if match.has(slot):
        count = count_of(match.entries(slot))
    elif match.has("vague"):
        vague = str(match.value("vague", "vague_count"))
        count = int(vague) if vague.isdigit() else None
    elif match.has("one"):
        count = 0.5 if match.word("one") == "half" else 1
    elif match.has(half):
        return 0.5
    if count is not None and match.has(half):
        count += 0.5
    return count


def duration(count: Count | None, unit: str) -> str:
    """Return the TIMEX3 value of a duration; X stands for a count that is not known."""
    if unit in _FACTOR and count is not None:
        count *= _FACTOR[unit]
    if count is None:
        letter = {"DE": "E", "CE": "C", "ML": "L"}.get(unit) or _DESIGNATOR.get(unit, unit)
        return f"PTX{letter[1:]}" if letter[0] == "T" else f"PX{letter}"
    letter = _DESIGNATOR.get(unit, unit)
    whole = int(count)
    if count == whole:
        return _term(whole, letter)
    rest, smaller = _IN_SMALLER.get(letter, (0, ""))
    if not rest:
        return _term(count, letter)
    few = round((count - whole) * rest)
    if not whole:
        return _term(few, smaller)
    if smaller[0] == "T" and letter[0] != "T":
        return f"P{whole}{letter}T{few}{smaller[1:]}"
    return _term(whole, letter) + f"{few}{smaller.removeprefix('T')}"


def _term(count: Count, letter: str) -> str:
    return f"PT{count}{letter[1:]}" if letter[0] == "T" else f"P{count}{letter}"

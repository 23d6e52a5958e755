"""When two names, places, units or counted things are the same.

Comparison is lenient in what two annotators would not argue about (case, accents, articles,
"the coalition" for "the US-led coalition") and strict in what tells actors apart: "Yehia Rasool" is
not "Ahmed Rasool", "the foreign ministry" not "the health ministry".
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from onrecord.evaluate.tables import name_tables, unit_names

_WORD = re.compile(r"\w+")
_APOSTROPHE = re.compile(r"['’`ʿʾ](?:s\b)?")
_SIBILANT_PLURALS = ("sses", "shes", "ches", "xes")
_EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG


def fold(string: str) -> str:
    """Casefold, and drop accents, apostrophes and the possessive s."""
    decomposed = unicodedata.normalize("NFKD", string)
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _APOSTROPHE.sub("", letters.casefold())


@lru_cache(maxsize=16_384)
def words(string: str) -> tuple[str, ...]:
    """Return the words of a string, folded."""
    return tuple(_WORD.findall(fold(string)))


def singular(word: str) -> str:
    """Return a rough singular, so that "civilians" and "civilian" are one head word."""
    irregular = name_tables().singulars.get(word)
    if irregular:
        return irregular
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(_SIBILANT_PLURALS):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=16_384)
def head(phrase: str) -> str:
    """Return the head word of a noun phrase, singular: the last before a preposition or relative clause."""
    tables = name_tables()
    left = words(phrase)
    skipped = 0
    while skipped < len(left) - 1 and left[skipped] in tables.uninformative | tables.boundaries:
        skipped += 1
    left = left[skipped:]
    stop = next((n for n, word in enumerate(left) if n and word in tables.boundaries), len(left))
    core = left[:stop]
    named = [word for word in core if word not in tables.uninformative] or core
    return singular(named[-1]) if named else ""


@lru_cache(maxsize=16_384)
def _informative(name: str) -> tuple[str, ...]:
    tables = name_tables()
    empty = tables.uninformative | tables.boundaries
    return tuple(singular(word) for word in words(name) if word not in empty)


def same_name(one: str, other: str) -> bool:
    """Whether two names can mean one actor: equal words, or an equal head and nothing that speaks against it.

    What speaks against it are further words on both sides with none in common. Names of articles and
    titles alone, and pronouns, are the same only as themselves.
    """
    first, second = _informative(one), _informative(other)
    if not first or not second:
        return fold(one).strip() == fold(other).strip() != ""
    if first == second:
        return True
    pronouns = name_tables().pronouns
    if fold(one).strip() in pronouns or fold(other).strip() in pronouns:
        return False
    if head(one) != head(other):
        return False
    rest, other_rest = set(first) - {head(one)}, set(second) - {head(other)}
    return not rest or not other_rest or bool(rest & other_rest)


def any_same_name(names: Iterable[str], others: Iterable[str]) -> bool:
    """Whether any of the names is the same as any of the others."""
    others = tuple(others)
    return any(same_name(one, other) for one in names for other in others)


def same_place_name(one: str, other: str) -> bool:
    """Whether two toponyms are the same, but for words such as "province" and "river"."""
    first, second = words(one), words(other)
    return first == second or _toponym(first) == _toponym(second)


def _toponym(name: tuple[str, ...]) -> tuple[str, ...]:
    generic = name_tables().generic_places
    return tuple(word for word in name if word not in generic) or name


def same_role(one: str, other: str) -> bool:
    """Whether two roles share their head word or all of their words."""
    return head(one) == head(other) or set(words(one)) == set(words(other))


def same_counted(one: str, other: str) -> bool:
    """Whether the head word of one counted phrase stands in the other."""
    return head(one) in map(singular, words(other)) or head(other) in map(singular, words(one))


def words_overlap(one: str, other: str) -> bool:
    """Whether two strings share a word that is not an article or the like."""
    return bool((set(words(one)) & set(words(other))) - name_tables().uninformative)


def unit_name(unit: str | None) -> str | None:
    """Return the name under which a unit is compared ("$" and "USD" are one), or None for a count."""
    if unit is None:
        return None
    written = unit.strip().casefold()
    units = unit_names()
    return units.get(written) or units.get(written.replace("_", " ")) or written.replace(" ", "_")


def comparable_number(value: float | None, low: float | None, high: float | None) -> tuple[float, ...]:
    """Return a number in the form in which it is compared: a range as two bounds, all else as one number.

    It does not matter whether "at least 88" stands in `value` or in `low`; an empty tuple means that
    there is no number at all.
    """
    if low is not None and high is not None and low != high:
        return (low, high)
    return next(((number,) for number in (value, low, high) if number is not None), ())


def same_number(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether two comparable numbers are equal, to one part in a million."""
    return (
        bool(one)
        and len(one) == len(other)
        and all(math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-9) for a, b in zip(one, other, strict=True))
    )


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the great-circle distance of two points given in degrees (haversine formula)."""
    phi, other_phi = math.radians(lat), math.radians(other_lat)
    half_lat, half_lon = (other_phi - phi) / 2, math.radians(other_lon - lon) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(phi) * math.cos(other_phi) * math.sin(half_lon) ** 2
    return 2 * _EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))

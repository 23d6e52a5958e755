"""Units and currencies, and the wordings that stand for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from onrecord.annotate.figures.inflection import plural
from onrecord.annotate.figures.lexemes import Phrase, phrase
from onrecord.annotate.figures.tables import Table
from onrecord.errors import LexiconError


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that a phrase stands for.

    `name` is pint's name or an ISO 4217 code. A currency that several countries have is given by
    its `noun` ("shilling"), and `name` is the one to assume where the article tells no country.
    `homograph` marks a word that means something else too, as "won" does; `abbreviates_million` a
    sign that stands for millions before what can be counted ("5 m people"). The number is multiplied
    by `scale` ("48 MEUR").
    """

    name: str
    noun: str | None = None
    currency: bool = False
    homograph: bool = False
    abbreviates_million: bool = False
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency that shares its noun, and the words by which an article shows that it is meant."""

    code: str
    evidence: tuple[str, ...]
    default: bool


_NO_CURRENCIES: Final = frozenset({"minor", "scales", "spelling"})
"""Tables of the file that describe no currency."""


def _both_numbers(table: Table, words: tuple[str, ...]) -> tuple[str, ...]:
    return (*words, *(plural(word) for word in words), *table.words("plurals", optional=True))


def unit_phrases(table: Table) -> Iterator[Phrase[Unit]]:
    """Yield what may stand behind the number for a unit of measurement."""
    for name in table.content:
        one, unit = table.table(name), Unit(name)
        for word in _both_numbers(one, one.words("words", optional=True)):
            yield phrase(word, unit)
        for word in one.words("symbols", optional=True):
            yield phrase(word, unit, exact=True)
        for word in one.words("glued", optional=True):
            yield phrase(word, unit, exact=True, glued=True)
        for word in one.words("spaced", optional=True):
            yield phrase(word, Unit(name, abbreviates_million=True), exact=True)


def _currency_tables(table: Table) -> Iterator[tuple[str, Table]]:
    for code in table.content:
        if code in _NO_CURRENCIES:
            continue
        if not (len(code) == 3 and code.isupper()):
            raise LexiconError(f"figures/{table.file}: table [{code}] must be named by an ISO 4217 code")
        yield code, table.table(code)


def currency_names(table: Table) -> Iterator[Phrase[Unit]]:
    """Yield what may stand behind the number: nouns, nouns with demonyms, codes, signs."""
    defaults: dict[str, str] = {}
    scales = table.table("scales").numbers()
    for code, one in _currency_tables(table):
        noun = one.word("noun")
        if noun and (noun not in defaults or one.content.get("default")):
            defaults[noun] = code
    for code, one in _currency_tables(table):
        own, noun = Unit(code, currency=True), one.word("noun")
        nouns = _both_numbers(one, (noun,)) if noun else ()
        if noun and defaults[noun] == code:
            homograph = bool(one.content.get("homograph"))
            bare = Unit(code, noun, currency=True, homograph=homograph)
            yield from (phrase(word, bare) for word in nouns)
        for demonym in one.words("demonyms", optional=True):
            yield from (phrase(f"{demonym} {word}", own) for word in nouns)
        for word in one.words("others", optional=True):
            yield from (phrase(w, own) for w in (word, plural(word)))
        yield from (phrase(word, own, exact=True) for word in _codes(table, code))
        for letter, scale in scales.items():
            yield phrase(f"{letter}{code}", Unit(code, currency=True, scale=scale), exact=True)
        for sign in one.words("symbols", optional=True):
            yield phrase(sign, own, exact=True)
    minor = table.table("minor")
    for name in minor.content:
        one = minor.table(name)
        yield from (phrase(w, Unit(name, currency=True)) for w in _both_numbers(one, one.words("words")))
        for sign in one.words("glued", optional=True):
            yield phrase(sign, Unit(name, currency=True), exact=True, glued=True)


def _codes(table: Table, code: str) -> tuple[str, ...]:
    """Return an ISO code as it is written: in lower case too where it is no English word."""
    return (code, code.lower()) if code in table.table("spelling").words("lower_case") else (code,)


def currency_prefixes(table: Table, key: str) -> Iterator[Phrase[Unit]]:
    """Yield what may stand before the number: `symbols` and codes, or the `glued` signs of large sums."""
    for code, one in _currency_tables(table):
        unit = Unit(code, currency=True)
        if key == "symbols":
            yield from (phrase(word, unit, exact=True) for word in _codes(table, code))
            for letter, scale in table.table("scales").numbers().items():
                yield phrase(f"{letter}{code}", Unit(code, currency=True, scale=scale), exact=True)
        for sign in one.words(key, optional=True):
            # A sign that ends in a letter must touch the digits, or "A 5" and "Am 5" would be money.
            yield phrase(sign, unit, exact=True, glued=key == "glued" or (len(sign) == 1 and sign.isalpha()))
            if not sign.isalpha() and sign.lower() != sign and key == "symbols":
                yield phrase(sign.lower(), unit, exact=True)


def shared_nouns(table: Table) -> dict[str, tuple[Currency, ...]]:
    """Return the currencies of every noun that several of them share."""
    shared: dict[str, list[Currency]] = {}
    for code, one in _currency_tables(table):
        if noun := one.word("noun"):
            evidence = (*one.words("demonyms", optional=True), *one.words("places", optional=True))
            shared.setdefault(noun, []).append(Currency(code, evidence, bool(one.content.get("default"))))
    return {noun: tuple(currencies) for noun, currencies in shared.items() if len(currencies) > 1}

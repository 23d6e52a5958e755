"""The lexicon of figures: TOML files of the model package, read once and checked.

Whoever corrects a file gets a `LexiconError` that names file and key for what cannot be used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, get_args

from onrecord.annotate.figures.inflection import plural, verb_forms
from onrecord.annotate.figures.lexemes import Phrase, Phrases, phrase
from onrecord.errors import LexiconError
from onrecord.lexicons import read_toml
from onrecord.records.vocabulary import Modifier

_FOLDER: Final = "figures"
_DIRECTIONS: Final[dict[str, Modifier]] = {"up": "change_up", "down": "change_down"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that a phrase stands for.

    `name` is pint's name or an ISO 4217 code. A currency that several countries have is given by
    its `noun` ("shilling"), and `name` is the one to assume where the article tells no country.
    `homograph` marks a word that means something else too, as "won" does.
    """

    name: str
    noun: str | None = None
    currency: bool = False
    homograph: bool = False


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency that shares its noun, and the words by which an article shows that it is meant."""

    code: str
    evidence: tuple[str, ...]
    default: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What a verb says about the number beside it.

    After a transitive one ("cut", "added") the number is the amount of a change only in percent,
    points and the like: "cut 500 jobs" counts jobs.
    """

    modifier: Modifier
    transitive: bool


@dataclass(frozen=True)
class Lexicon:
    """All the words by which figures are found. See the TOML files for what each table means."""

    cardinals: Mapping[str, float]
    magnitudes: Mapping[str, float]
    suffixes: Mapping[str, float]
    spaced_suffixes: frozenset[str]
    suffixes_or_units: frozenset[str]
    fractions: Mapping[str, int]
    fraction_signs: Mapping[str, float]
    vague: Phrases[tuple[float, float]]
    vague_multipliers: Phrases[tuple[float, float]]
    before: Phrases[Modifier]
    after: Phrases[Modifier]
    graded_by: Phrases[str]
    between: Phrases[str]
    range_openers: Phrases[str]
    prepositions: frozenset[str]
    preposition_heads: frozenset[str]
    bound_verbs: Mapping[str, Modifier]
    units: Phrases[Unit]
    prefixes: Phrases[Unit]
    large_prefixes: Phrases[Unit]
    shared_nouns: Mapping[str, tuple[Currency, ...]]
    denominators: Phrases[str]
    change_verbs: Mapping[str, Change]
    change_nouns: Mapping[str, Modifier]
    changes_after: Mapping[str, Modifier]
    particles: Mapping[str, Modifier]
    change_between: Phrases[str]
    times_of: frozenset[str]
    change_factors: Mapping[str, float]
    folds: Mapping[str, float]
    months: frozenset[str]
    ambiguous_months: frozenset[str]
    time_units: frozenset[str]
    clock: Phrases[str]
    year_prepositions: frozenset[str]
    age_before: frozenset[str]
    age_after: Phrases[str]
    age_people: frozenset[str]
    age_bounds: frozenset[str]
    designators: frozenset[str]
    counting_compounds: frozenset[str]
    number_names: Phrases[str]
    famous: Phrases[str]
    hyphenated: frozenset[str]
    one_idioms: frozenset[str]
    score_words: frozenset[str]
    score_verbs: frozenset[str]
    implied_people: frozenset[str]
    level_verbs: frozenset[str]
    casualty_words: frozenset[str]
    number_nouns: frozenset[str]
    aggregates: frozenset[str]
    bases: frozenset[str]
    function_words: frozenset[str]
    verbs_with_at: frozenset[str]
    quake_nouns: frozenset[str]


class _Table:
    """One TOML file, or a table in it, whose entries are checked as they are taken."""

    def __init__(self, file: str, content: Mapping[str, Any], path: str = "") -> None:
        self.file, self.content, self.path = file, content, path

    @classmethod
    def read(cls, file: str) -> _Table:
        return cls(file, read_toml(f"{_FOLDER}/{file}"))

    def fail(self, key: str, wanted: str) -> LexiconError:
        where = f"{self.path}.{key}" if self.path else key
        return LexiconError(
            f"figures/{self.file}: key {where!r} must be {wanted}, not {self.content.get(key)!r}"
        )

    def table(self, key: str) -> _Table:
        if not isinstance(self.content.get(key), dict):
            raise self.fail(key, "a table")
        return _Table(self.file, self.content[key], f"{self.path}.{key}" if self.path else key)

    def words(self, key: str, *, optional: bool = False) -> tuple[str, ...]:
        value = self.content.get(key, [] if optional else None)
        if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
            raise self.fail(key, "a list of words")
        return tuple(value)

    def word(self, key: str) -> str | None:
        value = self.content.get(key)
        if value is not None and not isinstance(value, str):
            raise self.fail(key, "a word")
        return value

    def numbers(self) -> dict[str, float]:
        for key, value in self.content.items():
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise self.fail(key, "a number")
        return {key: float(value) for key, value in self.content.items()}

    def intervals(self) -> Phrases[tuple[float, float]]:
        for key, value in self.content.items():
            if not (isinstance(value, list) and len(value) == 2 and value[0] <= value[1]):
                raise self.fail(key, "two numbers, the lower first")
        return Phrases(phrase(key, (float(v[0]), float(v[1]))) for key, v in self.content.items())

    def phrases(self, key: str) -> Phrases[str]:
        return Phrases(phrase(word, word) for word in self.words(key))

    def modifiers(self) -> Phrases[Modifier]:
        found: list[Phrase[Modifier]] = []
        for key in self.content:
            modifier = self.modifier(key)
            found.extend(phrase(word, modifier) for word in self.words(key))
        return Phrases(found)

    def modifier(self, key: str) -> Modifier:
        for name in get_args(Modifier):
            if key == name:
                modifier: Modifier = name
                return modifier
        raise LexiconError(
            f"figures/{self.file}: {key!r} under [{self.path}] is no modifier; "
            f"use one of {', '.join(get_args(Modifier))}"
        )


def _both_numbers(table: _Table, words: tuple[str, ...]) -> tuple[str, ...]:
    return (*words, *(plural(word) for word in words), *table.words("plurals", optional=True))


def _unit_phrases(table: _Table) -> Iterator[Phrase[Unit]]:
    for name in table.content:
        one, unit = table.table(name), Unit(name)
        for word in _both_numbers(one, one.words("words", optional=True)):
            yield phrase(word, unit)
        for word in one.words("symbols", optional=True):
            yield phrase(word, unit, exact=True)
        for word in one.words("glued", optional=True):
            yield phrase(word, unit, exact=True, glued=True)


def _currency_tables(table: _Table) -> Iterator[tuple[str, _Table]]:
    for code in table.content:
        if code == "minor":
            continue
        if not (len(code) == 3 and code.isupper()):
            raise LexiconError(f"figures/{table.file}: table [{code}] must be named by an ISO 4217 code")
        yield code, table.table(code)


def _currency_names(table: _Table) -> Iterator[Phrase[Unit]]:
    """Yield what may stand behind the number: nouns, nouns with demonyms, codes, signs."""
    defaults: dict[str, str] = {}
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
        yield phrase(code, own, exact=True)
        for sign in one.words("symbols", optional=True):
            yield phrase(sign, own, exact=True)
    minor = table.table("minor")
    for name in minor.content:
        one = minor.table(name)
        yield from (phrase(w, Unit(name, currency=True)) for w in _both_numbers(one, one.words("words")))
        for sign in one.words("glued", optional=True):
            yield phrase(sign, Unit(name, currency=True), exact=True, glued=True)


def _currency_prefixes(table: _Table, key: str) -> Iterator[Phrase[Unit]]:
    for code, one in _currency_tables(table):
        unit = Unit(code, currency=True)
        if key == "symbols":
            yield phrase(code, unit, exact=True)
        for sign in one.words(key, optional=True):
            # A sign that ends in a letter must touch the digits, or "A 5" and "Am 5" would be money.
            yield phrase(sign, unit, exact=True, glued=key == "glued" or (len(sign) == 1 and sign.isalpha()))
            if not sign.isalpha() and sign.lower() != sign and key == "symbols":
                yield phrase(sign.lower(), unit, exact=True)


def _shared_nouns(table: _Table) -> dict[str, tuple[Currency, ...]]:
    shared: dict[str, list[Currency]] = {}
    for code, one in _currency_tables(table):
        if noun := one.word("noun"):
            evidence = (*one.words("demonyms", optional=True), *one.words("places", optional=True))
            shared.setdefault(noun, []).append(Currency(code, evidence, bool(one.content.get("default"))))
    return {noun: tuple(currencies) for noun, currencies in shared.items() if len(currencies) > 1}


def _change_verbs(table: _Table) -> dict[str, Change]:
    irregular = table.table("irregular")
    return {
        form: Change(modifier, key == "transitive")
        for direction, modifier in _DIRECTIONS.items()
        for key in ("transitive", "verbs")
        for word in table.table(direction).words(key)
        for form in verb_forms(word, irregular.words(word, optional=True))
    }


def _change_words(table: _Table, key: str) -> dict[str, Modifier]:
    return {
        form: modifier
        for direction, modifier in _DIRECTIONS.items()
        for word in table.table(direction).words(key)
        for form in (word, plural(word) if key == "nouns" else word)
    }


@cache
def load_lexicon() -> Lexicon:
    """Read and check the lexicon; raise LexiconError where a file cannot be used."""
    numbers, modifiers = _Table.read("numbers.toml"), _Table.read("modifiers.toml")
    changes, exclusions = _Table.read("changes.toml"), _Table.read("exclusions.toml")
    currencies, counted = _Table.read("currencies.toml"), _Table.read("counted.toml")
    rules, time, age = numbers.table("suffix_rules"), exclusions.table("time"), exclusions.table("age")
    verbs = modifiers.table("verbs")
    denominators = _Table.read("denominators.toml")
    return Lexicon(
        cardinals=numbers.table("cardinals").numbers(),
        magnitudes=numbers.table("magnitudes").numbers(),
        suffixes=numbers.table("suffixes").numbers(),
        spaced_suffixes=frozenset(rules.words("spaced")),
        suffixes_or_units=frozenset(rules.words("units_too")),
        fractions={key: int(value) for key, value in numbers.table("fractions").numbers().items()},
        fraction_signs=numbers.table("fraction_signs").numbers(),
        vague=numbers.table("vague").intervals(),
        vague_multipliers=numbers.table("vague_multipliers").intervals(),
        before=modifiers.table("before").modifiers(),
        after=modifiers.table("after").modifiers(),
        graded_by=modifiers.table("graded_by").phrases("words"),
        between=modifiers.table("between").phrases("words"),
        range_openers=modifiers.table("ranges").phrases("between"),
        prepositions=frozenset(modifiers.table("prepositions").words("words")),
        preposition_heads=frozenset(modifiers.table("prepositions").words("heads")),
        bound_verbs={word: verbs.modifier(key) for key in verbs.content for word in verbs.words(key)},
        units=Phrases([*_unit_phrases(_Table.read("units.toml")), *_currency_names(currencies)]),
        prefixes=Phrases(_currency_prefixes(currencies, "symbols")),
        large_prefixes=Phrases(_currency_prefixes(currencies, "glued")),
        shared_nouns=_shared_nouns(currencies),
        denominators=Phrases(
            phrase(word, name)
            for part in (denominators.table("time"), denominators.table("things"))
            for name in part.content
            for word in part.words(name)
        ),
        change_verbs=_change_verbs(changes),
        change_nouns=_change_words(changes, "nouns"),
        changes_after=_change_words(changes, "after"),
        particles=_change_words(changes, "particles"),
        change_between=changes.table("between").phrases("words"),
        times_of=frozenset(changes.table("times").words("of")),
        change_factors=changes.table("factors").numbers(),
        folds=changes.table("fold").numbers(),
        months=frozenset(time.words("months")),
        ambiguous_months=frozenset(time.words("ambiguous_months")),
        time_units=frozenset(time.words("units")),
        clock=time.phrases("clock"),
        year_prepositions=frozenset(time.words("year_prepositions")),
        age_before=frozenset(age.words("before")),
        age_after=age.phrases("after"),
        age_people=frozenset(age.words("people")),
        age_bounds=frozenset(age.words("bounds")),
        designators=frozenset(exclusions.table("designators").words("words")),
        counting_compounds=frozenset(exclusions.table("designators").words("counting_compounds")),
        famous=exclusions.table("designators").phrases("famous"),
        number_names=exclusions.table("designators").phrases("names"),
        hyphenated=frozenset(exclusions.table("designators").words("hyphenated")),
        one_idioms=frozenset(exclusions.table("one").words("idioms")),
        score_words=frozenset(exclusions.table("score").words("words")),
        score_verbs=frozenset(exclusions.table("score").words("verbs")),
        implied_people=frozenset(counted.table("implied").words("people")),
        level_verbs=frozenset(counted.table("level").words("verbs")),
        verbs_with_at=frozenset(counted.table("at").words("verbs")),
        number_nouns=frozenset(counted.table("nouns").words("numbers")),
        aggregates=frozenset(counted.table("nouns").words("aggregates")),
        function_words=frozenset(counted.table("blank").words("function_words")),
        bases=frozenset(counted.table("nouns").words("bases")),
        quake_nouns=frozenset(counted.table("magnitude").words("nouns")),
        casualty_words=frozenset(counted.table("implied").words("participles")),
    )

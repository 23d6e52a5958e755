"""The lexicon of figures: TOML files of the model package, read once and checked.

Whoever corrects a file gets a `LexiconError` that names file and key for what cannot be used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from onrecord.annotate.figures.inflection import plural, verb_forms
from onrecord.annotate.figures.lexemes import Phrases, phrase
from onrecord.annotate.figures.tables import Table
from onrecord.annotate.figures.units import (
    Currency,
    Unit,
    currency_names,
    currency_prefixes,
    shared_nouns,
    unit_phrases,
)
from onrecord.records.vocabulary import Modifier

_DIRECTIONS: Final[dict[str, Modifier]] = {"up": "change_up", "down": "change_down"}


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
    spaced_before_nouns: frozenset[str]
    suffixes_or_units: frozenset[str]
    irregular_plurals: frozenset[str]
    fractions: Mapping[str, int]
    fraction_signs: Mapping[str, float]
    before_fraction: frozenset[str]
    behind_fraction: frozenset[str]
    fraction_units: frozenset[str]
    owners: frozenset[str]
    not_half: frozenset[str]
    out_of: Phrases[str]
    not_behind_ratio: frozenset[str]
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
    minor: frozenset[str]
    units_without_rate: frozenset[str]
    weight_words: frozenset[str]
    relative_time: frozenset[str]
    comparing: frozenset[str]
    dimensions: frozenset[str]
    glued_after: frozenset[str]
    not_behind_after: frozenset[str]
    denominators: Phrases[str]
    change_verbs: Mapping[str, Change]
    change_nouns: Mapping[str, Modifier]
    changes_after: Mapping[str, Modifier]
    particles: Mapping[str, Modifier]
    change_between: Phrases[str]
    amounts: frozenset[str]
    not_behind_change: frozenset[str]
    times_of: frozenset[str]
    change_factors: Mapping[str, float]
    folds: Mapping[str, float]
    months: frozenset[str]
    ambiguous_months: frozenset[str]
    time_units: frozenset[str]
    clock: Phrases[str]
    year_prepositions: frozenset[str]
    year_determiners: frozenset[str]
    year_nouns: frozenset[str]
    step_verbs: frozenset[str]
    age_before: frozenset[str]
    age_after: Phrases[str]
    age_people: frozenset[str]
    age_bounds: frozenset[str]
    designators: frozenset[str]
    counting_compounds: frozenset[str]
    numbering_links: frozenset[str]
    numbering_abbreviations: frozenset[str]
    number_names: Phrases[str]
    famous: Phrases[str]
    hyphenated: frozenset[str]
    one_idioms: frozenset[str]
    before_pronoun: frozenset[str]
    behind_group: frozenset[str]
    score_words: frozenset[str]
    score_verbs: frozenset[str]
    implied_people: frozenset[str]
    level_verbs: frozenset[str]
    casualty_words: frozenset[str]
    number_nouns: frozenset[str]
    not_phrase_initial: frozenset[str]
    determiners: frozenset[str]
    aggregates: frozenset[str]
    bases: frozenset[str]
    function_words: frozenset[str]
    verbs_with_at: frozenset[str]
    spending_verbs: frozenset[str]
    quake_nouns: frozenset[str]


def _change_verbs(table: Table) -> dict[str, Change]:
    irregular = table.table("irregular")
    return {
        form: Change(modifier, key == "transitive")
        for direction, modifier in _DIRECTIONS.items()
        for key in ("transitive", "verbs")
        for word in table.table(direction).words(key)
        for form in verb_forms(word, irregular.words(word, optional=True))
    }


def _change_words(table: Table, key: str) -> dict[str, Modifier]:
    return {
        form: modifier
        for direction, modifier in _DIRECTIONS.items()
        for word in table.table(direction).words(key)
        for form in (word, plural(word) if key == "nouns" else word)
    }


@cache
def load_lexicon() -> Lexicon:
    """Read and check the lexicon; raise LexiconError where a file cannot be used."""
    numbers, modifiers = Table.read("numbers.toml"), Table.read("modifiers.toml")
    changes, exclusions = Table.read("changes.toml"), Table.read("exclusions.toml")
    currencies, counted = Table.read("currencies.toml"), Table.read("counted.toml")
    rules, time, age = numbers.table("suffix_rules"), exclusions.table("time"), exclusions.table("age")
    verbs, fractions = modifiers.table("verbs"), numbers.table("fraction_context")
    designators = exclusions.table("designators")
    denominators = Table.read("denominators.toml")
    return Lexicon(
        cardinals=numbers.table("cardinals").numbers(),
        magnitudes=numbers.table("magnitudes").numbers(),
        suffixes=numbers.table("suffixes").numbers(),
        spaced_suffixes=rules.word_set("spaced"),
        spaced_before_nouns=rules.word_set("spaced_before_nouns"),
        irregular_plurals=rules.word_set("irregular_plurals"),
        suffixes_or_units=rules.word_set("units_too"),
        fractions={key: int(value) for key, value in numbers.table("fractions").numbers().items()},
        fraction_signs=numbers.table("fraction_signs").numbers(),
        before_fraction=fractions.word_set("before"),
        behind_fraction=fractions.word_set("behind"),
        fraction_units=fractions.word_set("units"),
        owners=fractions.word_set("owners"),
        not_half=fractions.word_set("not_half"),
        out_of=numbers.table("ratios").phrases("links"),
        not_behind_ratio=numbers.table("ratios").word_set("not_before"),
        vague=numbers.table("vague").intervals(),
        vague_multipliers=numbers.table("vague_multipliers").intervals(),
        before=modifiers.table("before").modifiers(),
        after=modifiers.table("after").modifiers(),
        graded_by=modifiers.table("graded_by").phrases("words"),
        between=modifiers.table("between").phrases("words"),
        range_openers=modifiers.table("ranges").phrases("between"),
        prepositions=modifiers.table("prepositions").word_set("words"),
        preposition_heads=modifiers.table("prepositions").word_set("heads"),
        bound_verbs={word: verbs.modifier(key) for key in verbs.content for word in verbs.words(key)},
        units=Phrases([*unit_phrases(Table.read("units.toml")), *currency_names(currencies)]),
        prefixes=Phrases(currency_prefixes(currencies, "symbols")),
        large_prefixes=Phrases(currency_prefixes(currencies, "glued")),
        shared_nouns=shared_nouns(currencies),
        minor=frozenset(currencies.table("minor").content),
        units_without_rate=denominators.table("rates").word_set("not_of"),
        weight_words=denominators.table("weight").word_set("words"),
        relative_time=denominators.table("rates").word_set("not_before"),
        comparing=denominators.table("ellipsis").word_set("comparing"),
        dimensions=denominators.table("dimensions").word_set("words"),
        glued_after=modifiers.table("edges").word_set("glued"),
        not_behind_after=modifiers.table("edges").word_set("not_before"),
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
        not_behind_change=changes.table("fixed").word_set("behind_after"),
        amounts=changes.table("amounts").word_set("words"),
        times_of=changes.table("times").word_set("of"),
        change_factors=changes.table("factors").numbers(),
        folds=changes.table("fold").numbers(),
        months=time.word_set("months"),
        ambiguous_months=time.word_set("ambiguous_months"),
        time_units=time.word_set("units"),
        clock=time.phrases("clock"),
        year_prepositions=time.word_set("year_prepositions"),
        year_nouns=time.word_set("year_nouns"),
        step_verbs=changes.table("steps").word_set("verbs"),
        year_determiners=time.word_set("year_determiners"),
        age_before=age.word_set("before"),
        age_after=age.phrases("after"),
        age_people=age.word_set("people"),
        age_bounds=age.word_set("bounds"),
        designators=designators.word_set("words"),
        counting_compounds=designators.word_set("counting_compounds"),
        famous=designators.phrases("famous"),
        numbering_links=designators.word_set("links"),
        numbering_abbreviations=designators.word_set("abbreviations"),
        number_names=designators.phrases("names"),
        hyphenated=designators.word_set("hyphenated"),
        before_pronoun=exclusions.table("one").word_set("before"),
        behind_group=exclusions.table("one").word_set("behind_group"),
        one_idioms=exclusions.table("one").word_set("idioms"),
        score_words=exclusions.table("score").word_set("words"),
        score_verbs=exclusions.table("score").word_set("verbs"),
        implied_people=counted.table("implied").word_set("people"),
        level_verbs=counted.table("level").word_set("verbs"),
        spending_verbs=counted.table("spending").word_set("verbs"),
        verbs_with_at=counted.table("at").word_set("verbs"),
        not_phrase_initial=counted.table("nouns").word_set("not_initial"),
        determiners=counted.table("blank").word_set("determiners"),
        number_nouns=counted.table("nouns").word_set("numbers"),
        aggregates=counted.table("nouns").word_set("aggregates"),
        function_words=counted.table("blank").word_set("function_words"),
        bases=counted.table("nouns").word_set("bases"),
        quake_nouns=counted.table("magnitude").word_set("nouns"),
        casualty_words=counted.table("implied").word_set("participles"),
    )

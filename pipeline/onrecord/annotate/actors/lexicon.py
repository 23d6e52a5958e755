"""The word lists that the rules of this package read, checked and indexed.

They lie as TOML under `en_onrecord/actors/`, made to be corrected by hand: a list of words is one
string, its words parted by blanks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Literal, cast, get_args

from onrecord.errors import LexiconError
from onrecord.lexicons import read_toml
from onrecord.records.vocabulary import ActorType

HeadClass = Literal[
    "office",
    "person",
    "kin",
    "unnamed",
    "group",
    "government",
    "organization",
    "armed_group",
    "document",
]
"""What a noun denotes: a bearer of an office, a person by trade, a relative, a person who speaks
without a name, a collective, a body of state, another body, an armed band, a text."""

Gender = Literal["male", "female"]


WEIGHTS = frozenset(
    {"sentence_distance", "line_distance", "token_distance", "other_quotation"}
    | {"subject", "object", "possessive", "same_role", "name", "pronoun_chain", "frequency"}
    | {"last_speaker", "speaks_itself", "gender_known", "competitor", "plural_body", "maybe_person"}
    | {"threshold_person", "threshold_it", "threshold_they"}
)
"""The signs that `weights.toml` weighs."""


@dataclass(frozen=True)
class Lexicon:
    """What is known of English words before an article is read; all keys are in lower case."""

    heads: Mapping[str, HeadClass]
    irregular: Mapping[str, str]
    gender: Mapping[str, Gender]
    either: frozenset[str]
    quantities: frozenset[str]
    doubtful: frozenset[str]
    vague: frozenset[str]
    courtesy: frozenset[str]
    titles: frozenset[str]
    title_modifiers: frozenset[str]
    name_words: Mapping[str, ActorType]
    bodies: frozenset[str]
    countries: frozenset[str]
    seats: frozenset[str]
    international: tuple[str, ...]
    body_signs: Mapping[str, frozenset[str]]
    company_suffixes: frozenset[str]
    particles: frozenset[str]
    generations: frozenset[str]
    demonym_endings: tuple[str, ...]
    personal_endings: tuple[str, ...]
    letters: frozenset[str]
    impersonal: frozenset[str]
    state_words: frozenset[str]
    state_heads: frozenset[str]
    not_actors: frozenset[str]
    nicknames: Mapping[str, str]
    first_names: Mapping[str, Gender]
    say: frozenset[str]
    decide: frozenset[str]
    show: frozenset[str]
    weak: frozenset[str]
    fit: Mapping[str, Mapping[str, frozenset[str]]]
    weights: Mapping[str, float]

    @cached_property
    def companies(self) -> frozenset[str]:
        """The nouns that may take up a company's name."""
        return self.fit["company"]["heads"]

    def head_class(self, word: str, lemma: str = "") -> tuple[HeadClass, str] | None:
        """Return the class and the singular of a noun in lower case, or None where it denotes no actor."""
        for form in (word, self.irregular.get(word), lemma, *_singulars(word)):
            if form and form in self.heads:
                return self.heads[form], self.irregular.get(form, form)
        if "-" in word:
            last = word.rsplit("-", 1)[1]
            return self.head_class(last) if last else None
        return None


def _singulars(word: str) -> tuple[str, ...]:
    if word.endswith("ies"):
        return (word[:-3] + "y",)
    if word.endswith("es"):
        return (word[:-1], word[:-2])
    return (word[:-1],) if word.endswith("s") and not word.endswith("ss") else ()


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """Read and check the word lists; raises LexiconError naming the file and the key."""
    heads, names, titles = _read("heads.toml"), _read("names.toml"), _read("titles.toml")
    first, verbs = _read("first_names.toml"), _read("verbs.toml")
    classes: dict[str, HeadClass] = {}
    for name in get_args(HeadClass):
        for word in _words(heads, name, "heads.toml"):
            if word in classes:
                raise LexiconError(
                    f"heads.toml: {word!r} stands in {classes[word]!r} and in {name!r}; keep one"
                )
            classes[word] = cast(HeadClass, name)
    genders = _table(heads, "gender", "heads.toml")
    kinds: tuple[ActorType, ...] = ("document", "organization", "government", "armed_group")
    name_words = {word: kind for kind in kinds for word in _words(names, kind, "names.toml")}
    not_actors = _table(names, "not_actors", "names.toml")
    return Lexicon(
        heads=classes,
        irregular=_mapping(heads, "irregular", "heads.toml"),
        gender=_by_gender(genders, "heads.toml"),
        either=frozenset(_words(heads, "either", "heads.toml")),
        quantities=frozenset(_words(heads, "quantity", "heads.toml")),
        vague=frozenset(_words(heads, "vague", "heads.toml")),
        doubtful=frozenset(_words(heads, "doubtful", "heads.toml")),
        courtesy=frozenset(_words(titles, "courtesy", "titles.toml")),
        titles=frozenset(_words(titles, "role", "titles.toml")),
        title_modifiers=frozenset(_words(titles, "modifier", "titles.toml")),
        name_words=name_words,
        bodies=frozenset(_words(names, "bodies", "names.toml")),
        countries=frozenset(_words(names, "countries", "names.toml")),
        seats=frozenset(_words(names, "seats", "names.toml")),
        international=tuple(_words(names, "international", "names.toml")),
        body_signs={
            key: frozenset(_words(_table(names, "body_signs", "names.toml"), key, "names.toml"))
            for key in ("owned", "behind", "offices")
        },
        company_suffixes=frozenset(_words(names, "company_suffixes", "names.toml")),
        particles=frozenset(_words(names, "particles", "names.toml")),
        generations=frozenset(_words(names, "generations", "names.toml")),
        demonym_endings=tuple(_words(names, "demonym_endings", "names.toml")),
        personal_endings=tuple(_words(heads, "personal_endings", "heads.toml")),
        letters=frozenset(_words(titles, "letters", "titles.toml", small=False)),
        impersonal=frozenset(_words(verbs, "impersonal", "verbs.toml")),
        state_words=frozenset(_words(names, "state_words", "names.toml")),
        state_heads=frozenset(_words(names, "state_heads", "names.toml")),
        not_actors=frozenset(_words(not_actors, "words", "names.toml")),
        nicknames=_mapping(names, "nicknames", "names.toml"),
        first_names=_by_gender(first, "first_names.toml"),
        say=frozenset(_words(verbs, "say", "verbs.toml")),
        decide=frozenset(_words(verbs, "decide", "verbs.toml")),
        show=frozenset(_words(verbs, "show", "verbs.toml")),
        weak=frozenset(_words(verbs, "weak", "verbs.toml")),
        fit=_fit(_read("fit.toml")),
        weights=_weights(_read("weights.toml")),
    )


def _read(name: str) -> dict[str, Any]:
    return read_toml(f"actors/{name}")


def _words(table: Mapping[str, Any], key: str, file: str, *, small: bool = True) -> list[str]:
    value = table.get(key)
    words = value.split() if isinstance(value, str) else value
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise LexiconError(f"{file}: {key!r} must be a string of words or a list of strings")
    for word in words:
        if small and word != word.lower():
            raise LexiconError(f"{file}: {key!r}: {word!r} must be in lower case")
    return words


def _table(parent: Mapping[str, Any], key: str, file: str) -> Mapping[str, Any]:
    value = parent.get(key)
    if not isinstance(value, dict):
        raise LexiconError(f"{file}: [{key}] must be a table")
    return value


def _mapping(parent: Mapping[str, Any], key: str, file: str) -> dict[str, str]:
    table = _table(parent, key, file)
    for name, value in table.items():
        if not isinstance(value, str):
            raise LexiconError(f"{file}: {key}.{name} must be a string")
    return dict(table)


def _by_gender(table: Mapping[str, Any], file: str) -> dict[str, Gender]:
    male, female = _words(table, "male", file), _words(table, "female", file)
    both = set(male) & set(female)
    if both:
        raise LexiconError(
            f"{file}: {sorted(both)} stand in both 'male' and 'female'; keep each in one or none"
        )
    genders: dict[str, Gender] = dict.fromkeys(male, "male")
    genders.update(dict.fromkeys(female, "female"))
    return genders


def _fit(table: Mapping[str, Any]) -> dict[str, dict[str, frozenset[str]]]:
    fit: dict[str, dict[str, frozenset[str]]] = {}
    for name in table:
        entry = _table(table, name, "fit.toml")
        fit[name] = {
            field: frozenset(_words(entry, field, "fit.toml"))
            for field in ("heads", "types", "words", "without")
        }
    if "company" not in fit:
        raise LexiconError("fit.toml: the table [company] is missing")
    return fit


def _weights(table: Mapping[str, Any]) -> dict[str, float]:
    wrong = set(table) ^ WEIGHTS
    if wrong:
        raise LexiconError(
            f"weights.toml: {sorted(wrong)} must be there, and no other; each is a sign of its own"
        )
    for key, value in table.items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise LexiconError(f"weights.toml: {key!r} must be a number")
    return {key: float(value) for key, value in table.items()}

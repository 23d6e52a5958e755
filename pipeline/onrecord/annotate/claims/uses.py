"""What a cue does in the company of other words: claimed victory, claimed 40 lives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final, Literal, cast, get_args

from spacy.tokens import Doc

from onrecord.annotate.claims.candidates import Candidate
from onrecord.annotate.claims.company import Company, Part
from onrecord.annotate.claims.lexicon import SAYING, CueLexicon
from onrecord.errors import LexiconError
from onrecord.lexicons import read_toml
from onrecord.records.vocabulary import SpeechAct

Act = SpeechAct | Literal["none"]

_LOOKED_AT: Final[Mapping[str, Part]] = {
    "object": "object",
    "no_object": "object",
    "subject": "subject",
    "no_subject": "subject",
    "phrase": "phrases",
    "no_phrase": "phrases",
    "without": "features",
}
_EXCLUDING = frozenset({"no_object", "no_subject", "no_phrase", "without"})
_CONDITIONS = (*_LOOKED_AT, "with", "words")


@dataclass(frozen=True, slots=True)
class Use:
    """What a cue does (`none`: nobody claims anything by it) where all of the conditions hold."""

    act: Act
    conditions: Mapping[str, frozenset[str]]


class Uses:
    """The uses of all cues, in the order of `claims/uses.toml`: the first that fits says what a cue does."""

    def __init__(self, lexicon: CueLexicon, path: str = "claims/uses.toml") -> None:
        """Read the file of `en_onrecord`.

        Raises LexiconError for a condition, an act or a class of words that is not known.
        """
        self._lexicon = lexicon
        tables = read_toml(path)
        self._classes = {name: frozenset(words.split()) for name, words in tables["classes"].items()}
        for name in ("accusing", "stating", "pronouns"):
            self._classes[f"claims_{name}"] = lexicon.words("claim_nouns", name)
        self._phrases = {name: lexicon.words(name) for name in ("dismissive", "accusing")}
        self._phrases |= {name: frozenset(words) for name, words in tables["phrases"].items()}
        uses: defaultdict[str, list[Use]] = defaultdict(list)
        for row in tables["use"]:
            cues, use = self._read(row, path)
            for cue in cues:
                uses[cue].append(use)
        self._uses = dict(uses)

    def act(self, candidate: Candidate, doc: Doc) -> Act | None:
        """Return what a candidate's cue does, `none` for nothing, or None where no use fits."""
        if candidate.head < 0 or candidate.sense is None:
            return None
        rows = self._uses.get(candidate.sense.name)
        if rows is None:
            return None
        company = Company(candidate, doc, self._lexicon)
        return next((use.act for use in rows if _fits(use, company)), None)

    def _read(self, row: dict[str, Any], path: str) -> tuple[list[str], Use]:
        where = f"{path}: use of {row.get('cue')!r}"
        act = row.get("act")
        if act not in ("none", *get_args(SpeechAct)):
            raise LexiconError(f"{where}: act {act!r} is none of the contract, nor none")
        if unknown := sorted(row.keys() - {"cue", "act", *_CONDITIONS}):
            raise LexiconError(f"{where}: unknown condition {unknown[0]}; known are {', '.join(_CONDITIONS)}")
        conditions = {}
        for name in _CONDITIONS:
            if name in row:
                said = row[name] if isinstance(row[name], list) else row[name].split()
                conditions[name] = frozenset(
                    chain.from_iterable(self._expanded(word, where) for word in said)
                )
        if act == "none" and "with" not in row and "without" not in row:
            conditions["without"] = SAYING
        cues = row["cue"] if isinstance(row["cue"], list) else [row["cue"]]
        return cues, Use(cast(Act, act), conditions)

    def _expanded(self, word: str, where: str) -> Iterator[str]:
        """The words that a condition names: `@class` stands for all of a class, also behind a preposition."""
        before, sign, name = word.partition("@")
        if not sign:
            yield word
        elif name in self._classes:
            yield from (before + one for one in self._classes[name])
        elif name in self._phrases:
            yield from (before + one for one in self._phrases[name])
        else:
            raise LexiconError(f"{where}: there is no class {word}")


def _fits(use: Use, company: Company) -> bool:
    for name, words in use.conditions.items():
        if name == "words":
            holds = company.has_words(words)
        elif name == "with":
            holds = words <= company.features
        else:
            found = company.found(_LOOKED_AT[name])
            holds = words.isdisjoint(found) == (name in _EXCLUDING)
        if not holds:
            return False
    return True

"""The cue lexicon: which words put somebody on record, with which frames and for which act."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Final, cast, get_args

from spacy.tokens import Token

from onrecord.errors import LexiconError
from onrecord.lexicons import read_csv, read_toml
from onrecord.records.vocabulary import SpeechAct

_COLUMNS = ("cue", "pos", "frames", "act")
_FRAMES = {
    "quote",  # says a quotation
    "clause",  # says that something is so
    "question",  # asks whether, what, who
    "object",  # denies the reports
    "to",  # vows to act
    "ing",  # denies having acted
    "nothing",  # found no damage
    "passive",  # is quoted as saying
    "only",  # an everyday word that is a cue in its frames alone
    "about",  # sceptical about the plan
    "at",
    "by",
    "for",
    "of",
    "over",
    "with",
}
_POSITIONS = ("verb", "noun", "adjective", "preposition")


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue: its head lemma, the words that belong to it, the frames it takes and the act it does.

    `rest` are the words behind the head: the particle of a phrasal verb (point *out*), the nouns and
    adjectives of an idiom (pour *cold water*, come *clean*). `with_object` holds what may follow an
    object ("object+of": accused X of Y); `prepositions` those that lead a content of their own
    (warned *of* floods).
    """

    lemma: str
    act: SpeechAct
    frames: frozenset[str]
    rest: tuple[str, ...] = ()
    with_object: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The lemma as a record gives it: "point out"."""
        return " ".join((self.lemma, *self.rest))

    @property
    def is_listed(self) -> bool:
        """Whether the cue is one of the lexicon's, and not a word that the model alone takes for one."""
        return bool(self.frames or self.with_object or self.prepositions)


SAYING: Final = frozenset({"clause", "quote"})
"""Frames in which a cue says something in so many words."""

_ANSWERS = frozenset(
    {"overlap", "accusation", "accusing_noun", "accused", "figures", "document", "pointing", "recency"}
    | {"named", "about", "later", "nested", "unlikely", "threshold"}
)
"""The signs that a denial answers a claim."""


@dataclass(frozen=True)
class CueLexicon:
    """All cues, by part of speech and lemma, and the wording that decides details."""

    verbs: dict[str, tuple[Cue, ...]]
    nouns: dict[str, Cue]
    adjectives: dict[str, Cue]
    prepositions: dict[str, Cue]
    wording: dict[str, Any] = field(repr=False)
    _sets: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    def lemma(self, lemma: str) -> str:
        """Return a token's lemma with the lemmatizer's known mistakes mended ("hoped" is of hope)."""
        lemma = lemma.lower()
        mended: str = self.wording["lemmas"].get(lemma, lemma)
        return mended

    def noun(self, token: Token) -> Cue | None:
        """Return the cue that a noun is, by its lemma or as it stands ("summons" is no plural)."""
        return self.nouns.get(token.lemma_.lower()) or self.nouns.get(token.lower_)

    def words(self, table: str, key: str = "words") -> frozenset[str]:
        """Return one list of the wording file as a set."""
        found = self._sets.get((table, key))
        if found is None:
            found = self._sets[table, key] = frozenset(self.wording[table][key])
        return found


def load_cues(cues: str = "claims/cues.csv", wording: str = "claims/wording.toml") -> CueLexicon:
    """Read the lexicon from the files of `en_onrecord`.

    Raises LexiconError, naming file and line, for an unknown frame, act or part of speech, and for
    weights of answers that are missing or none.
    """
    verbs: defaultdict[str, list[Cue]] = defaultdict(list)
    rest: dict[str, dict[str, Cue]] = {"noun": {}, "adjective": {}, "preposition": {}}
    for line, row in read_csv(cues, _COLUMNS):
        where = f"{cues}:{line}"
        if row["pos"] not in _POSITIONS:
            raise LexiconError(f"{where}: pos {row['pos']!r}; it has to be one of {', '.join(_POSITIONS)}")
        if row["act"] not in get_args(SpeechAct):
            raise LexiconError(f"{where}: act {row['act']!r} is not a speech act of the contract")
        cue = _cue(row, where)
        if row["pos"] == "verb":
            verbs[cue.lemma].append(cue)
        else:
            rest[row["pos"]][cue.name] = cue
    return CueLexicon(
        verbs={lemma: tuple(sorted(found, key=lambda c: -len(c.rest))) for lemma, found in verbs.items()},
        nouns=rest["noun"],
        adjectives=rest["adjective"],
        prepositions=rest["preposition"],
        wording=_checked(read_toml(wording), wording),
    )


def _checked(tables: dict[str, Any], path: str) -> dict[str, Any]:
    weights = tables.get("answers", {})
    if weights.keys() != _ANSWERS:
        raise LexiconError(f"{path}: [answers] needs {', '.join(sorted(_ANSWERS))}, and nothing else")
    if wrong := [name for name, weight in weights.items() if not isinstance(weight, int | float)]:
        raise LexiconError(f"{path}: [answers] {wrong[0]} must be a number")
    return tables


def _cue(row: dict[str, str], where: str) -> Cue:
    frames, with_object, prepositions = set(), set(), set()
    for frame in row["frames"].split():
        kind, _, after = frame.partition("+")
        if kind == "object" and after:
            with_object.add(after)
        elif frame.startswith("prep:"):
            prepositions.add(frame.removeprefix("prep:"))  # "on+to": called on X to do Y
        elif frame in _FRAMES:
            frames.add(frame)
        else:
            raise LexiconError(f"{where}: unknown frame {frame!r}; known are {', '.join(sorted(_FRAMES))}")
    words = [row["cue"]] if row["pos"] == "preposition" else row["cue"].split()
    return Cue(
        lemma=words[0],
        act=cast(SpeechAct, row["act"]),  # checked against the vocabulary by the caller
        frames=frozenset(frames),
        rest=tuple(words[1:]),
        with_object=frozenset(with_object),
        prepositions=frozenset(prepositions),
    )

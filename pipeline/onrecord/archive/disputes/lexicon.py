"""What decides whether two articles speak of one matter, read from `disputes/matters.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from onrecord.errors import LexiconError
from onrecord.lexicons import read_toml

_PATH = "disputes/matters.toml"


@dataclass(frozen=True, slots=True)
class FigureWeights:
    """What the signs that two figures are about one thing count; they add up to 1 at most."""

    place: float
    time: float
    content: float
    topic: float
    names: float
    threshold: float


@dataclass(frozen=True, slots=True)
class DenialWeights:
    """What the signs that a denial is about a claim count; they add up to 1 at most."""

    content: float
    answer: float
    topic: float
    time: float
    threshold: float


@dataclass(frozen=True, slots=True)
class Limits:
    """How far articles may be apart, in days, and how strong signs have to be, as shares of 1."""

    days: float
    least_topic: float
    full_topic: float
    least_content: float
    least_of_claim: float
    least_known: float
    least_other: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What a figure measures: what happens, and to what; None where that can be anything."""

    event: str | None
    thing: str | None

    @property
    def key(self) -> str | None:
        """What two figures about one thing have in common."""
        return self.event or self.thing


@dataclass(frozen=True)
class MatterLexicon:
    """Words and weights."""

    alike: dict[str, str]
    states: frozenset[str]
    wholes: frozenset[str]
    common: frozenset[str]
    figures: FigureWeights
    denials: DenialWeights
    limits: Limits

    def measured(self, measure: str | None) -> Measured:
        """Return what the measure of a figure ("civilian kill") says that it measures."""
        words = (measure or "").split()
        named = [self.alike[word] for word in words if word in self.alike]
        rest = [word for word in words if word not in self.states and word not in self.alike]
        things = [word for word in rest if word not in self.wholes]
        if named:
            return Measured(named[-1], things[0] if things else None)
        if len(words) > 1 and words[-1] not in self.states:
            return Measured(words[-1], things[0] if things and things[0] != words[-1] else None)
        return Measured(None, things[0] if things else None)


def load_matters() -> MatterLexicon:
    """Read the lexicon; LexiconError, naming the table, where something is missing or odd."""
    tables = read_toml(_PATH)
    try:
        return MatterLexicon(
            alike={word: name for name, words in tables["alike"].items() for word in words},
            states=frozenset(tables["states"]["words"]),
            wholes=frozenset(tables["wholes"]["words"]),
            common=frozenset(tables["common"]["words"]),
            figures=FigureWeights(**_shares(tables, "figures")),
            denials=DenialWeights(**_shares(tables, "denials")),
            limits=Limits(**{name: float(value) for name, value in tables["limits"].items()}),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise LexiconError(f"{_PATH}: {error}") from error


def _shares(tables: dict[str, Any], name: str) -> dict[str, float]:
    shares = {sign: float(value) for sign, value in tables[name].items()}
    signs = [value for sign, value in shares.items() if sign != "threshold"]
    if min(signs) < 0 or sum(signs) > 1 + 1e-9:
        raise ValueError(f"[{name}]: the signs must be shares that add up to 1 at most")
    return shares

"""How scores become claims: decoding weights, thresholds and calibration, read from a file."""

from __future__ import annotations

import math
from dataclasses import dataclass

from onrecord.annotate.claims.learned.acts import ActTrust
from onrecord.annotate.claims.learned.decoding import Weights
from onrecord.errors import LexiconError
from onrecord.lexicons import read_toml

_NEVER_SURE = 1e-4


@dataclass(frozen=True)
class Trust:
    """From which raw confidence a finding becomes a claim.

    `known` is for the model's attributions with a cue of the lexicon or a quotation, `unknown` for
    those with another cue (votes, support, plans: attributions in a wider sense than the contract's
    claims), `doubtful` for those of them that the head of speech acts vouches for, `rules` for what only
    the rules found.
    """

    known: float
    unknown: float
    doubtful: float
    rules: float


@dataclass(frozen=True)
class Calibration:
    """Maps raw confidence to how often such a claim is right (Platt scaling, Platt 1999)."""

    slope: float
    shift: float

    def __call__(self, confidence: float) -> float:
        """Return the calibrated confidence, rounded to four digits."""
        bounded = min(max(confidence, _NEVER_SURE), 1 - _NEVER_SURE)
        logit = math.log(bounded / (1 - bounded))
        return round(1 / (1 + math.exp(-(self.slope * logit + self.shift))), 4)


@dataclass(frozen=True)
class Policy:
    """All that stands between the scores of the model and claims."""

    decoding: Weights
    trust: Trust
    acts: ActTrust
    calibration: Calibration


def load_policy(path: str = "claims/model.toml") -> Policy:
    """Read the policy from a file of `en_onrecord`; LexiconError for a missing, unknown or odd value."""
    tables = read_toml(path)
    try:
        return Policy(
            Weights(**{name: float(value) for name, value in tables["decoding"].items()}),
            Trust(**{name: float(value) for name, value in tables["trust"].items()}),
            ActTrust(**{name: float(value) for name, value in tables["acts"].items()}),
            Calibration(**{name: float(value) for name, value in tables["calibration"].items()}),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise LexiconError(
            f"{path}: {error}; it needs the tables decoding, trust, acts and calibration"
        ) from error

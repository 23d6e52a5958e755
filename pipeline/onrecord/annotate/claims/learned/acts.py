"""Speech acts by the learned head: what a cue does, or that nobody claims anything by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, get_args

import numpy as np
from spacy.tokens import Doc

from onrecord.annotate.claims.candidates import Candidate
from onrecord.encode.model import Encoding, Vectors, open_head
from onrecord.records.vocabulary import SpeechAct

_ACTS: Final[tuple[SpeechAct, ...]] = get_args(SpeechAct)
_CLAUSES: Final = frozenset({"clause", "quote", "object+to", "complement"})
_NEAR: Final = 40  # words read on either side of a cue
CLASSES: Final[tuple[str, ...]] = ("none", *_ACTS)
"""What the head tells apart; `none` is a cue's lookalike: admitted to hospital, charged the battery."""


class ActModel:
    """Reads the shared encoder's lower vectors, sentence by sentence, with the head of speech acts."""

    def __init__(self, weights: str | None) -> None:
        """Load `speech_acts.onnx` from the folder named, or the one that ships.

        Raises ModelNotFoundError where it is missing or broken.
        """
        self._head = open_head("speech_acts", weights)

    def __call__(self, vectors: Vectors) -> Vectors:
        """Return the log-probabilities of each word's act, were it a cue: (words, classes)."""
        scores: Vectors = self._head.run(None, {"vectors": vectors[None]})[0][0]
        return scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)


@dataclass(frozen=True)
class ActTrust:
    """From which probability the head overrules the lexicon.

    `lookalike` is for leaving a claim out as none, `clause` for one with a clause or a quotation, `other`
    for another act than the lexicon's.
    """

    lookalike: float
    clause: float
    other: float


class ToldActs:
    """What the head says of the cues of one text."""

    def __init__(self, doc: Doc, model: ActModel, trust: ActTrust) -> None:
        """Take the vectors of an encoded Doc; a sentence is read when a cue in it is asked about."""
        encoding: Encoding = doc._.onrecord_encoding
        self._vectors = encoding.own_lower()
        self._words = {token.i: word for word, token in enumerate(t for t in doc if not t.is_space)}
        self._doc, self._model, self._trust = doc, model, trust
        self._read: dict[tuple[int, int], Vectors] = {}

    def is_lookalike(self, candidate: Candidate) -> bool:
        """Whether a cue only looks like one: nobody claims anything by it."""
        chances = self._chances(candidate)
        is_clause = candidate.frame in _CLAUSES
        limit = self._trust.clause if is_clause else self._trust.lookalike
        return chances is not None and float(chances[0]) >= limit

    def act(self, candidate: Candidate, by_lexicon: SpeechAct) -> SpeechAct:
        """Return the act of a claim, which is the lexicon's where the head is not sure of another.

        What the wording of a content has made of it (called it "a lie") stands.
        """
        chances = self._chances(candidate)
        if chances is None or candidate.sense is None or candidate.sense.act != by_lexicon:
            return by_lexicon
        best = int(chances[1:].argmax())
        return _ACTS[best] if float(chances[best + 1]) >= self._trust.other else by_lexicon

    def _chances(self, candidate: Candidate) -> Vectors | None:
        """The probabilities of the classes, over all words of a cue; None where there is no cue."""
        if candidate.cue is None:
            return None
        tokens = [i for i in range(*candidate.cue) if i in self._words]
        start, scores = self._around(tokens)
        chances: Vectors = np.exp(scores[[self._words[i] - start for i in tokens]].mean(0))
        shares: Vectors = chances / chances.sum()
        return shares

    def _around(self, cue: list[int]) -> tuple[int, Vectors]:
        """Return the number of the first word read, and the scores of all that are.

        Of a long sentence only what stands near the cue is read.
        """
        sentence = [self._words[token.i] for token in self._doc[cue[0]].sent if token.i in self._words]
        first, last = self._words[cue[0]], self._words[cue[-1]]
        start = max(sentence[0], first - _NEAR)
        end = max(last, min(sentence[-1], last + _NEAR)) + 1
        if (start, end) not in self._read:
            self._read[start, end] = self._model(self._vectors[start:end])
        return start, self._read[start, end]

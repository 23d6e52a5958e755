"""Speech acts by the learned head: what a cue does, or that nobody claims anything by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, cast, get_args

import numpy as np
from spacy.tokens import Doc

from onrecord.annotate.actors.lexicon import load_lexicon
from onrecord.annotate.claims.candidates import Candidate
from onrecord.annotate.claims.idioms import own_words
from onrecord.annotate.claims.lexicon import CueLexicon
from onrecord.annotate.claims.phrases import Range, can_speak
from onrecord.encode.model import Encoding, Vectors, open_head
from onrecord.encode.words import Ints
from onrecord.records.vocabulary import SpeechAct

_ACTS: Final[tuple[SpeechAct, ...]] = get_args(SpeechAct)
_CLAUSES: Final = frozenset({"clause", "quote", "object+to", "complement"})
_NEAR: Final = 40  # words read on either side of a cue
_WORDS_AT_ONCE: Final = 120
_SETTLED: Final = frozenset({"object+complement", "object+as", "account"})  # by the words themselves
_ANSWERING: Final = frozenset({"denial", "dismissal"})  # acts that set somebody against somebody else
_SURE: Final = _CLAUSES | {"to", "object+of"}
CLASSES: Final[tuple[str, ...]] = ("none", *_ACTS)
"""What the head tells apart; `none` is a cue's lookalike: admitted to hospital, charged the battery."""


class ActModel:
    """Reads the shared encoder's lower vectors of sentences with the head of speech acts."""

    def __init__(self, weights: str | None) -> None:
        """Load `speech_acts.onnx` from the folder named, or the one that ships.

        Raises ModelNotFoundError where it is missing or broken.
        """
        self._head = open_head("speech_acts", weights)

    def __call__(self, vectors: Vectors, sentences: Ints, asked: Ints) -> Vectors:
        """Return the log-probabilities of the acts of the words that are asked about: (cues, classes).

        `sentences` are the numbers of the sentences that the words are of, (words); `asked`, (cues, 3), the
        numbers of words with those before and behind them in their sentence, -1 where there is none.
        """
        scores: Vectors = self._head.run(None, {"vectors": vectors, "sentences": sentences, "asked": asked})[
            0
        ]
        return scores


@dataclass(frozen=True)
class ActTrust:
    """From which probability the head overrules the lexicon.

    `lookalike` is for leaving a claim out as none, `clause` for one with a clause or a quotation, `thing` for
    what something says that is neither somebody nor a document; `other` for another act than the
    lexicon's, `narrowed` for the same where the lexicon has only statement (but for denials and dismissals);
    `vouched` for an act by which a doubtful claim is one, `unlisted` for the same with a cue that the
    lexicon has not, `proposed` for one of which nothing else knows, `everyday` for such a one by an
    everyday word and its object.
    """

    lookalike: float
    clause: float
    other: float
    narrowed: float
    vouched: float
    unlisted: float
    proposed: float
    everyday: float
    thing: float


class ToldActs:
    """What the head says of the cues of one text."""

    def __init__(
        self, doc: Doc, asked: list[Candidate], model: ActModel, trust: ActTrust, lexicon: CueLexicon
    ) -> None:
        """Read the sentences of an encoded Doc in which cues are asked about."""
        self._doc, self._model, self._trust = doc, model, trust
        self._plain = lexicon.words("plain")
        self._negations = lexicon.words("negation")
        self._told: dict[int, Vectors] = {}
        self._is_word = doc.to_array("IS_SPACE") == 0
        self._words = (np.cumsum(self._is_word) - 1).tolist()
        asked = [one for one in asked if one.cue and one.head >= 0 and not self._is_plain(one)]
        if not asked:
            return
        encoding: Encoding = doc._.onrecord_encoding
        vectors = encoding.own_lower()
        batch = _Batch()
        for candidate in asked:
            if len(batch) >= _WORDS_AT_ONCE:
                self._ask(batch, vectors)
                batch = _Batch()
            batch.add(candidate, *self._around(candidate))
        self._ask(batch, vectors)

    def is_lookalike(self, candidate: Candidate) -> bool:
        """Whether a cue only looks like one: nobody claims anything by it."""
        chances = self._chances(candidate)
        if candidate.is_doubtful:
            return chances is None or float(chances[1:].max()) < candidate.vouch
        return chances is not None and float(chances[0]) >= self._limit(candidate, chances)

    def _limit(self, candidate: Candidate, chances: Vectors) -> float:
        """From which probability a claim is none."""
        sense = candidate.sense
        if sense is not None and sense.rest:
            return self._trust.clause  # an idiom (raised the alarm) is as plain as a clause
        if CLASSES[1 + int(chances[1:].argmax())] != "finding" and self._is_thing(candidate):
            return self._trust.thing
        # Traced the owner to a campsite: no clause.
        is_place = candidate.frame == "object+to" and sense is not None and "to_prep" in sense.with_object
        return self._trust.clause if candidate.frame in _CLAUSES and not is_place else self._trust.lookalike

    def _is_thing(self, candidate: Candidate) -> bool:
        """Whether the noun of a claim's source is for neither somebody nor a document, nor looks like it."""
        if candidate.source is None:
            return False
        head = self._doc[slice(*candidate.source.speaker)].root
        return not can_speak(head) and not head.lemma_.lower().endswith(load_lexicon().personal_endings)

    def act(self, candidate: Candidate, by_lexicon: SpeechAct) -> SpeechAct:
        """Return the act of a claim, which is the lexicon's where the head is not sure of another.

        What the wording of a content has made of it (called it "a lie") stands.
        """
        chances = self._chances(candidate)
        if chances is None or candidate.sense is None or candidate.sense.act != by_lexicon:
            return by_lexicon
        best = int(chances[1:].argmax())
        is_narrower = by_lexicon == "statement" and _ACTS[best] not in _ANSWERING
        limit = self._trust.narrowed if is_narrower else self._trust.other
        return _ACTS[best] if float(chances[best + 1]) >= limit else by_lexicon

    def _chances(self, candidate: Candidate) -> Vectors | None:
        """The probabilities of the classes, over all words of a cue; None where it was not asked about."""
        return self._told.get(id(candidate))

    def _is_plain(self, candidate: Candidate) -> bool:
        """Whether a claim needs no reading: said that, promised to, if not negated; called it “fiction”."""
        if candidate.frame in _SETTLED:
            return True
        if candidate.sense is None or candidate.sense.name not in self._plain:
            return False
        if candidate.frame not in _SURE:
            return False
        words = (token for start, end in candidate.content for token in self._doc[start:end])
        return not any(token.dep_ == "neg" or token.lower_ in self._negations for token in words)

    def _around(self, candidate: Candidate) -> tuple[range, list[int]]:
        """Return the numbers of the words to be read for a cue, and of its own words.

        Of a long sentence only what stands near the cue is read.
        """
        cue = [self._words[i] for i in self._own_words(candidate)]
        sentence = self._doc[candidate.head].sent
        first = self._words[sentence.start] + (not self._is_word[sentence.start])
        last = self._words[sentence.end - 1]
        return range(max(first, cue[0] - _NEAR), max(cue[-1], min(last, cue[-1] + _NEAR)) + 1), cue

    def _own_words(self, candidate: Candidate) -> list[int]:
        """The tokens of a cue that say what it does: "have called for", and no auxiliary."""
        head, sense = self._doc[candidate.head], candidate.sense
        own = own_words(head, sense) if sense is not None and sense.rest else None
        start, end = cast(Range, candidate.cue)
        return [token.i for token in own or [head] if start <= token.i < end] or [candidate.head]

    def _ask(self, batch: _Batch, vectors: Vectors) -> None:
        rows, sentences, asked = (
            np.asarray(numbers, dtype=np.int64) for numbers in (batch.words, batch.sentences, batch.asked)
        )
        scores = self._model(vectors[rows], sentences, asked)
        start = 0
        for candidate, number in batch.candidates:
            chances: Vectors = np.exp(scores[start : start + number].mean(0))
            self._told[id(candidate)] = chances / chances.sum()
            start += number


class _Batch:
    """Sentences that are read at once, and the cues in them."""

    def __init__(self) -> None:
        self.words: list[int] = []
        self.sentences: list[int] = []
        self.asked: list[tuple[int, int, int]] = []
        self.candidates: list[tuple[Candidate, int]] = []
        self._starts: dict[range, int] = {}

    def __len__(self) -> int:
        return len(self.words)

    def add(self, candidate: Candidate, around: range, cue: list[int]) -> None:
        """Add a cue, given the numbers of its words and of those around it."""
        if around not in self._starts:
            self._starts[around] = len(self.words)
            self.sentences.extend([len(self._starts)] * len(around))
            self.words.extend(around)
        shift = self._starts[around] - around.start
        for word in cue:
            before = word + shift - 1 if word > around.start else -1
            behind = word + shift + 1 if word + 1 < around.stop else -1
            self.asked.append((before, word + shift, behind))
        self.candidates.append((candidate, len(cue)))

"""The `onrecord_claims` component: who is on record for what."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from onrecord.annotate.annotations import (
    CLAIMS,
    NON_RESPONSES,
    ClaimAnnotation,
    NonResponseAnnotation,
    Offsets,
    annotate,
    register_extensions,
)
from onrecord.annotate.claims.candidates import Candidate
from onrecord.annotate.claims.company import judged
from onrecord.annotate.claims.details import details_of, is_decision, quotation_type
from onrecord.annotate.claims.learned.acts import ActModel, ToldActs
from onrecord.annotate.claims.learned.attribution import AttributionModel
from onrecord.annotate.claims.learned.method import find_claims_with_model
from onrecord.annotate.claims.learned.policy import load_policy
from onrecord.annotate.claims.lexicon import load_cues
from onrecord.annotate.claims.nesting import Nesting
from onrecord.annotate.claims.phrases import Range
from onrecord.annotate.claims.reading import Reading
from onrecord.annotate.claims.rules import find_claims
from onrecord.annotate.claims.silences import find_silences
from onrecord.annotate.claims.times import take_out_time
from onrecord.annotate.claims.uses import Act, Uses
from onrecord.annotate.methods import checked_method
from onrecord.parse.quotations import Quotation, find_quotations
from onrecord.parse.texts import text_of
from onrecord.records.vocabulary import SpeechAct


class Claims:
    """Find claims and write them as `ClaimAnnotation`s into `doc.spans["onrecord_claims"]`.

    Each annotation stands on its cue, or on its content where it has none. Who would not say goes
    into `doc.spans["onrecord_non_responses"]`. Without a dependency parse only quotations that
    stand alone can be found.
    """

    def __init__(self, *, method: str = "rules", weights: str | None = None) -> None:
        """Read the lexicon, and the model's heads where the method is `model`.

        `model` needs `onrecord_encoder` before it in the pipeline, with the same `weights` (a folder;
        else those that ship with `en_onrecord`). Raises InvalidSettingError for an unknown method,
        ModelNotFoundError for missing weights, LexiconError for a broken lexicon.
        """
        register_extensions()
        self.method = checked_method(method)
        self._lexicon = load_cues()
        self._uses = Uses(self._lexicon)
        self._policy = load_policy()
        self._model = AttributionModel(weights, self._policy.decoding) if method == "model" else None
        self._acts = ActModel(weights) if method == "model" else None

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the Doc."""
        text = text_of(doc)
        quotations = find_quotations(text)
        reading = Reading.of(doc, self._lexicon, quotations)
        silences = list(find_silences(reading.tokens, self._lexicon)) if doc.has_annotation("DEP") else []
        if self._model is None or not doc.has_annotation("DEP"):
            candidates = find_claims(reading)
        else:
            candidates = find_claims_with_model(reading, silences, self._model, self._policy)
        uses = {id(c): self._uses.act(c, doc) for c in candidates}
        told = None
        if self._acts:
            unsettled = [c for c in candidates if c.is_doubtful or uses[id(c)] is None]
            told = ToldActs(doc, unsettled, self._acts, self._policy.acts, self._lexicon)
        candidates = [c for c in candidates if not self._is_lookalike(c, doc, told, uses[id(c)])]
        candidates = list({_anchor(c): c for c in sorted(candidates, key=_anchor)}.values())
        for candidate in candidates:
            take_out_time(candidate, doc)
        candidates = Nesting(candidates).reported()
        nesting = Nesting(candidates)
        parents = [nesting.parent(number) for number in range(len(candidates))]
        reported: list[list[Range]] = [[] for _ in candidates]
        for parent, candidate in zip(parents, candidates, strict=True):
            if parent is not None:
                reported[parent].extend(candidate.content)
        claims = [
            self._annotation(
                doc, text, candidate, candidates, parent, inner, quotations, told, uses[id(candidate)]
            )
            for candidate, parent, inner in zip(candidates, parents, reported, strict=True)
        ]
        annotate(
            doc,
            CLAIMS,
            "CLAIM",
            ((_offsets(doc, _anchor(c)), claim) for c, claim in zip(candidates, claims, strict=True)),
        )
        annotate(
            doc,
            NON_RESPONSES,
            "NON_RESPONSE",
            (
                (
                    _offsets(doc, silence.span),
                    NonResponseAnnotation(
                        *_offsets(doc, silence.span),
                        kind=silence.kind,
                        source=_offsets(doc, silence.source.speaker) if silence.source else None,
                        topic=_offsets(doc, silence.topic) if silence.topic else None,
                    ),
                )
                for silence in silences
            ),
        )
        return doc

    def _is_lookalike(self, candidate: Candidate, doc: Doc, told: ToldActs | None, use: Act | None) -> bool:
        """Whether a cue only looks like one: by what it stands with, else by the model."""
        if use is not None and not candidate.is_doubtful:
            return use == "none"
        if is_decision(candidate, doc, self._lexicon):
            return True
        return candidate.is_doubtful if told is None else told.is_lookalike(candidate)

    def _annotation(
        self,
        doc: Doc,
        text: str,
        candidate: Candidate,
        candidates: list[Candidate],
        parent: int | None,
        reported: list[Range],
        quotations: list[Quotation],
        told: ToldActs | None,
        use: Act | None,
    ) -> ClaimAnnotation:
        details = details_of(candidate, doc, self._lexicon, reported)
        act: SpeechAct = details.speech_act
        if use is not None and use != "none":
            act = use
        elif told is not None:
            act = told.act(candidate, act)
        target = details.target
        if target is None and act == "dismissal":
            target = judged(candidate, doc, self._lexicon)
        content = tuple(_offsets(doc, piece) for piece in candidate.content)
        source = candidate.source

        def offsets(span: Range | None) -> Offsets | None:
            return _offsets(doc, span) if span else None

        return ClaimAnnotation(
            content=content,
            quotation=quotation_type(text, list(content), quotations),
            speech_act=act,
            source=offsets(source.words if source else None),
            co_sources=tuple(_offsets(doc, other) for other in source.others) if source else (),
            speaker=offsets(source.speaker) if source else _speaker_before(doc, candidate, candidates),
            cue=offsets(candidate.cue),
            lemma=candidate.sense.name if candidate.sense and candidate.cue else None,
            polarity=details.polarity,
            hedge=offsets(details.hedge),
            target=offsets(target),
            medium=offsets(details.medium),
            said=offsets(details.said),
            parent=parent,
            confidence=candidate.confidence,
        )


def _anchor(candidate: Candidate) -> Range:
    return candidate.cue or candidate.content[0]


def _offsets(doc: Doc, span: Range) -> Offsets:
    last = doc[span[1] - 1]
    return doc[span[0]].idx, last.idx + len(last)


def _speaker_before(doc: Doc, candidate: Candidate, candidates: list[Candidate]) -> Offsets | None:
    """The last source before a quotation that stands alone: speeches go on without a "he said"."""
    if candidate.cue is not None and not _goes_on(doc[candidate.head]):
        return None
    before = [c for c in candidates if c.source and c.start < candidate.start]
    source = before[-1].source if before else None
    return _offsets(doc, source.speaker) if source else None


def _goes_on(head: Token) -> bool:
    """Whether a cue without a source goes on with what somebody says: adding that; not "is expected"."""
    return head.tag_ == "VBG" or (head.tag_ != "VBN" and head.dep_ in ("conj", "advcl"))

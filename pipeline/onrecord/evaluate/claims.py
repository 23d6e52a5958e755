"""Claims: who is on record for what, by which words, and aimed at whom.

A gold and a predicted claim are one where the token Jaccard of their contents is at least 0.5, the
usual threshold for long spans of attribution (PolNeAR); what else they have to share is a measure of
its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from onrecord.evaluate.alignment import Alignment, Tokens
from onrecord.evaluate.items import ScoredActor, ScoredClaim, ScoredRecord, agrees
from onrecord.evaluate.names import any_same_name, words_overlap
from onrecord.evaluate.pairing import Candidate, Comparison, Judgement, Pairing, faults_of, instead

MIN_JACCARD = 0.5
AIMED = frozenset({"denial", "dismissal", "accusation"})
_DENIALS = frozenset({"denial", "dismissal"})
_PARTIAL = ("medium", "said", "parent", "hedge", "co_sources")
"""Fields that only some claims have."""


def compare_claims(
    gold: ScoredRecord, predicted: ScoredRecord, here: Alignment, there: Alignment
) -> Comparison:
    """Compare the claims of one article; `here` and `there` locate gold and predicted spans."""
    return _Comparer(gold, predicted, here, there).compare()


class _Comparer:
    def __init__(
        self, gold: ScoredRecord, predicted: ScoredRecord, here: Alignment, there: Alignment
    ) -> None:
        self.here, self.there = here, there
        self.gold_actors = {actor.id: actor for actor in gold.actors if actor.id}
        self.actors = {actor.id: actor for actor in predicted.actors if actor.id}
        self.gold_dates = {date.id: date for date in gold.dates if date.id}
        self.dates = {date.id: date for date in predicted.dates if date.id}
        self.pairing = Pairing(gold.claims, predicted.claims, self._candidates(gold, predicted))
        # Which gold claim each predicted id means: what parents and targets are compared by.
        self.meant = {
            predicted.claims[p].id: gold.claims[g].id
            for g, p in self.pairing.all_pairs.items()
            if predicted.claims[p].id
        }

    def compare(self) -> Comparison:
        judge = self.pairing.judge
        judgements = {
            "claims": judge(lambda _g, _p: True),
            "claim+source": judge(self._source_right),
            "claim+act": judge(lambda g, p: agrees(g, p, "speech_act")),
            "claim+source+act": judge(lambda g, p: self._source_right(g, p) and agrees(g, p, "speech_act")),
            "claim+quotation": judge(lambda g, p: agrees(g, p, "quotation")),
            "claim+polarity": judge(lambda g, p: agrees(g, p, "polarity")),
            "claim+cue": judge(self._cue_right),
            **{f"claim+{field}": self._judge_partial(field) for field in _PARTIAL},
            "target": self._judge_targets(),
            "target(denial)": self._judge_denials(),
        }
        faults = faults_of("claim", self.pairing, self._show, self._differences)
        parts = {field: self.pairing.counts_by(field, judgements) for field in ("quotation", "speech_act")}
        return Comparison(judgements, faults, parts)

    def _candidates(self, gold: ScoredRecord, predicted: ScoredRecord) -> Iterator[Candidate]:
        found = [(p, claim, _content(claim, self.there)) for p, claim in enumerate(predicted.claims)]
        for g, one in enumerate(gold.claims):
            tokens, cue = _content(one, self.here), self.here(one.cue)
            for p, other, other_tokens in found:
                shared = len(tokens & other_tokens)
                if not shared:
                    continue
                jaccard = shared / len(tokens | other_tokens)
                if jaccard >= MIN_JACCARD:
                    preference = (
                        -round(jaccard, 3),
                        not self._source_right(one, other),
                        not cue & self.there(other.cue),
                        not agrees(one, other, "speech_act"),
                    )
                    yield preference, g, p

    def _source_right(self, gold: ScoredClaim, predicted: ScoredClaim) -> bool:
        wanted = _lookup(self.gold_actors, gold.source.actor)
        found = _lookup(self.actors, predicted.source.actor)
        if found is None:
            return wanted is None or "none" in gold.accept.loose
        also = (_lookup(self.gold_actors, actor) for actor in gold.accept.source)
        return any(any_same_name(one.names, found.names) for one in (wanted, *also) if one)

    def _cue_right(self, gold: ScoredClaim, predicted: ScoredClaim) -> bool:
        if not gold.cue and not predicted.cue:
            return True
        return bool(self.here(gold.cue) & self.there(predicted.cue))

    # ---------------------------------------------------- fields that only some claims have

    def _judge_partial(self, field: str) -> Judgement:
        """Judge a field over the claims that have it, leaving out those whose gold is lenient in it."""
        gold, predicted, pairing = self.pairing.gold, self.pairing.predicted, self.pairing
        loose = {p for g, p in pairing.all_pairs.items() if field in gold[g].accept.loose}
        return Judgement(
            [g for g in pairing.wanted if getattr(gold[g], field) and field not in gold[g].accept.loose],
            [p for p in pairing.offered if getattr(predicted[p], field) and p not in loose],
            [
                g
                for g, p in pairing.pairs.items()
                if p not in loose and self._partial_right(field, gold[g], predicted[p])
            ],
        )

    def _partial_right(self, field: str, gold: ScoredClaim, predicted: ScoredClaim) -> bool:
        if field == "co_sources":
            return self._same_co_sources(gold, predicted)
        wanted: str | None = getattr(gold, field)
        found: str | None = getattr(predicted, field)
        if not wanted or not found:
            return False
        if field == "parent":
            return self.meant.get(found) == wanted
        if field == "said":
            tokens = self.here(self.gold_dates.get(wanted)), self.there(self.dates.get(found))
            return bool(tokens[0] & tokens[1])
        return words_overlap(wanted, found)

    def _same_co_sources(self, gold: ScoredClaim, predicted: ScoredClaim) -> bool:
        """Whether the same actors say it together with the source, no more and no fewer."""
        left = [_lookup(self.actors, one.actor) for one in predicted.co_sources]
        if len(left) != len(gold.co_sources):
            return False
        for source in gold.co_sources:
            wanted = _lookup(self.gold_actors, source.actor)
            same = (
                n for n, one in enumerate(left) if one and wanted and any_same_name(wanted.names, one.names)
            )
            found = next(same, None)
            if found is None:
                return False
            del left[found]
        return bool(gold.co_sources)

    # ---------------------------------------------------- targets

    def _judge_targets(self) -> Judgement:
        gold, predicted, pairing = self.pairing.gold, self.pairing.predicted, self.pairing
        wanted = [g for g in pairing.wanted if gold[g].target and not _target_optional(gold[g])]
        offered = [
            p
            for p in self._offered_targets()
            if predicted[p].speech_act in AIMED or bool((one := self._partner(p)) and one.target)
        ]
        return Judgement(wanted, offered, self._right_targets(wanted))

    def _judge_denials(self) -> Judgement:
        gold, predicted, pairing = self.pairing.gold, self.pairing.predicted, self.pairing
        wanted = [
            g
            for g in pairing.wanted
            if gold[g].target and not _target_optional(gold[g]) and gold[g].speech_act in _DENIALS
        ]
        wanted_partners = {pairing.pairs[g] for g in wanted if g in pairing.pairs}
        offered = [
            p
            for p in self._offered_targets()
            if p in wanted_partners
            or (predicted[p].speech_act in _DENIALS and not ((one := self._partner(p)) and one.target))
        ]
        return Judgement(wanted, offered, self._right_targets(wanted))

    def _offered_targets(self) -> Iterator[int]:
        for p in self.pairing.offered:
            partner = self._partner(p)
            if self.pairing.predicted[p].target and not (partner and _target_optional(partner)):
                yield p

    def _partner(self, p: int) -> ScoredClaim | None:
        g = self.pairing.by_prediction.get(p)
        return None if g is None else self.pairing.gold[g]

    def _right_targets(self, wanted: list[int]) -> list[int]:
        pairing = self.pairing
        return [
            g
            for g in wanted
            if g in pairing.pairs and self._target_right(pairing.gold[g], pairing.predicted[pairing.pairs[g]])
        ]

    def _target_right(self, gold: ScoredClaim, predicted: ScoredClaim) -> bool:
        wanted, found = gold.target, predicted.target
        same_claim = bool(wanted.claim) and self.meant.get(found.claim) == wanted.claim
        actor = _lookup(self.actors, found.actor)
        if not wanted.actor or actor is None:
            return same_claim
        accepted = (_lookup(self.gold_actors, one) for one in (wanted.actor, *gold.accept.target_actor))
        return any(any_same_name(one.names, actor.names) for one in accepted if one)

    # ---------------------------------------------------- in words

    def _show(self, claim: ScoredClaim, of_gold: bool) -> str:
        source = _name(self.gold_actors if of_gold else self.actors, claim.source.actor) or "nobody"
        cue = f" “{claim.cue.text}”" if claim.cue and claim.cue.text else ""
        return f"{_label(claim)}{source}{cue} ({claim.speech_act}, {claim.quotation}): {claim.text}"

    def _differences(self, gold: ScoredClaim, predicted: ScoredClaim) -> Iterator[str]:
        if not self._source_right(gold, predicted):
            yield instead(
                "source",
                _name(self.gold_actors, gold.source.actor),
                _name(self.actors, predicted.source.actor),
            )
        for field in ("speech_act", "quotation", "polarity"):
            if not agrees(gold, predicted, field):
                yield instead(field.replace("_", " "), getattr(gold, field), getattr(predicted, field))
        if not self._cue_right(gold, predicted):
            cues = [claim.cue.text if claim.cue else None for claim in (gold, predicted)]
            yield instead("cue", *cues)
        if not _target_optional(gold):
            aimed = bool(predicted.target) and predicted.speech_act in AIMED
            wrong = not self._target_right(gold, predicted) if gold.target else aimed
            if wrong:
                yield instead(
                    "target",
                    _name(self.gold_actors, gold.target.actor) or gold.target.claim,
                    _name(self.actors, predicted.target.actor) or predicted.target.claim,
                )
        for field in _PARTIAL:
            wanted, found = getattr(gold, field), getattr(predicted, field)
            if field in gold.accept.loose or not (wanted or found):
                continue
            if not self._partial_right(field, gold, predicted):
                words = (self._in_words(gold, field, True), self._in_words(predicted, field, False))
                yield instead(field.replace("_", "-"), *words)

    def _in_words(self, claim: ScoredClaim, field: str, of_gold: bool) -> str | None:
        if field == "co_sources":
            actors = self.gold_actors if of_gold else self.actors
            return ", ".join(_name(actors, one.actor) or "nobody" for one in claim.co_sources) or None
        value: str | None = getattr(claim, field)
        if field == "said" and value:
            date = (self.gold_dates if of_gold else self.dates).get(value)
            return date.text if date else value
        return value


def _content(claim: ScoredClaim, locate: Alignment) -> Tokens:
    return frozenset[int]().union(*map(locate, claim.content))


def _target_optional(claim: ScoredClaim) -> bool:
    return claim.accept.target == "optional"


def _lookup(actors: Mapping[str, ScoredActor], identifier: str | None) -> ScoredActor | None:
    return actors.get(identifier) if identifier else None


def _name(actors: Mapping[str, ScoredActor], identifier: str | None) -> str | None:
    actor = _lookup(actors, identifier)
    return actor.name if actor else identifier


def _label(claim: ScoredClaim) -> str:
    return f"{claim.id} " if claim.id else ""

"""How sure it is that two claims of different articles are about one matter, and at odds."""

from __future__ import annotations

from onrecord.archive.disputes.articles import ComparedArticle, Rarity, Told
from onrecord.archive.disputes.lexicon import MatterLexicon
from onrecord.archive.fingerprint import similarity
from onrecord.link.disputes import exclude_one_another
from onrecord.records import Figure

_ONE_TEXT = 0.4  # estimated Jaccard similarity of shingles from which on an article is a copy of another
_SAME_DAYS = 2  # articles that are so far apart at most are of the same days
_NAMES = 2  # names in common from which on there is no doubt

Side = tuple[ComparedArticle, Told]


class Scorer:
    """Scores pairs of claims; None where two are not at odds, or clearly about different things."""

    def __init__(self, lexicon: MatterLexicon, rarity: Rarity) -> None:
        self._lexicon, self._rarity = lexicon, rarity
        self._known = frozenset(lexicon.alike.values())

    def figures(self, one: Side, other: Side) -> float | None:
        """Return how sure it is that two figures are for one thing though they cannot both be right."""
        (here, mine), (there, theirs) = one, other
        if mine.figure is None or theirs.figure is None or not self._differ(mine.figure, theirs.figure):
            return None
        if _same_source(mine, theirs) or _elsewhere(mine, theirs) or _is_one_text(one, other):
            return None
        content = self._content(mine, theirs)
        if content is None:
            return None
        names = len(here.names & there.names)
        topic = self._rarity.shared(here.topic, there.topic)
        place, same_days = _place(one, other), bool(mine.days and theirs.days)
        time = 1.0 if same_days else self._time(here, there)
        if not (place or time) or (topic < self._lexicon.limits.least_topic and not names):
            return None
        weights = self._lexicon.figures
        return _rounded(
            weights.place * place
            + weights.time * time
            + weights.content * content
            + weights.topic * min(1.0, topic / self._lexicon.limits.full_topic)
            + weights.names * min(1.0, names / _NAMES)
        )

    def denial(self, claim: Side, denial: Side) -> float | None:
        """Return how sure it is that a denial is about a claim of another article."""
        (here, told), (there, against) = claim, denial
        limits, weights = self._lexicon.limits, self._lexicon.denials
        # Persons and bodies are named in many claims: a denial is of what they are said to do.
        names = frozenset[str]().union(*told.named, *against.named)
        shared = self._rarity.of((told.words & against.words) - names)
        content = shared / (self._rarity.of(against.words - names) or 1.0)
        topic = self._rarity.shared(here.topic, there.topic)
        # Of a long quotation many words are in a denial by chance.
        if content < limits.least_content or shared < limits.least_of_claim * self._rarity.of(told.words):
            return None
        if topic < limits.least_topic:
            return None
        # Where the denial's own article has the claim, in the same words, other articles add nothing to it.
        if _same_source(told, against) or told.content in there.text or _is_one_text(claim, denial):
            return None
        answers = _any_alike(against.names, told.about) or _any_alike(against.about, told.names)
        return _rounded(
            weights.content * min(1.0, content)
            + weights.answer * answers
            + weights.topic * min(1.0, topic / limits.full_topic)
            + weights.time * self._time(here, there)
        )

    def _content(self, one: Told, other: Told) -> float | None:
        """Return the share of words that two claims with figures have in common; None where it is too small.

        Tolls and the like are known by what is counted. Anything else ("states held", a share of voters)
        is counted of many things: there the claims themselves have to be alike.
        """
        if one.named and other.named and not _any_alike(one.named, other.named):
            return None
        limits = self._lexicon.limits
        is_known = all(
            told.figure is not None and self._lexicon.measured(told.figure.measure).event in self._known
            for told in (one, other)
        )
        if not (one.words and other.words):
            return 0.0 if is_known else None
        share = self._rarity.shared(one.words, other.words)
        return share if share >= (limits.least_known if is_known else limits.least_other) else None

    def _differ(self, one: Figure, other: Figure) -> bool:
        """Whether figures for one thing exclude one another, or a part is more than the whole."""
        mine, theirs = self._lexicon.measured(one.measure), self._lexicon.measured(other.measure)
        if mine.event != theirs.event or one.unit != other.unit or not exclude_one_another(one, other):
            return False
        if mine.thing == theirs.thing or (one.unit is not None and None in (mine.thing, theirs.thing)):
            return True
        if mine.thing is not None and theirs.thing is not None:
            return False
        part, whole = (one, other) if mine.thing is not None else (other, one)
        return _least(part) > _least(whole)

    def _time(self, here: ComparedArticle, there: ComparedArticle) -> float:
        if here.day is None or there.day is None:
            return 0.0
        apart = abs((here.day - there.day).days) - _SAME_DAYS
        return min(1.0, max(0.0, 1.0 - apart / self._lexicon.limits.days))


def _rounded(score: float) -> float:
    """A score as it is shown, so that what is shown can be asked for."""
    return round(min(score, 1.0), 3)


def _least(figure: Figure) -> float:
    return next((one for one in (figure.value, figure.low, figure.high) if one is not None), 0.0)


def _same_source(one: Told, other: Told) -> bool:
    """Whether one source stands on both sides: what it said first it may have corrected."""
    return _any_alike(one.names, other.names)


def _any_alike(some: frozenset[frozenset[str]], others: frozenset[frozenset[str]]) -> bool:
    """Whether two of the names may be one's: "the police" and "Lagos police"."""
    return any(one <= other or other <= one for one in some if one for other in others if other)


def _elsewhere(one: Told, other: Told) -> bool:
    """Whether the figures are of different places or doers, or of days that have none in common."""
    if one.at and other.at and one.at != other.at:
        return True
    if one.by and other.by and not (one.by <= other.by or other.by <= one.by):
        return True
    if one.days is None or other.days is None:
        return False
    return one.days[1] < other.days[0] or other.days[1] < one.days[0]


def _place(one: Side, other: Side) -> float:
    (here, mine), (there, theirs) = one, other
    if (mine.at and mine.at == theirs.at) or mine.places & theirs.places:
        return 1.0
    return 0.7 if here.places.keys() & there.places.keys() else 0.0


def _is_one_text(one: Side, other: Side) -> bool:
    """Whether one article is the other's copy, or both have both claims in the same words."""
    (here, mine), (there, theirs) = one, other
    if theirs.content in here.text and mine.content in there.text:
        return True
    signatures = here.signature, there.signature
    return (
        signatures[0] is not None
        and signatures[1] is not None
        and similarity(signatures[0], signatures[1]) >= _ONE_TEXT
    )

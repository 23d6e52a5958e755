"""What a reading may draw on besides its own words: the publication, the site, and what was read before."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from spacy.tokens import Doc

from onrecord.annotate.dates.contexts import Contexts
from onrecord.annotate.dates.grammar import Match
from onrecord.annotate.dates.named_days import NamedDays
from onrecord.annotate.dates.periods import GRAINS
from onrecord.annotate.dates.reading import Reading
from onrecord.annotate.dates.tense import FUTURE, OPEN, PAST, Tense

_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+[\"'“‘(\[]*[A-Z]|[\n\r]")
_SENTENCE_EDGES = ("", ".", "\n", "“", '"', "!", "?")
_MEMORY = 60  # expressions
_PREPOSITIONS = ("in", "on", "for", "by", "at")
_MONTHS = re.compile(r"P\d+M")
_LENGTHS = ("duration", "span_from")
_NEAR_BREAKS = 4  # a blank line between paragraphs makes two
_COMPARING = ("ago", "offset", "offset_the", "year_earlier")
_COUNTRIES = {"uk": "GB", "gov": "US", "mil": "US", "edu": "US"}
_DAY_FIRST_STYLE = re.compile(
    r"\b(?:[12]\d|3[01]|[1-9])(?:st|nd|rd|th)? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)
_MONTH_FIRST_STYLE = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? (?:[12]\d|3[01]|[1-9])\b"
)


@dataclass(slots=True)
class Known:
    """A match with its reading; `span` is the interval of a duration that ends with it."""

    match: Match
    reading: Reading
    span: tuple[date, date] | None = None


@dataclass(slots=True)
class Discourse:
    """One article as the readers see it, left to right."""

    doc: Doc
    text: str
    contexts: Contexts
    named_days: NamedDays
    published: date | None
    domain: str | None
    day_first_setting: bool | None
    tense: Tense = field(init=False)
    known: list[Known] = field(default_factory=list)
    following: Match | None = None
    numeric_dates: tuple[str, ...] = ()
    has_parse: bool = field(init=False)
    has_tags: bool = field(init=False)
    has_sentences: bool = field(init=False)
    _day_first: bool | None = None

    def __post_init__(self) -> None:
        # Asked once: for a Doc without annotation spaCy looks at every token.
        self.has_parse = self.doc.has_annotation("DEP")
        self.has_tags = self.doc.has_annotation("TAG")
        self.has_sentences = self.doc.has_annotation("SENT_START")
        self.tense = Tense(self.doc, self.contexts, parsed=self.has_parse and self.has_tags)

    @property
    def country(self) -> str | None:
        """Return the country (ISO 3166-1 alpha-2) of the site's domain, or None."""
        if self.domain is None:
            return None
        if len(self.domain) > 2 and self.domain not in _COUNTRIES:
            return None
        return _COUNTRIES.get(self.domain, self.domain.upper())

    @property
    def southern(self) -> bool:
        """Tell whether the site is of a country south of the equator."""
        return self.domain in self.contexts.words("southern", "domains")

    def direction(self, match: Match) -> int:
        """Return whether a match lies before (-1) or after (1) the publication, as its verb tells; else 0."""
        frame = self.frame(match)
        if frame in self.contexts.words("frames", "past"):
            return PAST
        if frame == "to" and self.verbs_of(match) & self.contexts.words("tense", "postponing"):
            return FUTURE
        planned = self.contexts.words("frames", "planned")
        if frame in planned or (match.before(2) in planned and frame in _PREPOSITIONS):
            return FUTURE
        return self.tense.direction(match.start, match.end, frame)

    def frame(self, match: Match) -> str:
        """Return the word before a match, or before "early", "mid-" and the like."""
        return match.frame(self.contexts.words("frames", "parts"))

    def is_direct(self, match: Match) -> bool:
        """Tell whether a match hangs on its verb without a noun in between."""
        return self.tense.is_direct(match.start, match.end)

    def is_narrative(self, match: Match) -> bool:
        """Tell whether the verb that a match hangs on is in the simple past ("met in October")."""
        verb = self.tense.governor(match.start, match.end)
        return verb is not None and verb.tag_ == "VBD"

    def is_present(self, match: Match) -> bool:
        """Tell whether the verb that a match hangs on is in the present tense ("meets in October")."""
        verb = self.tense.governor(match.start, match.end)
        return verb is not None and verb.tag_ in ("VBZ", "VBP")

    def day_first(self) -> bool:
        """Decide how 3/4/2020 is read: by the setting, the article's other dates, then the site."""
        if self.day_first_setting is not None:
            return self.day_first_setting
        if self._day_first is None:
            self._day_first = self._decide_day_first()
        return self._day_first

    def _decide_day_first(self) -> bool:
        for one in self.numeric_dates:
            first, second = (int(part) for part in re.split(r"[/.]", one)[:2])
            if first > 12 or second > 12:
                return first > 12
        if any("." in one for one in self.numeric_dates):
            return True
        text = self.text
        style = len(_DAY_FIRST_STYLE.findall(text)) - len(_MONTH_FIRST_STYLE.findall(text))
        if style:
            return style > 0
        return self.domain in self.contexts.words("day_first", "domains")

    # ------------------------------------------------------------------ what was read before

    def add(self, known: Known) -> None:
        """Remember a reading; what lies far back is forgotten, so that the cost stays linear."""
        self.known.append(known)
        if len(self.known) > 2 * _MEMORY:
            del self.known[:-_MEMORY]

    def is_same_sentence(self, earlier: Match, later: Match) -> bool:
        """Tell whether two matches stand in one sentence."""
        if self.has_sentences:
            one = self.doc.char_span(earlier.start, earlier.end, alignment_mode="expand")
            other = self.doc.char_span(later.start, later.end, alignment_mode="expand")
            return one is not None and other is not None and one.sent.start == other.sent.start
        return _SENTENCE_END.search(earlier.tokens.text, earlier.end, later.start) is None

    def is_same_paragraph(self, earlier: Match, later: Match) -> bool:
        """Tell whether no line break stands between two matches."""
        return "\n" not in earlier.tokens.text[earlier.end : later.start]

    def is_near(self, earlier: Match, later: Match) -> bool:
        """Tell whether at most two paragraph ends stand between two matches."""
        return earlier.tokens.text.count("\n", earlier.end, later.start) <= _NEAR_BREAKS

    def latest(self, *grains: str, counted: bool = True) -> Known | None:
        """Return the last expression with an interval and one of the granularities, or None.

        Without `counted`, those that are a comparison themselves ("a year earlier") are left out.
        """
        for one in reversed(self.known):
            reading = one.reading
            is_base = counted or one.match.pattern.kind not in _COMPARING
            if is_base and reading.earliest and reading.latest and reading.grain in grains:
                return one
        return None

    def year_ahead(self, match: Match) -> int | None:
        """Return the year that the second half of a range gives for the first ("March to June 2019")."""
        other = self.following
        if other is None or not (other.has("month") or other.pattern.kind == "day_after"):
            return None
        between = match.tokens.lows[match.last : other.first]
        if len(between) == 1 and between[0] in self.contexts.words("frames", "range_links"):
            return other.integer("year", "year", "year_short")
        return None

    def latest_quarter(self) -> Known | None:
        """Return the last quarter or half, or None where a number of months was spoken of since."""
        for one in reversed(self.known):
            reading, kind = one.reading, one.match.pattern.kind
            if reading.type == "DURATION" and _MONTHS.fullmatch(reading.value) and kind in _LENGTHS:
                return None
            if reading.grain in ("quarter", "half") and reading.earliest and kind not in _COMPARING:
                return one
        return None

    def base_for(self, match: Match, grain: str) -> Known | None:
        """Return the expression that "a day earlier" counts from, or None where it is the publication.

        It has to be as fine as the unit or finer in the same sentence; a year may also count from
        the paragraph's last expression.
        """
        if grain != "year":
            return self._fine_base_for(match, grain)
        known = self.latest(*GRAINS[: GRAINS.index("year") + 1], counted=False)
        if known is None or self.is_same_sentence(known.match, match):
            return known
        quarter = self.latest_quarter()
        if quarter is not None:
            return quarter
        return known if self.is_same_paragraph(known.match, match) else None

    def _fine_base_for(self, match: Match, grain: str) -> Known | None:
        """Return the base of days, weeks and months.

        In a narrative ("Two days later, …") it is the expression before; where two figures are
        compared ("from 61,000 a day earlier") one of the same sentence, else the publication.
        """
        known = self.latest(*GRAINS[: GRAINS.index(grain) + 1])
        if known is None or self.is_same_sentence(known.match, match):
            return known
        narrates = (
            match.word("way") not in ("earlier", "previously", "prior") or match.before() in _SENTENCE_EDGES
        )
        return known if narrates and self.is_near(known.match, match) else None

    def verbs_of(self, match: Match) -> set[str]:
        """Return the lemmas of the verb above a match and of the one before it, but for light ones."""
        return self.tense.verbs(match.start, match.end) - self.contexts.words("tense", "light")


def domain_of(site: str | None) -> str | None:
    """Return the top-level domain of a site given as a host name or URL, or None for other names."""
    if not site:
        return None
    host = re.sub(r"^[a-z]+://", "", site.strip().lower()).split("/")[0].split(":")[0]
    found = re.fullmatch(r"[\w-]+(?:\.[\w-]+)*\.([a-z]{2,24})", host)
    return found.group(1) if found else None


def publication_day(published: object) -> date | None:
    """Return the day of an ISO date or datetime, or None where it is none."""
    if not isinstance(published, str):
        return None
    try:
        return date.fromisoformat(published.strip()[:10])
    except ValueError:
        return None


__all__ = ["FUTURE", "OPEN", "PAST", "Discourse", "Known", "domain_of", "publication_day"]

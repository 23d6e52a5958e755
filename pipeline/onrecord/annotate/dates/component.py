"""The `onrecord_dates` component: expressions of time, as TIMEX3 and as calendar intervals.

The span of an expression and its TIMEX3 value follow TimeML (Saurí et al. 2006, "TimeML annotation
guidelines 1.2.1"); the rules that find and read it are the lexicons in `en_onrecord/dates`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from spacy.tokens import Doc

from onrecord.annotate.annotations import DATES, DateAnnotation, annotate, register_extensions
from onrecord.annotate.dates import (
    absolute,
    clock,
    counted,
    filters,
    frames,
    quantities,
    relative,
    year_parts,
)
from onrecord.annotate.dates.contexts import Contexts
from onrecord.annotate.dates.discourse import Discourse, Known, domain_of, publication_day
from onrecord.annotate.dates.frames import Found
from onrecord.annotate.dates.grammar import PATH, Grammar, Match
from onrecord.annotate.dates.named_days import NamedDays
from onrecord.annotate.dates.reading import Reader, Reading
from onrecord.errors import LexiconError

READERS: dict[str, Reader] = {
    **absolute.READERS,
    **year_parts.READERS,
    **relative.READERS,
    **counted.READERS,
    **clock.READERS,
    **quantities.READERS,
}


class Dates:
    """Write a `DateAnnotation` for every expression of time into `doc.spans["onrecord_dates"]`.

    `doc._.onrecord_published` (ISO) is what relative expressions count from: without it they keep a
    TIMEX3 value that needs none, and no interval. `day_first` tells how 3/4/2020 is read: 3 April
    (true), March 4 (false), or as the article's other dates, its style and the site's country
    suggest (None). Raises LexiconError where a lexicon cannot be used.
    """

    def __init__(self, *, day_first: bool | None = None) -> None:
        register_extensions()
        self.day_first = day_first

    @cached_property
    def named_days(self) -> NamedDays:
        """Return the days with a name."""
        return NamedDays.load()

    @cached_property
    def contexts(self) -> Contexts:
        """Return the word lists around expressions."""
        return Contexts()

    @cached_property
    def grammar(self) -> Grammar:
        """Return the compiled grammar; raise LexiconError for a pattern whose kind nobody reads."""
        grammar = Grammar(self.named_days.names())
        for pattern in grammar.patterns:
            if pattern.kind not in READERS:
                raise LexiconError(
                    f"{PATH}: pattern {pattern.name!r}: no reader of the kind {pattern.kind!r}; "
                    f"use one of {', '.join(sorted(READERS))}"
                )
        return grammar

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc and return it."""
        text = doc.text  # spaCy puts it together anew each time
        tokens = self.grammar.lexicon.read(text)
        matches = self.grammar.find(tokens)
        discourse = Discourse(
            doc,
            text,
            self.contexts,
            self.named_days,
            publication_day(doc._.onrecord_published),
            domain_of(doc._.onrecord_site),
            self.day_first,
            numeric_dates=tokens.numeric_dates(),
        )
        found = self._read_all(matches, discourse)
        frames.link_ranges(found, discourse)
        frames.extend_since(found, discourse)
        # Expressions anchor to the words that are read; what stands before them ("late July") comes in front.
        starts = {one.known.match.start: one.known.match.tokens.starts[one.first] for one in found}
        annotate(doc, DATES, "DATE", [_annotation(one, starts) for one in found])
        return doc

    def _read_all(self, matches: list[Match], discourse: Discourse) -> list[Found]:
        found: list[Found] = []
        floor = 0
        for index, match in enumerate(matches):
            if filters.is_in_title(match, discourse):
                continue
            discourse.following = matches[index + 1] if index + 1 < len(matches) else None
            reading = _read(match, discourse)
            if reading is None:
                continue
            first = match.first
            prefix = self.grammar.prefix(match, reading.type, floor)
            if prefix is not None:
                whole = frames.with_prefix(match, prefix, reading, discourse)
                if whole is not None:
                    reading, first = whole, prefix.first
            known = Known(match, reading)
            found.append(Found(known, first))
            discourse.add(known)
            frames.anchor_durations(found[-2:])
            frames.anchor_parts(found[-2:])
            floor = match.last
        return found


def _read(match: Match, discourse: Discourse) -> Reading | None:
    try:
        return READERS[match.pattern.kind](match, discourse)
    except (OverflowError, ValueError):  # outside the calendar: 31 April, the year 0
        return None


def _annotation(one: Found, starts: Mapping[int, int]) -> tuple[tuple[int, int], DateAnnotation]:
    match, reading = one.known.match, one.known.reading
    start, end = match.tokens.starts[one.first], match.end
    annotation = DateAnnotation(
        start,
        end,
        reading.type,
        reading.value,
        reading.mod,
        reading.earliest.isoformat() if reading.earliest else None,
        reading.latest.isoformat() if reading.latest else None,
        starts.get(reading.anchor) if isinstance(reading.anchor, int) else reading.anchor,
        one.range_end,
    )
    return (start, end), annotation

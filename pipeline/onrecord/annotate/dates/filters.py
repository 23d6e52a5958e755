"""What keeps a match from being an expression of time: surnames, verbs, plain numbers, titles."""

from __future__ import annotations

from onrecord.annotate.dates.discourse import Discourse
from onrecord.annotate.dates.grammar import Match


def tags(match: Match, discourse: Discourse) -> list[str]:
    """Return the Penn tags of a match's words; empty where the Doc is not tagged."""
    if not discourse.has_tags:
        return []
    span = discourse.doc.char_span(match.start, match.end, alignment_mode="expand")
    return [token.tag_ for token in span] if span is not None else []


def _is_person(match: Match, discourse: Discourse) -> bool:
    span = discourse.doc.char_span(match.start, match.end, alignment_mode="expand")
    if span is None:
        return False
    doc = discourse.doc
    if all(token.ent_type_ != "PERSON" for token in span):
        return False
    neighbours = [doc[i] for i in (span.start - 1, span.end) if 0 <= i < len(doc)]
    return any(token.ent_type_ == "PERSON" and token.text[:1].isupper() for token in neighbours)


def _is_named_on(match: Match) -> bool:
    """Tell whether a capitalised word follows, as a surname would."""
    text = match.tokens.text
    return match.last < len(match.tokens.starts) and text[match.tokens.starts[match.last]].isupper()


def is_month(match: Match, discourse: Discourse) -> bool:
    """Tell a month alone from a name, a modal or a verb."""
    contexts = discourse.contexts
    word = match.word("month").rstrip(".")
    if word in contexts.words("ambiguous_month", "words"):
        framed = match.before() in contexts.words("ambiguous_month", "after")
        if word in contexts.words("ambiguous_month", "verbs") and not framed:
            return False
        if word == "march" and match.before() in contexts.words("ambiguous_month", "event_before"):
            return match.after() not in contexts.words("ambiguous_month", "event_after")
        if not framed and (not match.tokens.text[match.start].isupper() or _is_named_on(match)):
            return False
    return not _is_person(match, discourse)


def is_year(match: Match, year: int, discourse: Discourse) -> bool:
    """Tell a year alone from a plain number."""
    contexts = discourse.contexts
    before, after = match.before(), match.after()
    if match.first and match.tokens.lows[match.first] == "the":
        before = "the"
    if before in contexts.words("year", "not_after") or after in contexts.words("year", "not_before"):
        return False
    if before == "of" and match.before(2) in contexts.words("year", "not_after_of"):
        return False
    text = match.tokens.text
    if text[match.start - 1 : match.start] in tuple("$€£¥#@/.:+") or text[match.end : match.end + 1] in tuple(
        "/°"
    ):
        return False
    if (
        match.start
        and text[match.start - 1] in "-–"
        and match.before(2)
        and not match.before(2)[-1:].isdigit()
    ):
        return match.before(2) in ("mid", "post", "pre", "early", "late")
    if contexts.number("year", "first") <= year <= contexts.number("year", "last"):
        if after in contexts.words("year", "before"):
            return True
        return not _counts_a_plural(match, discourse)
    return year >= contexts.number("year", "first_after") and before in contexts.words("year", "after")


def _counts_a_plural(match: Match, discourse: Discourse) -> bool:
    """Tell whether a bare number stands before a plural noun that it counts: "sent 2000 letters"."""
    doc = discourse.doc
    span = doc.char_span(match.start, match.end, alignment_mode="expand")
    if span is None or not discourse.has_parse or span.end >= len(doc):
        return False
    token, following = span.root, doc[span.end]
    if token.dep_ != "nummod" or following.tag_ != "NNS" or token.head.i != following.i:
        return False
    if match.before() in ("in", "since", "of"):
        return False
    left = doc[span.start - 1] if span.start else None
    return left is None or left.tag_[:2] in ("VB", "IN", "CC", "MD", "TO")


def is_decade(match: Match, discourse: Discourse) -> bool:
    """Tell a decade from an age ("in her 20s") and from a temperature."""
    possessives = discourse.contexts.words("decade", "possessives")
    word = match.word("decade")
    near = {match.before(count) for count in range(1, 4)}
    if near & possessives and word[:1] not in "'’`" and len(word) < 5:
        return False
    if match.has("decade") and match.value("decade", "decade_name") is not None:
        return match.tokens.lows[match.first] == "the" and not near & possessives
    if len(word) == 3:
        around = {match.before(count) for count in range(1, 9)} | {
            match.after(count) for count in range(1, 9)
        }
        the = match.tokens.lows[match.first] == "the" or match.before(2) == "the"
        return the and not around & discourse.contexts.words("decade", "heat")
    return True


def _modifies_a_noun(match: Match, discourse: Discourse) -> bool:
    """Tell whether the parse has the last word before the noun that it modifies: "the winter carnival"."""
    doc = discourse.doc
    if not discourse.has_parse:
        return False
    span = doc.char_span(match.tokens.starts[match.last - 1], match.end, alignment_mode="expand")
    return (
        span is not None and span.root.dep_ in ("compound", "amod", "nmod") and span.root.head.i > span.root.i
    )


def is_verb(match: Match, discourse: Discourse) -> bool:
    """Tell whether the first word of a match is a verb: "will fall next year"."""
    of = tags(match, discourse)
    return of[0][:2] == "VB" if of else match.before() in discourse.contexts.words("per", "before_verb")


def is_season(match: Match, discourse: Discourse) -> bool:
    """Tell a season alone from a verb and from "the fall of the wall"."""
    contexts = discourse.contexts
    if _modifies_a_noun(match, discourse):
        return False
    first = match.tokens.lows[match.first]
    before = first if first == "the" else match.before()
    if match.word("season") not in contexts.words("season", "verbs"):
        return before in contexts.words("season", "after") or match.after() not in contexts.words(
            "season", "not_before"
        )
    return before in contexts.words("season", "after") and match.after() not in contexts.words(
        "season", "not_before"
    )


def is_named_day(match: Match, discourse: Discourse) -> bool:
    """Tell a named day from a lower-case word and from part of a longer name."""
    first, last = match.slots["named"]
    name = match.tokens.text[match.tokens.starts[first] : match.tokens.ends[last - 1]]
    if name == name.lower() and not name[0].isdigit():  # "the Fourth of July", but not "a new year's day"
        return False
    return match.after() not in discourse.contexts.words("names", "after")


def is_in_title(match: Match, discourse: Discourse) -> bool:
    """Tell whether a match is part of a name: the Sunday Times, Bloody Sunday."""
    contexts = discourse.contexts
    text = match.tokens.text
    if match.before() in contexts.words("names", "before"):
        start = match.tokens.starts[match.first - 1]
        if text[start].isupper():
            return True
    if match.after() in contexts.words("names", "after"):
        start = match.tokens.starts[match.last]
        return text[start].isupper() and text[match.end : start] == " "
    return False


def is_quoted_title(match: Match) -> bool:
    """Tell whether a match is a title in quotation marks: "60 Minutes", "This Week"."""
    if not match.has("unit"):
        return False
    text = match.tokens.text
    unit = match.tokens.starts[match.slots["unit"][0]]
    return text[unit].isupper() and match.start > 0 and text[match.start - 1] in "\"'“‘`"


def is_titled_part(match: Match) -> bool:
    """Tell whether a part of the day begins a name: the Evening Standard."""
    text, starts = match.tokens.text, match.tokens.starts
    part = starts[match.slots["part"][0]]
    return text[part].isupper() and match.last < len(starts) and text[starts[match.last]].isupper()

"""Quotations and who speaks them: each quotation goes to the cue that it stands by.

The order of evidence is a newspaper's: "…," she said; she said: "…"; then a quotation that goes on
behind the cue of the one before it, in the same paragraph or the next.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.annotate.claims.phrases import Range
from onrecord.parse.quotations import Quotation

_REACH = 45  # tokens between a quotation and the cue that introduces or follows it
_SPEECH_WORDS = 4  # fewer words, and no verb, are a quoted term and no speech
_PAUSES = (",", "?", "!", "…", "...", "—", "–", "-", ";")


@dataclass(frozen=True, slots=True)
class Speech:
    """A quotation in tokens. `cue` is the token number of the verb or colon it goes to, if any.

    `goes_on` says that it continues the speech before it; `place` where it stands to its cue.
    """

    tokens: Range
    quotation: Quotation
    cue: int | None
    place: str


def token_ranges(tokens: list[Token], quotations: list[Quotation]) -> list[Range]:
    """Return the tokens that each quotation covers, its marks included."""
    ranges = []
    starts = [token.idx for token in tokens]
    low = 0
    for one in quotations:
        while low < len(starts) and starts[low] + len(tokens[low]) <= one.start:
            low += 1
        high = low
        while high < len(starts) and starts[high] < one.end:
            high += 1
        ranges.append((low, high))
        low = high
    return ranges


def attribute(
    doc: Doc,
    quotations: list[Quotation],
    ranges: list[Range],
    cues: set[int],
    lines: list[Range],
    inside: list[int],
) -> list[Speech]:
    """Assign every quotation that is speech to a cue.

    `ranges` are the quotations in tokens, `cues` the tokens that can introduce a quotation, `lines`
    the paragraphs in tokens.
    """
    speeches: list[Speech] = []
    line_of = _line_numbers(len(doc), lines)
    last: Speech | None = None
    for number, (quotation, tokens) in enumerate(zip(quotations, ranges, strict=True)):
        if tokens[0] >= tokens[1]:
            continue
        line = lines[line_of[tokens[0]]]
        before = ranges[number - 1][1] if number and ranges[number - 1][1] > line[0] else line[0]
        after = (
            ranges[number + 1][0] if number + 1 < len(ranges) and ranges[number + 1][0] < line[1] else line[1]
        )
        speech = _by_cue(doc, quotation, tokens, (before, after), line, cues, inside)
        if speech is None and is_speech(doc, tokens):
            speech = _continuing(doc, quotation, tokens, last, line, lines, line_of, cues, inside)
        if speech is not None:
            speeches.append(speech)
            last = speech
    return speeches


def is_speech(doc: Doc, tokens: Range) -> bool:
    """Whether a quotation is what somebody said rather than a term in quotation marks."""
    words = [doc[i] for i in range(*tokens) if doc[i].is_alpha]
    verbs = any(word.tag_[:2] in ("VB", "MD") for word in words)
    return len(words) >= (_SPEECH_WORDS if verbs else 2 * _SPEECH_WORDS)


def _by_cue(
    doc: Doc,
    quotation: Quotation,
    tokens: Range,
    gap: Range,
    line: Range,
    cues: set[int],
    inside: list[int],
) -> Speech | None:
    # A quotation in the midst of a clause belongs to the clause's verb, however its comma looks:
    # dismissed the reports as "non-credible," while admitting …
    embedded = tokens[0] > line[0] and doc[tokens[0] - 1].is_alpha and inside[tokens[0] - 1] < 0
    leading = _leading(doc, tokens, line, cues, inside)
    trailing = None if embedded and leading is not None else _trailing(doc, quotation, tokens, gap[1], cues)
    if trailing is not None:
        return Speech(tokens, quotation, trailing, "before")
    if leading is not None:
        return Speech(tokens, quotation, leading, "after")
    return None


def _trailing(doc: Doc, quotation: Quotation, tokens: Range, limit: int, cues: set[int]) -> int | None:
    """The cue of "…," she said: behind the quotation, before the sentence ends."""
    offset = doc[tokens[0]].idx
    inner = doc[slice(*tokens)].text[quotation.inner_start - offset : quotation.inner_end - offset].rstrip()
    following = tokens[1]
    pauses = inner.endswith(_PAUSES) or (
        following < limit and doc[following].text in (",", "–", "—", "-", "--")
    )
    if not pauses and not (following < limit and following in cues and is_speech(doc, tokens)):
        return None
    for i in range(following, min(limit, following + _REACH)):
        token = doc[i]
        if i in cues:
            # "…," the minister told reporters; but not "…," [a plan that] critics said would fail.
            return i if token.dep_ not in ("relcl", "acl") or i == following or token.tag_ == "VBG" else None
        if token.tag_ == "." or token.text in (":", ";"):
            return None
    return None


def _leading(doc: Doc, tokens: Range, line: Range, cues: set[int], inside: list[int]) -> int | None:
    """The cue of she said: "…"; in front of the quotation, in the same sentence."""
    start = tokens[0]
    for i in range(start - 1, max(line[0], start - _REACH) - 1, -1):
        token = doc[i]
        if inside[i] >= 0:
            # Another quotation stands between: they are parts of one sentence's content.
            continue
        if token.tag_ == "." and not (i + 1 < start and doc[i + 1].is_lower):
            return None
        if i in cues:
            return i
    return None


def _continuing(
    doc: Doc,
    quotation: Quotation,
    tokens: Range,
    last: Speech | None,
    line: Range,
    lines: list[Range],
    line_of: list[int],
    cues: set[int],
    inside: list[int],
) -> Speech | None:
    """A speech without a cue of its own: it goes on with the one before, or stands alone."""
    alone = Speech(tokens, quotation, None, "alone")
    cue = _sentence_before(doc, tokens, line, cues, inside)
    if cue is not None:
        return Speech(tokens, quotation, cue, "goes on")
    if last is None:
        return alone
    distance = line_of[tokens[0]] - line_of[last.tokens[0]]
    opens_line = tokens[0] <= line[0] + 1
    if distance == 0 and _only_narrates_cue(doc, last, tokens):
        return Speech(tokens, quotation, last.cue, "goes on")
    if (
        distance == 1
        and opens_line
        and (not last.quotation.closed or _ends_line(last, lines[line_of[last.tokens[0]]]))
    ):
        return Speech(tokens, quotation, last.cue, "goes on")
    return alone


def _sentence_before(doc: Doc, tokens: Range, line: Range, cues: set[int], inside: list[int]) -> int | None:
    """The cue of the sentence right before, in the same paragraph: She shook her head, he said. "…"."""
    i = tokens[0] - 1
    while i >= line[0] and (doc[i].is_space or doc[i].tag_ == "."):
        i -= 1
    if i < line[0]:
        return None
    end = i
    best = None
    while i >= line[0] and end - i < _REACH:
        if i in cues and inside[i] < 0 and (best is None or doc[i].dep_ in ("ROOT", "conj", "ccomp")):
            best = i
        if doc[i].tag_ == "." and inside[i] < 0:
            break
        i -= 1
    return best


def _only_narrates_cue(doc: Doc, last: Speech, tokens: Range) -> bool:
    between = [doc[i] for i in range(last.tokens[1], tokens[0])]
    return sum(token.tag_ == "." for token in between) <= 1 and len(between) <= _REACH


def _ends_line(last: Speech, line: Range) -> bool:
    """Whether nothing but the cue's own sentence stands behind the last speech in its paragraph."""
    return line[1] - last.tokens[1] <= _REACH


def _line_numbers(length: int, lines: list[Range]) -> list[int]:
    numbers = [0] * length
    for number, (start, end) in enumerate(lines):
        for i in range(start, end):
            numbers[i] = number
    return numbers

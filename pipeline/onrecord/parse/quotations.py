"""Quotation geometry: which stretches of a text stand in quotation marks, and how deep.

Newspapers quote with straight, curly, doubled and single marks, German and French ones among them;
a speech of several paragraphs opens each paragraph anew and closes only the last one. What is found
here says nothing about who speaks: it is geometry, read by the annotators.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from onrecord.parse.runs import RUN
from onrecord.parse.texts import text_of

QUOTATIONS = "onrecord_quotations"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted stretch; offsets are code points and enclose the marks.

    `inner_start` and `inner_end` leave the marks out. `closed` is False where the paragraph ends
    before the closing mark does. `single` says that the marks are single ones.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool
    single: bool = False


_DOUBLE = re.compile(rf"{RUN.pattern}|``|''|[\"“”„‟«»]")
_CLOSERS = {
    "“": '”"',
    "„": '“”"',
    "‟": '”"',
    "«": "»",
    "»": "«",
    "``": ("''", '"'),
    '"': ('"', "”"),
    "''": ("''", '"'),
    "”": '”"',
}
_SINGLE = re.compile(r"[‘’'‚‛]")
_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_MAX_SINGLE = 800  # a single-quoted stretch longer than this is an apostrophe's mistake


def find_quotations(text: str) -> list[Quotation]:
    """Return the outermost quotations of a text in order, in time linear in its length.

    A quotation ends at its closing mark or at the end of its paragraph (a line of the text). Single
    marks count only outside double ones, and only where both stand at the edges of words, so that
    "the voters' choice" and "rock 'n' roll" are no quotations.
    """
    found: list[Quotation] = []
    for line in _LINE.finditer(text):
        doubles = list(_double(text, line.start(), line.end()))
        found.extend(doubles)
        edge = line.start()
        for quotation in doubles:
            found.extend(_single(text, edge, quotation.start))
            edge = quotation.end
        found.extend(_single(text, edge, line.end()))
    return sorted(found, key=lambda quotation: quotation.start)


def _double(text: str, start: int, end: int) -> Iterator[Quotation]:
    opening: re.Match[str] | None = None
    for mark in _DOUBLE.finditer(text, start, end):
        if mark.lastindex:
            continue  # a run
        if opening is None:
            if _opens(text, mark, end):
                opening = mark
        elif mark.group() in _CLOSERS[opening.group()]:
            # A straight mark between a blank and a word opens; the one before it was never closed.
            if (
                mark.group() in ('"', "''")
                and _stands_before_word(text, mark, end)
                and _closes_nothing(text, mark)
            ):
                yield Quotation(opening.start(), mark.start(), opening.end(), mark.start(), closed=False)
                opening = mark
                continue
            yield Quotation(opening.start(), mark.end(), opening.end(), mark.start(), closed=True)
            opening = None
    if opening is not None and opening.end() < end:
        stop = end - (len(text[opening.end() : end]) - len(text[opening.end() : end].rstrip()))
        if stop > opening.end():
            yield Quotation(opening.start(), stop, opening.end(), stop, closed=False)


def _opens(text: str, mark: re.Match[str], end: int) -> bool:
    if mark.group() in ("”", "»"):
        # Swedish and German books turn the marks round; a closing mark after a word opens nothing.
        return _stands_before_word(text, mark, end) and _closes_nothing(text, mark)
    if mark.group() in ('"', "''"):
        # 6'2" and 5" are measures: a straight mark glued to a digit before it opens nothing.
        before = text[mark.start() - 1] if mark.start() else " "
        return mark.end() < end and not before.isdigit()
    return mark.end() < end


def _stands_before_word(text: str, mark: re.Match[str], end: int) -> bool:
    return mark.end() < end and not text[mark.end()].isspace() and text[mark.end()] not in ",.;:!?)]"


def _closes_nothing(text: str, mark: re.Match[str]) -> bool:
    return mark.start() == 0 or text[mark.start() - 1].isspace() or text[mark.start() - 1] in "([—–"


def _single(text: str, start: int, end: int) -> Iterator[Quotation]:
    opening: int | None = None
    for mark in _SINGLE.finditer(text, start, end):
        at = mark.start()
        before = text[at - 1] if at > start else " "
        after = text[at + 1] if at + 1 < end else " "
        if opening is not None and at - opening > _MAX_SINGLE:
            opening = None
        if opening is None:
            # '90s and ’tis are no openings; neither is a mark inside a word.
            if (
                mark.group() != "’"
                and after.isalnum()
                and not before.isalnum()
                and not _is_year(text, at, end)
            ):
                opening = at
        elif not after.isalnum() and not before.isspace() and mark.group() not in "‘‚‛":
            if (
                before in "sS"
                and after == " "
                and _closes_later(text, at + 1, min(end, opening + _MAX_SINGLE))
            ):
                continue  # the voters' choice: a plural possessive inside the quotation
            if at - opening > 2:  # 'n'
                yield Quotation(opening, at + 1, opening + 1, at, closed=True, single=True)
            opening = None


def _is_year(text: str, at: int, end: int) -> bool:
    return text[at + 1 : min(at + 3, end)].isdigit() and text[at + 3 : at + 4] in ("s", " ", ",", ".", "")


def _closes_later(text: str, start: int, end: int) -> bool:
    """Whether another closing single mark comes before anything opens again."""
    for mark in _SINGLE.finditer(text, start, end):
        at = mark.start()
        before, after = text[at - 1], text[at + 1 : at + 2] or " "
        if after.isalnum() and not before.isalnum():
            return False
        if not after.isalnum() and not before.isspace():
            return True
    return False


class Quotations:
    """The `onrecord_quotations` component: quotations as `doc.spans["onrecord_quotations"]`."""

    def __call__(self, doc: Doc) -> Doc:
        """Write the token spans of all quotations, marks included."""
        spans = (
            doc.char_span(one.start, one.end, label="QUOTATION", alignment_mode="expand")
            for one in find_quotations(text_of(doc))
        )
        doc.spans[QUOTATIONS] = [span for span in spans if span is not None]
        return doc


@Language.factory("onrecord_quotations")
def create_quotations(nlp: Language, name: str) -> Quotations:  # noqa: ARG001  spaCy's signature
    """Create the component; it needs nothing of the pipeline."""
    return Quotations()

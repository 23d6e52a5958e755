"""The columns of a Doc that the rules read, taken out of it once.

Reading a token's attributes one by one through spaCy's objects costs more than all the rules do, so
they work on plain lists indexed by token.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Doc

from onrecord.annotate.annotations import DATES, FIGURES, PLACES, PlaceAnnotation
from onrecord.parse.quotations import find_quotations
from onrecord.parse.texts import text_of

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
OBJECTS = frozenset({"dobj", "iobj", "dative", "oprd", "attr"})
QUOTES = frozenset("\"'“”„‟«»‘’‚`") | {"``", "''"}


@dataclass(frozen=True)
class Tokens:
    """A Doc as columns; `head` holds token numbers, `place` the key of the place that a token names."""

    text: list[str]
    lower: list[str]
    start: list[int]
    end: list[int]
    tag: list[str]
    dep: list[str]
    head: list[int]
    lemma: list[str]
    entity: list[str]
    entity_begins: list[bool]
    sentence: list[int]
    line: list[int]
    place: dict[int, int]
    in_name: frozenset[int]
    taken: frozenset[int]
    quotation_starts: list[int]
    quotation_ends: list[int]
    parsed: bool
    tagged: bool
    source: str = field(repr=False)
    doc: Doc = field(repr=False)

    def __len__(self) -> int:
        return len(self.text)

    @cached_property
    def children(self) -> list[list[int]]:
        """The dependents of each token, in text order."""
        found: list[list[int]] = [[] for _ in self.text]
        for index, head in enumerate(self.head):
            if head != index:
                found[head].append(index)
        return found

    @cached_property
    def title_lines(self) -> frozenset[int]:
        """Numbers of the lines in which nearly all words are capitalised: headlines in title case."""
        capital: dict[int, int] = {}
        words: dict[int, int] = {}
        last: dict[int, str] = {}
        for text, line in zip(self.text, self.line, strict=True):
            if not text.isspace():
                last[line] = text
            if len(text) > 3 and text[0].isalpha():
                words[line] = words.get(line, 0) + 1
                capital[line] = capital.get(line, 0) + text[0].isupper()
        return frozenset(
            line for line, n in words.items() if n >= 3 and capital[line] >= 0.8 * n and last[line] != "."
        )

    @cached_property
    def small_words(self) -> frozenset[str]:
        """The words that the text writes with a small letter somewhere."""
        return frozenset(word for word in self.text if word[:1].islower())

    def quoted(self, index: int) -> int:
        """Return the number of the quotation that holds a token, or -1."""
        at = self.start[index]
        number = bisect.bisect_right(self.quotation_starts, at) - 1
        return number if number >= 0 and at < self.quotation_ends[number] else -1

    def child(self, index: int, *deps: str) -> int | None:
        """Return the first dependent with one of these relations, or None."""
        for other in self.children[index]:
            if self.dep[other] in deps:
                return other
        return None

    def left_edge(self, index: int, limit: int = 12) -> int:
        """Return the first token of the words that go before a head word and depend on it."""
        edge = index
        while index - edge < limit:
            before = [c for c in self.children[edge] if c < edge]
            if not before:
                break
            edge = before[0]
        return edge

    def right_edge(self, index: int, limit: int = 40) -> int:
        """Return the last token that depends on a head word, however deep, within a limit."""
        edge = index
        for _ in range(limit):
            after = self.children[edge]
            if not after or after[-1] <= edge:
                break
            edge = after[-1]
        return edge

    def words(self, start: int, end: int) -> str:
        """Return the text of tokens, end excluded, as it stands in the article."""
        return self.source[self.start[start] : self.end[end - 1]]


def tokens_of(doc: Doc) -> Tokens:
    """Read the columns of a Doc, with the places, dates and figures that were annotated in it."""
    table = doc.to_array(["TAG", "DEP", "HEAD", "LEMMA", "ENT_TYPE", "ENT_IOB", "SENT_START"]).reshape(
        len(doc), 7
    )
    strings = doc.vocab.strings
    parsed = doc.has_annotation("DEP")
    names: dict[int, str] = {int(key): strings[int(key)] for key in set(table[:, :2].ravel().tolist())}
    names.update((int(key), strings[int(key)]) for key in set(table[:, 3:5].ravel().tolist()))
    tags, deps, lemmas, entities = (
        [names[key] for key in table[:, column].tolist()] for column in (0, 1, 3, 4)
    )
    offsets = table[:, 2].astype("int64").tolist()
    text = [token.text for token in doc]
    start = [token.idx for token in doc]
    lines, sentences = _lines_and_sentences(text, table[:, 6].astype("int64").tolist())
    places, in_name = _places(doc)
    quotations = find_quotations(text_of(doc))
    return Tokens(
        text=text,
        lower=[word.lower().replace("’", "'") for word in text],
        start=start,
        end=[at + len(word) for at, word in zip(start, text, strict=True)],
        tag=tags,
        dep=deps,
        head=[index + offset for index, offset in enumerate(offsets)] if parsed else list(range(len(doc))),
        lemma=[lemma.lower() for lemma in lemmas],
        entity=entities,
        entity_begins=[code == 3 for code in table[:, 5].tolist()],
        sentence=sentences,
        line=lines,
        place=places,
        in_name=in_name,
        taken=_taken(doc),
        quotation_starts=[quotation.start for quotation in quotations],
        quotation_ends=[quotation.end for quotation in quotations],
        parsed=parsed,
        tagged=doc.has_annotation("TAG"),
        source=text_of(doc),
        doc=doc,
    )


def _lines_and_sentences(text: list[str], starts: list[int]) -> tuple[list[int], list[int]]:
    lines, sentences, line, sentence = [], [], 0, 0
    for index, (word, begins) in enumerate(zip(text, starts, strict=True)):
        if index and begins == 1:
            sentence += 1
        lines.append(line)
        sentences.append(sentence)
        if word.isspace() and ("\n" in word or "\r" in word):
            line += 1
    return lines, sentences


def _places(doc: Doc) -> tuple[dict[int, int], frozenset[int]]:
    keys: dict[int, int] = {}
    in_name: set[int] = set()
    if PLACES in doc.spans:
        for span in doc.spans[PLACES]:
            found: PlaceAnnotation | None = span._.onrecord_place
            if found is None:
                continue
            keys.update((index, found.place.key) for index in range(span.start, span.end))
            if found.in_name:
                in_name.update(range(span.start, span.end))
    return keys, frozenset(in_name)


def _taken(doc: Doc) -> frozenset[int]:
    """Tokens of dates, and of figures that count no people: no name begins or ends in one."""
    taken: set[int] = set()
    if DATES in doc.spans:
        for span in doc.spans[DATES]:
            taken.update(range(span.start, span.end))
    if FIGURES in doc.spans:
        for span in doc.spans[FIGURES]:
            taken.update(range(span.start, span.end))
    return frozenset(taken)

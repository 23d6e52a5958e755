"""The `onrecord_figures` component: numbers that an article states about the world."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from onrecord.annotate.annotations import (
    DATES,
    FIGURES,
    FigureAnnotation,
    annotate,
    register_extensions,
)
from onrecord.annotate.figures.changes import ChangeReader
from onrecord.annotate.figures.codes import Codes
from onrecord.annotate.figures.counted import CountedReader
from onrecord.annotate.figures.currency import CurrencyResolver
from onrecord.annotate.figures.exclusions import Exclusions
from onrecord.annotate.figures.lexemes import Lexemes
from onrecord.annotate.figures.lexicon import Lexicon, load_lexicon
from onrecord.annotate.figures.phrases import Counted
from onrecord.annotate.figures.quantities import QuantityReader
from onrecord.annotate.figures.quantity import Quantity
from onrecord.annotate.figures.tokens import Tokens
from onrecord.parse.texts import text_of


class Figures:
    """Writes a `FigureAnnotation` for every figure into `doc.spans["onrecord_figures"]`.

    Numbers, units and modifiers are read from the text; what is counted, from the parse where the
    Doc has one, else from the words behind the number. Numbers inside `doc.spans["onrecord_dates"]`
    are no figures.
    """

    def __init__(self) -> None:
        register_extensions()
        self._lexicon = load_lexicon()
        self._starters = _starters(self._lexicon)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the Doc and return it."""
        found = list(self._figures(doc))
        annotate(doc, FIGURES, "FIGURE", (((one.start, one.end), one) for one in found))
        return doc

    def _figures(self, doc: Doc) -> Iterator[FigureAnnotation]:
        text = text_of(doc)
        lexemes, lexicon, tokens = Lexemes(text), self._lexicon, Tokens(doc)
        found = [span._.onrecord_date for span in doc.spans.get(DATES, ())]
        dates = sorted((date.start, date.end) for date in found)
        exclusions = Exclusions(lexemes, lexicon, tokens, dates)
        changes = ChangeReader(lexemes, lexicon)
        reader = QuantityReader(lexemes, lexicon, tokens, CurrencyResolver(text, lexicon), changes.governs)
        quantities = list(self._quantities(lexemes, reader, Codes(lexemes, lexicon), exclusions))
        nouns = CountedReader(lexemes, lexicon, tokens, quantities)
        previous: Quantity | None = None
        for quantity in quantities:
            counted = nouns.read(quantity)
            if previous is not None and not counted.behind:
                reader.share_unit(previous, quantity)
            if quantity.modifier in ("exact", "approximate") and not quantity.is_range:
                counts = quantity.unit is None and counted.behind
                quantity.modifier = (
                    changes.modifier(quantity, counts=counts)
                    or nouns.bound(quantity, counted)
                    or (changes.repeated(quantity, previous) if previous is not None else None)
                    or quantity.modifier
                )
            previous = quantity
            yield _annotation(lexemes, quantity, counted)

    def _quantities(
        self, lexemes: Lexemes, reader: QuantityReader, codes: Codes, exclusions: Exclusions
    ) -> Iterator[Quantity]:
        lower, i, end = lexemes.lower, 0, len(lexemes)
        starters = self._starters
        while i < end:
            word = lower[i]
            digits = lexemes.is_number(i)
            if not digits and word not in starters:
                i += 1
                continue
            if digits and (after := codes.after(i)) > i:
                i = after
                continue
            quantity = reader.read(i)
            if quantity is None:
                i += 1
                continue
            if not exclusions.rejects(quantity):
                yield quantity
            i = max(quantity.last, quantity.beyond, i + 1)


def _starters(lexicon: Lexicon) -> frozenset[str]:
    """Return the words that a number can begin with."""
    return frozenset(
        {
            *lexicon.cardinals,
            *lexicon.fraction_signs,
            *lexicon.change_factors,
            *lexicon.folds,
            *lexicon.vague.firsts(),
            *lexicon.vague_multipliers.firsts(),
            "a",
            "an",
            "half",
            "quarter",
        }
    )


def _annotation(lexemes: Lexemes, quantity: Quantity, counted: Counted) -> FigureAnnotation:
    value, low, high = quantity.value, quantity.low, quantity.high
    if quantity.modifier in ("change_up", "change_down") and value is not None:
        value = abs(value)
    elif quantity.modifier in ("more_than", "at_least") and value is not None:
        value, low = None, value
    elif quantity.modifier in ("less_than", "at_most") and value is not None:
        value, high = None, value
    return FigureAnnotation(
        start=lexemes.start[quantity.first],
        end=lexemes.end[quantity.last - 1],
        value=value,
        low=low,
        high=high,
        modifier=quantity.modifier,
        unit=quantity.unit_name,
        counted=counted.words,
        counted_head=counted.head,
        predicate=counted.predicate,
        measure=counted.measure,
    )

"""Which country's shillings, pesos or dollars an article means."""

from __future__ import annotations

import re
from typing import Final

from onrecord.annotate.figures.lexicon import Lexicon
from onrecord.annotate.figures.units import Currency, Unit

_READ: Final = 200_000
"""Code points of the article in which evidence is counted."""
_EXPLICIT_USD: Final = ("US$", "$US", "U.S. dollar", "US dollar", "American dollar", "USD")


class CurrencyResolver:
    """Resolves currency names that several countries share, by the countries that a text mentions."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._text, self._lexicon = text[:_READ], lexicon
        self._resolved: dict[str, str] = {}

    def __call__(self, unit: Unit, prefixed: bool) -> str:
        """Return the name of a unit; an ISO 4217 code for a currency.

        A bare dollar sign means US dollars, unless the article also writes those in full ("US$") and
        speaks of another dollar country: then the bare ones are that country's.
        """
        if unit.noun is None and not (prefixed and unit.name == "USD"):
            return unit.name
        noun = unit.noun or "dollar"
        if noun not in self._resolved:
            self._resolved[noun] = self._vote(noun, unit.name)
        return self._resolved[noun]

    def _vote(self, noun: str, assumed: str) -> str:
        currencies = self._lexicon.shared_nouns.get(noun)
        if currencies is None:
            return assumed
        if noun == "dollar":
            if not any(sign in self._text for sign in _EXPLICIT_USD):
                return assumed
            currencies = tuple(one for one in currencies if one.code != "USD")
        votes = {one.code: self._mentions(one) for one in currencies}
        best = max(votes, key=lambda code: votes[code])
        return best if votes[best] > 0 and list(votes.values()).count(votes[best]) == 1 else assumed

    def _mentions(self, currency: Currency) -> int:
        if not currency.evidence:
            return 0
        names = "|".join(re.escape(name) for name in sorted(currency.evidence, key=len, reverse=True))
        return sum(1 for _ in re.finditer(rf"\b(?:{names})", self._text))

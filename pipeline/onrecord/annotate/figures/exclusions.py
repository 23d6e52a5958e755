"""Numbers that state nothing about the world: dates, ages, parts of names, scores, list numbers.

The component for dates marks most dates before this one; what it leaves, and everything where it did
not run, is recognised here by plainer means.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from spacy.tokens import Token

from onrecord.annotate.figures.lexemes import Lexemes
from onrecord.annotate.figures.lexicon import Lexicon
from onrecord.annotate.figures.quantity import Quantity
from onrecord.annotate.figures.tokens import Tokens

_NAMES: Final = frozenset({"ORG", "PRODUCT", "FAC", "LAW", "WORK_OF_ART", "EVENT", "PERSON"})
_HYPHENS: Final = frozenset({"-", "‑", "–"})
_OLDEST: Final = 120
_BRACKET: Final = 40
"""Lexemes within which the opening of a bracket is looked for."""


class Exclusions:
    """Decides, for one text, which numbers are no figures. `dates` are offsets of date expressions."""

    def __init__(
        self, lexemes: Lexemes, lexicon: Lexicon, tokens: Tokens, dates: list[tuple[int, int]]
    ) -> None:
        self.lexemes, self.lexicon, self.tokens = lexemes, lexicon, tokens
        self._date_starts = [start for start, _ in dates]
        self._dates = dates
        self._numbering_until = -1

    # ------------------------------------------------------------------ after a quantity is read

    def rejects(self, quantity: Quantity) -> bool:
        """Tell whether the quantity is no figure."""
        numeral = quantity.numeral
        if self._in_date(quantity.number_start, quantity.number_end) or self._is_duration(quantity):
            return True
        if self.lexicon.famous.match(self.lexemes, numeral.first):
            return True
        if quantity.unit is not None:
            lettered = quantity.last == numeral.last + 1 and len(self.lexemes.lower[numeral.last]) == 1
            return lettered and self.lexemes.before(numeral.first) in self.lexicon.designators  # "runway 27L"
        if self._is_age(quantity):
            self._numbering_until = quantity.last
            return True
        if quantity.signed and self.lexemes.is_capitalised(quantity.first - 1):
            return True
        if numeral.factor != 1.0 or numeral.kind in ("vague", "fraction"):
            return False
        if self._is_numbering(quantity):
            self._numbering_until = quantity.last
            return True
        if numeral.kind == "words":
            return self._is_idiom(quantity)
        return (
            self._is_date(quantity)
            or self._is_list_number(quantity)
            or self._is_score(quantity)
            or self._is_named(quantity)
            or self._is_compound(quantity)
        )

    def _in_date(self, start: int, end: int) -> bool:
        k = bisect_right(self._date_starts, end - 1) - 1
        return k >= 0 and self._dates[k][1] > start

    def _is_duration(self, quantity: Quantity) -> bool:
        lexemes, lower = self.lexemes, self.lexemes.lower
        if quantity.unit is not None:
            return False
        j = quantity.last
        if lower[j] == "of" and quantity.numeral.kind in ("vague", "fraction"):
            j += 1
        if quantity.numeral.kind in ("vague", "fraction") and lower[j] in ("a", "an", "the"):
            j += 1
        while lower[j] in ("-", "‑", "more", "full") and j < quantity.last + 3:
            j += 1
        if lower[j] in self.lexicon.time_units or self.lexicon.clock.match(lexemes, j):
            return True
        if not self.tokens.has_parse:
            return (
                lower[j + 1] in self.lexicon.time_units
                and lower[j].isalpha()
                and lower[j] not in ("in", "for", "of", "a")
            )
        token = self.tokens.at(quantity.number_end - 1)
        return token.dep_ == "nummod" and token.head.lower_ in self.lexicon.time_units

    def _is_age(self, quantity: Quantity) -> bool:
        lexemes, lower, lexicon = self.lexemes, self.lexemes.lower, self.lexicon
        if lexicon.age_after.match(lexemes, quantity.last):
            return True
        first = quantity.numeral.first
        value = quantity.value if quantity.value is not None else quantity.high or quantity.low
        if value is None or value > _OLDEST or quantity.numeral.factor != 1:
            return False
        before = lexemes.before(first)
        if before in lexicon.age_before or lexemes.before(quantity.first) in lexicon.age_before:
            return True
        behind = lower[quantity.last]
        if lexemes.word(first - 1) == "At" and behind == "," and value >= 5:
            return True
        if (
            before in lexicon.age_bounds
            and lexemes.before(first - 1) in (*lexicon.age_people, "the", "-")
            and (not behind.isalpha() or not self.tokens.is_plural_noun(lexemes.start[quantity.last]))
        ):
            return True
        if behind.isalpha() or quantity.numeral.kind != "digits" or value < 1 or value != int(value):
            return False
        return self._is_apposition(first, quantity.last)

    def _is_apposition(self, first: int, last: int) -> bool:
        """Tell whether a bare number stands behind a person: "Ana Ruiz, 34, said", "her son (12)"."""
        lexemes, lower = self.lexemes, self.lexemes.lower
        opening, closing = lexemes.before(first), lower[last]
        if not (
            (opening == "," and closing in (",", ".", ";", "\n", "", "—", "–", "(", ")"))
            or (opening == "(" and closing == ")")
        ):
            return False
        k = first - 2
        if k < 0 or not lower[k][-1].isalpha():
            return False
        if lower[k] in self.lexicon.age_people or not self.tokens.has_tags:
            return lower[k] in self.lexicon.age_people or lexemes.is_capitalised(k)
        token = self.tokens.at(lexemes.start[k])
        return token.tag_ == "NNP" or (token.tag_ == "NN" and opening == closing == ",")

    def _is_numbering(self, quantity: Quantity) -> bool:
        """Tell whether the number only numbers something off: "Article 5", "No. 10", "phase two"."""
        lexemes, lower = self.lexemes, self.lexemes.lower
        first = quantity.numeral.first
        before = lexemes.before(first)
        if before in self.lexicon.numbering_links and self._numbering_until == first - 1:
            return not self._counts_plural(quantity)
        if quantity.first < first:
            return False
        if before == "." and lower[first - 2] in self.lexicon.numbering_abbreviations:
            return True
        if self.lexicon.number_names.match_before(lexemes, first):
            return True
        return before in self.lexicon.designators and not self._counts_plural(quantity)

    def _counts_plural(self, quantity: Quantity) -> bool:
        if not self.lexemes.lower[quantity.last].isalpha():
            return False
        if not self.tokens.has_parse:
            return self.tokens.is_plural_noun(self.lexemes.start[quantity.last])
        token = self.tokens.at(quantity.number_start)
        return token.dep_ == "nummod" and token.head.i > token.i and token.head.tag_ in ("NNS", "NNPS")

    def _is_idiom(self, quantity: Quantity) -> bool:
        """Tell whether a number word is a pronoun, an idiom or part of a name."""
        lexemes, lower = self.lexemes, self.lexemes.lower
        first, last = quantity.numeral.first, quantity.last
        if lower[last] in _HYPHENS and lexemes.glued(last) and lower[last + 1].isalpha():
            return lower[last + 1] not in self.lexicon.counting_compounds
        if lexemes.glued(first) and lexemes.before(first) in _HYPHENS:
            return True
        token = self.tokens.at(quantity.number_start)
        if self.tokens.has_tags and token.tag_ == "NNP" and not token.is_sent_start:
            return True
        if quantity.value == 1 or (quantity.value is None and 1 in (quantity.low, quantity.high)):
            return self._is_pronoun(quantity)
        if quantity.value == 0:
            return not self.tokens.is_plural_noun(lexemes.start[last])
        return lexemes.before(first) == "the" and lower[last] in self.lexicon.behind_group

    def _is_pronoun(self, quantity: Quantity) -> bool:
        lexemes, lower = self.lexemes, self.lexemes.lower
        behind, before = lower[quantity.last], lexemes.before(quantity.numeral.first)
        if before in self.lexicon.before_pronoun and quantity.first == quantity.numeral.first:
            return True
        if behind in self.lexicon.casualty_words:
            return False
        if not behind.isalpha() or behind in self.lexicon.one_idioms or behind == "of":
            return quantity.modifier == "exact"
        if not self.tokens.has_parse:
            return False
        token = self.tokens.at(quantity.number_start)
        return token.dep_ != "nummod" or token.head.lower_ in self.lexicon.one_idioms

    # ------------------------------------------------------------------ digits

    def _is_date(self, quantity: Quantity) -> bool:
        lexemes, lower = self.lexemes, self.lexemes.lower
        first, last = quantity.numeral.first, quantity.last
        before, behind = lexemes.before(first), lower[last]
        value = quantity.value if quantity.value is not None else quantity.low or 0
        plural = behind.isalpha() and self.tokens.is_plural_noun(lexemes.start[last])
        if value <= 31:
            k = first - 2 if before == "." else first - 1
            if k >= 0 and self._is_month(k):
                return not (plural and lexemes.before(k) == "in")
            if self._is_month(last):
                return True
        return self._is_year(quantity, plural)

    def _is_month(self, k: int) -> bool:
        """Tell whether lexeme k names a month; "may" and "march" only with a capital."""
        month = self.lexemes.lower[k]
        return month in self.lexicon.months and (
            self.lexemes.is_capitalised(k) or month not in self.lexicon.ambiguous_months
        )

    def _is_year(self, quantity: Quantity, plural: bool) -> bool:
        digits = self.lexemes.lower[quantity.numeral.first]
        value = quantity.value if quantity.value is not None else quantity.low
        if value is None or len(digits) != 4 or not digits.isdigit() or not 1000 <= value < 2100:
            return False
        before = self.lexemes.before(quantity.numeral.first)
        if quantity.is_range:
            return not plural or value >= 1900
        if value >= 1900:
            return (
                not plural
                or self.lexemes.lower[quantity.last] in self.lexicon.year_nouns
                or before in self.lexicon.year_prepositions
                or before in self.lexicon.year_determiners
                or before.endswith(("'s", "’s"))
            )
        behind = self.lexemes.lower[quantity.last]
        return before in self.lexicon.year_prepositions and not behind.isalpha()

    def _is_list_number(self, quantity: Quantity) -> bool:
        lexemes, lower = self.lexemes, self.lexemes.lower
        before, behind = lexemes.before(quantity.first), lower[quantity.last]
        if behind in (".", ")") and before in ("", "\n"):
            return True
        if behind == ")" and before != "(":
            return "(" not in lower[max(quantity.first - _BRACKET, 0) : quantity.first]
        return (
            (before, behind) in (("(", ")"), ("[", "]"))
            and quantity.value is not None
            and quantity.value < 30
        )

    def _is_score(self, quantity: Quantity) -> bool:
        """Tell whether digits joined by a dash are a score or a vote; also digits behind such a dash."""
        lexemes, lower = self.lexemes, self.lexemes.lower
        first, last = quantity.numeral.first, quantity.last
        dashed = any(lower[k] in _HYPHENS for k in range(first, last))
        if quantity.is_range and dashed and "." not in lower[first]:
            if quantity.first < first and not lower[last].isupper():
                return False
            plural = lower[last].isalpha() and self.tokens.is_plural_noun(lexemes.start[last])
            return (
                not plural
                or lower[last] in self.lexicon.score_words
                or lexemes.before(first) in self.lexicon.score_verbs
            )
        dash_behind = lower[last] in _HYPHENS and lexemes.glued(last) and lexemes.is_number(last + 1)
        dash_before = (
            lexemes.before(first) in _HYPHENS
            and lexemes.is_number(max(first - 2, 0))
            and lexemes.glued(first)
        )
        return dash_behind or dash_before

    def _is_named(self, quantity: Quantity) -> bool:
        """Tell whether the number belongs to a name: "Boeing 737", "Apollo 11", "10 Downing Street"."""
        lexemes = self.lexemes
        first, last = quantity.numeral.first, quantity.last
        if quantity.first < first or quantity.is_range or "," in lexemes.lower[first]:
            return False
        whole = "." not in lexemes.lower[first]  # "0.5 WAR" is no name, but "Web 2.0" is one
        named_before, named_behind = lexemes.is_capitalised(first - 1), lexemes.is_capitalised(last) and whole
        if not self.tokens.has_parse:
            return (
                named_before
                and lexemes.before(first - 1) not in ("", "\n", ".")
                and not self._counts_plural(quantity)
            )
        token = self.tokens.at(quantity.number_start)
        head = token.head
        if (
            named_behind
            and self.tokens.at(lexemes.start[last]).tag_ == head.tag_ == "NNP"
            and head.i > token.i
        ):
            return True
        if token.i == 0:
            return False
        if (
            named_behind
            and token.dep_ == "nummod"
            and any(other.dep_ == "nummod" and other.i < token.i - 1 for other in head.lefts)
        ):
            return True
        previous = token.nbor(-1)
        if self._is_tally(previous, last):
            return False
        if not named_before or previous.tag_ not in ("NNP", "NNPS", "NN"):
            return False
        if self._counts_plural(quantity) and not (token.ent_type_ in _NAMES and token.ent_iob_ == "I"):
            return bool(previous.head == head and previous.dep_ in ("compound", "nmod"))
        return True

    def _is_tally(self, name: Token, last: int) -> bool:
        """Tell whether a number behind a plural name counts for it: "412 seats, the Greens 121"."""
        plural = name.tag_ == "NNPS" or (name.text[-1:] == "s" and name.text[-2:] not in ("us", "ss"))
        return plural and self.lexemes.lower[last] in (",", "and", ".", ";", "")

    def _is_compound(self, quantity: Quantity) -> bool:
        """Tell whether the digits form an adjective that counts nothing ("a 360-degree turn", "3-way")."""
        lexemes, lower = self.lexemes, self.lexemes.lower
        last = quantity.last
        if (
            lower[last] in _HYPHENS
            and lexemes.glued(last)
            and lexemes.glued(last + 1)
            and lower[last + 1].isalpha()
        ):
            return lower[last + 1] not in self.lexicon.counting_compounds and lower[last + 1] != "to"
        return False

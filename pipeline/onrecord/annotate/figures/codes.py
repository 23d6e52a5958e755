"""Digits that are part of a code or a name: clock times, dates in digits, phone numbers, COVID-19, G7."""

from __future__ import annotations

from typing import Final

from onrecord.annotate.figures.lexemes import Lexemes
from onrecord.annotate.figures.lexicon import Lexicon

_ORDINALS: Final = frozenset({"st", "nd", "rd", "th", "s"})
_JOINTS: Final = frozenset({":", "/", ".", "-", "‑", "–", "−", "_", "@", "#", "\\", "×", "=", "&", "^", "+"})


class Codes:
    """Tells digits that may be a figure from digits that are part of something else, in one text."""

    def __init__(self, lexemes: Lexemes, lexicon: Lexicon) -> None:
        self.lexemes, self.lexicon = lexemes, lexicon

    def after(self, i: int) -> int:
        """Return i where the digits at lexeme i may be a figure, else the lexeme after what they are part of.

        That is so for clock times, dates in digits, phone numbers, versions, ordinals and names that
        touch their number (COVID-19, G7, 22nd, 10:30, 2019-09-01).
        """
        lexemes, lower = self.lexemes, self.lexemes.lower
        if not self._is_code(i):
            return i
        j = i + 1
        if lower[i][0] == "0" or lexemes.before(i) == "+":
            while lexemes.is_number(j) and lower[j].isdigit():
                j += 1
        while (
            lower[j]
            and lexemes.glued(j)
            and (lower[j].isalnum() or (lower[j] in _JOINTS and lexemes.glued(j + 1)))
        ):
            j += 1
        return j

    def _is_code(self, i: int) -> bool:
        lexemes, lower = self.lexemes, self.lexemes.lower
        digits = lower[i]
        if len(digits) > 1 and digits[0] == "0" and digits[1] != ".":
            return True
        if lexemes.glued(i) and lower[i - 1] == "+" and lexemes.is_number(i + 1) and not lexemes.glued(i + 1):
            return True
        if lexemes.glued(i) and self._touches_code_before(i):
            return True
        j = i + 1
        if not lexemes.glued(j):
            return False
        sign = lower[j]
        if sign in _ORDINALS:
            return True
        if sign in (":", ".", "/", "×", "=") and lexemes.glued(j + 1) and lexemes.is_number(j + 1):
            return not (sign == "/" and self._is_fraction(i))
        if sign in ("'", "’") and lower[j + 1] == "s" and lexemes.glued(j + 1):
            return True
        if sign in ("-", "–") and lexemes.glued(j + 1) and lexemes.is_number(j + 1):
            mixed = lower[j + 2] == "/" and self._is_fraction(j + 1)  # "5-1/4 cents"
            return lower[j + 2] in ("-", "/", ":") and lexemes.is_number(j + 3) and not mixed
        return sign.isalpha() and not self._is_known_suffix(j)

    def _touches_code_before(self, i: int) -> bool:
        lexemes, lower = self.lexemes, self.lexemes.lower
        sign = lower[i - 1]
        if sign.isalpha():
            return not (
                self.lexicon.prefixes.match_before(lexemes, i)
                or self.lexicon.large_prefixes.match_before(lexemes, i)
            )
        if sign in ("#", "@", "_", "\\", "×", "&", "="):
            return not (sign == "=" and lower[i - 2] == "y")
        if i < 2 or not lexemes.glued(i - 1):
            return sign in ("'", "’", "‘") and len(lower[i]) == 2
        before = lower[i - 2]
        if sign in (".", ":", "/"):
            return before[-1:].isdigit() or (sign == "." and self.lexemes.is_capitalised(i - 2))
        if sign in ("-", "–", "‑"):
            return before[-1:].isdigit() or (before.isalpha() and before not in self.lexicon.hyphenated)
        return False

    def _is_fraction(self, i: int) -> bool:
        over, under = self.lexemes.lower[i], self.lexemes.lower[i + 2]
        return (
            over.isdigit()
            and under.isdigit()
            and int(over[:4]) < int(under[:4])
            and self.lexemes.lower[i + 3] != "/"
            and (over, under) != ("24", "7")
        )

    def _is_known_suffix(self, j: int) -> bool:
        unit = self.lexicon.units.match(self.lexemes, j)
        last = unit[1] if unit else j + 1
        if self.lexemes.is_number(last) and self.lexemes.glued(last):
            return False
        return (
            unit is not None
            or self.lexemes.lower[j] in self.lexicon.suffixes
            or self.lexemes.lower[j] in self.lexicon.time_units
        )

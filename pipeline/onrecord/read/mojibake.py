"""Does this text look as if it had been decoded in the wrong encoding? ("donâ€™t" for "don’t")."""

from __future__ import annotations

from onrecord.read.outcome import Doubt

_REPLACEMENT = "\ufffd"
_AROUND = 12


def mojibake_doubts(text: str) -> tuple[Doubt, ...]:
    """Return the doubts about the characters of a text: `mojibake` and `replaced_characters`.

    What mojibake looks like is ftfy's: sequences of characters that no language has, and that encodings
    make of one another. The text itself is never mended.
    """
    if text.isascii():
        return ()
    from ftfy.badness import BADNESS_RE  # noqa: PLC0415  a tenth of a second

    doubts = []
    if match := BADNESS_RE.search(text):
        shown = text[max(match.start() - _AROUND, 0) : match.end() + _AROUND]
        reason = f"the text has been decoded in a wrong encoding somewhere: {shown!r}"
        doubts.append(Doubt("mojibake", reason))
    if count := text.count(_REPLACEMENT):
        reason = f"{count} characters were lost before the text came here: U+FFFD stands for them"
        doubts.append(Doubt("replaced_characters", reason))
    return tuple(doubts)

"""Text of strangers, made safe to show: control characters cannot steer a terminal or spoil a page."""

from __future__ import annotations

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# C0 and C1 controls but tab and newline (escape sequences begin with one of them), the explicit
# bidirectional controls (which can show a line in another order than it has), surrogates and
# noncharacters (which no UTF-8 or XML file may hold), and what breaks a line besides newline.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def printable(text: str) -> str:
    """Return the text with every unprintable code point replaced, one for one, so that offsets hold.

    A carriage return, which half of a Windows line break is, becomes a blank.
    """
    return _UNPRINTABLE.sub(REPLACEMENT, text.replace("\r", " "))


def one_line(text: str) -> str:
    """Return printable text in one line, runs of white space as one blank."""
    return printable(" ".join(text.split()))

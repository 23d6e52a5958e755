"""From bytes to text: byte-order marks, declared charsets, and what is no text at all."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from onrecord.read.outcome import Doubt, Rejection

# Signatures of the files that people put among their articles by mistake.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "gzip data (name it .gz)"),
    (b"BZh", "bzip2 data"),
    (b"\x28\xb5\x2f\xfd", "Zstandard data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"PAR1", "a Parquet file"),
)
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins like it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The WHATWG Encoding Standard reads these labels as their supersets, as every browser does.
_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "big5": "big5hkscs",
}
_META_CHARSET = re.compile(
    rb"<meta\b[^>]{0,500}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:.-]{2,40})", re.I
)
_XML_CHARSET = re.compile(
    rb"^\s{0,99}<\?xml\b[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9_:.-]{2,40})", re.I
)
_PRESCAN = 4096
# Python's codecs include some that decode no charset (hex, rot13, unicode_escape): those are left out.
_TEXT_CODEC = re.compile(
    r"utf-?(8|16|32)(-sig|-le|-be)?|cp\d+|iso8859-\d+|iso2022_\w+|koi8-\w|gb\w+|hz|big5\w*|"
    r"shift_jis\w*|euc_\w+|mac-\w+|tis-620|johab|ascii"
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_SHARE = 0.02


class Decoded(NamedTuple):
    """A text, and the doubt whether it was decoded right."""

    text: str
    doubts: tuple[Doubt, ...] = ()


def decode(raw: bytes, declared: str | None = None, *, is_page: bool = False) -> str:
    """Return the text that the bytes stand for: see `decoded`."""
    return decoded(raw, declared, is_page=is_page).text


def decoded(raw: bytes, declared: str | None = None, *, is_page: bool = False) -> Decoded:
    """Return the text that the bytes stand for, character for character, and whether that is certain.

    A byte-order mark decides, and is no part of the text; then UTF-8, for what is valid UTF-8 is
    hardly ever anything else, while pages that were converted keep their old declaration; then the
    charset that was declared (by the server, then by the page itself where `is_page`); then
    windows-1252, which is what text is in when it says nothing and is not UTF-8. Line ends stay as
    they are. In a page that is UTF-8 for the better part, U+FFFD stands for broken bytes. Where
    windows-1252 is only assumed, the doubt is `guessed_encoding`.

    Raises:
        Rejection: `binary` for NUL bytes, a known binary signature, bytes of no text encoding.

    """
    for mark, unicode in _MARKS:
        if raw.startswith(mark):
            return Decoded(_checked(_strict(raw[len(mark) :], unicode)))
    reject_binary(raw)
    labels = ["utf-8", declared, *(_declared_in_page(raw) if is_page else ())]
    for encoding in dict.fromkeys(_codec(label) for label in labels if label):
        if encoding is None:
            continue
        try:
            return Decoded(_checked(raw.decode(encoding)))
        except UnicodeDecodeError:
            continue
    if is_page:
        lenient = raw.decode("utf-8", "replace")
        broken = lenient.count("\ufffd")
        if 2 * broken <= sum(not char.isascii() for char in lenient):
            return Decoded(_checked(lenient))
    reason = "the text is not UTF-8 and names no encoding that fits: windows-1252 was assumed"
    return Decoded(_checked(_strict(raw, "cp1252")), (Doubt("guessed_encoding", reason),))


def reject_binary(raw: bytes) -> None:
    """Raise a `binary` rejection where the bytes are no text without a byte-order mark."""
    for signature, kind in _SIGNATURES:
        if raw.startswith(signature):
            raise Rejection("binary", f"this is {kind}, not text")
    at = raw.find(b"\0")
    if at >= 0:
        raise Rejection("binary", f"a NUL byte stands at byte {at}: this is not text")


def _declared_in_page(raw: bytes) -> list[str]:
    head = raw[:_PRESCAN]
    found = [pattern.search(head) for pattern in (_XML_CHARSET, _META_CHARSET)]
    labels = [match[1].decode("ascii") for match in found if match]
    # A page that could be read up to its own charset is in no 16-bit encoding, whatever it says.
    return [label for label in labels if not label.lower().startswith(("utf-16", "utf-32"))]


def _codec(label: str) -> str | None:
    """Return Python's name of a charset label; None for labels that name no text encoding."""
    try:
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return None
    return _SUPERSETS.get(name, name) if _TEXT_CODEC.fullmatch(name) else None


def _strict(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise Rejection("binary", f"byte {error.start} is not text in {encoding}, nor in UTF-8") from error


def _checked(text: str) -> str:
    controls = len(_CONTROLS.findall(text))
    if "\0" in text or controls > _CONTROL_SHARE * len(text):
        raise Rejection("binary", f"{controls} of {len(text)} characters are control characters")
    return text

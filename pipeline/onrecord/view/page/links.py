"""Which addresses a page links to."""

from __future__ import annotations

from urllib.parse import urlsplit

_SCHEMES = frozenset({"http", "https"})


def linked(url: str | None) -> str | None:
    """Return a URL where it may be followed: only pages of the web, never `javascript:` and the like."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme.lower() in _SCHEMES and parts.netloc else None

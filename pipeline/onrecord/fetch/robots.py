"""What a site's robots.txt allows (RFC 9309)."""

from __future__ import annotations

from protego import Protego

from onrecord.read.decode import decode
from onrecord.read.outcome import Rejection

AGENT = "onrecord"
MAX_ROBOTS_BYTES = 512_000  # RFC 9309, section 2.5: at least 500 KiB must be read


class RobotsRules:
    """The rules of one origin, for onrecord.

    Attributes:
        delay: the seconds between requests that the site asks for.
        sitemaps: the sitemaps that it names.
        refusal: why nothing at all may be fetched, where the rules could not be read.

    """

    def __init__(self, content: bytes = b"", *, refusal: str | None = None) -> None:
        try:
            text = decode(content) if content else ""
        except Rejection:  # binary data are no rules
            text = ""
        self._rules = Protego.parse(text)
        self.delay: float = self._rules.crawl_delay(AGENT) or 0.0
        self.sitemaps: tuple[str, ...] = tuple(self._rules.sitemaps)
        self.refusal = refusal

    def objection(self, url: str) -> str | None:
        """Return why this URL must not be fetched, None where it may."""
        if self.refusal:
            return f"robots.txt could not be read, so nothing is fetched: {self.refusal}"
        return None if self._rules.can_fetch(url, AGENT) else "robots.txt does not allow it"

"""Linking: pure functions from one annotated Doc and its Article to one ArticleRecord."""

from onrecord.link.record import link

__all__ = ["link"]

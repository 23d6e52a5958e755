"""Fetching: pages of sites, politely, into WARC files; extraction comes after."""

from onrecord.fetch.archive import fetch_archive
from onrecord.fetch.clock import Clock, SystemClock
from onrecord.fetch.options import FetchOptions
from onrecord.fetch.outcome import Fetched, Left, Outcome
from onrecord.fetch.urls import named_urls

__all__ = [
    "Clock",
    "FetchOptions",
    "Fetched",
    "Left",
    "Outcome",
    "SystemClock",
    "fetch_archive",
    "named_urls",
]

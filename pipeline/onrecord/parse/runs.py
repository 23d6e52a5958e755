"""Runs of one sign, again and again: rules and ornaments, or what fills a text that nobody wrote."""

from __future__ import annotations

import re

RUN = re.compile(r"([^\w\s])\1{100,}")
"""A run is longer than any line of a page. It is one word, and no mark in it opens or closes anything."""

"""Records as one self-contained page: opens from disk, asks no server, loads nothing from elsewhere.

Article text is the text of strangers. Templates escape all of it, what cannot be printed is replaced,
ids in a page are made here and never taken from a record, and the page's Content-Security-Policy
allows its own style sheet and scripts, by their hashes, and nothing else.
"""

from onrecord.view.page.across import archive_disputes_to_html
from onrecord.view.page.differences import diff_to_html
from onrecord.view.page.records import to_cell, to_html

__all__ = ["archive_disputes_to_html", "diff_to_html", "to_cell", "to_html"]

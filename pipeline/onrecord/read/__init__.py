"""Reading: pages, texts, JSON, folders, URLs and standard input become articles or failures."""

from onrecord.read.fetch import FetchedPage, fetch, save_page
from onrecord.read.objects import read_object
from onrecord.read.outcome import ReadArticle
from onrecord.read.page import article_from_html
from onrecord.read.paths import read_paths
from onrecord.read.record_files import read_records

__all__ = [
    "FetchedPage",
    "ReadArticle",
    "article_from_html",
    "fetch",
    "read_object",
    "read_paths",
    "read_records",
    "save_page",
]

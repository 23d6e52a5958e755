"""Review: records compared by content, gold for a person's eyes, and decisions about differences."""

from onrecord.review.compare import diff_records
from onrecord.review.diff import CLASSES, KINDS, Difference, DifferenceClass, Kind, RecordDiff, summary
from onrecord.review.streams import diff_streams

__all__ = [
    "CLASSES",
    "KINDS",
    "Difference",
    "DifferenceClass",
    "Kind",
    "RecordDiff",
    "diff_records",
    "diff_streams",
    "summary",
]

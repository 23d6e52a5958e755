"""Review: records compared by content, gold for a person's eyes, and decisions about differences."""

from onrecord.review.diff import CLASSES, KINDS, Difference, DifferenceClass, Kind, RecordDiff, summary

__all__ = ["CLASSES", "KINDS", "Difference", "DifferenceClass", "Kind", "RecordDiff", "summary"]

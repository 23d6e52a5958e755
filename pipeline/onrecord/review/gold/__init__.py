"""Gold for a person's eyes: YAML that is read, compared with records, and rewritten with its comments."""

from onrecord.review.gold.files import diff_gold, gold_files, read_gold_files
from onrecord.review.gold.gold import Gold

__all__ = ["Gold", "diff_gold", "gold_files", "read_gold_files"]

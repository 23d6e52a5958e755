"""Scores predicted records against gold records, measure by measure."""

from onrecord.evaluate.bootstrap import Interval, confidence_intervals
from onrecord.evaluate.evaluation import ArticleEvaluation, Evaluation, evaluate
from onrecord.evaluate.files import read_predictions
from onrecord.evaluate.gold import gold_problems, read_golds
from onrecord.evaluate.pairing import Fault
from onrecord.evaluate.tally import GROUPS, MEASURES, Counts, Tally

__all__ = [
    "GROUPS",
    "MEASURES",
    "ArticleEvaluation",
    "Counts",
    "Evaluation",
    "Fault",
    "Interval",
    "Tally",
    "confidence_intervals",
    "evaluate",
    "gold_problems",
    "read_golds",
    "read_predictions",
]

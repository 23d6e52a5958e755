"""Disputes across the articles of a run: figures that cannot both be right, claims that others deny.

Blocking in DuckDB finds what is worth comparing, scoring says how sure it is that two claims are about
one matter, and pairs that are sure enough make groups.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping

import duckdb

from onrecord.archive.disputes.articles import Rarity, read_articles
from onrecord.archive.disputes.blocking import Key, denial_pairs, figure_pairs, prepare
from onrecord.archive.disputes.grouping import ScoredPair, group, told_at
from onrecord.archive.disputes.lexicon import load_matters
from onrecord.archive.disputes.scoring import Scorer, Side
from onrecord.archive.views import opened_run
from onrecord.errors import InvalidRecordError
from onrecord.records.across import ArchiveDispute


def run_disputes(out: str | os.PathLike[str], *, min_score: float | None = None) -> list[ArchiveDispute]:
    """Return the disputes across the articles of a run, the surest first.

    `min_score`, between 0 and 1, is how sure it has to be that two claims are about one matter; without
    one the thresholds of the lexicon hold. Copies of one text are no two sides.

    Raises:
        InputNotFoundError: there is no run in the folder.
        InvalidRecordError: its tables cannot be read.
        LexiconError: the lexicon is broken.

    """
    lexicon = load_matters()
    try:
        with opened_run(out) as connection:
            prepare(connection, lexicon)
            figures = list(figure_pairs(connection, lexicon))
            denials = list(denial_pairs(connection, lexicon))
            articles = read_articles(connection, _wanted((*figures, *denials)))
            scorer = Scorer(lexicon, Rarity(connection))
    except duckdb.Error as error:
        raise InvalidRecordError(f"{out}: the tables of the run cannot be read: {error}") from error

    def side(key: Key) -> Side:
        return articles[key[0]], told_at(articles, key)

    sure_figure = lexicon.figures.threshold if min_score is None else min_score
    sure_denial = lexicon.denials.threshold if min_score is None else min_score
    found = [
        ScoredPair(one, other, score)
        for pairs, score_of, threshold in (
            (figures, scorer.figures, sure_figure),
            (denials, scorer.denial, sure_denial),
        )
        for one, other in pairs
        if (score := score_of(side(one), side(other))) is not None and score >= threshold
    ]
    return group(found, articles, lexicon)


def _wanted(pairs: Iterable[tuple[Key, Key]]) -> Mapping[int, set[tuple[str, str | None]]]:
    """The claims and figures to be read of each article."""
    wanted: defaultdict[int, set[tuple[str, str | None]]] = defaultdict(set)
    for pair in pairs:
        for position, claim, figure in pair:
            wanted[position].add((claim, figure))
    return wanted

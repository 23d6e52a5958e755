"""Which claims of different articles are worth comparing: shared words, with a place or a period, in SQL.

Comparing every claim with every other is out of the question for an archive. Blocks keep what is
compared small: figures of one measure in one place or one week, and denials with claims that share
several words within a month. Blocks that hold too much to say anything ("people" in a busy week) are
left out.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from onrecord.archive.disputes.lexicon import MatterLexicon
from onrecord.link.disputes import NOT_SO, STANCES

_MOST = 300  # claims in a block
_LEAST_WORDS = 2  # that a denial shares with a claim

Key = tuple[int, str, str | None]
"""Position of the article, claim, figure."""

_CLAIM = (
    '[{"id": "VARCHAR", "speech_act": "VARCHAR", "parent": "VARCHAR", "source": {"actor": "VARCHAR"},'
    ' "content": [{"text": "VARCHAR"}], "target": {"claim": "VARCHAR"}, "figures": ["VARCHAR"]}]'
)
_FIGURE = (
    '[{"id": "VARCHAR", "value": "DOUBLE", "low": "DOUBLE", "high": "DOUBLE", "unit": "VARCHAR",'
    ' "measure": "VARCHAR", "when": "VARCHAR"}]'
)
_PLACE = '[{"id": "VARCHAR", "name": "VARCHAR", "kind": "VARCHAR", "geonames_id": "BIGINT"}]'
_DATE = '[{"id": "VARCHAR", "earliest": "VARCHAR"}]'

_TABLES = f"""
CREATE TEMP MACRO words_of(text) AS list_distinct(
    [regexp_replace(word, '(ings?|ed|es|e|s)$', '')
     for word in regexp_extract_all(lower(text), '\\p{{L}}{{4,}}')]);
CREATE TEMP VIEW document AS
    SELECT position, try_cast(left(published, 10) AS DATE) AS day, record FROM records WHERE claims > 0;
CREATE TEMP TABLE said AS
    SELECT position, day, unnest(from_json(json_extract(record, '$.claims'), '{_CLAIM}'), max_depth := 2)
    FROM document;
CREATE TEMP TABLE number AS
    SELECT position, unnest(from_json(json_extract(record, '$.figures'), '{_FIGURE}'), max_depth := 2)
    FROM document;
CREATE TEMP TABLE place AS
    SELECT DISTINCT position, coalesce(geonames_id::VARCHAR, lower(name)) AS place
    FROM (SELECT position, unnest(from_json(json_extract(record, '$.places'), '{_PLACE}'), max_depth := 2)
          FROM document)
    WHERE kind <> 'country';
CREATE TEMP TABLE moment AS
    SELECT position, id, try_cast(earliest AS DATE) AS earliest
    FROM (SELECT position, unnest(from_json(json_extract(record, '$.dates'), '{_DATE}'), max_depth := 2)
          FROM document);
"""

# What a claim says is also what the claim says that it is reported in; it is the inner one's.
_FIGURES = f"""
WITH stated AS (
    SELECT position, day, id AS claim, parent, unnest(figures) AS figure FROM said
    WHERE speech_act NOT IN (SELECT unnest($not_so)) AND source.actor IS NOT NULL
), keyed AS (
    SELECT s.position, s.claim, s.figure, matter.key, number.unit, s.day,
        coalesce(moment.earliest, s.day) AS moment,
        coalesce(number.value, number.low, '-infinity'::DOUBLE) AS low,
        coalesce(number.value, number.high, 'infinity'::DOUBLE) AS high
    FROM stated s
    JOIN number ON number.position = s.position AND number.id = s.figure
    JOIN matter USING (measure)
    LEFT JOIN moment ON moment.position = s.position AND moment.id = number.when
    WHERE NOT EXISTS (
        SELECT 1 FROM stated inner_ WHERE inner_.position = s.position AND inner_.parent = s.claim
            AND inner_.figure = s.figure)
), blocked AS (
    SELECT keyed.*, 'place ' || place AS block FROM keyed JOIN place USING (position)
    UNION ALL
    SELECT keyed.*, 'week ' || ((moment - DATE '1970-01-01') // 7 + next) AS block
    FROM keyed, (VALUES (0), (1)) AS weeks(next) WHERE moment IS NOT NULL
), kept AS (
    SELECT * FROM blocked
    QUALIFY count(*) OVER (PARTITION BY block, key, unit) <= {_MOST}
)
SELECT DISTINCT a.position, a.claim, a.figure, b.position, b.claim, b.figure
FROM kept a JOIN kept b
    ON a.block = b.block AND a.key = b.key AND a.unit IS NOT DISTINCT FROM b.unit AND a.position < b.position
WHERE (a.high < b.low OR b.high < a.low)
    AND (a.day IS NULL OR b.day IS NULL OR abs(a.day - b.day) <= $days)
ORDER BY ALL
"""

_DENIALS = f"""
WITH told AS (
    SELECT s.position, s.day, s.id AS claim, s.speech_act IN (SELECT unnest($stances)) AS denies,
        concat_ws(' ', list_aggregate([piece.text for piece in s.content], 'string_agg', ' '),
            list_aggregate([piece.text for piece in answered.content], 'string_agg', ' ')) AS words
    FROM said s
    LEFT JOIN said answered ON answered.position = s.position AND answered.id = s.target.claim
        AND s.speech_act IN (SELECT unnest($stances))
    WHERE s.speech_act NOT IN (SELECT unnest($not_so)) AND s.source.actor IS NOT NULL
), worded AS (
    SELECT position, day, claim, denies, unnest(words_of(words)) AS word FROM told
), kept AS (
    SELECT * FROM worded WHERE word NOT IN (SELECT word FROM common)
    QUALIFY count(*) OVER (PARTITION BY word) <= {_MOST}
)
SELECT a.position, a.claim, b.position, b.claim
FROM kept a JOIN kept b ON a.word = b.word AND a.position <> b.position
WHERE NOT a.denies AND b.denies AND (a.day IS NULL OR b.day IS NULL OR abs(a.day - b.day) <= $days)
GROUP BY ALL
HAVING count(*) >= {_LEAST_WORDS}
ORDER BY ALL
"""


def prepare(connection: duckdb.DuckDBPyConnection, lexicon: MatterLexicon) -> None:
    """Lay out what blocking reads, in temporary tables."""
    connection.execute(_TABLES)
    connection.execute(
        "CREATE TEMP TABLE common AS SELECT DISTINCT unnest(words_of($words)) AS word",
        {"words": " ".join(sorted(lexicon.common | lexicon.alike.keys()))},
    )
    measures = [row[0] for row in connection.execute("SELECT DISTINCT measure FROM number").fetchall()]
    keys = [lexicon.measured(measure).key for measure in measures]
    connection.execute(
        "CREATE TEMP TABLE matter AS SELECT * FROM"
        " (SELECT unnest($measures) AS measure, unnest($keys) AS key) WHERE key IS NOT NULL",
        {"measures": measures, "keys": keys},
    )


def figure_pairs(connection: duckdb.DuckDBPyConnection, lexicon: MatterLexicon) -> Iterator[tuple[Key, Key]]:
    """Yield figures of different articles that may be about one thing and are not the same."""
    given = {"not_so": sorted(NOT_SO), "days": int(lexicon.limits.days)}
    for row in connection.execute(_FIGURES, given).fetchall():
        yield (row[0], row[1], row[2]), (row[3], row[4], row[5])


def denial_pairs(connection: duckdb.DuckDBPyConnection, lexicon: MatterLexicon) -> Iterator[tuple[Key, Key]]:
    """Yield claims, each with a denial or dismissal of another article that shares words with it."""
    given = {"not_so": sorted(NOT_SO), "stances": sorted(STANCES), "days": int(lexicon.limits.days)}
    for row in connection.execute(_DENIALS, given).fetchall():
        yield (row[0], row[1], None), (row[2], row[3], None)

"""What tests of the evaluation say of records and results."""

import json
from pathlib import Path

_HARBOUR = Path(__file__).parent.parent / "view" / "harbour.json"


def harbour():
    """A small gold record: five claims, five actors, two figures, two dates, a place."""
    return json.loads(_HARBOUR.read_text(encoding="utf-8"))


def counts(result, measure):
    return result[measure].gold, result[measure].predicted, result[measure].right


def claim(record, identifier):
    return next(one for one in record["claims"] if one["id"] == identifier)


def span(record, words):
    start = record["article"]["text"].index(words)
    return {"start": start, "end": start + len(words), "text": words}

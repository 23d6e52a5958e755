"""One small record, as plain data, to be changed by tests."""

from onrecord.records import Article

TEXT = (
    "Gale closes the harbour at Norvik\n"
    "The port authority said on Monday that 12 boats were missing. It had warned that a storm was near.\n"
    "Ina Berg denied that 12 boats were missing. She said on Monday that two crews were late.\n"
)


def at(words, occurrence=1, text=TEXT, **fields):
    """The span of an occurrence of words."""
    start = -1
    for _ in range(occurrence):
        start = text.index(words, start + 1)
    return {"start": start, "end": start + len(words), "text": words, **fields}


def harbour_data(text=TEXT):
    """The record as plain data; of a text that has the same words, in any order."""

    def here(words, occurrence=1, **fields):
        return at(words, occurrence, text, **fields)

    return {
        "article": Article.of(text, id="harbour", title="Gale", published="2024-05-14").model_dump(),
        "actors": [
            {
                "id": "a1",
                "name": "port authority",
                "type": "government",
                "mentions": [here("The port authority", kind="nominal"), here("It", kind="pronoun")],
            },
            {
                "id": "a2",
                "name": "Ina Berg",
                "type": "person",
                "roles": ["skipper"],
                "affiliations": ["a1"],
                "mentions": [here("Ina Berg", kind="name"), here("She", kind="pronoun")],
            },
        ],
        "places": [
            {"id": "p1", "name": "Norvik", "kind": "city", "country": "NO", "mentions": [here("Norvik")]}
        ],
        "dates": [
            {"id": "d1", "type": "DATE", "timex": "2024-05-13", "anchor": "publication", **here("Monday")},
        ],
        "figures": [
            {"id": "f1", "value": 12.0, "modifier": "exact", "counted": "boats", "by": "a1", **here("12")},
            {"id": "f2", "value": 12.0, "modifier": "exact", "counted": "boats", **here("12", 2)},
        ],
        "claims": [
            {
                "id": "c1",
                "quotation": "indirect",
                "speech_act": "statement",
                "source": {"actor": "a1", "span": here("The port authority")},
                "cue": here("said", lemma="say"),
                "content": [here("that 12 boats were missing")],
                "said": "d1",
                "figures": ["f1"],
                "confidence": 0.9,
            },
            {
                "id": "c2",
                "quotation": "indirect",
                "speech_act": "warning",
                "source": {"actor": "a1", "span": here("It")},
                "cue": here("warned", lemma="warn"),
                "content": [here("that a storm was near")],
                "confidence": 0.9,
            },
            {
                "id": "c3",
                "quotation": "indirect",
                "speech_act": "denial",
                "source": {"actor": "a2", "span": here("Ina Berg")},
                "cue": here("denied", lemma="deny"),
                "content": [here("that 12 boats were missing", 2)],
                "target": {"actor": "a1", "claim": "c1"},
                "figures": ["f2"],
                "confidence": 0.9,
            },
        ],
        "disputes": [
            {
                "id": "x1",
                "matter": "missing boats",
                "sides": [{"stance": "asserts", "claims": ["c1"]}, {"stance": "denies", "claims": ["c3"]}],
            }
        ],
        "non_responses": [{"actor": "a2", "span": here("She"), "kind": "declined", "topic": None}],
    }

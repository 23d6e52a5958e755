import pytest
from norvik import TEXT, at, harbour_data

from onrecord.records import Article, ArticleRecord
from onrecord.review import diff_records


def said_by(diff):
    return [(one.class_, one.kind, one.path, one.old, one.new) for one in diff.differences]


def put(group, number, /, **fields):
    return lambda data: data[group][number].update(fields)


def put_in(kind, number, field, **fields):
    return lambda data: data[kind][number].update(
        {field: {**(data[kind][number].get(field) or {}), **fields}}
    )


MISSING, NEAR = "that 12 boats were missing", "that a storm was near"
CHANGES = [
    (put("actors", 0, type="organization"), ("changed", "actors", "type", "government", "organization")),
    (put("actors", 1, name="I. Berg"), ("changed", "actors", "name", "Ina Berg", "I. Berg")),
    (
        put("actors", 1, roles=["owner", "skipper"]),
        ("changed", "actors", "roles", ("skipper",), ("owner", "skipper")),
    ),
    (put("actors", 1, affiliations=[]), ("relinked", "actors", "affiliations", ("port authority",), ())),
    (put("places", 0, country=None), ("changed", "places", "country", "NO", None)),
    (
        put("places", 0, mentions=[at("Norvik", in_name=True)]),
        ("changed", "places", "mentions.in_name", False, True),
    ),
    (put("dates", 0, timex="2024-05-06"), ("changed", "dates", "timex", "2024-05-13", "2024-05-06")),
    (put("dates", 0, anchor="absolute"), ("changed", "dates", "anchor", "publication", "absolute")),
    (put("dates", 0, **at("Monday", 2)), ("moved", "dates", "", "Monday", "Monday")),
    (put("dates", 0, **at("on Monday")), ("changed", "dates", "text", "Monday", "on Monday")),
    (put("figures", 0, value=13), ("changed", "figures", "value", 12.0, 13.0)),
    (put("figures", 0, by="a2"), ("relinked", "figures", "by", "port authority", "Ina Berg")),
    (put("figures", 1, by="a2"), ("relinked", "figures", "by", None, "Ina Berg")),
    (put("figures", 0, **at("12 boats")), ("changed", "figures", "text", "12", "12 boats")),
    (put("claims", 1, speech_act="statement"), ("changed", "claims", "speech_act", "warning", "statement")),
    (put("claims", 1, confidence=0.5), ("changed", "claims", "confidence", 0.9, 0.5)),
    (put("claims", 1, hedge="near"), ("changed", "claims", "hedge", None, "near")),
    (put("claims", 0, cue=at("said", 2, lemma="say")), ("moved", "claims", "cue", "said", "said")),
    (
        put("claims", 1, content=[at("that a storm was")]),
        ("changed", "claims", "content", NEAR, "that a storm was"),
    ),
    (put("claims", 0, said=None), ("relinked", "claims", "said", "Monday", None)),
    (put("claims", 0, figures=["f2"]), ("relinked", "claims", "figures", ("12",), ("12",))),
    (put("claims", 1, parent="c1"), ("relinked", "claims", "parent", None, MISSING)),
    (
        put_in("claims", 0, "source", actor="a2"),
        ("relinked", "claims", "source.actor", "port authority", "Ina Berg"),
    ),
    (put_in("claims", 2, "target", claim="c2"), ("relinked", "claims", "target.claim", MISSING, NEAR)),
    (put("disputes", 0, matter="boats"), ("changed", "disputes", "matter", "missing boats", "boats")),
    (put("non_responses", 0, kind="no_reply"), ("changed", "non_responses", "kind", "declined", "no_reply")),
    (put("non_responses", 0, actor=None), ("relinked", "non_responses", "actor", "Ina Berg", None)),
    (lambda data: data["article"].update(title="Storm"), ("changed", "article", "title", "Gale", "Storm")),
]


@pytest.mark.parametrize(("change", "expected"), CHANGES, ids=[" ".join(one[1][:3]) for one in CHANGES])
def test_one_change_is_one_difference(harbour, changed, change, expected):
    assert said_by(diff_records(harbour, changed(change))) == [expected]


def test_a_mention_that_changes_hands_is_regrouped(harbour, changed):
    def regroup(data):
        data["actors"][1]["mentions"].append(data["actors"][0]["mentions"].pop())

    (one,) = diff_records(harbour, changed(regroup)).differences
    assert (one.class_, one.path, one.old, one.new) == ("regrouped", "mentions", "port authority", "Ina Berg")
    assert [span.text for span in (*one.old_spans, *one.new_spans)] == ["It", "It"]


def test_mentions_come_go_and_change(harbour, changed):
    def change(data):
        mentions = data["actors"][0]["mentions"]
        mentions[0] = at("port authority", kind="nominal")
        mentions[1]["kind"] = "name"
        data["actors"][1]["mentions"].pop()
        data["actors"][1]["mentions"].append(at("two crews", kind="nominal"))

    assert said_by(diff_records(harbour, changed(change))) == [
        ("changed", "actors", "mentions", "The port authority", "port authority"),
        ("changed", "actors", "mentions.kind", "pronoun", "name"),
        ("changed", "actors", "mentions", "She", None),
        ("changed", "actors", "mentions", None, "two crews"),
    ]


def test_items_are_added_and_removed_with_what_they_say(harbour, changed):
    def remove(data):
        del data["figures"][1]
        data["claims"][2]["figures"] = []

    (removed,) = diff_records(harbour, changed(remove)).differences
    (added,) = diff_records(changed(remove), harbour).differences
    assert (removed.class_, removed.old_id, removed.new_id, removed.new) == ("removed", "f2", None, None)
    assert removed.old == added.new == {"value": 12.0, "modifier": "exact", "counted": "boats", "text": "12"}
    assert (added.class_, added.new_spans) == ("added", removed.old_spans)


def test_what_an_added_actor_is_named_in_is_relinked(harbour, changed):
    def replace_source(data):
        data["actors"].append(
            {"id": "a9", "name": "harbour", "type": "group", "mentions": [at("harbour", kind="name")]}
        )
        data["claims"][0]["source"]["actor"] = "a9"

    assert said_by(diff_records(harbour, changed(replace_source)))[1:] == [
        ("relinked", "claims", "source.actor", "port authority", "harbour")
    ]


def test_ids_and_order_do_not_matter(harbour):
    data = harbour_data()
    text = ArticleRecord.model_validate(data).model_dump_json()
    for old, new in (
        ("a1", "zz"),
        ("a2", "a1"),
        ("zz", "a2"),
        ("c1", "yy"),
        ("c3", "c1"),
        ("yy", "c3"),
        ("f1", "f9"),
    ):
        text = text.replace(f'"{old}"', f'"{new}"')
    renamed = ArticleRecord.model_validate_json(text)
    shuffled = renamed.model_copy(update={"claims": renamed.claims[::-1], "actors": renamed.actors[::-1]})
    assert not diff_records(harbour, shuffled).differences


def test_provenance_does_not_matter(harbour):
    other = harbour.model_copy(update={"provenance": {"onrecord": "9"}})
    assert not diff_records(harbour, other).differences


def test_an_inserted_sentence_shifts_nothing(harbour, changed):
    text = TEXT.replace("It had warned", "Two of them were found at noon. It had warned")
    assert said_by(diff_records(harbour, changed(lambda _: None, text))) == [
        (
            "changed",
            "article",
            "text",
            harbour.article.text_sha256,
            changed(lambda _: None, text).article.text_sha256,
        )
    ]


def test_a_paragraph_that_stands_elsewhere_has_moved(harbour):
    title, first, second = TEXT.splitlines(keepends=True)
    text = title + second + first

    def moved(value):
        if isinstance(value, list):
            return [moved(one) for one in value]
        if not isinstance(value, dict):
            return value
        found = {key: moved(inner) for key, inner in value.items()}
        if "start" in found and found["start"] >= len(title):
            is_first = found["start"] < len(title + first)
            shift = len(second) if is_first else -len(first)
            found.update(start=found["start"] + shift, end=found["end"] + shift)
        return found

    data = moved(harbour_data())
    article = Article.of(text, id="harbour", title="Gale", published="2024-05-14")
    new = ArticleRecord.model_validate({**data, "article": article.model_dump()})
    diff = diff_records(harbour, new)
    assert {one.class_ for one in diff.differences if one.kind != "article"} == {"moved"}
    assert [one.label for one in diff.differences if one.kind == "claims"] == [MISSING]


def test_only_some_kinds_and_fields_are_looked_at(harbour, changed):
    def change(data):
        data["claims"][0].update(speech_act="estimate", confidence=0.1)
        data["figures"][0]["value"] = 1

    new = changed(change)
    assert {one.kind for one in diff_records(harbour, new).differences} == {"claims", "figures"}
    assert {one.kind for one in diff_records(harbour, new, only=("figures",)).differences} == {"figures"}
    assert [
        one.path
        for one in diff_records(harbour, new, only=("claims",), ignore=("claims.confidence",)).differences
    ] == ["speech_act"]


def test_an_article_that_only_one_side_has(harbour):
    (added,) = diff_records(None, harbour).differences
    (removed,) = diff_records(harbour, None).differences
    assert (added.class_, added.kind, added.new) == ("added", "article", "harbour")
    assert (removed.class_, removed.kind, removed.old) == ("removed", "article", "harbour")
    with pytest.raises(ValueError, match="neither"):
        diff_records(None, None)

from onrecord.records import Article, ArticleRecord
from onrecord.review import diff_records
from onrecord.review.gold import Gold


def crowded(acts, size=1_000):
    """A record whose claims all have the same words, in one place."""
    text = "said that it rained"
    content = {"start": 5, "end": 19, "text": text[5:]}
    claims = [
        {
            "id": f"c{number}",
            "quotation": "direct",
            "speech_act": acts[number % len(acts)],
            "source": {},
            "content": [content],
        }
        for number in range(size)
    ]
    return ArticleRecord.model_validate({"article": Article.of(text, id="x").model_dump(), "claims": claims})


def test_a_thousand_claims_in_one_place_are_paired():
    diff = diff_records(crowded(["denial"]), crowded(["denial", "statement"]))
    assert len(diff.differences) == 500
    assert {one.path for one in diff.differences} == {"speech_act"}


def test_gold_of_a_thousand_namesakes_is_read_back():
    record = crowded(["denial", "statement"], 1_000)
    gold = Gold.parse(Gold.of(record, "x").dump(), "x")
    assert not gold.compare(record).differences


def test_lines_without_end_and_words_without_number():
    text = "a" * 20_000 + "\n" * 5_000 + "he said " * 3_000
    spans = [
        {"start": start, "end": start + 1, "text": text[start], "kind": "pronoun"}
        for start in range(0, 20_000, 40)
    ]
    actors = [{"id": "a1", "name": "A", "type": "person", "mentions": spans}]
    record = ArticleRecord.model_validate(
        {"article": Article.of(text, id="x").model_dump(), "actors": actors}
    )
    gold = Gold.parse(Gold.of(record, "x").dump(), "x")
    assert not gold.compare(record).differences
    other = ArticleRecord.model_validate({"article": Article.of(f"x\n{text}he", id="x").model_dump()})
    assert {one.class_ for one in diff_records(record, other).differences} == {"removed", "changed"}

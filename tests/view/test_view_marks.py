import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import Article, ArticleRecord
from onrecord.view.inputs import holds_records
from onrecord.view.marks import marks_of, segments


def span(text, start, end, **more):
    return {"start": start, "end": end, "text": text[start:end], **more}


@st.composite
def records(draw):
    """Records whose spans nest and overlap as they like."""
    text = draw(st.text("ab \n\r🙂é\u0301'“”\u202e", min_size=1, max_size=30))
    offsets = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(
        lambda x: x[0] < x[1]
    )
    claims = [
        {
            "id": f"c{number}",
            "quotation": "mixed",
            "speech_act": "statement",
            "source": {"span": span(text, *draw(offsets))},
            "cue": span(text, *draw(offsets), lemma="say"),
            "content": [span(text, *one) for one in draw(st.lists(offsets, min_size=1, max_size=3))],
        }
        for number in range(draw(st.integers(0, 4)))
    ]
    figures = [
        {"id": f"f{number}", "value": 1, "modifier": "exact", **span(text, *draw(offsets))}
        for number in range(draw(st.integers(0, 3)))
    ]
    return ArticleRecord(article=Article.of(text), claims=claims, figures=figures)


@given(records())
def test_segments_are_the_whole_text_under_the_marks_that_cover_it(record):
    at = 0
    opened = []
    for segment in segments(record):
        end = at + len(segment.text)
        assert segment.text == record.article.text[at:end]
        covering = [mark for mark in marks_of(record) if mark.start < end and at < mark.end]
        assert all(mark.start <= at and end <= mark.end for mark in covering)
        assert sorted(segment.marks, key=repr) == sorted(covering, key=repr)
        opened += [(number, at) for number in segment.opens]
        at = end
    assert at == len(record.article.text)
    assert sorted(opened) == [(n, claim.content[0].start) for n, claim in enumerate(record.claims)]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.jsonl", '{"schema_version": "1", "article": {}}\n', True),
        ("a.json", ' [\n {"article": {"id": "x"}}]', True),
        ("a.json", '\ufeff{"schema_version": "1"}', True),
        ("a.json", '{"text": "An article.", "article": 1}', False),
        ("a.json", "[]", False),
        ("a.json", "", False),
        ("a.txt", '{"schema_version": "1"}', False),
        ("a.parquet", "", True),
        ("a.jsonl.gz", "not gzip", False),
    ],
)
def test_records_are_told_from_articles(tmp_path, name, content, expected):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert holds_records(path) is expected
    assert holds_records(tmp_path) is expected


def test_what_is_not_there_holds_no_records(tmp_path):
    assert not holds_records(tmp_path)
    assert not holds_records(tmp_path / "nowhere.json")
    assert not holds_records(tmp_path / "https://example.org/a.json")

"""Copies of an article: found whatever the order, extracted once, linked to the first."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.archive.duplicates import DuplicateIndex
from onrecord.archive.entry import Entry, Fingerprint
from onrecord.archive.fingerprint import signature, similarity
from onrecord.records import Article


def prose(seed, words=300):
    chance = random.Random(seed)
    return " ".join(f"the w{chance.randrange(10_000)}" for _ in range(words // 2))


def changed(text, share, seed=0):
    """The text with a share of its words, in one piece, put in the place of others."""
    words = text.split()
    count = int(len(words) * share)
    return " ".join([*(f"new{seed}{number}" for number in range(count)), *words[count:]])


def fingerprint(text):
    article = Article.of(text)
    return Fingerprint(article.id, article.text_sha256, signature(text))


@pytest.fixture
def index(tmp_path):
    made = DuplicateIndex(tmp_path / "index.sqlite")
    yield made
    made.close()


def test_similarity_is_that_of_the_shingles():
    text = prose(1, 2_000)
    for share in (0.0, 0.1, 0.3, 0.6):
        kept = 1 - share
        expected = kept / (2 - kept)
        assert similarity(signature(text), signature(changed(text, share))) == pytest.approx(
            expected, abs=0.12
        )
    assert similarity(signature(text), signature(prose(2, 2_000))) < 0.05


def test_short_texts_have_no_signature():
    assert signature("The score was 3 to 1.") is None
    assert signature(" ".join(["word"] * 500)) is None


@given(st.text(max_size=400))
def test_any_text_has_a_fingerprint_that_the_journal_keeps(text):
    entry = Entry(3, "x", fingerprint=Fingerprint("a", "b", signature(text * 9)))
    again = Entry.from_line(entry.to_line())
    assert again.to_line() == entry.to_line()


def test_letter_case_and_punctuation_do_not_matter():
    text = prose(3)
    assert similarity(signature(text), signature(text.upper().replace(" ", ", "))) == 1.0


def test_an_earlier_copy_is_found_and_a_later_one_is_not(index):
    text = prose(4)
    for position, known in enumerate([prose(5), text, changed(text, 0.05), text]):
        index.add(position, fingerprint(known))
    assert index.earlier(1, fingerprint(text)) is None
    near = index.earlier(2, fingerprint(changed(text, 0.05)))
    assert (near.position, near.kind) == (1, "near")
    assert near.similarity >= 0.8
    exact = index.earlier(3, fingerprint(text))
    assert (exact.position, exact.kind, exact.similarity) == (1, "exact", 1.0)


def test_what_is_half_the_same_is_no_copy(index):
    text = prose(6)
    index.add(0, fingerprint(text))
    assert index.earlier(1, fingerprint(changed(text, 0.5))) is None


@settings(max_examples=20)
@given(st.permutations(range(8)))
def test_the_order_in_which_texts_come_does_not_matter(tmp_path_factory, order):
    text = prose(7)
    texts = [
        prose(8),
        text,
        changed(text, 0.04, 1),
        prose(9),
        text,
        changed(text, 0.04, 2),
        "Short.",
        "Short.",
    ]
    made = DuplicateIndex(tmp_path_factory.mktemp("index") / "index.sqlite")
    for position in order:
        made.add(position, fingerprint(texts[position]))
    found = [made.earlier(position, fingerprint(texts[position])) for position in range(8)]
    made.close()
    assert [match and match.position for match in found] == [None, None, 1, None, 1, 1, None, 6]


def test_copies_are_extracted_once_and_linked_to_the_first(run, lines, rows):
    text = f"“{prose(10)},” she said."
    copies = [
        {"id": "first", "text": text},
        {"id": "other", "text": "“Nothing of that kind,” he said."},
        {"id": "agency", "text": text, "url": "https://b.example/2"},
        {"id": "edited", "text": changed(text, 0.03)},
        {"id": "later", "text": changed(text, 0.06)},
    ]
    source = lines(*copies)
    out = run(source, shard_size=2, limits={"workers": 2})
    assert rows(out, "SELECT article_id FROM records ORDER BY position") == [("first",), ("other",)]
    linked = rows(
        out,
        "SELECT article_id, url, line, kind, original_id, original_position FROM duplicates ORDER BY line",
    )
    assert linked == [
        ("agency", "https://b.example/2", 3, "exact", "first", 0),
        ("edited", None, 4, "near", "first", 0),
        ("later", None, 5, "near", "first", 0),
    ]
    kept = run(source, out="kept", shard_size=2, keep_duplicates=True)
    assert len(rows(kept, "FROM records")) == 5
    assert rows(kept, "SELECT * FROM duplicates") == rows(out, "SELECT * FROM duplicates")


def test_pages_of_a_web_archive_and_their_copies_can_be_found_again(run, rows, web_archive):
    page = (
        "<html><body><h1>Pool will close</h1><p>The council said that the pool would close.</p></body></html>"
    )
    path = web_archive(
        {"https://a.example/1": page, "https://b.example/copy": page, "https://a.example/2": "<p>"}
    )
    out = run(path)
    (record,) = rows(out, "SELECT url, record->'$.provenance.input' FROM records")
    assert record[0] == "https://a.example/1"
    (failure,) = rows(out, "SELECT url, code, (place->>'$.offset')::INT > 0 FROM failures")
    assert failure == ("https://a.example/2", "no_text", True)
    (copy,) = rows(out, "SELECT url, original_position, place LIKE '%<urn:uuid:%' FROM duplicates")
    assert copy == ("https://b.example/copy", 0, True)

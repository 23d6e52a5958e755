import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from wild_records import ALPHABET

from onrecord.errors import InvalidRecordError
from onrecord.review.gold.document import Document, parse

WRITTEN = """\
# head
article:  # the article
  id: x

# the claims
claims:
- id: one  # the first
  # wrong, see above
  speech_act: denial  # or dismissal?
  content:
  - text: "a # b"
    paragraph: 3
  # the second piece
  - text: said
    paragraph: 3
  figures:
  - "31"  # people
  - three hundred

# about two
- id: two
  hedge: "null"
  cue: null
# tail
"""


def test_what_is_written_canonically_is_written_again_as_it_is():
    assert parse(WRITTEN, "x").dump() == WRITTEN


def test_scalars_are_words():
    data = parse("article: {id: 007, published: 2020-06-16, country: NO, when: 12:30, title: ~}\n", "x").data
    assert data == {
        "article": {"id": "007", "published": "2020-06-16", "country": "NO", "when": "12:30", "title": None}
    }


def test_lines_within_a_scalar_are_no_comments():
    document = parse("article:\n  id: x\n  note: |\n    first\n\n    # no comment\n  title: y\n", "x")
    assert document.data["article"]["note"] == "first\n\n# no comment\n"
    assert not document.comments


def test_comments_stay_with_their_items_when_these_change_places():
    document = parse("claims:\n# of a\n- id: a\n# of b\n- id: b  # beside b\n  # in b\n  cue: c\n", "x")
    document.data["claims"].reverse()
    assert document.dump() == "claims:\n# of b\n- id: b  # beside b\n  # in b\n  cue: c\n# of a\n- id: a\n"
    del document.data["claims"][0]
    assert document.dump() == "claims:\n# of a\n- id: a\n"


def test_comments_of_fields_that_are_gone_stand_above_their_item():
    document = parse("claims:\n- id: a\n  # why\n  hedge: b  # so\n- id: c  # gone\n", "x")
    document.data["claims"] = [{"id": "a"}]
    document.keep_orphans()
    assert document.dump() == "claims:\n# why\n# so\n- id: a\n"


def test_comments_behind_flow_style_are_kept():
    document = parse("ignore: [disputes, figures]  # for now\nclaims:\n- # the first\n  id: a\n", "x")
    assert document.dump() == "ignore:\n- disputes\n- figures  # for now\n\nclaims:\n# the first\n- id: a\n"


SCALARS = st.text(ALPHABET + "no~1e0x", max_size=8) | st.sampled_from(
    [
        "no",
        "NO",
        "null",
        "~",
        "1",
        "1e3",
        "0x1f",
        "2020-01-01",
        "12:30",
        ".inf",
        "---",
        "...",
        "a: b",
        "a:",
        "x #y",
    ]
)


@given(SCALARS, st.lists(SCALARS, min_size=1, max_size=4))
def test_every_string_comes_back_and_means_the_same_to_others(one, several):
    data = {"key": one, "list": several, "items": [{"id": one, "text": word} for word in several]}
    written = Document(data).dump()
    assert parse(written, "x").data == data
    assert parse(written, "x").dump() == written
    assert yaml.safe_load(written) == data
    assert written.count("\n") == 5 + len(several) * 3


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "gold is a mapping"),
        ("- a\n", "gold is a mapping"),
        ("a: [1\n", "line 2: no YAML"),
        ("a: 1\na: 2\n", "line 2: the key 'a' stands twice"),
        ("a: &x [1]\nb: *x\n", "gold has no anchors"),
        ("? [a]\n: b\n", "line 1: the key"),
        ("a: " + "[" * 20_000, "nested too deeply|no YAML"),
    ],
)
def test_other_yaml_is_refused_with_its_line(text, reason):
    with pytest.raises(InvalidRecordError, match=reason):
        parse(text, "x")

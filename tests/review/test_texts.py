from hypothesis import given
from hypothesis import strategies as st
from wild_records import texts

from onrecord.records import Span
from onrecord.review.texts import TextMap, area_of, length, merged, shared


def span(text, words):
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)


def test_what_stands_in_both_texts_is_mapped():
    old = "One line.\nThe dam leaked on Monday.\nThe end.\n"
    new = "A new line.\nOne line.\nThe old dam leaked badly on Monday.\nThe end.\n"
    text_map = TextMap(old, new)
    for words in ("One line", "leaked", "on Monday", "end"):
        assert text_map.image([span(old, words)]) == area_of([span(new, words)])
    assert (
        "".join(new[a:b] for a, b in text_map.image([span(old, "The dam leaked on")])) == "The dam leaked on"
    )


def test_what_the_new_text_lacks_has_no_image():
    assert (
        TextMap("The dam leaked.\nHe left.", "He left.").image([span("The dam leaked.\nHe left.", "dam")])
        == ()
    )


@given(texts(), texts(), st.data())
def test_images_hold_the_same_words_and_lead_back(old, new, data):
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    one = Span(start=start, end=end, text=old[start:end])
    image = TextMap(old, new).image([one])
    back = TextMap(new, old).image([Span(start=a, end=b, text=new[a:b]) for a, b in image])
    assert length(back) == length(image)
    assert [old[a:b] for a, b in back] == [] or "".join(old[a:b] for a, b in back) == "".join(
        new[a:b] for a, b in image
    )
    assert shared(back, area_of([one])) == length(back)


INTERVALS = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 6)).map(lambda one: (one[0], one[0] + one[1]))
)


@given(INTERVALS, INTERVALS)
def test_areas_count_each_place_once(one, other):
    places = [{place for start, end in area for place in range(start, end)} for area in (one, other)]
    assert length(merged(one)) == len(places[0])
    assert shared(merged(one), merged(other)) == len(places[0] & places[1])


def test_texts_without_a_common_line_stay_affordable():
    old, new = "a " * 20_000, "b " * 20_000
    assert TextMap(old, new).image([Span(start=0, end=1, text="a")]) == ()
    same = "\n".join(["said"] * 5_000)
    assert TextMap(same, f"x\n{same}").position(0) >= 0

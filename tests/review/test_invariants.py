from collections import Counter
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_records import invent, mutate
from wild_records import records, two_records

from onrecord.review import diff_records
from onrecord.review.diff import as_json
from onrecord.review.gold import Gold

# An example is a whole record, or two.
LEISURELY = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def mirror_image(diff):
    return Counter(repr(replace(one.mirrored(), label="")) for one in diff.differences)


def as_seen(diff):
    return Counter(repr(replace(one, label="", key="")) for one in diff.differences)


def gold_of(record):
    return Gold.parse(Gold.of(record, "x.yaml").dump(), "x.yaml")


@LEISURELY
@given(records())
def test_a_record_does_not_differ_from_itself(record):
    assert not diff_records(record, record.model_copy(deep=True)).differences


@LEISURELY
@given(two_records())
def test_the_way_back_is_the_mirror_image(pair):
    old, new = pair
    assert as_seen(diff_records(old, new)) == mirror_image(diff_records(new, old))


@LEISURELY
@given(st.integers(0, 999), st.integers(0, 12))
def test_the_way_back_of_mutations_is_the_mirror_image(seed, count):
    record = invent(seed)
    mutant, _ = mutate(record, seed, count)
    assert as_seen(diff_records(record, mutant)) == mirror_image(diff_records(mutant, record))


@LEISURELY
@given(two_records())
def test_keys_are_unique_and_stay(pair):
    old, new = pair
    keys = [one.key for one in diff_records(old, new).differences]
    assert len(set(keys)) == len(keys)
    assert [one.key for one in diff_records(old, new).differences] == keys


@LEISURELY
@given(two_records())
def test_differences_say_where_they_are(pair):
    old, new = pair
    for one in diff_records(old, new).differences:
        assert all(old.article.text[span.start : span.end] == span.text for span in one.old_spans)
        assert all(new.article.text[span.start : span.end] == span.text for span in one.new_spans)
    as_json(diff_records(old, new))


@LEISURELY
@given(records())
def test_gold_says_what_the_record_says(record):
    gold = gold_of(record)
    assert not gold.compare(record).differences
    assert gold_of(record).dump() == gold.dump()


@LEISURELY
@given(two_records())
def test_accepted_gold_checks_and_accepting_again_changes_nothing(pair):
    old, new = pair
    accepted = gold_of(old).accept(new)
    again = Gold.parse(accepted.dump(), "x.yaml")
    assert not again.compare(new).differences
    assert again.accept(new).dump() == accepted.dump()


@LEISURELY
@given(st.integers(0, 999), st.integers(0, 12))
def test_accepted_mutations_check_and_accepting_again_changes_nothing(seed, count):
    record = invent(seed)
    mutant, _ = mutate(record, seed, count)
    accepted = gold_of(record).accept(mutant)
    assert not Gold.parse(accepted.dump(), "x.yaml").compare(mutant).differences
    assert Gold.parse(accepted.dump(), "x.yaml").accept(mutant).dump() == accepted.dump()


@LEISURELY
@given(st.integers(0, 999), st.integers(1, 12), st.data())
def test_what_is_not_accepted_still_differs_and_nothing_else(seed, count, data):
    record = invent(seed)
    mutant, _ = mutate(record, seed, count)
    gold = gold_of(record)
    found = {one.key: one for one in gold.compare(mutant).differences}
    accepted = data.draw(st.sets(st.sampled_from(list(found))) if found else st.just(set()))
    left = Gold.parse(gold.accept(mutant, accepted).dump(), "x.yaml").compare(mutant)
    rest = {one.key for one in left.differences}
    assert rest <= found.keys() - accepted
    # A reference to what was accepted to be gone cannot be kept.
    assert all(found[key].class_ == "relinked" for key in found.keys() - accepted - rest)


def test_the_key_of_one_difference_is_never_that_of_another_that_says_the_same_elsewhere():
    """Twice the same date was dropped: what was decided about the first is nothing about the second."""
    record = invent(198)
    mutant, expected = mutate(record, 198, 2)
    assert [one[:2] for one in expected if one[0] == "removed"] == [("removed", "dates")] * 2
    first, second = (one for one in gold_of(record).compare(mutant).differences if one.class_ == "removed")
    assert first.label == second.label
    left = gold_of(record).accept(mutant, {first.key}).compare(mutant)
    assert [one.key for one in left.differences if one.class_ == "removed"] == [second.key]


def test_the_key_of_an_item_does_not_hang_on_what_it_refers_to():
    """A date and the claim that was made on it are both gone: accepting the date leaves the claim's key."""
    record = invent(315)
    mutant, expected = mutate(record, 315, 5)
    assert {one[1] for one in expected if one[0] == "removed"} == {"dates", "claims", "figures"}
    gone = {
        one.kind: one.key for one in gold_of(record).compare(mutant).differences if one.class_ == "removed"
    }
    left = gold_of(record).accept(mutant, {gone["dates"]}).compare(mutant)
    assert {one.key for one in left.differences if one.class_ == "removed"} == {
        gone["claims"],
        gone["figures"],
    }

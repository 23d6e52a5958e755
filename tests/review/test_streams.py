import random

import pytest
from invented_records import invent

from onrecord.review.streams import diff_streams, pair_records


def ids(pairs):
    return [(old and old.article.id, new and new.article.id) for old, new in pairs]


@pytest.fixture(scope="module")
def many():
    """More records than wait in memory."""
    return [invent(seed, speakers=1) for seed in range(250)]


def test_records_in_the_same_order_come_as_they_are_read(many):
    read = []

    def reading(records):
        for record in records:
            read.append(record)
            yield record

    pairs = pair_records(reading(many), reading(many))
    next(pairs)
    assert len(read) == 2


@pytest.mark.parametrize("seed", range(3))
def test_any_order_pairs_all(many, seed):
    shuffled = list(many)
    random.Random(seed).shuffle(shuffled)
    found = ids(pair_records(many[20:], shuffled[:-20]))
    old, new = {one.article.id for one in many[20:]}, {one.article.id for one in shuffled[:-20]}
    assert {one for one, other in found if other is None} == old - new
    assert {other for one, other in found if one is None} == new - old
    assert {one for one, other in found if one == other} == old & new
    assert len(found) == len(old | new)


def test_reversed_records_are_read_back_whole(many):
    assert not any(diff.differences for diff in diff_streams(many, many[::-1]))


def test_the_same_id_twice_is_paired_in_order():
    first, second = invent(1), invent(2)
    second = second.model_copy(update={"article": second.article.model_copy(update={"id": first.article.id})})
    pairs = list(pair_records([first, second], [first, second]))
    assert pairs == [(first, first), (second, second)]
    assert ids(pair_records([first, second], [first])) == [(first.article.id,) * 2, (first.article.id, None)]

"""Which part of the world a map shows, and where places lie in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.view.page.places import PagePlace, draw
from onrecord.view.page.projection import WIDTH, fit

points = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


@given(st.lists(points, min_size=1, max_size=8))
def test_every_point_lies_in_the_picture(where):
    projection = fit(where)
    assert WIDTH * 0.4 <= projection.height <= WIDTH * 0.7
    for longitude, latitude in where:
        x, y = projection.place(longitude, latitude)
        assert -0.1 <= x <= WIDTH + 0.1
        assert -1 <= y <= projection.height + 1


@pytest.mark.parametrize(
    ("where", "west", "east"),
    [
        ([(44.4, 33.3)], 36, 52),
        ([(178.4, -18.1), (-175.2, -21.1)], 165, 200),
        ([(-74.0, 40.7), (139.7, 35.7)], 110, 315),
    ],
)
def test_a_map_takes_the_shorter_way_round(where, west, east):
    projection = fit(where)
    width = WIDTH / (projection.scale * projection.shrink)
    assert west <= projection.left
    assert projection.left + width <= east


def place(name, longitude, latitude, mentions=1):
    return PagePlace(name, "city", "", name, latitude, longitude, None, mentions)


def test_names_do_not_run_over_one_another():
    drawn = draw([place(f"Town {n}", 10 + n / 1000, 50, mentions=9 - n) for n in range(9)])
    named = [marker for marker in drawn.markers if marker.label]
    assert len(drawn.markers) == 9
    assert 1 <= len(named) < 9
    assert named[0].place.name == "Town 0"


def test_no_place_with_coordinates_no_map():
    assert draw([place("Atlantis", None, None)]) is None


def test_outlines_are_drawn_across_the_date_line():
    fiji = fit([(178.4, -18.1), (-175.2, -21.1)])
    assert fiji.outlines().count("M") > 2

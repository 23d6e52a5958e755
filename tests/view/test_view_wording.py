import pytest

from onrecord.view.wording import word_interval


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        ("2024-05-01", "2024-05-01", "2024-05-01"),
        ("2024-05-01", "2024-05-31", "2024-05"),
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2023-02-01", "2023-02-28", "2023-02"),
        ("2019-01-01", "2019-12-31", "2019"),
        ("2019-01-01", "2020-12-31", "2019-01-01 to 2020-12-31"),
        ("2019-01-01", "2019-02-28", "2019-01-01 to 2019-02-28"),
        ("2024-05-01", "2024-05-30", "2024-05-01 to 2024-05-30"),
        ("2024-05-02", "2024-05-31", "2024-05-02 to 2024-05-31"),
        ("2024-05-01", None, "from 2024-05-01"),
        (None, "2024-05-01", "until 2024-05-01"),
        (None, None, None),
        ("some day", "another", "some day to another"),
    ],
)
def test_intervals(earliest, latest, words):
    assert word_interval(earliest, latest) == words

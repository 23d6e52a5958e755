"""One small record, and a way to change it."""

import pytest
from norvik import TEXT, harbour_data

from onrecord.records import ArticleRecord


@pytest.fixture
def harbour():
    return ArticleRecord.model_validate(harbour_data())


@pytest.fixture
def changed():
    """Make the record anew with something changed: a function of its data."""

    def make(change, text=TEXT):
        data = harbour_data(text)
        change(data)
        return ArticleRecord.model_validate(data)

    return make

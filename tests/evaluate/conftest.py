import pytest
from counting import harbour


@pytest.fixture
def gold():
    """A small gold record."""
    return harbour()


@pytest.fixture
def pred():
    """The same record as a prediction, to be spoiled."""
    return harbour()

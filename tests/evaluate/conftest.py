import copy
import json
from pathlib import Path

import pytest

HARBOUR = json.loads(
    Path(__file__).parent.parent.joinpath("view", "harbour.json").read_text(encoding="utf-8")
)


@pytest.fixture
def gold():
    """A small gold record: five claims, five actors, two figures, two dates, a place."""
    return copy.deepcopy(HARBOUR)


@pytest.fixture
def pred():
    """The same record as a prediction, to be spoiled."""
    return copy.deepcopy(HARBOUR)

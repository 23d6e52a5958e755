import json
import re
from pathlib import Path

from onrecord.pytest_plugin.session import MODES
from onrecord.review import CLASSES
from onrecord.review.decisions import Decisions
from onrecord.review.gold.document import parse

DOCS = (Path(__file__).parents[2] / "docs" / "review.md").read_text(encoding="utf-8")


def test_every_class_and_mode_is_told_of():
    for word in (*CLASSES, *(f"--claims={mode}" for mode in MODES)):
        assert f"`{word}`" in DOCS


def test_the_examples_are_what_the_program_reads():
    (gold,) = re.findall(r"```yaml\n(.*?)```", DOCS, re.DOTALL)
    (claim,) = parse(gold, "docs").data["claims"]
    assert claim["source"]["span"] == {"text": "She", "paragraph": "3", "occurrence": "2"}
    (decisions,) = re.findall(r"```json\n(.*?)```", DOCS, re.DOTALL)
    assert Decisions.model_validate(json.loads(decisions)).decisions[0].accept

"""What import-linter does not hold: what an import loads in the end, and what the digest covers."""

import subprocess
import sys
from importlib.metadata import entry_points

import pytest

from onrecord import Settings
from onrecord.parse.pipeline import ANNOTATORS

FACTORIES = sorted(
    (one for one in entry_points(group="spacy_factories") if one.name.startswith("onrecord")),
    key=lambda one: one.name,
)


def _modules_after(code):
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(*sorted(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def test_every_component_has_an_entry_point():
    assert {one.name for one in FACTORIES} == {
        "onrecord_paragraphs",
        "onrecord_encoder",
        "onrecord_names",
        *ANNOTATORS,
    }


def test_loading_entry_points_loads_no_component():
    """spaCy imports all of them at every `spacy.load`, also for users who need none."""
    loaded = _modules_after("\n".join(f"import {one.value.split(':')[0]}" for one in FACTORIES))
    ours = {name for name in loaded if name.startswith("onrecord.") and "factory" not in name}
    assert not {name for name in ours if name.startswith("onrecord.annotate.") and name.count(".") > 2}
    assert not loaded & {
        "onrecord.lexicons",
        "onrecord.records",
        "pydantic.main.unused",
        "trafilatura",
        "dateparser",
    }


def test_records_are_read_without_spacy():
    """Writing, viewing and evaluating records needs no model, directly or through others."""
    code = "import onrecord.records, onrecord.read, onrecord.write, onrecord.view, onrecord.evaluate"
    assert "spacy" not in _modules_after(code)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_changes_the_digest(name, tmp_path):
    own = tmp_path / "own.csv"
    own.write_text("name\n", encoding="utf-8")
    other = {
        "model": "other",
        "method": "rules",
        "languages": ("en", "de"),
        "day_first": True,
        "max_chars": 7,
        "min_confidence": 0.5,
        "mentions": "all",
        "gazetteer": own,
        "actors": own,
    }
    assert Settings(**{name: other[name]}).digest() != Settings().digest()
    assert Settings().digest() == Settings().digest()

"""Models and settings that are missing, damaged, swapped or wrong: an error with a code, before any work."""

from __future__ import annotations

import ast
import hashlib
import shutil
from pathlib import Path

import pytest
import spacy
from pydantic import ValidationError

import en_onrecord
import onrecord
from onrecord import Extractor, Settings
from onrecord.encode.model import SUMS, open_session, weights_folder
from onrecord.errors import ModelNotFoundError

SHIPPED = weights_folder()
SOURCES = [*Path(onrecord.__file__).parent.rglob("*.py"), *Path(en_onrecord.__file__).parent.rglob("*.py")]


def test_every_weight_that_ships_has_its_hash_beside_it():
    sums = dict(reversed(line.split()) for line in (SHIPPED / SUMS).read_text().splitlines())
    assert sums == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in SHIPPED.iterdir()
        if path.suffix in (".onnx", ".json")
    }


@pytest.fixture
def weights(tmp_path, monkeypatch):
    """A copy of the weights that ship, which is taken for them."""
    folder = shutil.copytree(SHIPPED, tmp_path / "weights")
    monkeypatch.setattr("onrecord.encode.model.weights_folder", lambda: folder)
    monkeypatch.setattr("onrecord.encode.component.weights_folder", lambda: folder)
    return folder


def cut(path):
    path.write_bytes(path.read_bytes()[:-1000])


def flip_a_bit(path):
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)


def empty(path):
    path.write_bytes(b"")


def swap(path):
    """Put another model in its place, whole in itself."""
    other = "names.onnx" if path.name != "names.onnx" else "cues.onnx"
    shutil.copy(SHIPPED / other, path)


@pytest.mark.parametrize("damage", [Path.unlink, empty, cut, flip_a_bit, swap])
@pytest.mark.parametrize("name", ["encoder.onnx", "roles.onnx", "tokenizer.json"])
def test_damaged_weights_are_no_model(weights, name, damage):
    damage(weights / name)
    with pytest.raises(ModelNotFoundError, match=f"{name}|use the rules") as refused:
        Extractor.load(Settings(method="model"))
    assert refused.value.code == "model_not_found"


def test_weights_of_ones_own_need_no_hashes_but_have_to_be_whole(weights):
    (weights / SUMS).unlink()
    open_session(weights / "cues.onnx")
    cut(weights / "cues.onnx")
    with pytest.raises(ModelNotFoundError, match=r"cues\.onnx: cannot be loaded"):
        open_session(weights / "cues.onnx")


def test_rules_do_without_weights(weights):
    shutil.rmtree(weights)
    assert Extractor.load(Settings(method="rules")).extract(text="The port is closed, Vera Dahl said.").claims


def test_a_pipeline_of_another_language_is_refused(tmp_path):
    spacy.blank("de").to_disk(tmp_path / "de")
    with pytest.raises(ModelNotFoundError, match="is for the language 'de'; read are: en"):
        Extractor.load(Settings(model=str(tmp_path / "de"), method="rules"))


@pytest.mark.parametrize("part", ["vocab/strings.json", "tokenizer", "config.cfg", "meta.json"])
def test_a_damaged_pipeline_is_refused(tmp_path, part):
    folder = tmp_path / "en"
    spacy.blank("en").to_disk(folder)
    (folder / part).write_bytes(b"\xff\x00 damaged")
    with pytest.raises(ModelNotFoundError, match="cannot be loaded"):
        Extractor.load(Settings(model=str(folder), method="rules"))


@pytest.mark.parametrize(
    "wrong", [{"colour": "red"}, {"method": "dice"}, {"max_chars": 0}, {"min_confidence": 2}]
)
def test_settings_that_there_are_not_are_refused(wrong):
    with pytest.raises(ValidationError, match=next(iter(wrong))):
        Settings(**wrong)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_source_runs_what_it_reads(path):
    """Neither pickles, nor YAML that makes objects, nor text as code."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = {alias.name.split(".")[0] for alias in node.names} | {getattr(node, "module", None)}
            assert not names & {"pickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "code"}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"eval", "exec", "compile", "__import__"}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called = ast.unparse(node.func)
            assert called not in {"os.system", "os.popen"}
            assert not called.startswith(("yaml.load", "yaml.unsafe", "yaml.full"))
            words = {word.arg: ast.unparse(word.value) for word in node.keywords}
            if called in {"np.load", "numpy.load"}:
                assert words.get("allow_pickle") == "False"
            assert words.get("shell") != "True"


def test_the_yaml_loader_makes_no_objects():
    from yaml.constructor import SafeConstructor, UnsafeConstructor

    from onrecord.review.gold import document

    assert issubclass(document._LOADER, SafeConstructor)
    assert not issubclass(document._LOADER, UnsafeConstructor)

"""`onrecord explain`: every code that the package can give is explained, and no other is."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from pathlib import Path

import pytest

import onrecord
from onrecord.cli.explain import explanations
from onrecord.errors import OnRecordError

PACKAGE = Path(onrecord.__file__).parent
SOURCES = [path for path in sorted(PACKAGE.rglob("*.py")) if path != PACKAGE / "errors.py"]
# Calls whose first argument is a code, by the name of what is called.
CODED = {"Rejection": 0, "Unreachable": 0, "_lost": 1}


def literals(node):
    """The strings that an expression may come to."""
    if isinstance(node, ast.IfExp):
        return literals(node.body) | literals(node.orelse)
    if isinstance(node, ast.Tuple):
        return set().union(*map(literals, node.elts[:1]))
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def codes_given(tree):
    """The codes of failures that a module writes out: as `code=`, in a rejection, or in a variable `code`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in CODED and len(node.args) > CODED[name]:
                yield from literals(node.args[CODED[name]])
            if name == "Failure":
                yield from (
                    code for word in node.keywords if word.arg == "code" for code in literals(word.value)
                )
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                first = target.elts[0] if isinstance(target, ast.Tuple) else target
                if isinstance(first, ast.Name) and first.id == "code":
                    yield from literals(node.value)


def error_classes(root=OnRecordError):
    yield root
    for one in root.__subclasses__():
        yield from error_classes(one)


@pytest.fixture(scope="module")
def given():
    """All codes that the package gives, by kind."""
    for module in pkgutil.walk_packages(onrecord.__path__, "onrecord."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES]
    return {
        "failures": {code for tree in trees for code in codes_given(tree)},
        "errors": {one.code for one in error_classes() if one.__module__.startswith("onrecord")},
    }


@pytest.mark.parametrize("kind", ["failures", "errors"])
def test_every_code_is_explained_and_every_explanation_is_of_a_code(given, kind):
    assert {one.code for one in explanations() if one.kind == kind} == given[kind]


def test_an_explanation_says_what_it_means_and_what_to_do():
    assert all(one.meaning.endswith(".") and one.cure.endswith(".") for one in explanations())


def test_a_code_is_explained(command):
    status, printed, said = command("explain", "worker_died")
    assert (status, said) == (0, "")
    assert printed.startswith("worker_died, a failure of one input")
    assert "onrecord failures DIR --retry" in printed


def test_a_code_of_both_kinds_is_explained_twice(command):
    assert command("explain", "extraction_failed")[1].count("what to do") == 2


def test_all_codes_are_listed(command):
    printed = command("explain")[1]
    assert all(f"  {one.code} " in printed for one in explanations())


def test_an_unknown_code_is_refused_with_those_that_there_are(command):
    status, printed, said = command("explain", "\x1b[31m")
    assert (status, printed) == (2, "")
    assert "timeout" in said
    assert "\x1b" not in said

"""The README's own code: what it shows has to run."""

import re
from pathlib import Path

import pytest

README = Path(__file__).parents[1] / "README.md"
BLOCKS = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)


def test_it_begins_with_the_two_commands():
    first, second = README.read_text(encoding="utf-8").splitlines()[:2]
    assert first.strip().startswith("make demo")
    assert second.strip().startswith("make test")


@pytest.mark.parametrize("code", BLOCKS, ids=[f"block {number}" for number in range(1, len(BLOCKS) + 1)])
def test_its_code_runs_and_prints(code, capsys):
    exec(compile(code, str(README), "exec"), {})
    assert capsys.readouterr().out.strip()


def test_its_links_and_pictures_are_there():
    targets = re.findall(r"\]\((?!https?://)([^)#]+)\)", README.read_text(encoding="utf-8"))
    missing = [target for target in targets if not (README.parent / target).exists()]
    assert targets
    assert not missing

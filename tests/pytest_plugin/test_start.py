import subprocess
import sys


def test_pytest_starts_as_fast_as_before():
    """pytest imports the plugin at every start, also in projects that never ask for claims."""
    code = "import onrecord.pytest_plugin.plugin, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"spacy", "pydantic", "numpy", "rich", "yaml", "lxml"} & set(done.stdout.split())

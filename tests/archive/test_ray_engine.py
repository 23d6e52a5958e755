"""The same run on a real local Ray of two workers."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from archive_fakes import FakeExtractor

from onrecord.archive import Limits, RayEngine, RunOptions
from onrecord.errors import InvalidSettingError

ray = pytest.importorskip("ray", reason="Ray is an extra")

TEXTS = [f"“There were {number} boats,” she said." for number in range(19)]


@pytest.fixture
def cluster():
    """A Ray of this machine, whose workers find this folder's extractor."""
    search = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    ray.init(
        num_cpus=2,
        include_dashboard=False,
        log_to_driver=False,
        runtime_env={"env_vars": {"PYTHONPATH": search}},
    )
    yield
    ray.shutdown()


def test_output_does_not_hang_on_the_engine(run, lines, everything, cluster):
    source = lines(*TEXTS, "One [fails].", TEXTS[3], "It is [killed].", TEXTS[7])
    whole = everything(run(source, shard_size=6))
    limits = Limits(workers=2)
    engine = RayEngine(FakeExtractor, RunOptions((source,), shard_size=6), limits)
    assert everything(run(source, out="ray", shard_size=6, engine=engine)) == whole


def test_without_ray_there_is_a_way_out(run, lines, monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    engine = RayEngine(FakeExtractor, RunOptions(()), Limits())
    with pytest.raises(InvalidSettingError, match=r"pip install onrecord\[ray\]"):
        run(lines(*TEXTS), engine=engine)

"""One extractor in threads, forks, event loops and processes: right results, nothing left behind."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import running_fakes

from onrecord.errors import OnRecordError
from onrecord.processes import Workers

TEXTS = [
    f"“We waited,” Vera Dahl said. The ministry denied that {n} people died in Basra." for n in range(12)
]
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")


@pytest.fixture(scope="module")
def made(extractor):
    """What the extractor makes of a text."""
    return lambda text: extractor.extract(text=text, published="2024-05-14").model_dump_json()


@pytest.fixture(scope="module")
def expected(made):
    return [made(text) for text in TEXTS]


def test_eight_threads_share_an_extractor(made, expected):
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(made, TEXTS)) == expected


def test_an_event_loop_hands_it_to_threads(made, expected):
    async def gather():
        return await asyncio.gather(*(asyncio.to_thread(made, text) for text in TEXTS))

    assert asyncio.run(gather()) == expected


def ends_well(body):
    """Run a function in a fork of this process; tell whether it returned true, and did not hang."""
    child = os.fork()
    if child == 0:
        signal.alarm(60)  # a child that waits for ever for a lock ends by this
        os._exit(0 if body() else 1)
    return os.waitpid(child, 0)[1] == 0


@needs_fork
def test_an_extractor_that_was_loaded_before_a_fork(made, expected):
    assert ends_well(lambda: [made(text) for text in TEXTS] == expected)


@needs_fork
def test_a_fork_in_the_midst_of_another_threads_extraction(made, expected):
    """The child has no thread that would let go of a lock: the fork waits for the batch to end."""
    stop = threading.Event()

    def extract():
        while not stop.is_set():
            made(TEXTS[0])

    thread = threading.Thread(target=extract)
    thread.start()
    try:
        assert all(ends_well(lambda: made(TEXTS[1]) == expected[1]) for _ in range(4))
    finally:
        stop.set()
        thread.join()


def shouted(batches, greeting="oh", processes=2):
    workers = Workers(processes, running_fakes.start, greeting, running_fakes.work)
    return workers.process(batches, lambda word: f"{word} failed")


def test_a_process_that_dies_costs_the_item_on_which_it_dies_alone():
    batches = [["a", "b"], ["c", "die", "d"], ["e"], ["die"], ["f", "g"], ["h"], ["i"], ["j"]]
    assert list(shouted(batches)) == [
        *("oh A", "oh B", "oh C", "die failed", "oh D", "oh E", "die failed"),
        *("oh F", "oh G", "oh H", "oh I", "oh J"),
    ]


def test_a_process_that_dies_once_costs_nothing(tmp_path):
    batches = [[word] for word in "abcdefgh"]
    batches.insert(3, [f"once:{tmp_path / 'was-here'}"])
    found = list(shouted(batches))
    assert found.pop(3) == "ONCE"
    assert found == [f"oh {word.upper()}" for word in "abcdefgh"]


def test_processes_that_die_all_the_time_are_replaced_all_the_time():
    batches = [["die"] if number % 2 else [f"{number}"] for number in range(12)]
    assert list(shouted(batches, processes=3)) == [
        "die failed" if number % 2 else f"oh {number}" for number in range(12)
    ]


def test_a_batch_larger_than_a_pipe_holds_comes_back_whole():
    words = [["a" * 200_000] * 3 for _ in range(5)]
    assert list(shouted(words)) == [f"oh {'A' * 200_000}"] * 15


def test_what_the_work_raises_is_raised_here():
    with pytest.raises(ValueError, match="not a word"):
        list(shouted([["a"], ["raise"], ["b"]]))


def test_processes_that_do_not_even_start_are_an_error_with_a_way_out():
    with pytest.raises(OnRecordError, match="__main__"):
        list(shouted([["a"]], greeting="never", processes=1))


def test_an_abandoned_stream_leaves_no_process_behind():
    before = {process.pid for process in multiprocessing.active_children()}
    stream = shouted(["a"] for _ in range(1_000))
    next(stream)
    assert {process.pid for process in multiprocessing.active_children()} > before
    stream.close()
    assert {process.pid for process in multiprocessing.active_children()} == before


def test_an_abandoned_extraction_leaves_the_extractor_free(extractor, made, expected):
    stream = extractor.stream({"text": text} for text in TEXTS * 9)
    next(stream)
    del stream
    assert made(TEXTS[0]) == expected[0]


INTERRUPTED = """
import os, signal, sys
from onrecord import cli
if __name__ == "__main__":
    from onrecord.extractor import Extractor
    stream = Extractor.stream
    def interrupted(self, items, processes=1):
        for number, outcome in enumerate(stream(self, items, processes)):
            if number == 1:
                os.killpg(os.getpgid(0), signal.SIGINT)
            yield outcome
    Extractor.stream = interrupted
    cli.main(sys.argv[1:])
"""


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_ends_an_extraction_at_once_and_leaves_what_was_there(tmp_path, workers):
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(TEXTS[number])
    out = tmp_path / "out.jsonl"
    out.write_text("what was there\n")
    script = tmp_path / "interrupted.py"
    script.write_text(INTERRUPTED)
    inputs = [tmp_path / f"{number % 3}.txt" for number in range(200)]
    command = ["extract", *inputs, "-o", out, "--method", "rules", "--workers", workers]
    done = subprocess.run(
        [sys.executable, script, *map(str, command)],
        start_new_session=True,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 130
    assert "Traceback" not in done.stderr
    assert out.read_text() == "what was there\n"
    assert not list(tmp_path.glob(".*.part"))

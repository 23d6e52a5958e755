"""Options, fixtures and hooks. pytest imports this at every start, so what is heavy is imported on use."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from onrecord.pytest_plugin.session import MODES, ClaimsSession

if TYPE_CHECKING:
    from onrecord.extractor import Extractor
    from onrecord.pytest_plugin.claims import Claims

_SESSION = pytest.StashKey[ClaimsSession]()
_OUTPUT = "onrecord_claims"
_USAGE = pytest.ExitCode.USAGE_ERROR


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the plugin."""
    group = parser.getgroup("claims", "claims against gold (onrecord)")
    group.addoption(
        "--claims",
        choices=MODES,
        default="check",
        help="check: fail where extraction differs from gold; accept: rewrite gold; "
        "review: ask about each difference; report: check, and write a page of the differences",
    )
    group.addoption(
        "--claims-report",
        metavar="FILE",
        default="claims-report.html",
        help="the page that --claims=report writes",
    )
    parser.addini(
        "claims_gold",
        "where gold stands, in a folder __claims__ beside the test (`tests`) or the article (`corpus`)",
        default="tests",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Refuse what cannot work: writing in CI, asking where nobody can answer."""
    mode = config.getoption("--claims")
    if os.environ.get("CI") and mode in ("accept", "review"):
        raise pytest.UsageError(
            f"--claims={mode} writes gold, which CI never does: accept it at home and commit it"
        )
    is_distributed = hasattr(config, "workerinput") or bool(config.getoption("numprocesses", None))
    if mode == "review" and is_distributed:
        raise pytest.UsageError(
            "--claims=review asks questions, which several processes cannot: leave out -n"
        )
    gold = config.getini("claims_gold")
    if gold not in ("tests", "corpus"):
        raise pytest.UsageError(f"claims_gold is {gold!r}; it has to be `tests` or `corpus`")
    config.stash[_SESSION] = ClaimsSession(mode=mode, is_beside_article=gold == "corpus")


@pytest.fixture(scope="session")
def claims_extractor() -> Extractor:
    """What extracts; define a fixture of this name to use an extractor with other settings."""
    from onrecord.extractor import Extractor  # noqa: PLC0415  loads the model

    return Extractor.load()


@pytest.fixture
def claims(request: pytest.FixtureRequest) -> Claims:
    """Hold articles against gold: `check`, `expect` and `score`."""
    from onrecord.pytest_plugin.claims import Claims  # noqa: PLC0415  pydantic and all

    return Claims(
        session=request.config.stash[_SESSION],
        extractor=lambda: request.getfixturevalue("claims_extractor"),
        test=request.path,
        nodeid=request.node.nodeid,
        ask=_asker(request.config),
    )


def _asker(config: pytest.Config) -> Callable[[str], str]:
    """Return what asks on the terminal although pytest captures it."""

    def ask(question: str) -> str:
        capture = config.pluginmanager.getplugin("capturemanager")
        with capture.global_and_fixture_disabled():
            try:
                return input(question)
            except EOFError:
                pytest.exit("--claims=review asks questions, and nobody is there to answer", _USAGE)

    return ask


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    """Remember which folders were not tested whole: their gold may have a test after all."""
    for item in items:
        item.config.stash[_SESSION].incomplete.add(str(item.path.parent))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember which folders had tests that did not run to their end."""
    report = yield
    if not report.passed:
        item.config.stash[_SESSION].incomplete.add(str(item.path.parent))
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand over what a worker of xdist has seen; where there are none, write what is written at the end."""
    state = session.config.stash[_SESSION]
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output[_OUTPUT] = state.as_json()
        return
    state.raise_floors()
    if state.mode == "report":
        state.write_report(Path(session.config.getoption("--claims-report")))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a worker of xdist has seen."""
    output = getattr(node, "workeroutput", {}).get(_OUTPUT)
    if output:
        node.config.stash[_SESSION].add_json(output)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say which gold was written, is missing, or belongs to no test."""
    state = config.stash[_SESSION]
    lines = state.summary([Path(argument) for argument in config.args], config.invocation_params.dir)
    if lines:
        terminalreporter.section("claims")
        for line in lines:
            terminalreporter.line(line)

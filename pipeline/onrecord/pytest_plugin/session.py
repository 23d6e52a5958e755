"""What a run of pytest has seen of gold, in one process or in several."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    from onrecord.review import RecordDiff

Mode = Literal["check", "accept", "review", "report"]
MODES: tuple[Mode, ...] = get_args(Mode)

FOLDER = "__claims__"


@dataclass(slots=True)
class ClaimsSession:
    """The gold that tests asked for, and what came of it.

    Files are paths as strings. `owners` are the articles that gold is about, `tests` the folders of the
    tests that asked for each, `incomplete` the folders in which not every test ran to its end. `floors`
    are by file what floors may rise to, by measure.
    """

    mode: Mode
    is_beside_article: bool
    owners: dict[str, str] = field(default_factory=dict)
    tests: dict[str, str] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)
    incomplete: set[str] = field(default_factory=set)
    diffs: dict[str, RecordDiff] = field(default_factory=dict)
    floors: dict[str, dict[str, float]] = field(default_factory=dict)
    report: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return what a worker of xdist hands over."""
        return {
            "tests": self.tests,
            "written": sorted(self.written),
            "missing": sorted(self.missing),
            "incomplete": sorted(self.incomplete),
            "floors": self.floors,
            "diffs": {path: _pack(diff) for path, diff in self.diffs.items()},
        }

    def add_json(self, seen: dict[str, Any]) -> None:
        """Take over what a worker of xdist has seen."""
        self.tests |= seen["tests"]
        self.written |= set(seen["written"])
        self.missing |= set(seen["missing"])
        self.incomplete |= set(seen["incomplete"])
        for path, reached in seen["floors"].items():
            self.reach(Path(path), reached)
        self.diffs |= {path: _unpack(packed) for path, packed in seen["diffs"].items()}

    def reach(self, path: Path, reached: Mapping[str, float]) -> None:
        """Take note of the F1 that was reached, by measure, for the floors in a file."""
        known = self.floors.setdefault(str(path.resolve()), {})
        known |= {name: max(f1, known.get(name, 0.0)) for name, f1 in reached.items()}

    def raise_floors(self) -> None:
        """Raise the floors: once at the end, so that no process undoes what another one has raised."""
        if not self.floors:
            return
        from onrecord.pytest_plugin.scores import raise_floors  # noqa: PLC0415  numpy

        self.written |= {path for path, reached in self.floors.items() if raise_floors(Path(path), reached)}

    def unused(self, arguments: Sequence[Path], start: Path) -> Iterator[Path]:
        """Yield gold files that no test asked for, where all tests that could have asked were run.

        These are the gold files in the folders of gold that was asked for, if the folder of their tests was
        run whole: it lies within an argument, nothing in it was deselected, skipped or failed.
        """
        whole = [(start / argument).resolve() for argument in arguments if (start / argument).is_dir()]
        folders: dict[Path, set[str]] = {}
        for path, test in self.tests.items():
            folders.setdefault(Path(path).parent, set()).add(test)
        for folder, tests in sorted(folders.items()):
            if folder.name != FOLDER:
                continue
            if tests & self.incomplete or not all(_is_within(Path(test), whole) for test in tests):
                continue
            yield from (file for file in sorted(folder.glob("*.yaml")) if str(file) not in self.tests)

    def summary(self, arguments: Sequence[Path], start: Path) -> list[str]:
        """Return what to say at the end of the run, line by line."""

        def shown(path: str | Path) -> str:
            path = Path(path)
            return str(path.relative_to(start) if path.is_relative_to(start) else path)

        lines = [f"gold written: {shown(path)}" for path in sorted(self.written)]
        lines += [
            f"no gold: {shown(path)} (pytest --claims=accept makes it)" for path in sorted(self.missing)
        ]
        lines += [
            f"unused gold: {shown(path)} (no test asks for it: delete it, or bring the test back)"
            for path in self.unused(arguments, start)
        ]
        if self.report:
            count = len(self.diffs)
            articles = "article" if count == 1 else "articles"
            lines.append(f"page of {count} {articles} with differences: {shown(self.report)}")
        return lines

    def write_report(self, path: Path) -> None:
        """Write the page of all differences, and beside it the records that it was made from.

        With these `onrecord accept` can apply the decisions that the page saves.
        """
        from onrecord.view.page import diff_to_html  # noqa: PLC0415  templates
        from onrecord.write import open_writer  # noqa: PLC0415

        records = path.with_suffix(".records.jsonl")
        with open_writer(records) as writer:
            for diff in self.diffs.values():
                if diff.new:
                    writer.write(diff.new)
        folders = {str(Path(gold).parent) for gold in self.diffs}
        gold = os.path.relpath(os.path.commonpath(folders)) if folders else ""
        page = diff_to_html(list(self.diffs.values()), old=gold, new=str(records))
        path.write_text(page, encoding="utf-8")
        self.report = str(path.resolve())


def _is_within(path: Path, folders: Sequence[Path]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


def _pack(diff: RecordDiff) -> list[Any]:
    sides = [side and side.model_dump_json() for side in (diff.old, diff.new)]
    return [*sides, [one.key for one in diff.differences]]


def _unpack(packed: list[Any]) -> RecordDiff:
    from onrecord.records import ArticleRecord  # noqa: PLC0415
    from onrecord.review import diff_records  # noqa: PLC0415

    old, new, keys = packed
    diff = diff_records(ArticleRecord.model_validate_json(old), ArticleRecord.model_validate_json(new))
    return replace(diff, differences=tuple(one for one in diff.differences if one.key in keys))

"""The `claims` fixture."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from onrecord.errors import OnRecordError
from onrecord.pytest_plugin.expectation import nearest
from onrecord.pytest_plugin.interview import review
from onrecord.pytest_plugin.scores import Scores, score_gold
from onrecord.pytest_plugin.session import FOLDER, ClaimsSession
from onrecord.read import read_paths
from onrecord.records import ArticleRecord, Claim, Failure
from onrecord.review import RecordDiff, summary
from onrecord.review.gold import Gold
from onrecord.view.diff_text import plain_diff, plain_summary
from onrecord.write.targets import whole_file

if TYPE_CHECKING:
    from onrecord.extractor import Extractor

ArticleLike = str | os.PathLike[str] | ArticleRecord

_NOT_IN_NAMES = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Claims:
    """Holds what the extractor says of articles against what a person has approved.

    An article is a file of any kind that `onrecord extract` reads, with one article in it and named from
    the working folder, or a record that a test has made.
    """

    session: ClaimsSession
    extractor: Callable[[], Extractor]
    test: Path
    nodeid: str
    ask: Callable[[str], str]

    def check(self, article: ArticleLike, *, gold: str | os.PathLike[str] | None = None) -> ArticleRecord:
        """Fail where the record of an article differs from its gold; return the record.

        The gold of `corpus/flood.html` is `__claims__/flood.yaml` beside the test (or beside the article:
        the ini option `claims_gold`), unless `gold` names another file.
        """
        __tracebackhide__ = True
        with _failing():
            record = self.extract(article)
            self._hold(record, self._gold_path(article, record, gold))
        return record

    def expect(self, article: ArticleLike, **fields: Any) -> Claim:
        """Fail unless a claim has these fields; return the first that has.

        `source` and `target` are names of actors or parts of them; `content`, `cue`, `medium`, `hedge`
        and `said` are words that have to stand there; `figures`, `dates`, `places` and `actors` are words
        or lists of them; all other fields of claims are values of the contract. None says that a field is
        empty.
        """
        __tracebackhide__ = True
        with _failing():
            record = self.extract(article)
            found = nearest(record, fields)
        if found is None:
            _fail(f"{record.article.id}: there are no claims at all")
        if found.differences:
            _fail(found.message(record))
        return found.claim

    def score(self, gold: str | os.PathLike[str], *, floors: str | os.PathLike[str] | None = None) -> Scores:
        """Score the extractor against whole gold records (.json), for `at_least`.

        `floors` is the file that keeps what was reached; it is `floors.toml` in the folder of the gold
        unless named.
        """
        __tracebackhide__ = True
        folder = Path(gold)
        file = Path(floors) if floors else (folder if folder.is_dir() else folder.parent) / "floors.toml"
        with _failing():
            result = score_gold(folder, self.extractor())
        may_write = self.session.mode == "accept"
        return Scores(result, file, self.session.reach if may_write else None)

    def extract(self, article: ArticleLike) -> ArticleRecord:
        """Return the record of an article; raises OnRecordError where there is none."""
        if isinstance(article, ArticleRecord):
            return article
        extractor = self.extractor()
        items = list(read_paths(article, settings=extractor.settings))
        if len(items) != 1:
            raise OnRecordError(f"{article}: {len(items)} articles; a test holds one against its gold")
        outcome = next(iter(extractor.stream(items)))
        if isinstance(outcome, Failure):
            raise OnRecordError(f"{outcome.input}: {outcome.code}: {outcome.reason}")
        return outcome

    def _gold_path(
        self, article: ArticleLike, record: ArticleRecord, gold: str | os.PathLike[str] | None
    ) -> Path:
        if isinstance(article, ArticleRecord):
            name, beside, owner = record.article.id, self.test.parent, record.article.id
        else:
            file = Path(article)
            name, owner = Path(file.name.removesuffix(".gz")).stem, str(file.resolve())
            beside = file.resolve().parent if self.session.is_beside_article else self.test.parent
        path = Path(gold).resolve() if gold else beside / FOLDER / f"{_NOT_IN_NAMES.sub('_', name)}.yaml"
        other = self.session.owners.setdefault(str(path), owner)
        if other != owner:
            _fail(f"{path} is the gold of {other} already: name another for {owner} with gold=")
        self.session.tests[str(path)] = str(self.test.parent)
        return path

    def _hold(self, record: ArticleRecord, path: Path) -> None:
        __tracebackhide__ = True
        if not path.exists():
            self._first_gold(record, path)
            return
        gold = Gold.read(path)
        diff = gold.compare(record)
        if diff and self.session.mode == "accept":
            self._write(path, gold.accept(record))
        elif diff and self.session.mode == "review":
            decided = review(gold, diff, record, self.ask)
            if decided.dump() != gold.dump():
                self._write(path, decided)
            rest = decided.compare(record)
            if rest:
                self._fail_with(rest, path, decided.is_of_text(record.article))
        elif diff:
            self.session.diffs[str(path)] = diff
            self._fail_with(diff, path, gold.is_of_text(record.article))

    def _first_gold(self, record: ArticleRecord, path: Path) -> None:
        __tracebackhide__ = True
        is_wanted = self.session.mode == "accept"
        if self.session.mode == "review":
            is_wanted = self.ask(f"{path} is missing. Write it from this record? [y/n] ").strip() == "y"
        if not is_wanted:
            self.session.missing.add(str(path))
            _fail(f"there is no gold {path}\nTo make it: pytest --claims=accept {self.nodeid}")
        self._write(path, Gold.of(record, str(path)))

    def _write(self, path: Path, gold: Gold) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as temporary:
            temporary.write_text(gold.dump(), encoding="utf-8", newline="\n")
        self.session.written.add(str(path))

    def _fail_with(self, diff: RecordDiff, path: Path, is_same_text: bool) -> NoReturn:
        __tracebackhide__ = True
        count = len(diff.differences)
        cause = (
            "of the same text it says"
            if is_same_text
            else "the text of the article has changed; now there are"
        )
        _fail(
            f"{path.name}: {cause} {count} difference{'' if count == 1 else 's'}\n\n"
            f"{plain_diff([diff])}{plain_summary(summary(diff.differences))}\n"
            f"To accept all: pytest --claims=accept {self.nodeid}\n"
            f"One by one:    pytest --claims=review {self.nodeid}"
        )


@contextmanager
def _failing() -> Iterator[None]:
    """Let errors of onrecord fail the test with their message alone."""
    __tracebackhide__ = True
    try:
        yield
    except OnRecordError as error:
        raise pytest.fail.Exception(str(error), pytrace=False) from None


def _fail(reason: str) -> NoReturn:
    __tracebackhide__ = True
    pytest.fail(reason, pytrace=False)

"""Gold as a file: what a person has approved of one article, and the exceptions that were made by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from onrecord.errors import InputNotFoundError, InvalidRecordError
from onrecord.records import Article, ArticleRecord
from onrecord.review.compare import diff_records
from onrecord.review.diff import Kind, RecordDiff
from onrecord.review.gold.contents import contents
from onrecord.review.gold.document import Comments, Document, Node, parse, steps
from onrecord.review.gold.exceptions import EXCEPTIONS, Exceptions
from onrecord.review.gold.keys import ITEM_KINDS, mint_keys, rekeyed
from onrecord.review.gold.merging import merge
from onrecord.review.gold.ordering import merged_order
from onrecord.review.gold.resolve import Resolver, items_of, named_items

_HEADER = (
    "# What an extractor has to find in this article. Change it by hand where the extractor is wrong;",
    "# comments, order and exceptions (optional, accept, ignore) are kept when differences are accepted.",
)


@dataclass(frozen=True, slots=True)
class Gold:
    """The gold of one article."""

    where: str
    """The file, as messages name it."""
    document: Document
    exceptions: Exceptions

    @classmethod
    def read(cls, path: Path) -> Gold:
        """Read a gold file.

        Raises:
            InputNotFoundError: it cannot be read.
            InvalidRecordError: it is no gold; names the line or the item.

        """
        try:
            text = path.read_text(encoding="utf-8")
        except OSError as error:
            raise InputNotFoundError(f"{path}: {error.strerror or error}") from error
        except UnicodeDecodeError as error:
            raise InvalidRecordError(f"{path}: not UTF-8") from error
        return cls.parse(text, str(path))

    @classmethod
    def parse(cls, text: str, where: str) -> Gold:
        """Read gold from YAML; `where` names it in messages."""
        document = parse(text, where)
        if not isinstance(document.data.get("article"), dict):
            raise InvalidRecordError(f"{where}: `article` is missing")
        for key in document.data:
            if key not in ("article", "ignore", *ITEM_KINDS):
                raise InvalidRecordError(f"{where}: unknown key {key!r}")
        return cls(where, document, Exceptions.of(document.data, where))

    @property
    def article_id(self) -> str:
        """The id of the article."""
        return str(self._header.get("id", ""))

    def is_of_text(self, article: Article) -> bool:
        """Whether the article still has the text that this gold was made from."""
        return self._header.get("text_sha256", article.text_sha256) == article.text_sha256

    @property
    def _header(self) -> dict[str, Node]:
        return cast("dict[str, Node]", self.document.data["article"])

    def resolve(self, article: Article) -> ArticleRecord:
        """Return the gold as a record of the article, whose ids are those of the gold.

        Where the text is another one than the gold was made from, spans are looked for near the
        paragraph that has become of theirs. Words that the text no longer has are put behind it, a line
        each, so that the record still says what the gold says.

        Raises:
            InvalidRecordError: the text is the same and has no such words there, or the gold is
                otherwise no record; names the item and the field.

        """
        return Resolver(self.document.data, self.where, article).record()

    def rewritten(self, record: ArticleRecord) -> Gold:
        """Return gold that says what a record says, with the comments, order and exceptions of this one.

        The ids of the record have to be ids by content already, as `merge` leaves them.
        """
        data = contents(record)
        for kind in ITEM_KINDS:
            former_items = items_of(self.document.data, kind)
            former = dict(zip(steps(former_items), former_items, strict=True))
            rows = zip(steps(data[kind]), data[kind], strict=True)
            data[kind] = [_in_order(former.get(step, {}), item) for step, item in rows]
        ignored = self.document.data.get("ignore")
        whole = {"article": data.pop("article"), **({"ignore": ignored} if ignored else {}), **data}
        order = merged_order(self.document.data, whole)
        kept = {key: whole[key] for key in order if whole.get(key)}
        comments = {
            path: Comments(list(one.above), one.beside) for path, one in self.document.comments.items()
        }
        document = Document(kept, comments, self.document.tail)
        document.keep_orphans()
        return Gold(self.where, document, self.exceptions)

    @classmethod
    def of(cls, record: ArticleRecord, where: str) -> Gold:
        """Return the first gold of an article, which says what a record says."""
        data = rekeyed(record.model_dump(mode="json"), mint_keys(record, {}, {}))
        said = contents(ArticleRecord.model_validate(data))
        document = Document({key: value for key, value in said.items() if value})
        document.comments[("article", 0),] = Comments(above=list(_HEADER))
        return cls(where, document, Exceptions.of(document.data, where))

    def compare(self, record: ArticleRecord) -> RecordDiff:
        """Return what a record of the article says differently, without what is excepted."""
        return self.exceptions.apply(diff_records(self.resolve(record.article), record))

    def accept(self, record: ArticleRecord, keys: Collection[str] | None = None) -> Gold:
        """Return gold that takes over what the record says differently: all of it, or what has these keys.

        What is excepted stays as it is.
        """
        wanted = {one.key for one in self.compare(record).differences}
        accepted = wanted if keys is None else wanted & set(keys)
        return self.rewritten(merge(self.resolve(record.article), record, accepted))

    def with_value(self, kind: Kind, key: str, field: str, value: str) -> Gold:
        """Return gold in which a field of an item has another value; an empty one takes the field away."""
        data = dict(self.document.data)
        data[kind] = [
            _with_value(item, field, value) if name == key else item
            for name, item in named_items(self.document.data, kind)
        ]
        return Gold(self.where, Document(data, self.document.comments, self.document.tail), self.exceptions)

    def dump(self) -> str:
        """Return the gold as YAML."""
        return self.document.dump()


def _in_order(former: Mapping[str, Any], item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item with its fields in the order of the former one, and what was added to that by hand."""
    whole = {**item, **{key: value for key, value in former.items() if key in EXCEPTIONS}}
    return {key: whole[key] for key in merged_order([key for key in former if key in whole], whole)}


def _with_value(item: Mapping[str, Any], field: str, value: str) -> dict[str, Any]:
    return {key: inner for key, inner in (dict(item) | {field: value}).items() if key != field or value}

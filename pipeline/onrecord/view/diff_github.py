"""A diff as GitHub workflow commands: each difference is an annotation of the run and of the pull request."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from onrecord.review import DifferenceClass, RecordDiff
from onrecord.view.diff_sentences import SINGULAR, value_in_words
from onrecord.view.printable import one_line


def github_annotations(
    diff: RecordDiff, *, file: str | None = None, errors: Collection[DifferenceClass] = ()
) -> Iterator[str]:
    """Yield a workflow command for each difference: an error of the classes that are one, else a warning.

    `file` is the path, from the root of the repository, that the annotations are shown at.
    """
    for one in diff.differences:
        level = "error" if one.class_ in errors else "warning"
        title = " ".join(filter(None, (SINGULAR[one.kind], one.path, one.class_)))
        properties = [f"file={_property(file)}"] if file else []
        properties.append(f"title={_property(title)}")
        says = f"{diff.article_id}: {one_line(one.label)}"
        if one.path:
            says += f": {value_in_words(one.old)} → {value_in_words(one.new)}"
        yield f"::{level} {','.join(properties)}::{_data(says)}"


def _data(text: str) -> str:
    # A line is a command (docs.github.com/actions/reference/workflow-commands): no break may get through.
    return one_line(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

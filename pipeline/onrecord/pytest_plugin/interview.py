"""`--claims=review`: each difference is shown, and a person decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from onrecord.errors import InvalidRecordError
from onrecord.records import ArticleRecord
from onrecord.review import Difference, RecordDiff
from onrecord.review.gold import Gold
from onrecord.view.diff_text import plain_diff

_QUESTION = "[y] take it over  [n] keep the gold  [e] edit the gold  [s] skip the rest of the article: "


def review(gold: Gold, diff: RecordDiff, record: ArticleRecord, ask: Callable[[str], str]) -> Gold:
    """Return the gold as it is after a person has decided about each difference.

    What is kept, or skipped, still differs afterwards: then the extractor is to be corrected. Editing
    gives the gold a value that is neither the old nor the new one.
    """
    accepted: set[str] = set()
    edits: list[tuple[Difference, str]] = []
    for number, one in enumerate(diff.differences, 1):
        shown = plain_diff([replace(diff, differences=(one,))])
        answer = ""
        while answer not in ("y", "n", "e", "s"):
            answer = ask(f"\n{shown}{number} of {len(diff.differences)}  {_QUESTION}").strip().casefold()
            if answer == "e" and not is_editable(one):
                answer = ""
                shown = "Only a field with one plain value can be edited here.\n"
        if answer == "s":
            break
        if answer == "y":
            accepted.add(one.key)
        elif answer == "e":
            edits.append((one, ask(f"{one.path} of “{one.label}” should be: ").strip()))
    changed = gold.accept(record, accepted) if accepted else gold
    for one, value in edits:
        edited = changed.with_value(one.kind, one.old_id or "", one.path, value)
        try:
            edited.resolve(record.article)
        except InvalidRecordError as error:
            ask(f"{error}\nThe gold keeps what it has. [Enter] ")
        else:
            changed = edited
    return changed


def is_editable(one: Difference) -> bool:
    """Whether the gold can be given another value by hand: a plain field of an item."""
    return (
        one.class_ == "changed"
        and one.kind != "article"
        and "." not in one.path
        and one.path not in ("text", "content", "cue", "mentions")
        and not isinstance(one.old, tuple)
        and not isinstance(one.new, tuple)
    )

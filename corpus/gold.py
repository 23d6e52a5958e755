"""Keep the corpus's gold records: check a folder of them, or fill in what a machine can work out.

    python corpus/gold.py check corpus/gold      every problem as "file: item: problem", else a table
    python corpus/gold.py fill corpus/gold/NAME.json ...      rewrite the files in place

A person writes an item's values and the words of its spans. `fill` finds the offsets of every span
that lacks them (or whose text was edited), puts items into order of first mention, renumbers ids and
all that refers to them, lists what stands inside each claim's content, and sets the text's hash. A
span whose words stand in the text more than once needs "occurrence": 2 (the second one); a new item
may carry any id that no other item has, such as "mayor".
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from gold_items import (
    FIELDS,
    LETTERS,
    Json,
    all_references,
    first_mention,
    inside,
    items,
    place_in_order,
    spans_of,
)

from onrecord.evaluate.gold import gold_problems

LISTS = {"roles", "affiliations", "aliases", "mentions", "content", "co_sources", *LETTERS}
DEFAULTS = {"polarity": "positive", "confidence": 1.0}

ACCEPTABLE = {
    "actors": {"name", "type", "roles"},
    "places": {"name", "country", "km"},
    "dates": {"type", "timex", "interval"},
    "figures": {"number", "modifier", "unit", "counted"},
    "claims": {"speech_act", "quotation", "polarity", "source", "target", "target_actor", "medium", "loose"},
}

# A closing single mark is left out: it can be the apostrophe of a plural ("the exporters’ council").
QUOTATION_MARK = re.compile(r"[“”\"]|(?<!\w)[‘']")
CLOSING_MARKS = ("”", '"', "’", "'")


class GoldError(Exception):
    """A gold file that cannot be read or filled: the message names the item and says what to do."""


# -- fill


def fill(record: Json) -> Json:
    """Return the record with offsets, order, ids, claim contents and hash worked out.

    Raises GoldError where a span's words are not in the text, or stand there more than once without
    an occurrence, or where a reference names no item.
    """
    text = record["article"]["text"]
    record["article"]["text_sha256"] = hashlib.sha256(text.encode()).hexdigest()
    for kind in (*LETTERS, "disputes", "non_responses"):
        record.setdefault(kind, [])
    for kind in (*LETTERS, "non_responses"):
        for item in record[kind]:
            for span in spans_of(kind, item):
                _locate(span, text, str(item.get("id") or kind))
    for kind, item in items(record):
        if "mentions" in item:
            item["mentions"] = sorted(item["mentions"], key=lambda span: span["start"])
        if kind == "claims":
            item["content"] = sorted(item["content"], key=lambda span: span["start"])
    _renumber(record)
    for claim in record["claims"]:
        claim.update({kind: inside(record, kind, claim) for kind in LETTERS if kind != "claims"})
    return record


def _locate(span: Json, text: str, label: str) -> None:
    wanted, occurrence = span["text"], span.pop("occurrence", None)
    start, end = span.get("start"), span.get("end")
    if occurrence is None and start is not None and text[start:end] == wanted:
        return
    found = [match.start() for match in re.finditer(re.escape(wanted), text)]
    if not found:
        raise GoldError(f"{label}: {wanted!r} is not in the text")
    if occurrence is None and len(found) > 1:
        raise GoldError(f"{label}: {wanted!r} stands {len(found)} times in the text: give its occurrence")
    if occurrence is not None and not 1 <= occurrence <= len(found):
        raise GoldError(f"{label}: {wanted!r} stands {len(found)} times in the text, not {occurrence}")
    span["start"] = found[(occurrence or 1) - 1]
    span["end"] = span["start"] + len(wanted)


def _renumber(record: Json) -> None:
    new: dict[str, str] = {}
    for kind, letter in LETTERS.items():
        record[kind].sort(key=lambda item, kind=kind: place_in_order(kind, item))
        for number, item in enumerate(record[kind], 1):
            if item["id"] in new:
                raise GoldError(f"{item['id']}: two items have this id")
            new[item["id"]] = f"{letter}{number}"
    for label, holder, key, _ in all_references(record):
        old = holder.get(key) if isinstance(holder, dict) else holder[key]
        if old is not None and old not in new:
            raise GoldError(f"{label}: refers to {old!r}, which is not there")
        holder[key] = None if old is None else new[old]
    for _, item in items(record):
        item["id"] = new[item["id"]]


def tidy(record: Json) -> Json:
    """Return the record with every field of the contract, in the contract's order."""
    for kind, fields in FIELDS.items():
        record[kind] = [
            {name: item.get(name, [] if name in LISTS else DEFAULTS.get(name)) for name in fields}
            | {name: item[name] for name in ("optional", "accept") if item.get(name)}
            for item in record[kind]
        ]
    for kind in ("actors", "places", "claims", "non_responses"):
        for item in record[kind]:
            for span in spans_of(kind, item):
                ordered = {name: span[name] for name in ("start", "end", "text")} | span
                span.clear()
                span.update(ordered)
    order = ("schema_version", "article", *LETTERS, "disputes", "non_responses", "provenance")
    return {name: record[name] for name in order}


# -- check


def check(record: Json, stem: str, article_file: Path | None) -> list[str]:
    """Return what is wrong with a gold record as "item: problem" sentences; none where it is sound.

    What any gold has to hold, such as spans that slice exactly, is `onrecord.evaluate`'s to say; the rest
    is what a person who writes gold by hand gets wrong.
    """
    missing = [
        f"{item.get('id')}: fields {sorted(wrong)} are missing or unknown"
        for kind, item in items(record)
        if (wrong := (set(item) - {"optional", "accept"}) ^ set(FIELDS[kind]))
    ]
    problems = missing or gold_problems(record)
    if problems:
        return problems  # what follows relies on them
    problems += _check_article(record["article"], stem)
    problems += _check_source(record["article"], article_file)
    for label, holder, key, letters in all_references(record):
        value = holder.get(key) if isinstance(holder, dict) else holder[key]
        if value is not None and value[0] not in letters:
            problems.append(f"{label}: {key} refers to {value!r}, which is of another kind")
    for kind, letter in LETTERS.items():
        if [item["id"] for item in record[kind]] != [f"{letter}{n}" for n in range(1, len(record[kind]) + 1)]:
            problems.append(f"{kind}: ids are not {letter}1, {letter}2, …")
        firsts = [first_mention(kind, item) for item in record[kind]]
        if firsts != sorted(firsts):
            problems.append(f"{kind}: not in order of first mention")
        for item in record[kind]:
            problems += [f"{item['id']}: {problem}" for problem in _check_item(record, kind, item)]
    for silence in record["non_responses"]:
        if silence["topic"]:
            problems += _not_in(record, silence["topic"])
    for dispute in record["disputes"]:
        if len(dispute["sides"]) < 2:
            problems.append(f"{dispute['id']}: fewer than two sides")
    return problems


def _check_article(article: Json, stem: str) -> Iterator[str]:
    if article["id"] != stem:
        yield f"article: id {article['id']!r} is not the file's name"
    if not article["text"].startswith(f"{article['title']}\n"):
        yield "article: the text does not begin with the headline"
    if any(line != line.strip() or not line for line in article["text"].split("\n")):
        yield "article: an empty line, or one with blanks at its edges"


def _check_source(article: Json, file: Path | None) -> Iterator[str]:
    """Compare with the article as it stands in the corpus."""
    if file is None:
        yield "article: no file of that name among the articles"
    elif file.suffix == ".json":
        given = json.loads(file.read_text(encoding="utf-8"))
        for field in ("id", "title", "published", "url", "site", "byline", "language", "text"):
            if given.get(field) != article[field]:
                yield f"article: {field} is not that of {file.name}"
    else:
        page = _Page()
        page.feed(file.read_text(encoding="utf-8"))
        place = 0
        for line in article["text"].split("\n"):
            if line in page.blocks[place:]:
                place = page.blocks.index(line, place) + 1
            else:
                yield f"article: not a block of {file.name}, or not in that order: {line[:60]!r}"


class _Page(HTMLParser):
    """Collects the text of a page's headings, paragraphs and captions, white space folded."""

    BLOCKS = frozenset({"h1", "h2", "h3", "p", "figcaption"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self._open: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in self.BLOCKS:
            self._open = []

    def handle_endtag(self, tag: str) -> None:
        if tag in self.BLOCKS and self._open is not None:
            self.blocks.append(" ".join("".join(self._open).split()))
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open.append(data)


def _check_item(record: Json, kind: str, item: Json) -> Iterator[str]:
    for field in set(item.get("accept") or {}) - ACCEPTABLE[kind]:
        yield f"accept: {field!r} is not a field that has alternatives"
    for span in spans_of(kind, item):
        if span["text"] != span["text"].strip() or "\n" in span["text"]:
            yield f"span {span['text']!r} has blanks at its edges or runs over a line"
    if "mentions" in item and not item["mentions"]:
        yield "no mention"
    if kind == "actors":
        yield from _not_in(record, *(item["name"], *item["aliases"], *item["roles"]))
    elif kind == "places" and (item["lat"] is None) != (item["lon"] is None):
        yield f"lat {item['lat']}, lon {item['lon']}"
    elif kind == "dates":
        yield from _check_date(record, item)
    elif kind == "claims":
        yield from _check_claim(record, item)


def _not_in(record: Json, *words: str) -> Iterator[str]:
    text = record["article"]["text"].lower()
    yield from (f"{one!r} is not in the text" for one in words if one.lower() not in text)


def _check_date(record: Json, expression: Json) -> Iterator[str]:
    earliest, latest, timex = expression["earliest"], expression["latest"], expression["timex"]
    yield from (f"{day!r} is no ISO date" for day in (earliest, latest) if day and not _is_date(day))
    if earliest and latest and earliest > latest:
        yield f"earliest {earliest} after latest {latest}"
    if _is_date(timex) and (earliest, latest) != (timex, timex):
        yield f"timex {timex} with {earliest} to {latest}"
    if re.fullmatch(r"\d{4}-W\d\d", timex):
        days = [date.fromisocalendar(int(timex[:4]), int(timex[6:]), day).isoformat() for day in (1, 7)]
        if [earliest, latest] != days:
            yield f"timex {timex} is {days[0]} to {days[1]}, not {earliest} to {latest}"
    end = next((one for one in record["dates"] if one["id"] == expression["range_end"]), None)
    if end and end["start"] < expression["end"]:
        yield f"range_end {end['id']} does not follow"


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _check_claim(record: Json, claim: Json) -> Iterator[str]:
    if claim["cue"] and not claim["cue"]["lemma"]:
        yield "a cue without a lemma"
    target = claim["target"]
    if target and not (target["actor"] or target["claim"]):
        yield "an empty target"
    if target and target["claim"] == claim["id"]:
        yield "its own target"
    if target and claim["speech_act"] not in ("denial", "dismissal", "accusation"):
        yield f"a {claim['speech_act']} with a target"
    yield from _not_in(record, *(claim[field] for field in ("hedge", "medium") if claim[field]))
    yield from _check_quotation(claim, record["article"]["text"])


def _check_quotation(claim: Json, text: str) -> Iterator[str]:
    parts = [part["text"] for part in claim["content"]]
    marks = sum(len(QUOTATION_MARK.findall(part)) for part in parts)
    # A quotation that runs on into the next paragraph is not closed at the end of this one.
    enclosed = all(
        QUOTATION_MARK.match(part["text"])
        and (part["text"].endswith(CLOSING_MARKS) or text[part["end"] : part["end"] + 1] == "\n")
        for part in claim["content"]
    )
    right = {"direct": enclosed, "indirect": marks == 0, "mixed": marks > 0}[claim["quotation"]]
    # What a quoted speaker reports of others stands between the marks of the claim around it.
    if not right and not (claim["parent"] and marks == 0):
        yield f"{claim['quotation']}, but its content has {marks} quotation marks: {parts}"


# -- command line


def _article_file(gold_file: Path) -> Path | None:
    stem = gold_file.parent.parent / "articles" / gold_file.stem
    return next(
        (file for file in (stem.with_suffix(".html"), stem.with_suffix(".json")) if file.exists()), None
    )


def _load(file: Path) -> Json:
    try:
        record: Json = json.loads(file.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise GoldError(f"line {error.lineno}: not JSON: {error.msg}") from error
    return record


def run_check(folder: Path) -> int:
    """Print every problem of a folder's gold files, or a table of what they hold; return the exit status."""
    files = sorted(folder.glob("*.json"))
    lines: list[str] = []
    table = [f"{'article':12}{'words':>7}" + "".join(f"{kind:>9}" for kind in LETTERS)]
    for file in files:
        try:
            record = _load(file)
        except GoldError as error:
            lines.append(f"{file.name}: {error}")
            continue
        lines += [f"{file.name}: {problem}" for problem in check(record, file.stem, _article_file(file))]
        words = len(record["article"]["text"].split())
        table.append(f"{file.stem:12}{words:7}" + "".join(f"{len(record[kind]):9}" for kind in LETTERS))
    print("\n".join(lines or table) if files else f"{folder}: no gold files")
    return 1 if lines or not files else 0


def run_fill(files: list[Path]) -> int:
    """Fill gold files in place; return the exit status. A file with a problem is left as it was."""
    status = 0
    for file in files:
        try:
            record = tidy(fill(_load(file)))
        except GoldError as error:
            print(f"{file.name}: {error}")
            status = 1
            continue
        file.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return status


def main() -> int:
    """Run the command line."""
    plain = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=plain)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("check").add_argument("folder", type=Path)
    verbs.add_parser("fill").add_argument("files", type=Path, nargs="+")
    options = parser.parse_args()
    return run_check(options.folder) if options.verb == "check" else run_fill(options.files)


if __name__ == "__main__":
    sys.exit(main())

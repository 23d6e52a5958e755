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
from typing import Any, get_args

from onrecord.records import vocabulary

Json = dict[str, Any]

LETTERS = {"actors": "a", "places": "p", "dates": "d", "figures": "f", "claims": "c"}

# The fields of each item, in the order in which they are written; gold's own two come last.
# fmt: off
FIELDS = {
    "actors": ("id", "name", "type", "roles", "affiliations", "aliases", "mentions"),
    "places": ("id", "name", "kind", "country", "admin1", "geonames_id", "lat", "lon", "within", "mentions"),
    "dates": ("id", "start", "end", "text", "type", "timex", "earliest", "latest", "anchor", "range_end"),
    "figures": ("id", "start", "end", "text", "value", "low", "high", "modifier", "unit", "counted",
                "measure", "by", "at", "when"),
    "claims": ("id", "quotation", "speech_act", "source", "cue", "content", "polarity", "hedge", "target",
               "medium", "said", "co_sources", "parent", "actors", "places", "dates", "figures",
               "confidence"),
}
# fmt: on
LISTS = {"roles", "affiliations", "aliases", "mentions", "content", "co_sources", *LETTERS}
DEFAULTS = {"polarity": "positive", "confidence": 1.0}

ENUMS = {
    ("actors", "type"): get_args(vocabulary.ActorType),
    ("places", "kind"): get_args(vocabulary.PlaceKind),
    ("dates", "type"): get_args(vocabulary.TimexType),
    ("figures", "modifier"): get_args(vocabulary.Modifier),
    ("claims", "quotation"): get_args(vocabulary.Quotation),
    ("claims", "speech_act"): get_args(vocabulary.SpeechAct),
    ("claims", "polarity"): get_args(vocabulary.Polarity),
}

# Which of value, low and high a modifier sets; the modifiers left out set value alone.
BOUNDS = {
    "range": {"low", "high"},
    "at_least": {"low"},
    "more_than": {"low"},
    "at_most": {"high"},
    "less_than": {"high"},
}

ACCEPTABLE = {
    "actors": {"name", "type", "roles"},
    "places": {"name", "country", "km"},
    "dates": {"type", "timex", "interval"},
    "figures": {"number", "modifier", "unit", "counted"},
    "claims": {"speech_act", "quotation", "polarity", "source", "target", "target_actor", "medium", "loose"},
}

# Curly and straight, doubled and single; an apostrophe inside a word is none of them.
QUOTATION_MARK = re.compile(r"[“”\"]|(?<!\w)[‘']|’(?!\w)")


class GoldError(Exception):
    """A gold file that cannot be filled: the message names the item and says what to do."""


# -- walking a record


def items(record: Json) -> Iterator[tuple[str, Json]]:
    """Yield every item that has an id of its own, with the name of its list."""
    for kind in LETTERS:
        for item in record.get(kind) or []:
            yield kind, item


def spans_of(kind: str, item: Json) -> list[Json]:
    """Return the spans of an item in the order in which a reader looks at them."""
    if kind in ("actors", "places"):
        return list(item.get("mentions") or [])
    if kind in ("dates", "figures", "non_responses"):
        return [item if kind != "non_responses" else item["span"]]
    sources = [item.get("source"), *(item.get("co_sources") or [])]
    return [
        span
        for span in (*(item.get("content") or []), item.get("cue"), *((s or {}).get("span") for s in sources))
        if span
    ]


def references(kind: str, item: Json) -> Iterator[tuple[Json | list[Any], Any, str]]:
    """Yield each place that holds an id: its container, the key or index there, and the kinds it may name."""
    accept = item.get("accept") or {}
    if kind == "actors":
        yield from _each(item, "affiliations", "ap")
    elif kind == "places":
        yield item, "within", "p"
    elif kind == "dates":
        if item.get("anchor") not in (None, "publication", "absolute"):
            yield item, "anchor", "d"
        yield item, "range_end", "d"
    elif kind == "figures":
        yield from ((item, "by", "a"), (item, "at", "p"), (item, "when", "d"))
    elif kind == "claims":
        for source in (item.get("source"), *(item.get("co_sources") or [])):
            if source:
                yield source, "actor", "a"
        if item.get("target"):
            yield from ((item["target"], "actor", "a"), (item["target"], "claim", "c"))
        yield from ((item, "said", "d"), (item, "parent", "c"))
        yield from _each(accept, "source", "a")
        yield from _each(accept, "target_actor", "a")
    elif kind == "disputes":
        for side in item["sides"]:
            yield from _each(side, "claims", "c")
    elif kind == "non_responses":
        yield item, "actor", "a"


def _each(holder: Json, field: str, letters: str) -> Iterator[tuple[list[Any], int, str]]:
    values = holder.get(field) or []
    yield from ((values, index, letters) for index in range(len(values)))


def all_references(record: Json) -> Iterator[tuple[str, Json | list[Any], Any, str]]:
    """Yield the references of every item of the record, each with a label for messages."""
    for kind in (*LETTERS, "disputes", "non_responses"):
        for index, item in enumerate(record.get(kind) or [], 1):
            label = str(item.get("id") or f"{kind} {index}")
            yield from ((label, *reference) for reference in references(kind, item))


def first_mention(kind: str, item: Json) -> int:
    """Return the offset by which items of one list are ordered."""
    return min((span["start"] for span in spans_of(kind, item)), default=0)


def inside(record: Json, kind: str, claim: Json) -> list[str]:
    """Return the ids of the items of that kind which a claim's content overlaps."""
    return [
        item["id"]
        for item in record[kind]
        if any(
            span["start"] < part["end"] and part["start"] < span["end"]
            for span in spans_of(kind, item)
            for part in claim["content"]
        )
    ]


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
        record[kind].sort(key=lambda item, kind=kind: first_mention(kind, item))
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
        for item in record[kind]:
            for span in spans_of(kind, item):
                if span is not item:
                    ordered = {name: span[name] for name in ("start", "end", "text")} | span
                    span.clear()
                    span.update(ordered)
    order = ("schema_version", "article", *LETTERS, "disputes", "non_responses", "provenance")
    return {name: record[name] for name in order}


# -- check


def check(record: Json, stem: str, article_file: Path | None) -> list[str]:
    """Return what is wrong with a gold record as "item: problem" sentences; none where it is sound."""
    text = record["article"]["text"]
    problems = list(_check_article(record["article"], stem))
    if article_file is None:
        problems.append("article: no file of that name among the articles")
    else:
        problems += _check_source(record["article"], article_file)
    known = {item["id"] for _, item in items(record)}
    for label, holder, key, letters in all_references(record):
        value = holder.get(key) if isinstance(holder, dict) else holder[key]
        if value is not None and (value not in known or value[0] not in letters):
            problems.append(f"{label}: {key} refers to {value!r}, which is no item of kind {letters}")
    if problems:
        return problems  # what follows looks things up by id
    for kind, letter in LETTERS.items():
        if [item["id"] for item in record[kind]] != [f"{letter}{n}" for n in range(1, len(record[kind]) + 1)]:
            problems.append(f"{kind}: ids are not {letter}1, {letter}2, …")
        firsts = [first_mention(kind, item) for item in record[kind]]
        if firsts != sorted(firsts):
            problems.append(f"{kind}: not in order of first mention")
        for item in record[kind]:
            problems += [f"{item['id']}: {problem}" for problem in _check_item(record, kind, item, text)]
    for number, silence in enumerate(record["non_responses"], 1):
        if silence["kind"] not in get_args(vocabulary.NonResponseKind):
            problems.append(f"non_response {number}: kind {silence['kind']!r}")
        if silence.get("topic") and silence["topic"] not in text:
            problems.append(f"non_response {number}: topic {silence['topic']!r} is not in the text")
        problems += [f"non_response {number}: {p}" for p in _check_spans("non_responses", silence, text)]
    for dispute in record["disputes"]:
        stances = [side["stance"] for side in dispute["sides"]]
        if len(stances) < 2 or not set(stances) <= set(get_args(vocabulary.Stance)):
            problems.append(f"{dispute['id']}: sides {stances}")
    return problems


def _check_article(article: Json, stem: str) -> Iterator[str]:
    text = article["text"]
    if article["id"] != stem:
        yield f"article: id {article['id']!r} is not the file's name"
    if not text.startswith(f"{article['title']}\n"):
        yield "article: the text does not begin with the headline"
    if any(line != line.strip() or not line for line in text.split("\n")):
        yield "article: an empty line, or one with blanks at its edges"
    if article["text_sha256"] != hashlib.sha256(text.encode()).hexdigest():
        yield "article: text_sha256 is not that of the text"
    if not _is_date(article["published"][:10]):
        yield f"article: published {article['published']!r}"


def _check_source(article: Json, file: Path) -> Iterator[str]:
    """Compare with the article as it stands in the corpus."""
    if file.suffix == ".json":
        given = json.loads(file.read_text(encoding="utf-8"))
        for field in ("id", "title", "published", "url", "site", "byline", "language", "text"):
            if given.get(field) != article[field]:
                yield f"article: {field} is not that of {file.name}"
        return
    blocks = _Blocks()
    blocks.feed(file.read_text(encoding="utf-8"))
    place = -1
    for line in article["text"].split("\n"):
        if line not in blocks.found[place + 1 :]:
            yield f"article: not a block of {file.name}, or not in that order: {line[:60]!r}"
        else:
            place = blocks.found.index(line, place + 1)


class _Blocks(HTMLParser):
    """The text of a page's headings, paragraphs and captions, white space folded as a browser does."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._open: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in ("h1", "h2", "h3", "p", "figcaption"):
            self._open = []

    def handle_endtag(self, tag: str) -> None:
        if tag in ("h1", "h2", "h3", "p", "figcaption") and self._open is not None:
            self.found.append(re.sub(r"[ \t\n]+", " ", "".join(self._open)).strip())
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open.append(data)


def _check_spans(kind: str, item: Json, text: str) -> Iterator[str]:
    for span in spans_of(kind, item):
        if not 0 <= span["start"] < span["end"] or text[span["start"] : span["end"]] != span["text"]:
            yield f"span {span['start']}-{span['end']} is not {span['text']!r}"
        if span["text"] != span["text"].strip() or "\n" in span["text"]:
            yield f"span {span['text']!r} has blank edges or runs over a line"


def _check_item(record: Json, kind: str, item: Json, text: str) -> Iterator[str]:
    if set(item) - {"optional", "accept"} != set(FIELDS[kind]):
        yield f"fields {sorted(set(item) ^ set(FIELDS[kind]))} are missing or unknown"
        return
    for field in set(item.get("accept") or {}) - ACCEPTABLE[kind]:
        yield f"accept: {field!r} is not a field that has alternatives"
    for (of, field), values in ENUMS.items():
        if of == kind:
            accepted = (item.get("accept") or {}).get(field) or []
            yield from (f"{field} {one!r}" for one in (item[field], *accepted) if one not in values)
    yield from _check_spans(kind, item, text)
    if kind == "actors":
        yield from _check_actor(item, text)
    elif kind == "places":
        yield from _check_place(item)
    elif kind == "dates":
        yield from _check_date(record, item)
    elif kind == "figures":
        given = {name for name in ("value", "low", "high") if item[name] is not None}
        if given != BOUNDS.get(item["modifier"], {"value"}):
            yield f"{item['modifier']} with {sorted(given)}"
    else:
        yield from _check_claim(record, item, text)


def _check_actor(actor: Json, text: str) -> Iterator[str]:
    if not actor["mentions"]:
        yield "no mention"
    kinds = get_args(vocabulary.MentionKind)
    yield from (f"mention kind {m.get('kind')!r}" for m in actor["mentions"] if m.get("kind") not in kinds)
    lowered = text.lower()
    for name in (actor["name"], *actor["aliases"], *actor["roles"]):
        if name.lower() not in lowered:
            yield f"{name!r} is not in the text"


def _check_place(place: Json) -> Iterator[str]:
    if not place["mentions"]:
        yield "no mention"
    if place["country"] is not None and not re.fullmatch("[A-Z]{2}", place["country"]):
        yield f"country {place['country']!r}"
    lat, lon = place["lat"], place["lon"]
    if (lat is None) != (lon is None) or (lat is not None and not (-90 <= lat <= 90 and -180 <= lon <= 180)):
        yield f"lat {lat}, lon {lon}"


def _check_date(record: Json, expression: Json) -> Iterator[str]:
    earliest, latest = expression["earliest"], expression["latest"]
    yield from (f"{day!r} is no ISO date" for day in (earliest, latest) if day and not _is_date(day))
    if earliest and latest and earliest > latest:
        yield f"earliest {earliest} after latest {latest}"
    timex = expression["timex"]
    if _is_date(timex) and (earliest, latest) != (timex, timex):
        yield f"timex {timex} with {earliest} to {latest}"
    if re.fullmatch(r"\d{4}-W\d\d", timex):
        year, week = int(timex[:4]), int(timex[6:])
        days = tuple(date.fromisocalendar(year, week, day).isoformat() for day in (1, 7))
        if (earliest, latest) != days:
            yield f"timex {timex} is {days[0]} to {days[1]}, not {earliest} to {latest}"
    end = next((d for d in record["dates"] if d["id"] == expression["range_end"]), None)
    if end and end["start"] < expression["end"]:
        yield f"range_end {end['id']} does not follow"


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _check_claim(record: Json, claim: Json, text: str) -> Iterator[str]:
    if not claim["content"]:
        yield "no content"
    if claim["cue"] and not claim["cue"].get("lemma"):
        yield "a cue without a lemma"
    actors = {actor["id"]: actor for actor in record["actors"]}
    for source in (claim["source"], *claim["co_sources"]):
        span = source["span"]
        mentions = actors[source["actor"]]["mentions"] if source["actor"] else []
        if span and mentions and not any(_overlap(m, span) for m in mentions):
            yield f"no mention of {source['actor']} stands in the source span {span['text']!r}"
    for one in (claim["source"]["span"], claim["cue"]):
        if one and any(_overlap(one, part) for part in claim["content"]):
            yield f"source or cue {one['text']!r} stands in the content"
    yield from _check_quotation(claim, text)
    target, accept = claim["target"], claim.get("accept") or {}
    if target and not (target["actor"] or target["claim"]):
        yield "an empty target"
    if claim["speech_act"] == "accusation" and not target and accept.get("target") != "optional":
        yield "an accusation without a target"
    if target and claim["speech_act"] not in ("denial", "dismissal", "accusation"):
        yield f"a {claim['speech_act']} with a target"
    if claim["parent"] == claim["id"] or (target and target["claim"] == claim["id"]):
        yield "refers to itself"
    for field in ("hedge", "medium"):
        if claim[field] and claim[field] not in text:
            yield f"{field} {claim[field]!r} is not in the text"
    for kind in LETTERS:
        if kind != "claims" and claim[kind] != inside(record, kind, claim):
            yield f"{kind} {claim[kind]} listed, {inside(record, kind, claim)} inside the content"
    if not 0 <= claim["confidence"] <= 1:
        yield f"confidence {claim['confidence']}"


def _check_quotation(claim: Json, text: str) -> Iterator[str]:
    parts = [part["text"] for part in claim["content"]]
    marks = sum(len(QUOTATION_MARK.findall(part)) for part in parts)
    opened = all(QUOTATION_MARK.match(part) for part in parts)
    # A quotation that runs on into the next paragraph is not closed at the end of this one.
    closed = all(
        QUOTATION_MARK.match(part[-1]) or text[span["end"] : span["end"] + 1] == "\n"
        for part, span in zip(parts, claim["content"], strict=True)
    )
    right = {"direct": opened and closed, "indirect": marks == 0, "mixed": marks > 0}[claim["quotation"]]
    # What a quoted speaker reports of others stands between the marks of the claim around it.
    if not right and not (claim["parent"] and marks == 0):
        yield f"{claim['quotation']}, but its content has {marks} quotation marks: {parts}"


def _overlap(one: Json, other: Json) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


# -- command line


def _article_file(gold_file: Path) -> Path | None:
    folder = gold_file.parent.parent / "articles"
    return next(
        (f for f in sorted(folder.glob(f"{gold_file.stem}.*")) if f.suffix in (".html", ".json")), None
    )


def run_check(folder: Path) -> int:
    """Print every problem of a folder's gold files, or a table of what they hold; return the exit status."""
    files = sorted(folder.glob("*.json"))
    lines: list[str] = []
    table = [f"{'article':12}{'words':>7}" + "".join(f"{kind:>9}" for kind in LETTERS)]
    for file in files:
        record = json.loads(file.read_text(encoding="utf-8"))
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
            record = tidy(fill(json.loads(file.read_text(encoding="utf-8"))))
        except GoldError as error:
            print(f"{file.name}: {error}")
            status = 1
            continue
        file.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return status


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("check").add_argument("folder", type=Path)
    verbs.add_parser("fill").add_argument("files", type=Path, nargs="+")
    options = parser.parse_args()
    return run_check(options.folder) if options.verb == "check" else run_fill(options.files)


if __name__ == "__main__":
    sys.exit(main())

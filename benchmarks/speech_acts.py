"""What a cue does, over pairs of like sentences: `python benchmarks/speech_acts.py [FILE...]`.

Each line of a file of pairs (columns pair, act, sentence; one cue in square brackets) is extracted as an
article of its own. A line is right where a claim with that cue has the act, or, for `none`, where no claim
has that cue; a pair is right where both of its lines are. `--wrong` prints the lines that are not.

`--corpus` asks the articles of corpus/ instead, and prints which acts are taken for which, and the twenty
surest errors, as Markdown. Claims of gold and record are one where their cues share words.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from onrecord import ArticleRecord, Extractor, Settings
from onrecord.annotate.claims.learned.acts import CLASSES
from onrecord.records import Span

CORPUS = Path(__file__).parents[1] / "corpus"
PAIRS = CORPUS / "speech_acts"


class Line(NamedTuple):
    """A sentence, the words of its cue as offsets, and what the cue does there."""

    pair: str
    act: str
    text: str
    start: int
    end: int


def main() -> None:
    """Extract the pairs that the command line names, and print how many are right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=sorted(PAIRS.glob("pairs_*.tsv")))
    parser.add_argument("--method", choices=("model", "rules"), default="model")
    parser.add_argument("--wrong", action="store_true", help="print the lines that are wrong")
    parser.add_argument("--corpus", action="store_true", help="print the confusion matrix of corpus/")
    options = parser.parse_args()
    extractor = Extractor.load(Settings(method=options.method))
    if options.corpus:
        print_confusion(extractor)
        return
    for path in options.files:
        lines = read(path)
        outcomes = extractor.stream({"text": line.text, "published": "2024-05-14"} for line in lines)
        found = [
            act_of(line, record) if isinstance(record, ArticleRecord) else "failure"
            for line, record in zip(lines, outcomes, strict=True)
        ]
        right = [line.act == act for line, act in zip(lines, found, strict=True)]
        wrong_pairs = {line.pair for line, is_right in zip(lines, right, strict=True) if not is_right}
        pairs = {line.pair for line in lines}
        print(
            f"{path.name}: lines {sum(right)} of {len(lines)} ({sum(right) / len(lines):.2f}), "
            f"pairs {len(pairs - wrong_pairs)} of {len(pairs)} ({1 - len(wrong_pairs) / len(pairs):.2f})"
        )
        slips = Counter((line.act, act) for line, act in zip(lines, found, strict=True) if line.act != act)
        print("  " + ", ".join(f"{gold} as {act} {count}" for (gold, act), count in slips.most_common(12)))
        if options.wrong:
            for line, act in zip(lines, found, strict=True):
                if line.act != act:
                    before, cue, after = (
                        line.text[: line.start],
                        line.text[line.start : line.end],
                        line.text[line.end :],
                    )
                    print(f"  {line.pair}\t{line.act} as {act}\t{before}[{cue}]{after}")


def read(path: Path) -> list[Line]:
    """Return the lines of a file of pairs."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [_line(row["pair"], row["act"], row["sentence"]) for row in rows]


def _line(pair: str, act: str, sentence: str) -> Line:
    before, _, rest = sentence.partition("[")
    cue, _, after = rest.partition("]")
    return Line(pair, act, before + cue + after, len(before), len(before) + len(cue))


def act_of(line: Line, record: ArticleRecord) -> str:
    """Return the act of the claim whose cue shares words with the marked one, `none` where there is none."""
    acts = [
        claim.speech_act
        for claim in record.claims
        if claim.cue is not None and claim.cue.start < line.end and line.start < claim.cue.end
    ]
    return line.act if line.act in acts else next(iter(acts), "none")


def print_confusion(extractor: Extractor) -> None:
    """Print which acts of the gold claims of corpus/ are taken for which, and the surest errors."""
    counts: Counter[tuple[str, str]] = Counter()
    errors: list[tuple[float, str]] = []
    for path in sorted((CORPUS / "gold").glob("*.json")):
        gold = json.loads(path.read_bytes())
        article = {field: gold["article"].get(field) for field in ("text", "published", "title", "site")}
        record = extractor.extract(**article)
        taken: set[str] = set()
        for claim in gold["claims"]:
            found = next((one for one in record.claims if _share(one.cue, claim["cue"])), None)
            taken |= {found.id} if found else set()
            if claim["cue"] is None or claim.get("optional"):
                continue
            act: str = found.speech_act if found else "none"
            wanted = claim["speech_act"]
            act = wanted if act in claim.get("accept", {}).get("speech_act", ()) else act
            counts[wanted, act] += 1
            if act != wanted:
                errors.append((found.confidence if found else 0, _line_of(path.stem, claim, act)))
        extra = (one for one in record.claims if one.id not in taken and one.cue is not None)
        counts.update(("none", one.speech_act) for one in extra)
    columns = CLASSES[1:] + CLASSES[:1]
    print("| | " + " | ".join(columns) + " |\n|" + " --- |" * (len(columns) + 1))
    for act in columns:
        print(f"| **{act}** | " + " | ".join(str(counts[act, other] or "") for other in columns) + " |")
    print()
    for _, line in sorted(errors, reverse=True)[:20]:
        print(line)


def _share(one: Span | None, other: dict[str, Any] | None) -> bool:
    return one is not None and other is not None and one.start < other["end"] and other["start"] < one.end


def _line_of(article: str, claim: dict[str, Any], act: str) -> str:
    content = " … ".join(span["text"] for span in claim["content"])
    return f"- {article}: *{claim['cue']['text']}* {content[:80]}: {claim['speech_act']}, not {act}"


if __name__ == "__main__":
    main()

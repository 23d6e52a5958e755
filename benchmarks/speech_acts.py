"""What a cue does, over pairs of like sentences: `python benchmarks/speech_acts.py [FILE...]`.

Each line of a file of pairs (columns pair, act, sentence; one cue in square brackets) is extracted as an
article of its own. A line is right where a claim with that cue has the act, or, for `none`, where no claim
has that cue; a pair is right where both of its lines are. `--wrong` prints the lines that are not.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from onrecord import ArticleRecord, Extractor, Settings

PAIRS = Path(__file__).parents[1] / "corpus/speech_acts"


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
    options = parser.parse_args()
    extractor = Extractor.load(Settings(method=options.method))
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


if __name__ == "__main__":
    main()

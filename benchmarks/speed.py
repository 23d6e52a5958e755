"""Words a CPU second, on one core and the same texts: the bare model, the whole extractor, each component.

    python benchmarks/speed.py [TEXTS ...] [--words 20000] [--repeat 3] [--method model] [--json]

TEXTS are files or folders of articles as `onrecord extract` reads them; without any, the articles
that come with the project. All rows of the table are measured in one run; ratios are to `nlp.pipe` of
the same model without onrecord (= 1). Each row is the best of `--repeat` rounds, and the rows take turns
within a round, so that a busy moment of the machine strikes all of them alike.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[variable] = "1"  # read when numpy is imported, which is why all other imports come later

ARTICLES = Path(__file__).parents[1] / "corpus" / "articles"
PARSER_ALONE = ("tok2vec", "parser")
BARE = "bare model"


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("texts", nargs="*", type=Path, default=[ARTICLES])
    options.add_argument(
        "--words", type=int, default=20_000, help="read articles again until there are so many words"
    )
    options.add_argument("--repeat", type=int, default=3, help="rounds, of which the best counts")
    options.add_argument("--method", default="model", help="model or rules")
    options.add_argument("--json", action="store_true", help="print JSON instead of a table")
    given = options.parse_args()
    table = measure(given.texts, given.words, given.repeat, given.method)
    print(json.dumps(table, indent=2) if given.json else as_text(table))


def measure(paths: list[Path], words: int, repeat: int, method: str) -> dict[str, object]:
    """Return words a second and ratios for every row."""
    import spacy  # noqa: PLC0415  after the environment is set, see above

    from onrecord import Article, Extractor, Failure, Settings, read_paths  # noqa: PLC0415
    from onrecord.annotate.claims.learned.attribution import AttributionModel  # noqa: PLC0415
    from onrecord.annotate.claims.learned.policy import load_policy  # noqa: PLC0415

    read = [one.article for one in read_paths(paths) if not isinstance(one, Failure)]
    if not read:
        sys.exit("there is no article to read")
    articles: list[Article] = []
    total = 0
    while total < words:
        articles.append(read[len(articles) % len(read)])
        total += len(articles[-1].text.split())

    extractor = Extractor.load(Settings.model_validate({"method": method}))
    bare = spacy.load(extractor.settings.model)
    parser_alone = spacy.load(extractor.settings.model)
    parser_alone.select_pipes(enable=PARSER_ALONE)

    def drain(nlp: spacy.language.Language, batch_size: int) -> None:
        with nlp.memory_zone():
            for _ in nlp.pipe((article.text for article in articles), batch_size=batch_size):
                pass

    def components() -> dict[str, float]:
        """CPU seconds of each component of onrecord, on the Docs that those before it have annotated."""
        spent = {name: 0.0 for name in extractor.nlp.pipe_names if name.startswith("onrecord")}
        with extractor.nlp.memory_zone():
            for article in articles:
                doc = extractor.nlp.make_doc(article.text)
                doc._.onrecord_published, doc._.onrecord_site = article.published, article.site
                for name, component in extractor.nlp.pipeline:
                    start = time.process_time()
                    doc = component(doc)
                    if name in spent:
                        spent[name] += time.process_time() - start
        return spent

    blank = spacy.blank("en")
    blank.add_pipe("onrecord_encoder")
    attribution = AttributionModel(None, load_policy().decoding)

    def attribute() -> None:
        """Find cues, sources and contents by the model alone: no tagger, no parser, no rules."""
        with blank.memory_zone():
            for article in articles:
                attribution(blank(article.text)._.onrecord_encoding)

    rounds: list[dict[str, float]] = [
        {
            BARE: cpu(lambda: drain(bare, 64)),
            "bare model, a text at a time": cpu(lambda: drain(bare, 1)),
            "tok2vec and parser alone": cpu(lambda: drain(parser_alone, 64)),
            "attribution by the model alone": cpu(attribute),
            "the whole extractor": cpu(lambda: list(extractor.stream(articles))),
            **components(),
        }
        for _ in range(repeat)
    ]
    best = {name: min(one[name] for one in rounds) for name in rounds[0]}
    return {
        "model": f"{bare.meta['lang']}_{bare.meta['name']} {bare.meta['version']}",
        "articles": len(articles),
        "words": total,
        "rows": {name: row(seconds, best[BARE], total) for name, seconds in best.items()},
    }


def row(seconds: float, bare: float, words: int) -> dict[str, float | int]:
    """Return one row of the table from CPU seconds."""
    return {
        "words_a_second": round(words / seconds),
        "ratio": round(bare / seconds, 2),
        "microseconds_a_word": round(1e6 * seconds / words, 1),
    }


def cpu(work: Callable[[], object]) -> float:
    """Return the CPU seconds that this process spends on the work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def as_text(table: dict[str, object]) -> str:
    """Return the table for a terminal."""
    rows: dict[str, dict[str, float]] = table["rows"]  # type: ignore[assignment]
    lines = [f"{table['model']}, {table['articles']} articles, {table['words']} words, one core", ""]
    lines.append(f"{'':32}{'words/s':>12}{'ratio':>8}{'µs/word':>10}")
    for name, cells in rows.items():
        ratio = "" if name.startswith("onrecord") else f"{cells['ratio']:.2f}"
        lines.append(
            f"{name:32}{cells['words_a_second']:>12,}{ratio:>8}{cells['microseconds_a_word']:>10.1f}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()

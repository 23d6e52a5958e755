"""An extractor for tests of the plugin: quick, and changed by a file in the working folder.

A line "NAME VERB that CONTENT." is a claim. `acts.txt`, where there is one, says which speech act a verb
is, as "VERB ACT" lines: whoever writes it has changed the extractor.
"""

import re
from pathlib import Path

from onrecord.read import ReadArticle
from onrecord.records import ArticleRecord, Failure
from onrecord.settings import Settings

CLAIM = re.compile(r"(?P<source>[A-Z]\w+(?: [A-Z]\w+)*) (?P<cue>\w+) (?P<content>that [^.\n]+)")
NUMBER = re.compile(r"\d+")


class FakeExtractor:
    settings = Settings()

    def __init__(self):
        self.acts = {"denied": "denial", "warned": "warning"}
        if Path("acts.txt").exists():
            self.acts |= dict(line.split() for line in Path("acts.txt").read_text().splitlines())

    def stream(self, items):
        for item in items:
            if isinstance(item, Failure):
                yield item
                continue
            article = item.article if isinstance(item, ReadArticle) else item
            yield ArticleRecord.model_validate(self._record(article))

    def _record(self, article):
        actors, claims, figures = {}, [], []
        for match in NUMBER.finditer(article.text):
            figures.append(
                {"id": f"f{len(figures)}", **_span(match), "value": float(match[0]), "modifier": "exact"}
            )
        for match in CLAIM.finditer(article.text):
            name = match["source"]
            actor = actors.setdefault(
                name, {"id": f"a{len(actors)}", "name": name, "type": "person", "mentions": []}
            )
            actor["mentions"].append({**_span(match, "source"), "kind": "name"})
            inside = [
                one["id"] for one in figures if match.start("content") <= one["start"] < match.end("content")
            ]
            claims.append(
                {
                    "id": f"c{len(claims)}",
                    "quotation": "indirect",
                    "speech_act": self.acts.get(match["cue"], "statement"),
                    "source": {"actor": actor["id"], "span": _span(match, "source")},
                    "cue": {**_span(match, "cue"), "lemma": match["cue"]},
                    "content": [_span(match, "content")],
                    "figures": inside,
                }
            )
        return {
            "article": article.model_dump(),
            "actors": list(actors.values()),
            "figures": figures,
            "claims": claims,
            "provenance": {"version": "9.9.9"},
        }


def _span(match, group=0):
    return {"start": match.start(group), "end": match.end(group), "text": match[group]}

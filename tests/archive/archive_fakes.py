"""An extractor that takes no time, and does what the article tells it to: die, hang, fail.

It is the same seam through which the model comes. As a program, this module is a whole run in a
process of its own, which a test can kill.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
import threading
import time

from onrecord.errors import ModelNotFoundError
from onrecord.records import ArticleRecord, Failure

VERSION = "FAKE_MODEL_VERSION"


class FakeExtractor:
    """One claim an article: that its first line was said."""

    def __init__(self, settings):
        if settings.model == "missing":
            raise ModelNotFoundError("there is no model of that name")
        if settings.model == "crash":
            os._exit(3)
        self.identity = {"model": os.environ.get(VERSION, "fake 1")}

    def extract(self, read):
        article = read.article
        if "[killed]" in article.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "[killed once]" in article.text and _is_first_time(article.url):
            os.kill(os.getpid(), signal.SIGKILL)
        if "[crashes]" in article.text:
            ctypes.string_at(0)
        if "[eats]" in article.text:
            self.eaten = [bytearray(1 << 26) for _ in range(16)]
        if "[hangs]" in article.text:
            threading.Event().wait()
        if "[slow]" in article.text:
            time.sleep(0.05)
        if "[raises]" in article.text:
            raise RuntimeError("no way \udcff")
        if "[fails]" in article.text:
            return Failure(code="no_claims", input=read.input, reason="it says nothing")
        line = article.text.splitlines()[0]
        span = {"start": 0, "end": len(line), "text": line}
        claim = {
            "id": "c1",
            "quotation": "direct",
            "speech_act": "statement",
            "source": {},
            "content": [span],
        }
        return ArticleRecord.model_validate(
            {
                "article": article.model_dump(),
                "claims": [claim],
                "provenance": {"input": {"name": read.input, "sha256": read.raw_sha256}},
            }
        )


def _is_first_time(path):
    """Tell whether no process was here before; the article's URL is a file to remember it by."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return False
    return True


def main(given):
    from onrecord.archive import Limits, RunOptions, run_archive

    options = json.loads(given)
    if size := options.pop("file_size", None):
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))  # as a full disk does, it ends every write
    out, limits = options.pop("out"), Limits(**options.pop("limits", {}))
    options["sources"] = tuple(options["sources"])
    run_archive(out, RunOptions(**options), limits, resume=True, factory=FakeExtractor)


if __name__ == "__main__":
    main(sys.argv[1])

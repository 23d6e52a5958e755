"""Every compiled pattern of the package, by name, and strings that make a bad one slow.

As a program: tries all patterns, those of modules and those that components make of the lexicons, as
the package uses them, and prints each name first. One that takes time by the square of a string does
not come to its end for minutes.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Iterator
from re import _parser  # the module that reads patterns has no public name

import onrecord

LENGTH = 5_000
COMMON = " a1\n-."
ANYWHERE = ("search", "finditer", "findall", "split", "sub")
SHORT = {
    "onrecord.read.furniture": 160,  # lines of a page, no longer ones
    "onrecord.read.metadata._NAME_BREAK": 100,  # names in a byline, no longer ones
}
"""The most characters that a pattern, or those of a module, are ever asked of."""
PAGE = """<!doctype html><html lang="en"><head><title>Harbour closes | The Post</title></head><body><article>
<h1>Harbour closes</h1><p class="byline">By Omar Haddad, 14 May 2024</p>
<p>“At least 40 people died on Monday,” Vera Dahl, who leads the union (VDU), said in Oslo, her town.</p>
<p>The ministry denied that the harbour had been closed for longer than was allowed by the law.</p>
</article></body></html>"""


def patterns():
    """Yield name, pattern and the methods by which the package asks it, of all that the package compiles."""
    compiled = {}
    original = re._compile

    def note(pattern, flags):
        made = original(pattern, flags)
        caller = sys._getframe(2)
        module = caller.f_globals.get("__name__", "")
        if module.startswith("onrecord"):
            compiled[module, made] = f"{module}:{caller.f_lineno}"
        return made

    re._compile = note
    try:
        for module in pkgutil.walk_packages(onrecord.__path__, "onrecord."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
        # What is made of lexicons is made when it is first used.
        extractor = onrecord.Extractor.load(onrecord.Settings(method="model"))
        extractor.extract(html=PAGE, url="https://news.example/2024/05/14/harbour")
    finally:
        re._compile = original
    for (name, pattern), place in compiled.items():
        there = sys.modules[name]
        constants = [word for word, value in vars(there).items() if value is pattern]
        used = {
            method
            for word in constants
            for method in re.findall(rf"\b{word}\.(\w+)\(", inspect.getsource(there))
        }
        called = re.search(
            r"\bre\.(\w+)\(", inspect.getsource(there).splitlines()[int(place.split(":")[1]) - 1]
        )
        if called and called[1] != "compile":
            used = {called[1]}
        yield f"{name}.{constants[0]}" if constants else place, pattern, used or {"search", "match"}


def hostile(name, pattern, most):
    """Yield strings of what the pattern itself looks for, again and again, that end otherwise."""
    source = pattern.pattern
    text = source if isinstance(source, str) else source.decode("latin-1")
    own = list(dict.fromkeys(_literals(_parser.parse(text, pattern.flags))))
    letters = list(dict.fromkeys((*own[:10], *COMMON)))
    pairs = (first + second for first in (*own[:2], " ") for second in letters if first != second)
    length = next((least for start, least in SHORT.items() if name.startswith(start)), most)
    for unit in (*letters, *pairs):
        made = unit * (length // len(unit)) + "\x01"
        yield made if isinstance(source, str) else made.encode("latin-1", "replace")


def _literals(parsed) -> Iterator[str]:
    for node in parsed if isinstance(parsed, list | tuple | _parser.SubPattern) else ():
        if isinstance(node, tuple) and len(node) == 2 and str(node[0]) in ("LITERAL", "NOT_LITERAL"):
            yield chr(node[1])
        else:
            yield from _literals(node)


def ask(pattern, methods, text):
    """Ask a pattern of a text in every way in which the package does."""
    if methods & set(ANYWHERE):
        for _ in pattern.finditer(text):
            pass
    if "match" in methods:
        pattern.match(text)
    if "fullmatch" in methods:
        pattern.fullmatch(text)


def main():
    for name, pattern, methods in patterns():
        print(name, flush=True)
        for text in hostile(name, pattern, LENGTH):
            ask(pattern, methods, text)


if __name__ == "__main__":
    main()

"""Templates, style sheets and scripts of pages, and the policy that shuts everything else out."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from onrecord.view.printable import one_line, printable

_ASSETS = files("onrecord.view.page") / "assets"


def render(template: str, *, styles: Sequence[str], scripts: Sequence[str], **values: Any) -> str:
    """Return a page: a template with the style sheets and scripts of those names inlined.

    Every string that a template shows is escaped, and unprintable code points in it are replaced.
    """
    style = Markup("\n".join(map(_asset, styles)))
    sources = [Markup(_asset(name)) for name in scripts]
    return (
        _environment()
        .get_template(template)
        .render(style=style, scripts=sources, policy=_policy(style, sources), **values)
    )


def _policy(style: str, scripts: Sequence[str]) -> str:
    """Return the Content-Security-Policy: these texts may run and style, nothing may be loaded or sent."""
    directives = (
        "default-src 'none'",
        f"script-src {' '.join(map(_source_hash, scripts))}",
        f"style-src {_source_hash(style)}",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
    return "; ".join(directives)


def _source_hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("onrecord.view.page"),
        autoescape=True,
        finalize=_finalized,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["one_line"] = one_line
    environment.filters["in_words"] = lambda word: word.replace("_", " ")
    environment.filters["counted"] = _counted
    return environment


def _finalized(value: object) -> object:
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"

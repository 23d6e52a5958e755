"""`onrecord explain`: what a code means, and what to do about it."""

# ruff: noqa: PLC0415  imports stand where they are needed

from __future__ import annotations

import textwrap
import tomllib
from importlib.resources import files
from typing import Annotated, NamedTuple

import typer

_HEADINGS = {
    "failures": "a failure of one input; the rest goes on",
    "errors": "an error that ends the command",
}
_COLUMNS = 80


class Explanation(NamedTuple):
    """What one code means; a code may be that of a failure and of an error."""

    kind: str
    code: str
    meaning: str
    cure: str


def explanations() -> list[Explanation]:
    """Return the explanations of all codes, those of `Failure.code` first."""
    tables = tomllib.loads(files("onrecord.cli").joinpath("codes.toml").read_text(encoding="utf-8"))
    return [
        Explanation(kind, code, entry["meaning"], entry["cure"])
        for kind in _HEADINGS
        for code, entry in tables[kind].items()
    ]


def explain(
    code: Annotated[str | None, typer.Argument(metavar="CODE", help="As in a failure or an error.")] = None,
) -> None:
    """Explain a code of a failure or an error and say what to do about it; or list all codes."""
    from onrecord.errors import InvalidSettingError

    known = explanations()
    if code is None:
        for kind, heading in _HEADINGS.items():
            typer.echo(f"{heading}:")
            for one in known:
                if one.kind == kind:
                    typer.echo(_folded(f"  {one.code:<20}", one.meaning))
        return
    found = [one for one in known if one.code == code]
    if not found:
        codes = ", ".join(sorted({one.code for one in known}))
        raise InvalidSettingError(f"there is no code {code!r}; the codes are {codes}")
    for one in found:
        typer.echo(f"{one.code}, {_HEADINGS[one.kind]}")
        typer.echo(_folded("  meaning     ", one.meaning))
        typer.echo(_folded("  what to do  ", one.cure))


def _folded(label: str, words: str) -> str:
    return textwrap.fill(words, _COLUMNS, initial_indent=label, subsequent_indent=" " * len(label))

"""The command line, one module a command; `app` puts them together."""

from onrecord.cli.app import app, main
from onrecord.cli.messages import SOME_FAILED, USAGE

__all__ = ["SOME_FAILED", "USAGE", "app", "main"]

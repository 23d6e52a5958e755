"""Checking the files of a user's own places and actors before anything is done with them."""

from __future__ import annotations

from onrecord.annotate.actors.own import read_own_actors
from onrecord.annotate.places.own import read_own_places
from onrecord.settings import Settings


def check_own_files(settings: Settings) -> None:
    """Raise where a file of the user's own cannot be used, or is not what was set.

    See `OwnFile.check`, `read_own_places` and `read_own_actors`.
    """
    for file in settings.own_files.values():
        file.check()
    if settings.gazetteer:
        read_own_places(settings.gazetteer.path)
    if settings.actors:
        read_own_actors(settings.actors.path)

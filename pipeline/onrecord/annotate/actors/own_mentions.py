"""Where a text names a user's own actors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc

from onrecord.annotate.actors.lexicon import Lexicon
from onrecord.annotate.actors.mention import Mention
from onrecord.annotate.actors.name_types import head_of_name, name_mention
from onrecord.annotate.actors.own import OwnActor
from onrecord.annotate.actors.tokens import Tokens
from onrecord.annotate.actors.verbs import speaks
from onrecord.annotate.annotations import PLACES
from onrecord.annotate.own_names import OwnNames
from onrecord.annotate.places.metonymy import is_metonym


class OwnActors:
    """The actors of a user's file, by their numbers in it."""

    def __init__(self, actors: list[OwnActor]) -> None:
        """Take in actors; none are none."""
        self._actors = actors
        self._names: OwnNames[int] = OwnNames()
        for number, actor in enumerate(actors):
            for name in actor.names:
                self._names.add(name, number)

    def __getitem__(self, number: int) -> OwnActor:
        return self._actors[number]

    def mentions(self, tokens: Tokens, lexicon: Lexicon) -> Iterator[Mention]:
        """Yield where a text names them, in text order, without overlap.

        A name that is a known place's too means the actor where it says or decides something, one that
        is a date's or a number's never.
        """
        places = _known_places(tokens.doc) if self._names else frozenset()
        for first, last, (number, *_) in self._names.find(tokens.source, tokens.text, tokens.start):
            if tokens.lower[first] == "the" and last - first > 1:
                first += 1  # noqa: PLW2901  no name of the contract begins with it
            inside = range(first, last)
            head = head_of_name(tokens, first, last)
            if places.issuperset(inside) and not (
                tokens.parsed and (is_metonym(tokens.doc[head]) or speaks(tokens, lexicon, head))
            ):
                continue
            if tokens.taken.issuperset(inside):
                continue
            kind = self._actors[number].type
            name = name_mention(tokens, first, last, head, kind, plural=kind == "group", lexicon=lexicon)
            yield replace(name, own=number)


def _known_places(doc: Doc) -> frozenset[int]:
    """Return the tokens of places that are on a map, without those in names of bodies."""
    return frozenset(
        index
        for span in doc.spans.get(PLACES, ())
        if span._.onrecord_place.place.lat is not None and not span._.onrecord_place.in_name
        for index in range(span.start, span.end)
    )


def outside_longer_names(own: Iterable[Mention], others: Iterable[Mention]) -> list[Mention]:
    """Leave out a user's names that stand in a longer one: "Okello" in "Daniel Okello".

    Of a body's name of several words the user knows better where it ends.
    """
    around = {index: one for one in others for index in range(one.start, one.end)}
    kept = []
    for name in own:
        other = around.get(name.start)
        is_part = (
            other is not None
            and name.end <= other.end
            and name.end - name.start < other.end - other.start
            and (name.end - name.start == 1 or name.type == other.type == "person")
        )
        if not is_part:
            kept.append(name)
    return kept


def without_namesakes(tokens: Tokens, names: list[Mention]) -> list[Mention]:
    """Take a surname alone for that of a person whom the article introduces, if that is not the user's."""
    introduced = {one.own for one in names if one.end - one.start > 1}
    surnames = {
        tokens.lower[one.end - 1]
        for one in names
        if one.own < 0 and one.type == "person" and one.end - one.start > 1
    }
    return [
        replace(one, own=-1)
        if one.own >= 0
        and one.type == "person"
        and one.own not in introduced
        and tokens.lower[one.end - 1] in surnames
        else one
        for one in names
    ]

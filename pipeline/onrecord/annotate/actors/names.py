"""Names: the entities that spaCy finds, with their boundaries mended, and names that it misses."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.annotate.actors.lexicon import Lexicon
from onrecord.annotate.actors.mention import Mention
from onrecord.annotate.actors.name_bounds import pieces, trim, widen_body, widen_person
from onrecord.annotate.actors.name_runs import key_of, known_wordings, names_again, names_in_runs
from onrecord.annotate.actors.name_types import head_of_name, name_mention, type_of_name
from onrecord.annotate.actors.own_mentions import OwnActors, outside_longer_names, without_namesakes
from onrecord.annotate.actors.titles import is_title, with_titles
from onrecord.annotate.actors.tokens import SUBJECTS, Tokens
from onrecord.annotate.actors.verbs import speaks
from onrecord.annotate.places.metonymy import is_metonym
from onrecord.records.vocabulary import ActorType

_TYPE_OF_LABEL: dict[str, ActorType] = {
    "PERSON": "person",
    "ORG": "organization",
    "NORP": "group",
    "GPE": "government",
}
_BY_WORD_ONLY = frozenset({"FAC", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW", "LOC"})


def find_names(tokens: Tokens, lexicon: Lexicon, own: OwnActors) -> list[Mention]:
    """Return the names of people, bodies and peoples in a text, in text order, none overlapping.

    Those of a user's own actors go before what else may be there.
    """
    covered: set[int] = set()
    names: list[Mention] = []
    doubtful: list[Mention] = []

    def take(found: Mention) -> None:
        if not any(index in covered for index in range(found.start, found.end)):
            covered.update(range(found.start, found.end))
            names.append(found)

    entities = list(_entities(tokens, lexicon))
    peoples = {tokens.lower[start] for start, end, label in entities if label == "NORP" and end == start + 1}
    recognized = [
        found
        for start, end, label in entities
        if not (label in ("PERSON", "ORG") and end == start + 1 and tokens.lower[start] in peoples)
        for found in _from_entity(tokens, lexicon, start, end, label)
    ]
    for found in outside_longer_names(own.mentions(tokens, lexicon), recognized):
        take(found)
    for found in recognized:
        if tokens.line[found.start] in tokens.title_lines and not _sound(tokens, lexicon, found):
            doubtful.append(found)
        else:
            take(found)
    for found in names_in_runs(tokens, lexicon, covered):
        take(found)
    known = known_wordings(tokens, lexicon, names)
    for found in doubtful:
        if key_of(tokens, found.start, found.end) in known:
            take(found)
    for found in names_again(tokens, known, covered):
        take(found)
    names = [name for name in names if not _is_dateline(tokens, name)]
    names.sort(key=lambda name: name.start)
    return without_namesakes(tokens, [with_titles(tokens, lexicon, name) for name in names])


def _entities(tokens: Tokens, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and label of what the recognizer found; a key word joins a body that it parted."""
    index, size = 0, len(tokens)
    while index < size:
        label = tokens.entity[index]
        if not label:
            index += 1
            continue
        end = index + 1
        while end < size and tokens.entity[end] == label and not tokens.entity_begins[end]:
            end += 1
        if label == "PERSON" and end < size and tokens.entity[end] == "ORG" and _is_key(tokens, lexicon, end):
            label, end = "ORG", end + 1
        if label in _TYPE_OF_LABEL or label in _BY_WORD_ONLY:
            yield index, end, label
        index = end


def _is_key(tokens: Tokens, lexicon: Lexicon, index: int) -> bool:
    """Whether a word alone is the end of a body's name: Visayan Star [Lines]."""
    alone = index + 1 == len(tokens) or tokens.entity_begins[index + 1] or not tokens.entity[index + 1]
    return alone and tokens.text[index][:1].isupper() and tokens.lower[index] in lexicon.name_words


def _from_entity(tokens: Tokens, lexicon: Lexicon, start: int, end: int, label: str) -> Iterator[Mention]:
    for piece_start, piece_end in pieces(tokens, start, end, label):
        trimmed = trim(tokens, lexicon, piece_start, piece_end, label)
        if trimmed is None:
            continue
        first, last = trimmed
        if label not in ("PERSON", "NORP") and _is_person(tokens, lexicon, first, last):
            label = "PERSON"
            while is_title(lexicon, tokens.lower[first]) and first < last - 1:
                first += 1
        if label == "PERSON":
            first, last = widen_person(tokens, lexicon, first, last)
        elif label == "ORG":
            first, last = widen_body(tokens, lexicon, first, last)
        words = tokens.lower[first:last]
        head = head_of_name(tokens, first, last)
        name = " ".join(words)
        if label != "GPE" and (
            name in lexicon.countries or (name in lexicon.seats and is_metonym(tokens.doc[head]))
        ):
            label = "GPE"
        known_person = label == "PERSON" and words[0] in lexicon.first_names
        if not known_person and all(
            index in tokens.place and index not in tokens.in_name for index in range(first, last)
        ):
            label = "GPE"
        found = _TYPE_OF_LABEL.get(label)
        kind = type_of_name(words, lexicon, found or "document")
        if name in lexicon.countries:
            kind = "government"
        if (label in _BY_WORD_ONLY and kind == "document") or (
            len(words) == 1 and words[0] in lexicon.not_actors
        ):
            continue
        if (
            label == "GPE"
            and kind == "government"
            and not (is_metonym(tokens.doc[head]) or speaks(tokens, lexicon, head))
        ):
            continue
        if label == "LOC" or (label == "GPE" and kind == "organization" and len(words) == 1):
            continue
        if label == "NORP" and kind == "group":
            if not _is_people(tokens, head):
                continue
            yield name_mention(tokens, first, last, head, kind, plural=True)
            continue
        yield name_mention(tokens, first, last, head, kind, lexicon=lexicon)


def _is_dateline(tokens: Tokens, name: Mention) -> bool:
    """Whether capitals start a line with a dash or bracket close behind: "NAIROBI, Kenya (LNA) —"."""
    if not tokens.words(name.start, name.end).isupper():
        return False
    if (
        name.start
        and tokens.line[name.start - 1] == tokens.line[name.start]
        and not tokens.text[name.start - 1].isspace()
    ):
        return False
    return any(text in ("—", "–", "-", "--", "(", "/") for text in tokens.text[name.end : name.end + 9])


def _is_person(tokens: Tokens, lexicon: Lexicon, start: int, end: int) -> bool:
    """Whether a name that the recognizer took for a body or a place begins like a person's."""
    words = tokens.lower[start:end]
    if not 2 <= len(words) <= 5 or start in tokens.place:
        return False
    if not (
        words[0] in lexicon.first_names
        or (is_title(lexicon, words[0]) and words[0] not in ("general", "major"))
    ):
        return False
    return not any(
        word in lexicon.name_words or word in ("of", "for", "&", "and", "'s") for word in words[1:]
    )


def _is_people(tokens: Tokens, head: int) -> bool:
    if tokens.tag[head] in ("NNPS", "NNS"):
        return True
    return (
        tokens.tag[head] in ("NNP", "NN")
        and tokens.dep[head] in SUBJECTS
        and tokens.lower[head].endswith("s")
    )


def _sound(tokens: Tokens, lexicon: Lexicon, name: Mention) -> bool:
    """Whether a name in a title-case headline bears its own evidence."""
    words = tokens.lower[name.start : name.end]
    if name.type == "person":
        return len(words) in (2, 3) and words[0] in lexicon.first_names
    return len(words) > 1 and any(word in lexicon.name_words for word in words) and len(words) < 5

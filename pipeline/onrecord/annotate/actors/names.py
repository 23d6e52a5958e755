"""Names: the entities that spaCy finds, with their boundaries mended, and names that it misses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord.annotate.actors.lexicon import Lexicon
from onrecord.annotate.actors.mention import Mention, Sex
from onrecord.annotate.actors.tokens import QUOTES, SUBJECTS, Tokens
from onrecord.annotate.actors.verbs import acts, speaks
from onrecord.records.vocabulary import ActorType

_TYPE_OF_LABEL: dict[str, ActorType] = {
    "PERSON": "person",
    "ORG": "organization",
    "NORP": "group",
    "GPE": "government",
}
_BY_WORD_ONLY = frozenset({"FAC", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW", "LOC"})
_PROPER = frozenset({"NNP", "NNPS"})
_TITLE_TAGS = frozenset({"NN", "NNP", "NNS", "JJ", "VBN", "HYPH", "NNPS", "RB", "VBG"})
_GLUE = frozenset({"-", "–", "&", "’", "'"})
_LINKS = frozenset({"of", "for", "and", "&", "on", "the"})
_LINKS_MID = frozenset({"of", "the", "for", "on", "and"})
_PARTICLES = frozenset(
    "al el bin ibn van von der den de da di del dos du la le ter ben abu ul st. st".split()
)
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "md", "phd"})
_ACRONYM = re.compile(r"[A-Z][A-Z&.\-]{1,9}s?")
_MAX_NAME = 12  # tokens; longer runs of capitals are headlines, lists or noise


def find_names(tokens: Tokens, lexicon: Lexicon) -> list[Mention]:
    """Return the names of people, bodies and peoples in a text, in text order, none overlapping."""
    covered: set[int] = set()
    names: list[Mention] = []
    doubtful: list[Mention] = []

    def take(found: Mention) -> None:
        if not any(index in covered for index in range(found.start, found.end)):
            covered.update(range(found.start, found.end))
            names.append(found)

    entities = list(_entities(tokens))
    peoples = {tokens.lower[start] for start, end, label in entities if label == "NORP" and end == start + 1}
    for start, end, label in entities:
        if label in ("PERSON", "ORG") and end == start + 1 and tokens.lower[start] in peoples:
            continue
        for found in _from_entity(tokens, lexicon, start, end, label):
            if tokens.line[found.start] in tokens.title_lines and not _sound(tokens, lexicon, found):
                doubtful.append(found)
            else:
                take(found)
    for found in _from_runs(tokens, lexicon, covered):
        take(found)
    known = _known(tokens, lexicon, names)
    for found in doubtful:
        if _key(tokens, found.start, found.end) in known:
            take(found)
    for found in _repeated(tokens, known, covered):
        take(found)
    names.sort(key=lambda name: name.start)
    return [_with_titles(tokens, lexicon, name) for name in names]


def type_of_name(words: list[str], lexicon: Lexicon, default: ActorType) -> ActorType:
    """Return what bears a name by its words in lower case: the key word first, then the others."""
    stop = next(
        (n for n, word in enumerate(words) if n and word in ("of", "for", "on", "in", "at")), len(words)
    )
    kinds = [lexicon.name_words.get(word) for word in words]
    order = [stop - 1, 0, *range(1, len(words))]
    for wanted in order:
        kind = kinds[wanted]
        if (
            kind is None
            or (kind == "document" and wanted != stop - 1)
            or (len(words) == 1 and kind != "armed_group" and words[0] not in lexicon.bodies)
        ):
            continue
        if (
            kind == "organization"
            and any(word in lexicon.state_words for word in words)
            and (words[wanted] in lexicon.state_heads)
        ):
            return "government"
        if kind == "document" and default != "organization":
            continue
        if kind == "armed_group" and default == "person":
            continue
        return kind  # type: ignore[return-value]  # the keys of names.toml are actor types
    return default


def _entities(tokens: Tokens) -> Iterator[tuple[int, int, str]]:
    index, size = 0, len(tokens)
    while index < size:
        label = tokens.entity[index]
        if not label:
            index += 1
            continue
        end = index + 1
        while end < size and tokens.entity[end] == label and not tokens.entity_begins[end]:
            end += 1
        if label in _TYPE_OF_LABEL or label in _BY_WORD_ONLY:
            yield index, end, label
        index = end


def _from_entity(tokens: Tokens, lexicon: Lexicon, start: int, end: int, label: str) -> Iterator[Mention]:
    for piece_start, piece_end in _pieces(tokens, start, end, label):
        trimmed = _trim(tokens, lexicon, piece_start, piece_end, label)
        if trimmed is None:
            continue
        first, last = trimmed
        if label == "PERSON":
            first, last = _widen(tokens, lexicon, first, last)
        elif label == "ORG":
            last = _widen_body(tokens, lexicon, last)
        words = tokens.lower[first:last]
        if all(index in tokens.place and index not in tokens.in_name for index in range(first, last)):
            label = "GPE"
        found = _TYPE_OF_LABEL.get(label)
        kind = type_of_name(words, lexicon, found or "document")
        if (label in _BY_WORD_ONLY and kind == "document") or (
            len(words) == 1 and words[0] in lexicon.not_actors
        ):
            continue
        head = _head(tokens, first, last)
        if label == "GPE" and (kind == "government" and not acts(tokens, lexicon, head)):
            continue
        if label == "LOC" or (label == "GPE" and kind == "organization"):
            continue
        if label == "NORP" and kind == "group":
            if not _is_people(tokens, head):
                continue
            yield _name(tokens, first, last, head, kind, plural=True)
            continue
        yield _name(tokens, first, last, head, kind, lexicon=lexicon)


def _pieces(tokens: Tokens, start: int, end: int, label: str) -> Iterator[tuple[int, int]]:
    """Cut an entity at line breaks, and people's names at "and" and commas."""
    begin = start
    for index in range(start, end):
        word = tokens.text[index]
        outside = label == "ORG" and index > start and word in ("in", "from", "who", "to", "said")
        if word.isspace() or outside or (label == "PERSON" and word in ("and", ",", "&", ";", ":", "—", "/")):
            if begin < index:
                yield begin, index
            begin = index + 1
            if outside:
                return
    if begin < end:
        yield begin, end


def _trim(tokens: Tokens, lexicon: Lexicon, start: int, end: int, label: str) -> tuple[int, int] | None:
    while start < end and (
        tokens.lower[start] in ("the", "a", "an", "'s", "'")
        or tokens.text[start] in QUOTES
        or not any(c.isalnum() for c in tokens.text[start])
        or tokens.lower[start] in lexicon.courtesy
        or tokens.lower[start] in lexicon.courtesy_roles
    ):
        start += 1
    while start < end and (
        tokens.lower[end - 1] in ("'s", "'", "the", "and", "of")
        or tokens.text[end - 1] in QUOTES
        or not any(c.isalnum() for c in tokens.text[end - 1])
    ):
        end -= 1
    if label == "PERSON":
        while (
            start < end - 1
            and _is_title(lexicon, tokens.lower[start])
            and tokens.text[start + 1][:1].isupper()
        ):
            start += 1
        while (
            start < end
            and tokens.text[end - 1][:1].islower()
            and tokens.lower[end - 1] not in _PARTICLES
            and not _hyphenated(tokens, end - 1)
        ):
            end -= 1
        for index in range(start + 1, end):
            if tokens.lower[index] in ("'s", "'") and index + 1 < end:
                start = index + 1
    if start >= end or end - start > _MAX_NAME:
        return None
    words = tokens.text[start:end]
    if all(word in lexicon.title_modifiers for word in tokens.lower[start:end]):
        return None  # "Home" and "Shadow" before "Secretary"
    if not any(word[:1].isupper() or any(c.isupper() for c in word[1:]) for word in words):
        return None
    if any(word.startswith(("@", "#", "http", "www.")) for word in words):
        return None
    if len(words) == 1:
        if len(words[0]) < 2 or words[0].isdigit():
            return None
        common = lexicon.head_class(tokens.lower[start], tokens.lemma[start]) or _is_title(
            lexicon, tokens.lower[start]
        )
        if common and label in ("PERSON", "NORP", "GPE", "WORK_OF_ART", "PRODUCT"):
            return None
    return start, end


def _hyphenated(tokens: Tokens, index: int) -> bool:
    """Whether a token hangs on a capitalised word by a hyphen: the "kin" of "Kwok-kin"."""
    return (
        index >= 2
        and tokens.text[index - 1] == "-"
        and tokens.text[index].isalpha()
        and tokens.text[index - 2][:1].isupper()
        and tokens.end[index - 2] == tokens.start[index - 1]
        and tokens.end[index - 1] == tokens.start[index]
    )


def _is_title(lexicon: Lexicon, word: str) -> bool:
    return word in lexicon.titles or word in lexicon.courtesy or word in lexicon.courtesy_roles


def _widen(tokens: Tokens, lexicon: Lexicon, start: int, end: int) -> tuple[int, int]:
    """Take the proper nouns on either side into a person's name: parts that the recognizer left out."""
    size = len(tokens)
    while start > 0 and end - start < 6:
        before = start - 1
        glued = tokens.end[before] == tokens.start[start]
        word = tokens.lower[before]
        if (
            glued
            and tokens.text[before] in ("-", "–")
            and before > 0
            and tokens.end[before - 1] == tokens.start[before]
        ):
            start = before - 1
        elif (
            word in _PARTICLES
            and tokens.text[before].isalpha()
            and (tokens.tag[before] in _PROPER or word == "al")
        ):
            start = before
        elif (
            tokens.tag[before] == "NNP"
            and not tokens.entity[before]
            and tokens.text[before][:1].isupper()
            and tokens.text[before][1:2].islower()
            and tokens.dep[before] == "compound"
            and start <= tokens.head[before] < end
            and not _is_title(lexicon, word)
            and word not in lexicon.title_modifiers
            and lexicon.head_class(word) is None
            and before not in tokens.place
            and tokens.line[before] not in tokens.title_lines
        ):
            start = before
        else:
            break
    while end < size and end - start < 6:
        word = tokens.lower[end]
        if word in _SUFFIXES:
            end += 1
        elif end + 1 < size and _hyphenated(tokens, end + 1):
            end += 2
        elif (
            tokens.tag[end] == "NNP"
            and not tokens.entity[end]
            and tokens.text[end][:1].isupper()
            and tokens.text[end].isalpha()
            and (start <= tokens.head[end] < end or start <= tokens.head[end - 1] <= end)
            and lexicon.head_class(word) is None
            and tokens.line[end] not in tokens.title_lines
        ):
            end += 1
        else:
            break
    return start, end


def _widen_body(tokens: Tokens, lexicon: Lexicon, end: int) -> int:
    """Take a key word after a body's name into it: "Savanna" + "Telecom", "Harbour" + "Council"."""
    while (
        end < len(tokens)
        and (tokens.text[end][:1].isupper() or tokens.text[end] in ("radio", "television"))
        and not tokens.entity[end]
        and tokens.lower[end] in lexicon.name_words
        and tokens.line[end] not in tokens.title_lines
    ):
        end += 1
    return end


def _head(tokens: Tokens, start: int, end: int) -> int:
    """The token of a name that the parser hangs outside of it, else the last one."""
    if tokens.parsed:
        for index in range(start, end):
            if not start <= tokens.head[index] < end:
                return index
    return end - 1


def _is_people(tokens: Tokens, head: int) -> bool:
    if tokens.tag[head] in ("NNPS", "NNS"):
        return True
    return (
        tokens.tag[head] in ("NNP", "NN")
        and tokens.dep[head] in SUBJECTS
        and tokens.lower[head].endswith("s")
    )


def _name(
    tokens: Tokens,
    start: int,
    end: int,
    head: int,
    kind: ActorType,
    *,
    plural: bool = False,
    lexicon: Lexicon | None = None,
    certain: bool = True,
) -> Mention:
    sex: Sex = "neuter"
    if kind == "person":
        sex = sex_of_name(tokens.lower[start:end], lexicon) if lexicon else "human"
    return Mention(
        start=start,
        end=end,
        head=head,
        kind="name",
        type=kind,
        number="plural" if plural else "singular" if kind == "person" else "either",
        sex="human" if plural else sex,
        certain=certain,
    )


def sex_of_name(words: list[str], lexicon: Lexicon) -> Sex:
    """Return "male" or "female" where the first name is known, else "human"."""
    return lexicon.first_names.get(words[0], "human") if len(words) > 1 else "human"


def _sound(tokens: Tokens, lexicon: Lexicon, name: Mention) -> bool:
    """Whether a name in a title-case headline bears its own evidence."""
    words = tokens.lower[name.start : name.end]
    if name.type == "person":
        return len(words) in (2, 3) and words[0] in lexicon.first_names
    return len(words) > 1 and any(word in lexicon.name_words for word in words) and len(words) < 5


def _from_runs(tokens: Tokens, lexicon: Lexicon, covered: set[int]) -> Iterator[Mention]:
    """Yield names among the runs of capitalised words that the recognizer passed over."""
    index, size = 0, len(tokens)
    while index < size:
        if index in covered or not _capital(tokens, index) or index in tokens.taken:
            index += 1
            continue
        end = index + 1
        while end < size and end not in covered and end - index < _MAX_NAME:
            if _capital(tokens, end) or (
                tokens.text[end] in _GLUE
                and end + 1 < size
                and tokens.end[end - 1] == tokens.start[end] == tokens.start[end + 1] - len(tokens.text[end])
                and _capital(tokens, end + 1)
            ):
                end += 1
            elif (
                tokens.lower[end] == "of"
                and end + 1 < size
                and _capital(tokens, end + 1)
                and any(word in lexicon.name_words for word in tokens.lower[index:end])
            ):
                end += 2
            else:
                break
        found = _judge(tokens, lexicon, index, end)
        if found is not None:
            yield found
        index = end


def _capital(tokens: Tokens, index: int) -> bool:
    text = tokens.text[index]
    if not text[:1].isupper():
        return False
    return tokens.tag[index] in _PROPER if tokens.tagged else text.isalpha() and len(text) > 1


def _judge(tokens: Tokens, lexicon: Lexicon, start: int, end: int) -> Mention | None:
    if tokens.line[start] in tokens.title_lines:
        return None
    titled = False
    while start < end and (
        _is_title(lexicon, tokens.lower[start]) or tokens.lower[start] in lexicon.title_modifiers
    ):
        titled = titled or _is_title(lexicon, tokens.lower[start])
        start += 1
    if start >= end or (
        not tokens.tagged and tokens.lower[start] in ("the", "a", "in", "on", "at", "for", "by", "he", "she")
    ):
        return None
    words = tokens.lower[start:end]
    head = _head(tokens, start, end)
    if any(index in tokens.place and index not in tokens.in_name for index in range(start, end)):
        return None
    if words[0] in lexicon.first_names and 2 <= len(words) <= 4 and words[-1] not in lexicon.name_words:
        return _name(tokens, start, end, head, "person", lexicon=lexicon)
    if len(words) > 1 and (words[-1] in lexicon.name_words or words[-1] in lexicon.state_heads):
        return _name(tokens, start, end, head, type_of_name(words, lexicon, "organization"))
    if len(words) > 1 and "of" in words and any(word in lexicon.name_words for word in words):
        return _name(tokens, start, end, head, type_of_name(words, lexicon, "organization"))
    if titled and len(words) <= 3 and not any(lexicon.head_class(word) for word in words):
        return _name(tokens, start, end, head, "person", lexicon=lexicon)
    if tokens.entity[start] or not tokens.parsed:
        return None
    if lexicon.head_class(words[-1]) or words[0] in lexicon.not_actors or words[-1] in lexicon.not_actors:
        return None
    if len(words) == 1 and _ACRONYM.fullmatch(tokens.text[start]) and tokens.dep[start] in SUBJECTS:
        return _name(tokens, start, end, head, "organization", certain=False)
    if speaks(tokens, lexicon, head) and len(words) <= 3 and all(word.isalpha() for word in words):
        return _name(
            tokens, start, end, head, "person" if len(words) > 1 else "organization", lexicon=lexicon
        )
    return None


Key = tuple[str, ...]


def _key(tokens: Tokens, start: int, end: int) -> Key:
    return tuple(tokens.lower[start:end])


def _known(tokens: Tokens, lexicon: Lexicon, names: list[Mention]) -> dict[Key, Mention]:
    """The wordings by which names found elsewhere in the article may come again."""
    known: dict[Key, Mention] = {}
    for name in names:
        words = _key(tokens, name.start, name.end)
        if name.type == "group":
            continue
        known.setdefault(words, name)
        if name.type == "person" and len(words) > 1:
            surname = words[-1] if words[-1] not in _SUFFIXES else words[-2]
            if len(surname) > 2:
                known.setdefault((surname,), name)
        elif name.type == "organization" and len(words) > 1:
            first = words[0]
            if (
                len(first) > 3
                and first not in lexicon.state_words
                and first not in lexicon.name_words
                and lexicon.head_class(first) is None
                and name.start not in tokens.place
                and tokens.entity[name.start] == "ORG"
            ):
                known.setdefault((first,), name)
    return known


def _repeated(tokens: Tokens, known: dict[Key, Mention], covered: set[int]) -> Iterator[Mention]:
    if not known:
        return
    starts = {key[0] for key in known}
    longest = max(len(key) for key in known)
    index, size = 0, len(tokens)
    while index < size:
        if tokens.lower[index] in starts and index not in covered and tokens.text[index][:1].isupper():
            for length in range(min(longest, size - index), 0, -1):
                pattern = known.get(_key(tokens, index, index + length))
                if pattern is None or any(i in covered for i in range(index, index + length)):
                    continue
                if length == 1 and not _free(tokens, index):
                    continue
                head = _head(tokens, index, index + length)
                yield replace(pattern, start=index, end=index + length, head=head, titles=(), outer=-1)
                index += length - 1
                break
        index += 1


def _free(tokens: Tokens, index: int) -> bool:
    """Whether a single capitalised word may be a name of its own, not part of another one or a plain word."""
    if tokens.tagged and tokens.tag[index] not in ("NNP", "NNPS", "NN", "JJ"):
        return False
    for beside in (index - 1, index + 1):
        if (
            0 <= beside < len(tokens)
            and tokens.tag[beside] in _PROPER
            and tokens.entity[beside] in ("PERSON", "ORG")
        ):
            return False
    return index not in tokens.place or index in tokens.in_name


def _with_titles(tokens: Tokens, lexicon: Lexicon, name: Mention) -> Mention:
    """Add the titles that go before a person's name, and the gender that they tell."""
    if name.type != "person":
        return name
    outer = name.start
    last_title = -1
    sex = name.sex
    while outer > 0 and name.start - outer < 10:
        before = outer - 1
        word = tokens.lower[before]
        title = _is_title(lexicon, word)
        if not (title or word in lexicon.title_modifiers):
            noun = lexicon.head_class(word, tokens.lemma[before])
            if (
                noun is not None
                and noun[0] in ("office", "person", "kin", "unnamed")
                and tokens.tag[before] in ("NN", "NNP")
            ):
                title = True
            elif (
                last_title < 0
                or tokens.tag[before] not in _TITLE_TAGS
                or tokens.entity[before]
                or before in tokens.place
            ):
                break
            elif tokens.parsed and not before < tokens.head[before] < name.end:
                break
        if title and last_title < 0:
            last_title = before
        if word in ("mr", "mr.", "sir", "lord"):
            sex = "male"
        elif word in ("mrs", "mrs.", "ms", "ms.", "miss", "dame", "lady", "madam", "madame"):
            sex = "female"
        elif sex == "human" and title:
            sex = lexicon.gender.get(word, sex)
        outer = before
    if last_title < 0:
        return name
    begin = outer
    while begin <= last_title and tokens.lower[begin] in lexicon.courtesy:
        begin += 1
    titles = (tokens.words(begin, last_title + 1),) if begin <= last_title else ()
    return replace(name, titles=titles, outer=outer, sex=sex)

"""Names that the recognizer misses: runs of capitals with a sign of their own, and names that come again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord.annotate.actors.lexicon import Lexicon
from onrecord.annotate.actors.mention import Mention
from onrecord.annotate.actors.name_bounds import MAX_NAME, PROPER, joins_possessor
from onrecord.annotate.actors.name_types import head_of_name, name_mention, type_of_name
from onrecord.annotate.actors.titles import is_title
from onrecord.annotate.actors.tokens import SUBJECTS, Tokens
from onrecord.annotate.actors.verbs import speaks
from onrecord.annotate.places.metonymy import is_metonym

_LOCATIVE = frozenset({"in", "near", "at", "from", "to", "outside", "of", "across", "around"})
_GLUE = frozenset({"-", "–", "&", "’", "'"})
_ACRONYM = re.compile(r"[A-Z][A-Z&.\-]{1,9}s?")

Key = tuple[str, ...]
"""A name's words in lower case."""


def names_in_runs(tokens: Tokens, lexicon: Lexicon, covered: set[int]) -> Iterator[Mention]:
    """Yield names among the runs of capitalised words that the recognizer passed over."""
    undecided: dict[Key, list[tuple[int, int]]] = {}
    index, size = 0, len(tokens)
    while index < size:
        # "Teachers" at the start of a sentence is tagged as a plain noun.
        capital = _capital(tokens, index) or (
            tokens.text[index][:1].isupper() and joins_possessor(tokens, lexicon, index + 1)
        )
        if index in covered or not capital or index in tokens.taken:
            index += 1
            continue
        end = index + 1
        while end < size and end not in covered and end - index < MAX_NAME:
            if _capital(tokens, end) or (
                tokens.text[end] in _GLUE
                and end + 1 < size
                and tokens.end[end - 1] == tokens.start[end] == tokens.start[end + 1] - len(tokens.text[end])
                and _capital(tokens, end + 1)
            ):
                end += 1
            elif joins_possessor(tokens, lexicon, end) or (
                tokens.lower[end] == "of"
                and end + 1 < size
                and _capital(tokens, end + 1)
                and any(word in lexicon.name_words for word in tokens.lower[index:end])
            ):
                end += 2
            else:
                break
        found = _described(tokens, lexicon, index, covered) or _judge(tokens, lexicon, index, end)
        if found is not None:
            yield found
            end = max(end, found.end)
        elif _may_come_again(tokens, lexicon, index, end):
            undecided.setdefault(key_of(tokens, index, end), []).append((index, end))
        index = end
    for runs in undecided.values():
        heads = [head_of_name(tokens, *run) for run in runs]
        if len(runs) > 1 and any(tokens.dep[head] in SUBJECTS for head in heads):
            for (start, stop), head in zip(runs, heads, strict=True):
                yield name_mention(tokens, start, stop, head, "organization", certain=False)


def _capital(tokens: Tokens, index: int) -> bool:
    text = tokens.text[index]
    if not text[:1].isupper():
        return False
    return tokens.tag[index] in PROPER if tokens.tagged else text.isalpha() and len(text) > 1


def _may_come_again(tokens: Tokens, lexicon: Lexicon, start: int, end: int) -> bool:
    """Whether a run without a sign of its own is a name if it comes again as a subject."""
    words = tokens.lower[start:end]
    return (
        tokens.parsed
        and end - start <= 3
        and all(word.isalpha() and len(word) > 2 and word not in tokens.small_words for word in words)
        and not any(index in tokens.place or tokens.entity[index] for index in range(start, end))
        and not any(word in lexicon.not_actors or lexicon.head_class(word) for word in words)
        and tokens.line[start] not in tokens.title_lines
    )


def _described(tokens: Tokens, lexicon: Lexicon, start: int, covered: set[int]) -> Mention | None:
    """The name of a body right behind what it is: "the medical charity Doctors Beyond Lines"."""
    if not start or not tokens.text[start - 1].islower() or tokens.tag[start - 1] != "NN":
        return None
    noun = lexicon.head_class(tokens.lower[start - 1], tokens.lemma[start - 1])
    if noun is None or noun[0] != "organization" or tokens.lower[start] in lexicon.title_modifiers:
        return None
    end = start
    while end < len(tokens) and end not in covered and tokens.text[end][:1].isupper():
        end += 1
    words = tokens.lower[start:end]
    if any(is_title(lexicon, word) or word in lexicon.first_names for word in words):
        return None
    return name_mention(tokens, start, end, head_of_name(tokens, start, end), "organization")


def _judge(tokens: Tokens, lexicon: Lexicon, start: int, end: int) -> Mention | None:
    if tokens.line[start] in tokens.title_lines:
        return None
    titled = False
    if not tokens.tagged:
        # Without tags a run may begin with any word of a sentence: the name begins behind the last title.
        last = max((i for i in range(start, end) if is_title(lexicon, tokens.lower[i])), default=start)
        start = last
    begin = start
    while begin < end and (
        is_title(lexicon, tokens.lower[begin]) or tokens.lower[begin] in lexicon.title_modifiers
    ):
        titled = titled or is_title(lexicon, tokens.lower[begin])
        begin += 1
    if titled or begin == end:
        start = begin  # "Health" goes with "Health Minister", but stays in "Health Ministry"
    if (
        start >= end
        or (end - start == 1 and tokens.text[start] in lexicon.letters)
        or (
            not tokens.tagged
            and tokens.lower[start] in ("the", "a", "in", "on", "at", "for", "by", "he", "she")
        )
    ):
        return None
    words = tokens.lower[start:end]
    head = head_of_name(tokens, start, end)
    places = [index in tokens.place and index not in tokens.in_name for index in range(start, end)]
    if all(places) or (any(places) and words[-1] not in lexicon.name_words):
        return None
    if " ".join(words) in lexicon.countries:
        government = is_metonym(tokens.doc[head]) or speaks(tokens, lexicon, head)
        return name_mention(tokens, start, end, head, "government") if government else None
    if words[0] in lexicon.first_names and 2 <= len(words) <= 4 and words[-1] not in lexicon.name_words:
        return name_mention(tokens, start, end, head, "person", lexicon=lexicon)
    if len(words) > 1 and (words[-1] in lexicon.name_words or words[-1] in lexicon.state_heads):
        return name_mention(tokens, start, end, head, type_of_name(words, lexicon, "organization"))
    if len(words) > 1 and "of" in words and any(word in lexicon.name_words for word in words):
        return name_mention(tokens, start, end, head, type_of_name(words, lexicon, "organization"))
    if titled and len(words) <= 3 and not any(lexicon.head_class(word) for word in words):
        return name_mention(tokens, start, end, head, "person", lexicon=lexicon)
    if tokens.entity[start] or not tokens.parsed:
        return None
    if lexicon.head_class(words[-1]) or words[0] in lexicon.not_actors or words[-1] in lexicon.not_actors:
        return None
    if len(words) == 1 and _ACRONYM.fullmatch(tokens.text[start]) and tokens.dep[start] in SUBJECTS:
        return name_mention(tokens, start, end, head, "organization", certain=False)
    if speaks(tokens, lexicon, head) and len(words) <= 3 and all(word.isalpha() for word in words):
        return name_mention(tokens, start, end, head, "person", lexicon=lexicon)
    return None


def key_of(tokens: Tokens, start: int, end: int) -> Key:
    """Return the words of a name in lower case, for comparing."""
    return tuple(tokens.lower[start:end])


def known_wordings(tokens: Tokens, lexicon: Lexicon, names: list[Mention]) -> dict[Key, Mention]:
    """The wordings by which names found elsewhere in the article may come again."""
    known: dict[Key, Mention] = {}
    adjectives = {
        word
        for word, tag, label in zip(tokens.lower, tokens.tag, tokens.entity, strict=True)
        if tag == "JJ" or label in ("NORP", "GPE", "LOC")
    }
    for name in names:
        words = key_of(tokens, name.start, name.end)
        if name.type == "group":
            continue
        known.setdefault(words, name)
        if name.type == "person" and len(words) > 1:
            surname = words[-1] if words[-1] not in lexicon.generations else words[-2]
            if len(surname) > 2:
                known.setdefault((surname,), name)
        elif name.type == "organization" and len(words) > 1:
            first = words[0]
            if (
                len(first) > 3
                and first not in lexicon.state_words
                and first not in lexicon.name_words
                and first not in adjectives
                and not first.endswith(lexicon.demonym_endings)
                and lexicon.head_class(first) is None
                and tokens.entity[name.start] == "ORG"
            ):
                known.setdefault((first,), name)
    return known


def names_again(tokens: Tokens, known: dict[Key, Mention], covered: set[int]) -> Iterator[Mention]:
    """Yield the places where a known wording comes again outside of the names found so far."""
    if not known:
        return
    starts = {key[0] for key in known}
    longest = max(len(key) for key in known)
    index, size = 0, len(tokens)
    while index < size:
        if tokens.lower[index] in starts and index not in covered and tokens.text[index][:1].isupper():
            for length in range(min(longest, size - index), 0, -1):
                pattern = known.get(key_of(tokens, index, index + length))
                if pattern is None or any(i in covered for i in range(index, index + length)):
                    continue
                if length == 1 and not _free(tokens, index, pattern):
                    continue
                head = head_of_name(tokens, index, index + length)
                yield replace(
                    pattern, start=index, end=index + length, head=head, titles=(), outer=-1, own=-1
                )
                index += length - 1
                break
        index += 1


def _free(tokens: Tokens, index: int, name: Mention) -> bool:
    """Whether a single capitalised word may be a name of its own, not part of another one or a plain word."""
    if tokens.tagged and tokens.tag[index] not in ("NNP", "NNPS", "NN", "NNS", "JJ"):
        return False
    for beside in (index - 1, index + 1):
        if (
            0 <= beside < len(tokens)
            and tokens.tag[beside] in PROPER
            and tokens.entity[beside] in ("PERSON", "ORG")
        ):
            return False
    if index not in tokens.place or index in tokens.in_name:
        return True
    # A surname that is a town's name too: the person, unless the words around it say where something is.
    body = name.type == "organization" and tokens.entity[index] not in ("GPE", "LOC", "FAC")
    return (name.type == "person" or body) and (not index or tokens.lower[index - 1] not in _LOCATIVE)

"""Boundaries of names: what the recognizer took too much or too little."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.annotate.actors.lexicon import Lexicon
from onrecord.annotate.actors.titles import is_title
from onrecord.annotate.actors.tokens import QUOTES, Tokens

PROPER = frozenset({"NNP", "NNPS"})
MAX_NAME = 12  # tokens; longer runs of capitals are headlines, lists or noise


def pieces(tokens: Tokens, start: int, end: int, label: str) -> Iterator[tuple[int, int]]:
    """Cut an entity at line breaks and brackets, bodies at "in Lima", people's names at "and" and commas."""
    begin = start
    for index in range(start, end):
        word = tokens.text[index]
        outside = label == "ORG" and index > start and word in ("in", "from", "who", "to", "said")
        if (
            word.isspace()
            or word in ("(", ")", "[", "]")
            or outside
            or (label == "PERSON" and word in ("and", ",", "&", ";", ":", "—", "/"))
        ):
            if begin < index:
                yield begin, index
            begin = index + 1
            if outside:
                return
    if begin < end:
        yield begin, end


def trim(tokens: Tokens, lexicon: Lexicon, start: int, end: int, label: str) -> tuple[int, int] | None:
    """Return the bounds of a name without articles, courtesy titles, quotation marks and a possessive s.

    None where no name is left: a title alone, a plain word at the start of a sentence.
    """
    while start < end and (
        tokens.lower[start] in ("the", "a", "an", "'s", "'")
        or tokens.text[start] in QUOTES
        or not any(c.isalnum() for c in tokens.text[start])
        or tokens.lower[start] in lexicon.courtesy
    ):
        start += 1
    while start < end and (
        tokens.lower[end - 1] in ("'s", "'", "the", "and", "of")
        or tokens.text[end - 1] in QUOTES
        or not any(c.isalnum() for c in tokens.text[end - 1])
    ):
        end -= 1
    while start < end and tokens.text[end - 1] in lexicon.letters:
        end -= 1
    if label == "ORG":
        start = max(start, _behind_description(tokens, lexicon, start, end))
    if label == "PERSON":
        while (
            start < end - 1
            and is_title(lexicon, tokens.lower[start])
            and tokens.text[start + 1][:1].isupper()
        ):
            start += 1
        while (
            start < end
            and tokens.text[end - 1][:1].islower()
            and tokens.lower[end - 1] not in lexicon.particles
            and not _hyphenated(tokens, end - 1)
        ):
            end -= 1
        for index in range(start + 1, end):
            if tokens.lower[index] in ("'s", "'") and index + 1 < end:
                start = index + 1
    if start >= end or end - start > MAX_NAME:
        return None
    words = tokens.text[start:end]
    if (
        all(word in lexicon.title_modifiers for word in tokens.lower[start:end])
        and end < len(tokens)
        and is_title(lexicon, tokens.lower[end])
    ):
        return None  # "Home" and "Shadow" before "Secretary"
    if not any(word[:1].isupper() or any(c.isupper() for c in word[1:]) for word in words):
        return None
    if any(word.startswith(("@", "#", "http", "www.")) for word in words):
        return None
    if len(words) == 1:
        if len(words[0]) < 2 or words[0].isdigit():
            return None
        common = lexicon.head_class(tokens.lower[start], tokens.lemma[start]) or is_title(
            lexicon, tokens.lower[start]
        )
        if label == "PERSON" and (
            tokens.tag[start] in ("NN", "NNS", "JJ", "RB") or tokens.lower[start] in tokens.small_words
        ):
            return None  # "Turnout" at the start of a sentence
        if tokens.tag[start] == "JJ" and label in ("PERSON", "ORG"):
            return None
        if common and label in ("PERSON", "NORP", "GPE", "WORK_OF_ART", "PRODUCT"):
            return None
    return start, end


def _behind_description(tokens: Tokens, lexicon: Lexicon, start: int, end: int) -> int:
    """Return where a body's name begins behind what it is: "Campaign group [Clean Rivers]"."""
    for index in range(end - 2, start - 1, -1):
        described = tokens.tag[index] == "NN" and tokens.text[index].islower()
        if described and tokens.text[index + 1][:1].isupper():
            noun = lexicon.head_class(tokens.lower[index], tokens.lemma[index])
            return index + 1 if noun is not None and noun[0] == "organization" else start
    return start


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


def widen_person(tokens: Tokens, lexicon: Lexicon, start: int, end: int) -> tuple[int, int]:
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
            word in lexicon.particles
            and tokens.text[before].isalpha()
            and (tokens.tag[before] in PROPER or word == "al")
        ) or (
            tokens.tag[before] == "NNP"
            and not tokens.entity[before]
            and tokens.text[before][:1].isupper()
            and tokens.text[before][1:2].islower()
            and tokens.dep[before] == "compound"
            and start <= tokens.head[before] < end
            and not is_title(lexicon, word)
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
        if word in lexicon.generations:
            end += 1
        elif end + 1 < size and _hyphenated(tokens, end + 1):
            end += 2
        elif (
            tokens.tag[end] == "NNP"
            and not tokens.entity[end]
            and tokens.text[end][:1].isupper()
            and tokens.text[end].isalpha()
            and tokens.text[end] not in lexicon.letters
            and (start <= tokens.head[end] < end or start <= tokens.head[end - 1] <= end)
            and lexicon.head_class(word) is None
            and tokens.line[end] not in tokens.title_lines
        ):
            end += 1
        else:
            break
    return start, end


def joins_possessor(tokens: Tokens, lexicon: Lexicon, index: int) -> bool:
    """Whether an apostrophe stands inside a body's name: "Teachers' Federation"."""
    return (
        0 < index < len(tokens) - 1
        and tokens.text[index] in ("'", "’")
        and tokens.start[index] == tokens.end[index - 1]
        and tokens.lower[index - 1].endswith("s")
        and tokens.text[index + 1][:1].isupper()
        and tokens.lower[index + 1] in lexicon.name_words
    )


def _with_purpose(tokens: Tokens, lexicon: Lexicon, start: int, end: int) -> int:
    """Return where a name ends that says what its body is for: Coalition [for Change]."""
    size = len(tokens)
    key = end - 2 if tokens.lower[end - 1] in ("for", "against") else end - 1
    purpose = key + 2
    if key < start or purpose >= size or tokens.lower[key + 1] not in ("for", "against"):
        return end
    noun = lexicon.head_class(tokens.lower[key])
    if tokens.lower[key] not in lexicon.name_words and (noun is None or noun[0] != "organization"):
        return end
    while purpose < size and tokens.tag[purpose] in (*PROPER, "JJ") and tokens.text[purpose][:1].isupper():
        purpose += 1
    return purpose if purpose > key + 2 else key + 1


def widen_body(tokens: Tokens, lexicon: Lexicon, start: int, end: int) -> tuple[int, int]:
    """Take in key words on either side of a body's name, and the rest of "Ministry of Trade and Industry"."""
    size = len(tokens)
    key = start - 2  # [Movement for] Democratic Renewal
    if key >= 0 and tokens.lower[key + 1] == "for" and tokens.text[key][:1].isupper():
        start = key if tokens.lower[key] in lexicon.name_words else start
    end = _with_purpose(tokens, lexicon, start, end)
    words = tokens.lower[start:end]
    if "of" in words and any(word in lexicon.name_words for word in words) and end + 1 < size:
        follower = end + 1
        if (
            tokens.lower[end] in ("and", "&")
            and tokens.text[follower][:1].isupper()
            and tokens.entity[follower] not in ("PERSON", "GPE", "NORP")
            and tokens.lower[follower] not in lexicon.name_words
            and tokens.dep[follower] in ("conj", "compound")
            and "and" not in words
        ):
            end = follower + 1
            while end < size and tokens.tag[end] in PROPER and tokens.dep[end - 1] == "compound":
                end += 1
    if joins_possessor(tokens, lexicon, end):
        end += 2
    while (
        end < size
        and (tokens.text[end][:1].isupper() or tokens.text[end] in ("radio", "television"))
        and not tokens.entity[end]
        and tokens.lower[end] in lexicon.name_words
        and tokens.line[end] not in tokens.title_lines
    ):
        end += 1
    return start, end

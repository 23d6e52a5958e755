"""Titles: the words before a name that say what its bearer is ("Governor", "shop steward")."""

from __future__ import annotations

from dataclasses import replace

from onrecord.annotate.actors.lexicon import Lexicon
from onrecord.annotate.actors.mention import Mention, Sex
from onrecord.annotate.actors.tokens import Tokens

_TITLE_TAGS = frozenset({"NN", "NNP", "NNS", "JJ", "VBN", "HYPH", "NNPS", "RB", "VBG"})


def is_title(lexicon: Lexicon, word: str) -> bool:
    """Whether a word in lower case can go before a person's name."""
    return word in lexicon.titles or word in lexicon.courtesy


def with_titles(tokens: Tokens, lexicon: Lexicon, name: Mention) -> Mention:
    """Add the titles that go before a person's name, and the gender that they tell.

    A title makes a person of a name that the recognizer took for a body, unless a key word of the name
    says otherwise ("Governor Quispe", but "spokesman Savanna Telecom").
    """
    if name.type == "group" or (name.own >= 0 and name.type != "person"):
        return name
    if name.type != "person" and has_key_word(tokens, lexicon, name):
        return name
    outer = name.start
    last_title = -1
    sex = name.sex
    while outer > 0 and name.start - outer < 10:
        before = outer - 1
        word = tokens.lower[before]
        title = is_title(lexicon, word) or _is_description(tokens, lexicon, before)
        if (
            not title
            and word not in lexicon.title_modifiers
            and not _belongs(tokens, before, name, last_title)
        ):
            break
        if last_title < 0 and not title and name.type != "person":
            return name
        if title and last_title < 0:
            last_title = before
        sex = _sex_of_title(lexicon, word, sex) if title else sex
        outer = before
    if last_title < 0:
        return _with_letters(tokens, lexicon, name)
    begin = outer
    while begin <= last_title and (tokens.lower[begin] in lexicon.courtesy or tokens.text[begin] == "-"):
        begin += 1
    titles = (tokens.words(begin, last_title + 1),) if begin <= last_title else ()
    found = replace(name, type="person", number="singular", titles=titles, outer=outer, sex=sex)
    return _with_letters(tokens, lexicon, found)


def has_key_word(tokens: Tokens, lexicon: Lexicon, name: Mention) -> bool:
    """Whether a word of a name says that it is a body's ("Ministry", "Telecom")."""
    words = tokens.lower[name.start : name.end]
    return any(word in lexicon.name_words or word in ("of", "for", "&", "and") for word in words)


def _is_description(tokens: Tokens, lexicon: Lexicon, index: int) -> bool:
    """A noun for a person right before a name: "strategist", "shop steward"."""
    if tokens.tag[index] not in ("NN", "NNP") or tokens.entity[index]:
        return False
    noun = lexicon.head_class(tokens.lower[index], tokens.lemma[index])
    return noun is not None and noun[0] in ("office", "person", "kin", "unnamed")


def _belongs(tokens: Tokens, index: int, name: Mention, last_title: int) -> bool:
    """Whether a word before a title is a part of it: the "bond" of "bond strategist"."""
    if (
        last_title < 0
        or tokens.tag[index] not in _TITLE_TAGS
        or tokens.entity[index]
        or index in tokens.place
    ):
        return False
    return not tokens.parsed or index < tokens.head[index] < name.end


def _sex_of_title(lexicon: Lexicon, word: str, known: Sex) -> Sex:
    if word in ("mr", "mr.", "sir", "lord"):
        return "male"
    if word in ("mrs", "mrs.", "ms", "ms.", "miss", "dame", "lady", "madam", "madame"):
        return "female"
    return lexicon.gender.get(word, known) if known in ("human", "neuter", "unknown") else known


def behind_letters(tokens: Tokens, lexicon: Lexicon, name: Mention) -> int:
    """Return the token behind a name and the letters that follow it: "Rosalind Okafor KC[,]"."""
    after = name.end
    if after < len(tokens) and tokens.text[after] == ",":
        after += 1
    is_person = name.type == "person" and after < len(tokens)
    return after + 1 if is_person and tokens.text[after] in lexicon.letters else name.end


def _with_letters(tokens: Tokens, lexicon: Lexicon, name: Mention) -> Mention:
    after = behind_letters(tokens, lexicon, name)
    return replace(name, titles=(*name.titles, tokens.text[after - 1])) if after > name.end else name

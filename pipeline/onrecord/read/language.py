"""Is this article in English? Decided from what the input says and from the words themselves."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from onrecord.read.lexicon import load_lists
from onrecord.read.outcome import Rejection
from onrecord.settings import Settings

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE_WORDS = 1000
# English news runs at 0.20 to 0.55 of these words, other languages at 0.12 or less.
_ENGLISH_SHARE = 0.14
_SURE_SHARE = 0.25
_SURE_SHARE = 0.25
_WORDS_FOR_SHARE = 50
_WORDS_FOR_CONTRAST = 8
_LETTERS_FOR_SCRIPT = 20
_SAMPLE_CHARS = 5_000
# ISO 639-2 and English names that stand where an ISO 639-1 code should.
_CODES = {"eng": "en", "english": "en", "und": "", "mul": "", "zxx": ""}


def primary_subtag(tag: str | None) -> str | None:
    """Return the ISO 639-1 code of a language tag (`en-GB` and `en_US` give `en`); None for none."""
    code = re.split(r"[-_]", (tag or "").strip().lower(), maxsplit=1)[0]
    return _CODES.get(code, code) or None


def looks_english(text: str) -> bool | None:
    """Tell whether the words of the text are English; None where there are too few to say.

    Three signs, each deterministic and without a model: the script of the letters, function words
    that only other languages have against English ones, and the share of English function words.
    """
    letters = [char for char in islice(text, _SAMPLE_CHARS) if char.isalpha()]
    # Up to U+024F the letters are Latin.
    if len(letters) >= _LETTERS_FOR_SCRIPT and 2 * sum(char > "\u024f" for char in letters) > len(letters):
        return False
    english_words, other_words = _function_words()
    words = [match[0].lower() for match in islice(_WORD.finditer(text), _SAMPLE_WORDS)]
    english = sum(word in english_words for word in words)
    other = sum(word in other_words for word in words)
    if len(words) >= _WORDS_FOR_CONTRAST:
        if other > english:
            return False
        if english >= _SURE_SHARE * len(words):
            return True
    if len(words) >= _WORDS_FOR_SHARE:
        return english >= _ENGLISH_SHARE * len(words)
    return None


def decide_language(text: str, settings: Settings, *, given: str | None, hinted: str | None = None) -> str:
    """Return the article's ISO 639-1 code, or reject it as `not_english`.

    What the caller gives counts, unless it says English and the words plainly are not. What a page
    hints at (its `lang` attribute: templates are often wrong) counts only where the words leave it
    open. A text too short to tell gets the benefit of the doubt.

    Raises:
        Rejection: `not_english`, where the language is none of `settings.languages`.

    """
    read = ", ".join(settings.languages)
    named = primary_subtag(given)
    verdict = looks_english(text)
    if named is not None:
        if named not in settings.languages:
            raise Rejection("not_english", f"the input says its language is {given!r}; read are: {read}")
        if named != "en":
            return named
    language = "en" if verdict or named else (primary_subtag(hinted) or "en")
    if verdict is False and language == "en":
        raise Rejection("not_english", f"the words are not those of an English text; read are: {read}")
    if language not in settings.languages:
        raise Rejection("not_english", f"the page says its language is {language!r}; read are: {read}")
    return language


@lru_cache(maxsize=1)
def _function_words() -> tuple[frozenset[str], frozenset[str]]:
    english, other = load_lists("language.toml", "english", "other")
    return frozenset(english), frozenset(other)

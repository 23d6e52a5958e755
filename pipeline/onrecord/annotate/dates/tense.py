"""Whether the verb that an expression of time hangs on speaks of the past or of what is to come."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from onrecord.annotate.dates.contexts import Contexts

_DEEPEST_CLIMB = 20
_FARTHEST_VERB = 12  # words
PAST, OPEN, FUTURE = -1, 0, 1


class Tense:
    """Reads tense off the dependency parse of a Doc; without a parse every answer is OPEN."""

    def __init__(self, doc: Doc, contexts: Contexts, *, parsed: bool) -> None:
        self._doc = doc
        self._parsed = parsed
        self._modals = contexts.words("tense", "future_modals")
        self._planning = contexts.words("tense", "planning")
        self._scheduling = contexts.words("tense", "scheduling")

    def governor(self, start: int, end: int) -> Token | None:
        """Return the verb above the words between two offsets, or None."""
        if not self._parsed:
            return None
        span = self._doc.char_span(start, end, alignment_mode="expand")
        if span is None or not len(span):
            return None
        token = span.root
        for _ in range(_DEEPEST_CLIMB):
            if token.tag_[:2] in ("VB", "MD"):
                return token
            if token.head.i == token.i:
                return None
            token = token.head
        return None

    def direction(self, start: int, end: int, before: str) -> int:
        """Return PAST, FUTURE, or OPEN where no verb tells; `before` is the word before."""
        verb = self.governor(start, end)
        if verb is None:
            return OPEN
        if before == "for" and verb.tag_ in ("VBN", "VBD") and verb.lemma_.lower() in self._planning:
            return FUTURE
        return self._of(verb, 0)

    def verbs(self, start: int, end: int) -> set[str]:
        """Return the lemmas of the verb above the words and of the last verb before them in the sentence."""
        verb = self.governor(start, end)
        token = self._doc.char_span(start, end, alignment_mode="expand")
        if verb is None or token is None:
            return set()
        found = {verb.lemma_.lower()}
        for i in range(token.start - 1, max(token.sent.start, token.start - _FARTHEST_VERB) - 1, -1):
            if self._doc[i].tag_[:2] == "VB":
                found.add(self._doc[i].lemma_.lower())
                break
        return found

    def is_direct(self, start: int, end: int) -> bool:
        """Tell whether the words hang on a verb itself ("met in June", not "the June talks")."""
        if not self._parsed:
            return False
        span = self._doc.char_span(start, end, alignment_mode="expand")
        if span is None or not len(span):
            return False
        head = span.root.head
        if head.tag_ == "IN" or head.dep_ == "prep":
            head = head.head
        return head.tag_[:2] in ("VB", "MD")

    def _of(self, verb: Token, depth: int) -> int:
        tags = {child.tag_: child for child in verb.children if child.dep_ in ("aux", "auxpass")}
        words = {child.lower_ for child in tags.values()}
        lemmas = {child.lemma_.lower() for child in tags.values()}
        if words & self._modals or verb.lower_ in self._modals:
            return FUTURE
        tag = verb.tag_
        lemma = verb.lemma_.lower()
        if lemma in self._scheduling and tag in ("VBN", "VBD"):
            return PAST if _is_pluperfect(verb) else FUTURE
        if tag == "VBD" or "VBD" in tags:
            return PAST
        if tag == "VBN":
            if "VBZ" in tags or "VBP" in tags:
                return PAST
            return PAST if "TO" not in tags else self._of_infinitive(verb, depth)
        if "TO" in tags:
            return self._of_infinitive(verb, depth)
        if tag == "VBG":
            if "VBZ" in tags or "VBP" in tags:
                return PAST if "have" in lemmas else FUTURE
            return self._above(verb, depth)
        if tag in ("VBZ", "VBP"):
            return OPEN
        return self._above(verb, depth)

    def _of_infinitive(self, verb: Token, depth: int) -> int:
        head = verb.head
        if head.lemma_.lower() in self._planning:
            return PAST if _is_pluperfect(head) else FUTURE
        if head.pos_ in ("NOUN", "PROPN", "NUM"):
            return FUTURE
        return self._above(verb, depth)

    def _above(self, verb: Token, depth: int) -> int:
        token = verb
        for _ in range(_DEEPEST_CLIMB):
            if token.head.i == token.i:
                return OPEN
            token = token.head
            if token.tag_[:2] in ("VB", "MD"):
                return self._of(token, depth + 1) if depth < _DEEPEST_CLIMB else OPEN
        return OPEN


def _is_pluperfect(verb: Token) -> bool:
    """Tell whether a plan has lapsed: "had been scheduled to end on Friday"."""
    return any(child.lower_ == "had" and child.dep_ == "aux" for child in verb.lefts)

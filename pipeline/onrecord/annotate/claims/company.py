"""The company of a cue: its object, its subject, the prepositions and complements beside it."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Literal

from spacy.tokens import Doc, Token

from onrecord.annotate.actors.lexicon import load_lexicon
from onrecord.annotate.claims.candidates import Candidate
from onrecord.annotate.claims.idioms import match, own_words
from onrecord.annotate.claims.lexicon import CueLexicon
from onrecord.annotate.claims.phrases import Range, child, source_of, subtree
from onrecord.annotate.claims.unsaid import by_nobody

Part = Literal["object", "subject", "phrases", "features"]
"""What a condition can look at."""

_PERSONS = frozenset({"office", "person", "kin", "unnamed", "group"})
_BODIES = frozenset({"government", "organization", "armed_group"})
_PRONOUNS = frozenset({"i", "me", "you", "he", "him", "she", "her", "we", "us", "they", "who", "whom"})
_PARTS = frozenset(
    {
        "all",
        "both",
        "dozens",
        "each",
        "few",
        "half",
        "hundreds",
        "many",
        "most",
        "number",
        "one",
        "pair",
        "some",
    }
    | {"several", "two", "three", "four", "five", "six", "thousands"}
)
_MARKS = frozenset({"“", "”", '"', "«", "»"})
_MAIN = frozenset({"ROOT", "ccomp", "conj", "parataxis"})
_NOT_THIRD = frozenset({"i", "you", "we", "they"})  # whose verbs look bare anyway
_THIRD = frozenset({"he", "she", "it"})
_OPENING = 6  # words at the beginning of a content that "^…" is looked for in


class Company:
    """The words that a candidate's cue stands among, by the names that `claims/uses.toml` gives them."""

    def __init__(self, candidate: Candidate, doc: Doc, lexicon: CueLexicon) -> None:
        """Look at the words beside the head of a candidate, which has to have one."""
        self._candidate, self._doc, self._lexicon = candidate, doc, lexicon
        self._head = doc[candidate.head]
        own = own_words(self._head, candidate.sense) if candidate.sense else None
        self._own = own or [self._head]
        self._passive = self._head.tag_ == "VBN" and (
            child(self._head, "auxpass", "nsubjpass") is not None or self._head.dep_ in ("acl", "amod")
        )
        self._rights = [c for token in self._own for c in token.rights if c not in self._own]
        self._object = self._find_object()

    def found(self, part: Part) -> set[str]:
        """Return the names of what stands in one part of the company; `nothing` where nothing does."""
        if part == "object":
            return _names_of(self._object)
        if part == "subject":
            return _names_of(self._find_subject())
        return self._phrases if part == "phrases" else self.features

    def has_words(self, words: frozenset[str]) -> bool:
        """Whether the content, or a clause behind the cue, has one of these; "^" stands for its beginning."""
        behind = [c for c in self._rights if c.dep_ in ("prep", "oprd", "xcomp", "ccomp", "advcl")]
        spans = [self._doc[start:end].text for start, end in self._candidate.content]
        text = " | ".join([*spans, *(self._doc[slice(*subtree(c))].text for c in behind)]).lower()
        opening = " ".join(
            token.lower_
            for start, end in self._candidate.content[:1]
            for token in self._doc[start : min(end, start + _OPENING)]
            if not token.is_quote
        )
        return any(
            opening.startswith(word[1:])
            if word[0] == "^"
            else word in text and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)
            for word in words
        )

    @cached_property
    def features(self) -> set[str]:
        """The kinds of complements at the cue, and how the cue and its content are made."""
        return self._complements() | self._of_cue() | self._of_content()

    def _find_object(self) -> Token | None:
        found = self._passive_object() if self._passive else self._active_object()
        found = found or next((c for c in self._head.lefts if c.dep_ == "dobj"), None)
        return _meant(found) if found is not None else None

    def _passive_object(self) -> Token | None:
        found = child(self._head, "dobj") or child(self._head, "nsubjpass")
        if found is None and self._head.dep_ in ("acl", "amod", "relcl"):
            return self._head.head
        return found

    def _active_object(self) -> Token | None:
        for right in self._rights:
            if right.dep_ == "dobj" or (right.dep_ == "pobj" and right.head in self._own):
                return right
        # A small clause: called [the report] a fairy tale.
        clause = next((c for c in self._rights if c.dep_ in ("ccomp", "xcomp", "oprd")), None)
        if clause is not None and clause.pos_ in ("NOUN", "PROPN", "ADJ", "ADP", "SCONJ"):
            return child(clause, "nsubj")
        return None

    def _find_subject(self) -> Token | None:
        source = self._candidate.source or source_of(self._head)
        return _meant(self._doc[slice(*source.speaker)].root) if source is not None else None

    @cached_property
    def _phrases(self) -> set[str]:
        """The particles and prepositions at the cue and its object, alone and with what they govern."""
        found = set()
        near = [*self._rights, *self._head.lefts]
        if self._object is not None:
            near += self._object.rights
        for word in near:
            mark = child(word, "mark")
            if mark is not None and mark.lower_ == "for":
                found |= {"for", "for anything"}  # asked [for the box to be opened]
            if word.dep_ not in ("prep", "prt", "advmod", "agent", "dative"):
                continue
            found.add(word.lower_)
            noun = child(word, "pobj")
            if noun is not None:
                found.update(f"{word.lower_} {name}" for name in _names_of(_meant(noun)))
            elif (verb := child(word, "pcomp")) is not None:
                found.add(f"{word.lower_} {verb.lemma_.lower()}")
        return found

    def _complements(self) -> set[str]:
        found = set()
        for right in [*self._rights, *(self._object.rights if self._object is not None else ())]:
            first = right.left_edge.lower_
            infinitive = any(c.tag_ == "TO" for c in right.lefts)
            if right.dep_ in ("ccomp", "xcomp", "advcl", "acl", "relcl") and infinitive:
                found.add("to")
            elif right.dep_ == "ccomp" and right.pos_ in ("VERB", "AUX"):
                found |= {"clause", "that"} if first == "that" else {"clause"}
                if _is_subjunctive(right):
                    found.add("subjunctive")
            elif right.dep_ == "acl" and first == "that":
                found |= {"clause", "that"}
            if first == "as" and right.dep_ in ("prep", "advcl", "xcomp", "oprd"):
                found.add("as")
            if right.dep_ in ("oprd", "acomp"):
                found.add("complement")
            if right.dep_ == "dative" or (
                right.dep_ == "dobj" and self._object is not None and right.i > self._object.i
            ):
                found.add("dative")
            if right.dep_ == "advcl" and right.tag_ == "VBG" and self._denies(right):
                found.add("denying")
        behind = self._own[-1].i + 1
        if behind < len(self._doc) and self._doc[behind].lower_ == "that":
            found |= {"clause", "that"}
        return found

    def _denies(self, verb: Token) -> bool:
        return any(sense.act == "denial" for sense in match(verb, self._lexicon))

    def _of_cue(self) -> set[str]:
        found = {self._candidate.frame} if self._candidate.frame else set()
        if self._passive:
            found.add("passive")
        if self._passive and child(self._head, "dobj") is not None:
            found.add("retained")
        if child(self._head, "agent") is not None:
            found.add("agent")
        if any(c.dep_ == "neg" for c in self._head.lefts) or by_nobody(self._head, self._lexicon):
            found.add("negated")
        if self._candidate.source is None:
            found.add("nobody")
        return found

    def _of_content(self) -> set[str]:
        found = set()
        tokens = [token for start, end in self._candidate.content for token in self._doc[start:end]]
        if any(token.text in _MARKS for token in tokens):
            found.add("quote")
        if any(token.like_num and token.lower_ != "one" for token in tokens):
            found.add("number")
        if any(token.tag_ in ("JJS", "RBS") for token in tokens):
            found.add("superlative")
        if not any(t.pos_ in ("VERB", "AUX") and t.dep_ in _MAIN for t in tokens):
            found.add("verbless")
        first = next((token for token in tokens if token.is_alpha), None)
        if first is not None and _is_imperative(first):
            found.add("imperative")
        if first is not None and first.lower_ == "that" and len(tokens) > 2 and first.dep_ == "mark":
            found |= {"clause", "that"}  # accepted at the inquest that the gauge was broken
        if judged(self._candidate, self._doc, self._lexicon) is not None:
            found.add("judging")
        return found


def judged(candidate: Candidate, doc: Doc, lexicon: CueLexicon) -> Range | None:
    """Return what somebody claims that a content says what it is: [the rumour of a sale] was nonsense."""
    nouns = lexicon.words("claim_nouns", "accusing") | lexicon.words("claim_nouns", "stating")
    for verb in (token for start, end in candidate.content for token in doc[start:end]):
        if verb.lemma_ != "be" or verb.dep_ not in _MAIN:
            continue
        if verb.dep_ != "ROOT" and candidate.holds(verb.head.i):
            continue
        subject = child(verb, "nsubj")
        if subject is not None and subject.lemma_.lower() in nouns:
            return subtree(subject)
    return None


def _names_of(token: Token | None) -> set[str]:
    """What the conditions can call a noun: its word, its lemma, and what it denotes."""
    if token is None:
        return {"nothing"}
    lemma = token.lemma_.lower()
    known = load_lexicon().head_class(token.lower_, lemma)
    kind = known[0] if known else None
    names = {token.lower_, lemma, "anything"}
    names.update(f"{c.lower_} {lemma}" for c in token.lefts if c.dep_ in ("compound", "amod"))
    if token.lower_ in _PRONOUNS or token.ent_type_ == "PERSON" or kind in _PERSONS:
        names.add("PERSON")
    elif kind in _BODIES or token.ent_type_ in ("ORG", "NORP"):
        names.add("BODY")
    elif kind == "document":
        names.add("DOCUMENT")
    if token.pos_ == "PROPN":
        names.add("NAME")
    if token.tag_ == "PRP" and token.lower_.endswith(("self", "selves")):
        names.add("ONESELF")
    if token.like_num or token.tag_ == "CD" or token.ent_type_ in ("MONEY", "PERCENT", "CARDINAL"):
        names.add("NUMBER")
    return names


def _meant(token: Token) -> Token:
    """The noun that a relative pronoun or a part stands for: two of [his shareholders]."""
    if token.tag_ in ("WDT", "WP", "WP$") or (token.lower_ == "that" and token.head.dep_ == "relcl"):
        clause = token.head
        if clause.dep_ == "relcl":
            return clause.head
    if token.lower_ in _PARTS or token.like_num:
        of = next((c for c in token.rights if c.dep_ == "prep" and c.lower_ == "of"), None)
        noun = child(of, "pobj") if of is not None else None
        if noun is not None:
            return noun
    return token


def _is_subjunctive(verb: Token) -> bool:
    """Whether a clause says what is to be done: insisted that she *give up* the tour."""
    subject = child(verb, "nsubj", "nsubjpass")
    if subject is None or subject.lower_ in _NOT_THIRD or child(verb, "aux") is not None:
        return False
    finite = child(verb, "auxpass") or verb
    if subject.tag_ in ("NNS", "NNPS") and finite.lower_ != "be":
        return False  # cows that graze give more: nothing shows it
    is_one = subject.lower_ in _THIRD or subject.tag_ in ("NN", "NNP")
    return finite.tag_ == "VB" or (is_one and finite.tag_ == "VBP" and finite.lower_ == finite.lemma_)


def _is_imperative(word: Token) -> bool:
    """Whether a sentence begins with a bare verb: “Leave the hills at once”."""
    return (
        word.tag_ == "VB" and word.dep_ in ("ROOT", "ccomp") and child(word, "nsubj", "aux", "expl") is None
    )

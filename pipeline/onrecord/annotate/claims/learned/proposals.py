"""Proposals: claims at words that can be cues, where neither the rules nor the model saw one.

The rules want the frames that the lexicon gives a cue; the model was trained on one style of news. Between
them fall cues in odd syntax: "Sleep, posits Dr Amari, began as a way of hiding"; "their plea is for …"; "a
denial came from the barracks: …". Here any complement will do, and the head of speech acts decides whether
somebody claims something.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.annotate.claims.candidates import Candidate
from onrecord.annotate.claims.idioms import cue_words, match, own_words
from onrecord.annotate.claims.insertions import inserted
from onrecord.annotate.claims.learned.acts import ActTrust
from onrecord.annotate.claims.learned.nominal_contents import behind_colon, content_of, origin_of
from onrecord.annotate.claims.lexicon import SAYING, Cue
from onrecord.annotate.claims.nominals import owner_of
from onrecord.annotate.claims.phrases import (
    Range,
    Source,
    can_speak,
    child,
    cut,
    noun_phrase,
    overlap,
    source_of,
    subtree,
    trim,
)
from onrecord.annotate.claims.reading import Reading
from onrecord.annotate.claims.unsaid import is_unsaid
from onrecord.annotate.claims.verbs import until_clause_edge
from onrecord.annotate.claims.voices import is_asked

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})  # of which the tagger may take one for a verb
_CLAUSES = frozenset({"ccomp", "xcomp", "advcl"})
_MODIFYING = frozenset({"amod", "compound", "nsubj", "nsubjpass", "pobj", "dobj", "aux"})
_BEHIND_AGENT = frozenset({"prep", "xcomp", "advcl", "oprd"})
_IDENTIFIED = frozenset({"attr", "ccomp", "xcomp", "acomp"})
_FEELING = frozenset({"acomp", "oprd", "advcl", "ROOT", "conj", "ccomp"})


def propose(reading: Reading, taken: set[int], trust: ActTrust) -> Iterator[Candidate]:
    """Yield candidates at the cues of the lexicon; `taken` are tokens of other cues and silences.

    The looser the syntax, the surer the head of speech acts has to be of them.
    """
    lexicon = reading.lexicon
    for token in reading.tokens:
        if token.i in taken or reading.inside[token.i] >= 0 or not token.is_alpha:
            continue
        tag = token.tag_
        candidate = None
        if tag[:2] in ("VB", "NN") and (senses := match(token, lexicon)):
            candidate = inserted(token, senses[0], reading) or _verbal(token, senses[0], reading, trust)
        is_noun = tag in ("NN", "NNS") or (tag[:2] == "VB" and token.dep_ in _SUBJECTS)
        if candidate is None and is_noun and (noun := lexicon.noun(token)):
            candidate = _nominal(token, noun, reading, taken, trust)
        if candidate is None and tag in ("JJ", "VBN", "VBD"):
            adjective = lexicon.adjectives.get(token.lower_)
            candidate = _adjectival(token, adjective, reading, trust) if adjective else None
        if candidate is not None:
            yield candidate


def _verbal(verb: Token, cue: Cue, reading: Reading, trust: ActTrust) -> Candidate | None:
    if verb.tag_[:2] != "VB" or verb.dep_ in _MODIFYING or is_unsaid(verb, cue.act, reading.lexicon):
        return None
    if any(left.tag_ == "TO" for left in verb.lefts) or is_asked(verb, reading.lexicon):
        return None
    is_passive = child(verb, "auxpass", "nsubjpass") is not None or (
        verb.tag_ == "VBN" and verb.dep_ in ("acl", "advcl")
    )
    source = source_of(verb)
    if source is None or _is_nobody(source, reading) or (is_passive and child(verb, "agent") is None):
        return None
    vouch = trust.proposed
    if is_passive:
        content = _passive_content(verb)
    else:
        own = own_words(verb, cue) or [verb]
        content = _governed(verb, own, cue, reading)
        if any(c.dep_ == "ccomp" and c.i > verb.i for c in verb.rights):
            vouch = trust.vouched
        elif clause := _identified(verb) or (behind_colon(verb, reading) if SAYING & cue.frames else None):
            content, vouch = clause, trust.vouched
        elif "only" in cue.frames and child(verb, "dobj") is not None:
            if not can_speak(reading.doc[slice(*source.speaker)].root):
                return None
            vouch = trust.everyday  # posted the pictures
    if content is None or overlap(content, source.words):
        return None
    return Candidate(cue_words(verb, cue), verb.i, cue, source, [content], vouch=vouch)


def _governed(head: Token, own: list[Token], cue: Cue, reading: Reading) -> Range | None:
    """What stands behind a cue and hangs on it: a clause, an object with what follows, a phrase."""
    rights = [c for token in own for c in token.rights if c not in own and c.i > head.i]
    clause = next((c for c in rights if c.dep_ in _CLAUSES), None)
    objects = (c for c in rights if c.dep_ == "dobj" or (c.dep_ == "pobj" and c.head in own))
    target = next((c for c in objects if c.tag_ != "PRP"), None)
    prepositions = reading.lexicon.words("proposed", "behind_verbs") | cue.prepositions
    phrases = [
        c for c in rights if c.dep_ == "prep" and c.lower_ in prepositions and child(c, "pobj", "pcomp")
    ]
    pieces = [c for c in (target, clause, *phrases) if c is not None]
    if not pieces:
        return None
    start = max(min(c.left_edge.i for c in pieces), head.i + 1)
    end = max(c.right_edge.i for c in pieces) + 1
    return trim(head.doc, until_clause_edge(head.doc, (start, end), start))


def _identified(verb: Token) -> Range | None:
    """What a clause with "what" is said to be: what the minister promised was [a bridge]."""
    link = verb.head
    is_open = any(c.tag_ == "WP" and c.lower_ == "what" and c.dep_ == "dobj" for c in verb.lefts)
    if not is_open or link.lemma_ != "be" or link.i < verb.i:
        return None
    said = next((c for c in link.rights if c.dep_ in _IDENTIFIED), None)
    return subtree(said) if said is not None else None


def _passive_content(verb: Token) -> Range | None:
    """What a passive with an agent is about: its subject, else what follows the agent."""
    subject = child(verb, "nsubjpass")
    if subject is not None:
        return trim(verb.doc, subtree(subject))
    if verb.dep_ == "acl":
        return verb.head.left_edge.i, verb.i
    agent = child(verb, "agent")
    behind = next((c for c in verb.rights if agent and c.i > agent.i and c.dep_ in _BEHIND_AGENT), None)
    return subtree(behind) if behind is not None else None


def _nominal(noun: Token, cue: Cue, reading: Reading, taken: set[int], trust: ActTrust) -> Candidate | None:
    if noun.dep_ in ("nsubj", "dobj", "nsubjpass") and noun.head.i in taken:
        return None  # The report found; dismissed the allegation.
    source = owner_of(noun, reading.lexicon) or origin_of(noun)
    found = content_of(noun, source, reading)
    if found is None:
        return None
    content, is_loose = found
    if source is not None and overlap(content, source.words):
        if content[0] <= source.words[0]:
            return None
        source = cut(source, [content])
    vouch = trust.proposed if is_loose else trust.vouched
    return Candidate((noun.i, noun.i + 1), noun.i, cue, source, [content], vouch=vouch)


def _adjectival(word: Token, cue: Cue, reading: Reading, trust: ActTrust) -> Candidate | None:
    if word.dep_ not in _FEELING:
        return None
    source = source_of(word.head if word.dep_ in ("acomp", "oprd") else word) or _holder(word)
    if source is None or _is_nobody(source, reading):
        return None
    said = next((c for c in word.rights if c.dep_ in ("prep", "agent", "ccomp", "xcomp")), None)
    content = subtree(said) if said is not None else behind_colon(word, reading)
    if content is None or overlap(content, source.words):
        return None
    return Candidate((word.i, word.i + 1), word.i, cue, source, [content], vouch=trust.proposed)


def _holder(participle: Token) -> Source | None:
    """Who feels what a participle says: dismayed by the verdict, *the group* called it a sad day."""
    verb = participle.head if participle.dep_ == "advcl" else participle
    subject = child(verb, "nsubj", "nsubjpass")
    return Source(noun_phrase(subject), noun_phrase(subject)) if subject is not None else None


def _is_nobody(source: Source, reading: Reading) -> bool:
    start, end = source.words
    return end - start == 1 and reading.doc[start].lower_ in reading.lexicon.words("proposed", "expletives")

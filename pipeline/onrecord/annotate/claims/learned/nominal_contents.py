"""What a noun that is a cue says, and who says it, wherever in its sentence that stands.

"The advice from the water board was to boil it"; "“Too salty,” was the chef's verdict"; "one query caught
the trust off guard: who owns the land?"; "a pledge to halve crime, made by the mayor".
"""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.annotate.claims.phrases import Range, Source, can_speak, child, noun_phrase, subtree, trim
from onrecord.annotate.claims.reading import Reading

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_FARTHEST = 60  # words between a noun and its colon
_NEAREST = 8  # words between a noun and the comma before its clause
_ASKING = frozenset({"WP", "WRB", "WDT", "WP$"})
_LINKS = frozenset({"be", "come", "run", "read", "go"})
_CLAUSES = frozenset({"ccomp", "csubj", "nsubj", "advcl", "dep", "attr"})


def origin_of(noun: Token) -> Source | None:
    """Whose claim a noun is by its verb: came *from the barracks*, shouted *by a guard*, was *of vets*."""
    if noun.dep_ in ("attr", "nsubj") and noun.head.lemma_ == "be":
        subject = child(noun.head, "nsubj")
        is_cleft = subject is not None and subject.lower_ == "it"  # it was the opinion of three vets that
        for link in noun.rights:
            body = child(link, "pobj")
            if link.lower_ == "of" and body is not None and (is_cleft or can_speak(body)):
                return Source(noun_phrase(body), noun_phrase(body))
    verbs = [noun.head] if noun.dep_ in _SUBJECTS else []
    verbs += [c for c in noun.rights if c.dep_ == "acl" and c.tag_ == "VBN"]
    for verb in verbs:
        for link in verb.rights:
            body = child(link, "pobj")
            if link.dep_ in ("prep", "agent") and link.lower_ in ("from", "by") and body is not None:
                return Source(noun_phrase(body), noun_phrase(body))
    return None


def content_of(noun: Token, source: Source | None, reading: Reading) -> tuple[Range, bool] | None:
    """Return the content of a noun, and whether it is a mere phrase (demand *for a cap*), not a clause."""
    whole = (
        _clause_at(noun, source)
        or _cleft(noun)
        or _predicate(noun, source)
        or _fronted(noun, reading)
        or _set_off(noun, reading)
    )
    if whole is None and noun.dep_ in (*_SUBJECTS, "dobj", "attr", "pobj"):
        whole = behind_colon(noun, reading)
    if whole is not None:
        return trim(noun.doc, whole), False
    if source is None and noun.dep_ not in _SUBJECTS:
        return None
    behind = reading.lexicon.words("proposed", "behind_nouns")
    for right in noun.rights:
        if right.dep_ != "prep" or right.lower_ not in behind:
            continue
        body = child(right, "pobj", "pcomp")
        is_source = source is not None and right.left_edge.i <= source.words[0] <= right.right_edge.i
        if body is not None and body.ent_type_ not in ("DATE", "TIME") and not is_source:
            return subtree(right), True
    return None


def behind_colon(token: Token, reading: Reading) -> Range | None:
    """Return what follows the colon that a word stands before in its sentence."""
    doc, end = reading.doc, reading.sentences[token.i][1]
    near = range(token.i + 1, min(end, token.i + _FARTHEST))
    colon = next((i for i in near if doc[i].text == ":"), None)
    if colon is None:
        return None
    end -= doc[end - 1].text == "."
    return (colon + 1, end) if end - colon > 2 else None


def _clause_at(noun: Token, source: Source | None) -> Range | None:
    """The clause that hangs on a noun or, by a slip, on its owner: the opinion of the vets that …"""
    words = [noun]
    if source is not None:
        words += [t for t in noun.doc[slice(*source.words)] if noun.is_ancestor(t)]
    for right in (c for word in words for c in word.rights):
        first = right.left_edge.lower_
        if right.dep_ in ("acl", "ccomp", "relcl") and _is_to_do(right):
            return subtree(right)
        if right.dep_ in ("acl", "ccomp") and first in ("that", "whether"):
            return subtree(right)
        # The admission by the firm [that it had known]: with a subject of its own, whatever the parser says.
        subject = child(right, "nsubj", "nsubjpass")
        if right.dep_ == "relcl" and first == "that" and subject is not None and subject.lower_ != "that":
            return subtree(right)
    behind = source.words[1] if source is not None else noun.i + 1
    to = noun.doc[behind] if noun.i < behind < len(noun.doc) else None
    if to is not None and to.tag_ == "TO":
        return subtree(to.head)  # in line with the advice from Geneva [to vaccinate], wherever it hangs
    return None


def _is_to_do(verb: Token) -> bool:
    return any(c.tag_ == "TO" for c in verb.lefts)


def _cleft(noun: Token) -> Range | None:
    """The clause of "it is the fear of Rosa Quintal, who bakes, [that the ships will stop calling]"."""
    subject = child(noun.head, "nsubj")
    if noun.dep_ != "attr" or subject is None or subject.lower_ != "it":
        return None
    that = (c for c in noun.head.rights if c.dep_ in ("ccomp", "advcl") and c.left_edge.lower_ == "that")
    return next((subtree(c) for c in that), None)


def _set_off(noun: Token, reading: Reading) -> Range | None:
    """A clause between commas behind a noun: their one query, [why the bus had no belts], was passed on."""
    doc, end = noun.doc, reading.sentences[noun.i][1]
    commas = [i for i in range(noun.i + 1, min(end, noun.i + _FARTHEST)) if doc[i].text == ","]
    if len(commas) < 2 or commas[0] - noun.i > _NEAREST:
        return None
    first = doc[commas[0] + 1]
    opens = first.tag_ in _ASKING or first.lower_ in ("whether", "that")
    is_relative = first.lower_ in ("which", "who", "whom", "where", "when")
    return (first.i, commas[1]) if opens and not is_relative else None


def _predicate(noun: Token, source: Source | None) -> Range | None:
    """What a noun is said to be: his counsel was [to pay]; the argument runs [that salt is cheap]."""
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.lemma_ not in _LINKS:
        return None
    clause = next(
        (
            c
            for c in verb.rights
            if c.dep_ in ("ccomp", "xcomp")
            or (c.dep_ == "advcl" and (_is_to_do(c) or c.left_edge.tag_ in _ASKING))
        ),
        None,
    )
    if clause is None and verb.lemma_ == "be":
        wanted = ("attr", "prep") if source is not None else ("prep",)
        clause = next((c for c in verb.rights if c.dep_ in wanted and (source or c.lower_ == "for")), None)
    return subtree(clause) if clause is not None else None


def _fronted(noun: Token, reading: Reading) -> Range | None:
    """What stands before "was the chef's verdict", "came the reply", "is the question"."""
    verb = noun.head
    if verb.lemma_ not in _LINKS or noun.dep_ not in ("attr", "nsubj") or noun.i < verb.i:
        return None
    start, quoted = reading.sentences[verb.i][0], reading.inside[max(verb.i - 1, 0)]
    if quoted >= 0:
        return reading.spoken[quoted]
    expletives = reading.lexicon.words("proposed", "expletives")
    said = next((c for c in verb.lefts if c.dep_ in _CLAUSES and c.lower_ not in expletives), None)
    return (start, verb.i) if said is not None else None

"""Joint sources: "the army and the ministry said", "according to Oxfam, the UN and residents".

A claim that several make together has one source and further ones. What looks like a list may be one
body or person all the same ("Marks and Spencer", "the chairman and chief executive"), and the parser
takes many a list apart; both are decided here, for every way of finding claims.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from onrecord.annotate.claims.candidates import Candidate
from onrecord.annotate.claims.lexicon import CueLexicon
from onrecord.annotate.claims.phrases import Range, Source, child, noun_phrase, trim
from onrecord.annotate.claims.reading import Reading

_MOST = 7  # sources of one claim
_LONGEST_NAME = 8  # words
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM"})
_PROPER = frozenset({"NNP", "NNPS"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_ASTRAY = _SUBJECTS | {"dep", "npadvmod"}  # what the parser makes of the first members of a list
_TIMES = frozenset({"DATE", "TIME"})


def join_sources(found: list[Candidate], reading: Reading) -> None:
    """Set the sources of candidates apart where there are several.

    Sources that have others already stay as they are; no word becomes a source that is content or cue
    of its own claim.
    """
    for candidate in found:
        source = candidate.source
        if source is None or source.others or source.words != source.speaker:
            continue
        verb = reading.doc[candidate.head] if candidate.head >= 0 else None
        joint = joint_source(reading.doc, source.words, reading.lexicon, verb, candidate.cue)
        taken = [*candidate.content, *([candidate.cue] if candidate.cue else [])]
        others = (joint.words, *joint.others)
        if not any(low < end and start < high for low, high in others for start, end in taken):
            candidate.source = joint


def joint_source(
    doc: Doc, words: Range, lexicon: CueLexicon, verb: Token | None = None, cue: Range | None = None
) -> Source:
    """Return the source that a noun phrase is, with all who say it together with the first.

    `verb` heads the `cue`, whose words are no source's.
    """
    head = doc[words[0] : words[1]].root
    named = _named_members(head)
    heads = named or list(_members(head))
    if not named and verb is not None:
        heads = [*_before(heads, verb), *heads]
        heads += _beside(heads[-1], verb)
    if len(heads) == 1:
        phrases = _two_bodies(head, lexicon) or _with_name_behind(words, head, cue)
        return Source(phrases[0], phrases[0], tuple(phrases[1:]))
    phrases = [noun_phrase(member, cue) for member in heads]
    if named and named[0].left_edge.i == head.i + 1:
        phrases[0] = head.left_edge.i, phrases[0][1]  # presidential candidates Ana Silva and …
    for number, (phrase, member) in enumerate(zip(phrases, heads[1:], strict=False)):
        phrases[number] = _without_link(doc, (phrase[0], min(phrase[1], member.left_edge.i)))
    start, end = phrases[0]
    if doc[start].lower_ in ("both", "either") and start < heads[0].i:
        phrases[0] = start + 1, end
    elif _is_one(heads, verb, lexicon):
        whole = phrases[0][0], phrases[-1][1]
        is_titled = heads[0].tag_ == "NN" and heads[-1].ent_type_ == "PERSON"
        return Source(whole, phrases[-1] if is_titled else whole)
    return Source(phrases[0], phrases[0], tuple(phrases[1:]))


def _without_link(doc: Doc, span: Range) -> Range:
    """The range without the comma and the conjunction that lead on to the next member."""
    start, end = trim(doc, span)
    while end - 1 > start and doc[end - 1].dep_ == "cc":
        start, end = trim(doc, (start, end - 1))
    return start, end


def _members(head: Token) -> Iterator[Token]:
    """The head and those that the parser coordinates with it, a list of names taken for appositions too."""
    token: Token | None = head
    for _ in range(_MOST):
        if token is None:
            return
        yield token
        token = _next(token)


def _next(token: Token) -> Token | None:
    conjunct, link = child(token, "conj"), child(token, "cc")
    if conjunct is not None and conjunct.pos_ in _NOMINAL:
        is_alias = link is not None and link.lower_ == "or" and link.nbor(-1).text == ","
        return None if is_alias else conjunct  # the Joint Mission, or JBM
    aside = child(token, "appos")
    if aside is None or conjunct is not None:
        return None
    last = child(aside, "conj")
    if last is None:
        return None
    if _is_name(token) and _is_name(aside) and _is_name(last):
        return aside  # Vera Dahl, Omar Haddad and Lin Mei
    before = last.left_edge.i - 1
    if aside.tag_ == "NN" and token.doc[before].tag_ == "CC" and token.doc[before - 1].text == ",":
        # Vera Dahl, a chemist, and Omar Haddad; Vera Dahl, a chemist, and other scientists
        return last if last.tag_ in _PROPER or last.tag_ == "NNS" else None
    return None


def _is_name(token: Token) -> bool:
    return token.tag_ in _PROPER and token.ent_type_ not in ("NORP", "") and child(token, "det") is None


def _named_members(head: Token) -> list[Token]:
    """The names behind a noun for all of them: "two rivals, Lakeshore Air and Mesa Verde Airways"."""
    first = child(head, "appos")
    if head.tag_ != "NNS" or first is None or first.tag_ not in _PROPER:
        return []
    members = list(_members(first))
    return members if len(members) > 1 and all(one.tag_ in _PROPER for one in members) else []


def _before(members: list[Token], verb: Token) -> list[Token]:
    """Members of the list that hang on the verb: "[The army], the police and residents said"."""
    first = members[0]
    if first.head != verb or first.dep_ not in _SUBJECTS:
        return []
    found: list[Token] = []
    for left in reversed([c for c in verb.lefts if c.i < first.i and c.dep_ in _ASTRAY]):
        behind = (found or [first])[0].left_edge.i
        between = first.doc[left.right_edge.i + 1 : behind]
        is_listed = len(members) > 1 and between.text == ","
        if left.ent_type_ in _TIMES or left.pos_ not in _NOMINAL or len(found) >= _MOST:
            break
        if not (is_listed or (left.dep_ in _SUBJECTS and child(left, "cc") is not None)):
            break
        found.insert(0, left)
    return found


def _beside(last: Token, verb: Token) -> list[Token]:
    """Who says it beside them: "the mayor, along with two councillors, said"."""
    for preposition in (*last.rights, *verb.lefts):
        if preposition.i < last.i or preposition.dep_ != "prep":
            continue
        body = child(preposition, "pobj") or child(child(preposition, "prep") or preposition, "pobj")
        if body is not None and _is_together(preposition, body) and body.i < verb.i:
            return [body]
    return []


def _is_together(preposition: Token, body: Token) -> bool:
    words = preposition.doc[preposition.left_edge.i : body.left_edge.i].text.lower()
    return words in ("along with", "together with", "alongside")


def _two_bodies(head: Token, lexicon: CueLexicon) -> list[Range]:
    """Two bodies that the parser took for one: "[Amnesty International] and [Human Rights Watch]"."""
    links = (child(c, "cc") for c in head.lefts if c.dep_ == "nmod")
    link = next((link for link in links if link is not None), None)
    if link is None or link.lower_ != "and" or head.i - link.i < 2 or link.nbor(-1).tag_ == "POS":
        return []
    kinds = lexicon.words("joint", "bodies")
    if link.nbor(1).tag_ not in ("DT", "PRP$") and not {link.nbor(-1).lower_, head.lower_} <= kinds:
        return []
    return [trim(head.doc, (head.left_edge.i, link.i)), (link.i + 1, noun_phrase(head)[1])]


def _with_name_behind(words: Range, head: Token, cue: Range | None) -> list[Range]:
    """A name that the parser took for a clause: "according to Oxfam and Save the Children, 40 …"."""
    doc = head.doc
    first = noun_phrase(head, cue)
    start = first[1] + 1
    if start >= len(doc) or doc[first[1]].lower_ != "and":
        return [words]
    stop = start
    for i in range(start, min(start + _LONGEST_NAME, len(doc))):
        if doc[i].text[:1].isupper() or doc[i].tag_ == "POS" or doc[i].text in ("’", "'"):
            stop = i + 1
        elif doc[i].lower_ not in ("the", "of", "for"):
            break
    follows = {len(doc), words[1], cue[0] if cue else words[1]}
    ends = stop in follows or doc[stop].is_punct or doc[stop].is_space
    is_name = doc[start].ent_iob_ != "I" and doc[stop - 1].text[:1].isupper()
    return [first, (start, stop)] if ends and is_name else [words]


def _is_one(members: list[Token], verb: Token | None, lexicon: CueLexicon) -> bool:
    """Whether a list names one person or body."""
    first, last = members[0], members[-1]
    if _is_aside(members):
        return True
    if len(members) != 2:
        return False
    between = last.doc[first.i + 1 : last.left_edge.i].text.lower()
    if between == "&" and first.tag_ in _PROPER and last.tag_ in _PROPER:
        return True
    if verb is not None and last.i < verb.i and between == "and" and _is_singular(verb):
        return True  # Marks and Spencer says
    name = last.doc[noun_phrase(first)[0] : last.i + 1].text.lower()
    if name.removeprefix("the ") in lexicon.words("joint", "names"):
        return True
    article = child(first, "det")
    if _one_entity(first, last) or (first.ent_type_ == "PERSON" and article and article.lower_ == "the"):
        return True
    return _is_one_person(first, last, verb, lexicon)


def _is_aside(members: list[Token]) -> bool:
    """Whether all but the first are what the first is: "China, its only ally and its lifeline, said"."""
    first, second = members[0], members[1]
    if first.tag_ not in _PROPER or any(one.tag_ != "NN" for one in members[1:]):
        return False
    doc, end = first.doc, max(one.right_edge.i for one in members[1:]) + 1
    closes = end >= len(doc) or doc[end].is_punct
    return len(members) > 2 and doc[second.left_edge.i - 1].text == "," and closes


def _is_singular(verb: Token) -> bool:
    finite = [verb, *(c for c in verb.lefts if c.dep_ in ("aux", "auxpass"))]
    return any(token.tag_ == "VBZ" for token in finite)


def _one_entity(first: Token, last: Token) -> bool:
    """Whether the recogniser has both in one name, and each is too short to be one: Procter and Gamble."""
    inside = all(first.doc[i].ent_iob_ == "I" for i in range(first.i + 1, last.i + 1))
    return inside and (first.left_edge.i == first.i or first.left_edge.tag_ == "DT")


def _is_one_person(first: Token, last: Token, verb: Token | None, lexicon: CueLexicon) -> bool:
    """Whether two nouns are one's: "the chairman and chief executive", "lawyer and activist Jane Moss"."""
    if first.tag_ not in ("NN", "NNP") or any(c.dep_ in ("det", "poss", "nummod") for c in last.lefts):
        return False
    offices, former = lexicon.words("joint", "offices"), lexicon.words("joint", "former")
    is_former = any(c.lower_ in former for one in (first, last) for c in one.lefts)
    if last.ent_type_ == "PERSON":
        title = last.doc[last.left_edge.i]
        is_bare = child(first, "det", "poss") is None or (child(first, "poss") is not None and is_former)
        return first.tag_ == "NN" and is_bare and title.i < last.i and title.tag_ in ("NN", "JJ")
    if last.tag_ not in ("NN", "NNP") or first.ent_type_ or last.ent_type_:
        return False
    if is_former or {first.lower_, last.lower_} <= offices or _speaks_of_one(verb):
        return True
    names = [name for one in (first, last) if (name := child(one, "appos")) is not None]
    return len(names) == 1 and names[0].ent_type_ == "PERSON" and child(names[0], "conj") is None


def _speaks_of_one(verb: Token | None) -> bool:
    """Whether what is said begins with one person: "the singer and actor said *she* would retire"."""
    clause = child(verb, "ccomp") if verb is not None else None
    subject = child(clause, "nsubj") if clause is not None else None
    return subject is not None and subject.lower_ in ("he", "she")

"""Cues that are no verbs of saying: nouns and adjectives with what they are about, colons."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from onrecord.annotate.claims.candidates import Candidate
from onrecord.annotate.claims.lexicon import Cue, CueLexicon
from onrecord.annotate.claims.phrases import Range, Source, child, noun_phrase, source_of, subtree, trim

_NOUN_CONFIDENCE = 0.6
_WITHOUT_OWNER = frozenset({"accusation", "confirmation", "denial", "finding", "warning"})
_OF_WHAT = frozenset({"accusation", "denial", "warning"})
_MAX_LABEL = 7  # words of a speaker's name before a colon


def noun_cue(token: Token, lexicon: CueLexicon) -> Candidate | None:
    """Return the claim of a noun with its content: "her warning that …", "his query was who …"."""
    cue = lexicon.noun(token)
    if cue is None or token.tag_ in ("NNP", "NNPS"):  # the Daily Post
        return None
    content = _clause_beside(token, cue) or _predicate(token, cue)
    source = owner_of(token, lexicon)
    if content is None and source is not None:
        content = _phrase_beside(token, cue, source)
    if content is None and source is None and cue.act == "warning" and token.dep_ == "nsubjpass":
        content = _phrase_beside(token, cue, source)  # A warning [of floods] was read out.
    elif source is None and not (cue.act in _WITHOUT_OWNER and _is_told_of(token)):
        return None
    if content is None:
        return None
    return Candidate((token.i, token.i + 1), token.i, cue, source, [content], confidence=_NOUN_CONFIDENCE)


def _clause_beside(noun: Token, cue: Cue) -> Range | None:
    for right in noun.rights:
        mark = child(right, "mark")
        marked = mark.lower_ if mark is not None else ""
        infinitive = any(c.tag_ == "TO" for c in right.lefts)
        if right.dep_ in ("acl", "ccomp", "relcl") and marked == "that" and "clause" in cue.frames:
            return subtree(right)
        if "to" in cue.frames and infinitive and (right.dep_ in ("acl", "relcl") or marked == "for"):
            return subtree(right)
    return None


def _predicate(noun: Token, cue: Cue) -> Range | None:
    """The clause that a noun is said to be: her fear is [that …], his query was [who had paid]."""
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.lemma_ != "be" or not cue.frames & {"clause", "question"}:
        return None
    clause = child(verb, "ccomp")
    if clause is None or clause.i < verb.i or any(c.tag_ == "TO" for c in clause.lefts):
        return None
    return subtree(clause)


def _phrase_beside(noun: Token, cue: Cue, source: Source | None) -> Range | None:
    """What is claimed, where no clause says it: her warning [of floods], a [strike] threat by pilots."""
    if "of" not in cue.frames or cue.act not in _OF_WHAT:
        return None
    for prep in noun.rights:
        if prep.dep_ == "prep" and prep.lower_ == "of":
            inside = source is not None and prep.i <= source.words[0] < prep.right_edge.i + 1
            if not inside and child(prep, "pobj", "pcomp") is not None:
                return subtree(prep)
    compounds = [c for c in noun.lefts if c.dep_ == "compound" and c.pos_ == "NOUN"]
    by = next((c for c in noun.rights if c.dep_ == "prep" and c.lower_ in ("by", "from")), None)
    if compounds and by is not None:
        return compounds[0].left_edge.i, noun.i
    return None


def _is_told_of(noun: Token) -> bool:
    """Whether a sentence is about the claim of nobody named: the admission that … came too late."""
    return noun.dep_ in ("nsubj", "nsubjpass")


def owner_of(noun: Token, lexicon: CueLexicon) -> Source | None:
    """Whose claim a noun names: X's claim, the claim by X, X made the claim that."""
    owner = child(noun, "poss")
    if owner is not None:
        return Source(noun_phrase(owner), noun_phrase(owner))
    for prep in noun.rights:
        if prep.dep_ == "prep" and prep.lower_ in ("by", "from", "of"):
            body = child(prep, "pobj")
            if body is not None and (prep.lower_ != "of" or body.ent_type_ or body.pos_ in ("PROPN", "PRON")):
                return Source(noun_phrase(body), noun_phrase(body))
        if prep.dep_ == "prep" and prep.lower_ in ("in", "on"):
            # "A report in the Evening Ledger that it was in talks"
            body = child(prep, "pobj")
            if body is not None and body.ent_type_ == "ORG":
                return Source(noun_phrase(body), noun_phrase(body))
    if noun.dep_ in ("dobj", "pobj", "attr"):
        verb = noun.head if noun.dep_ != "pobj" else noun.head.head
        if verb.lemma_.lower() in lexicon.words("light_verbs"):
            return source_of(verb)
    return None


def adjective_cue(token: Token, lexicon: CueLexicon) -> Candidate | None:
    """Return the claim of "X is confident that …", "X is sceptical of …"."""
    cue = lexicon.adjectives.get(token.lower_)
    if cue is None or token.dep_ not in ("acomp", "oprd", "conj", "ROOT"):
        return None
    verb = token.head
    clause = child(token, "ccomp") or next(
        (c for c in verb.rights if c.dep_ == "ccomp" and c.i > token.i), None
    )
    words, content = (token.i, token.i + 1), subtree(clause) if clause is not None else None
    if clause is None:
        clause = next((c for c in token.rights if c.dep_ == "prep" and c.lower_ in cue.frames), None)
        body = child(clause, "pobj", "pcomp") if clause is not None else None
        if clause is not None and body is not None and clause.i == token.i + 1:
            words, content = (token.i, clause.i + 1), subtree(body)
    if clause is None or content is None or clause.i < token.i or verb.pos_ not in ("AUX", "VERB"):
        return None
    source = source_of(verb)
    if (
        source is None
        or verb.lemma_ == "make"
        or token.doc[source.words[1] - 1].dep_ == "expl"
        or token.doc[source.words[0]].lower_ in ("it", "there")
    ):
        return None
    return Candidate(words, token.i, cue, source, [content], "complement", confidence=0.6)


def colon_speaker(doc: Doc, line: Range, lexicon: CueLexicon) -> Candidate | None:
    """Return the claim of a line "SPEAKER: words", as in transcripts and headlines."""
    start, end = line
    for i in range(start + 1, min(start + _MAX_LABEL + 1, end)):
        if doc[i].text == ":":
            break
        if doc[i].is_punct and doc[i].text not in (".", "-", "’", "'", ","):
            return None
    else:
        return None
    label = [doc[k] for k in range(start, i)]
    text = doc[start:i].text
    rest = trim(doc, (i + 1, end))
    if text.lower() in lexicon.words("labels") or rest[1] - rest[0] < 3:
        return None
    named = [t for t in label if t.is_alpha]
    if not named or not all(t.is_title or t.is_upper or t.lower_ in ("of", "the", "and") for t in named):
        return None
    if any(t.tag_ in ("VBD", "VBZ", "VBP", "VBG", "WRB", "WP", "CD") for t in label):
        return None
    if named[-1].pos_ not in ("PROPN", "NOUN") and not named[-1].is_upper:
        return None
    words = (start, i)
    cue = lexicon.verbs["say"][0]
    return Candidate((i, i + 1), i, cue, Source(words, words), [rest], confidence=0.55)

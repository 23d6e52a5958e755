"""Cues that are no verbs of saying: "according to", nouns and adjectives with a clause, colons."""

from __future__ import annotations

from collections.abc import Container

from spacy.tokens import Doc, Token

from onrecord.annotate.claims.candidates import Candidate
from onrecord.annotate.claims.joint import joint_source
from onrecord.annotate.claims.lexicon import Cue, CueLexicon
from onrecord.annotate.claims.phrases import Range, Source, child, noun_phrase, source_of, subtree, trim

_NOUN_CONFIDENCE = 0.6
_WITHOUT_OWNER = frozenset({"accusation", "confirmation", "denial", "finding", "warning"})
_OF_WHAT = frozenset({"accusation", "denial", "warning"})
_MAX_LABEL = 7  # words of a speaker's name before a colon


def according_to(
    token: Token, lexicon: CueLexicon, sentence: Range, cues: Container[int]
) -> Candidate | None:
    """Return the claim of "according to X": the rest of the sentence, or of the clause it stands in.

    Where the sentence has another voice before it (one of the `cues`) only the last clause is X's.
    """
    doc = token.doc
    if token.i + 1 >= len(doc) or doc[token.i + 1].lower_ != "to":
        return None
    noun = child(token, "pobj") or child(doc[token.i + 1], "pobj")
    if noun is None or noun.i < token.i:
        return None
    source = joint_source(doc, noun_phrase(noun), lexicon)
    last = source.others[-1] if source.others else source.words
    phrase = (token.i, max(last[1], token.i + 2))
    content = _around(doc, phrase, _clause_of(token, sentence, phrase, cues))
    if not content:
        return None
    return Candidate(
        cue=(token.i, token.i + 2),
        head=token.i,
        sense=lexicon.prepositions["according to"],
        source=source,
        content=content,
        confidence=0.85,
    )


def _clause_of(token: Token, sentence: Range, phrase: Range, cues: Container[int]) -> Range:
    """The clause that the phrase comments on: a relative clause around it, else the sentence."""
    doc = token.doc
    head = token.head
    for _ in range(4):
        if head.dep_ in ("relcl", "acl") and head.left_edge.i < phrase[0] < head.right_edge.i:
            return subtree(head)
        if head.head is head:
            break
        head = head.head
    start, end = sentence
    if phrase[0] <= start + 1:
        return phrase[1], end
    voiced = next((i for i in range(start, phrase[0]) if i in cues and doc[i].dep_ in ("ROOT", "conj")), None)
    if voiced is not None:
        for i in range(phrase[0] - 2, voiced, -1):
            if doc[i].text == "," and doc[i + 1].tag_ in ("WDT", "WP", "WRB", "CC", "IN", "VBG", "VBN"):
                start = i + 1
                break
    # "…, according to X, and the mayor said …": the claim ends where another clause begins.
    for i in range(phrase[1], end):
        if (
            doc[i].text == ","
            and i + 1 < end
            and (doc[i + 1].tag_ in ("CC", "WDT", "WP", "WRB", "VBG") or doc[i + 1].dep_ == "mark")
        ):
            return start, i
    return start, end


def _around(doc: Doc, hole: Range, whole: Range) -> list[Range]:
    """The range without the hole, in at most two pieces, without sentence-final marks."""
    pieces = []
    for start, end in ((whole[0], min(hole[0], whole[1])), (max(hole[1], whole[0]), whole[1])):
        low, high = trim(doc, (start, end))
        while high > low and doc[high - 1].tag_ == "." and not doc[high - 1].is_quote:
            high -= 1
        low, high = trim(doc, (low, high))
        if high - low >= 2:
            pieces.append((low, high))
    return pieces


def noun_cue(token: Token, lexicon: CueLexicon) -> Candidate | None:
    """Return the claim of a noun with its content: "her warning that …", "his query was who …"."""
    cue = lexicon.nouns.get(token.lemma_.lower())
    if cue is None or token.tag_ in ("NNP", "NNPS"):  # the Daily Post
        return None
    content = _clause_beside(token, cue) or _predicate(token, cue)
    source = _owner(token, lexicon)
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


def _owner(noun: Token, lexicon: CueLexicon) -> Source | None:
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
    """Return the claim of "X is confident that …"."""
    cue = lexicon.adjectives.get(token.lower_)
    if cue is None or token.dep_ not in ("acomp", "oprd", "conj", "ROOT"):
        return None
    verb = token.head
    clause = child(token, "ccomp") or next(
        (c for c in verb.rights if c.dep_ == "ccomp" and c.i > token.i), None
    )
    if clause is None or clause.i < token.i or verb.pos_ not in ("AUX", "VERB"):
        return None
    source = source_of(verb)
    if (
        source is None
        or token.doc[source.words[1] - 1].dep_ == "expl"
        or token.doc[source.words[0]].lower_ in ("it", "there")
    ):
        return None
    return Candidate((token.i, token.i + 1), token.i, cue, source, [subtree(clause)], confidence=0.6)


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

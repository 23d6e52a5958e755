"""Whose account a sentence is, by a phrase: "according to X", "in the view of X", "by X's count"."""

from __future__ import annotations

from collections.abc import Container

from spacy.tokens import Doc, Token

from onrecord.annotate.claims.candidates import Candidate
from onrecord.annotate.claims.joint import joint_source
from onrecord.annotate.claims.lexicon import Cue, CueLexicon
from onrecord.annotate.claims.phrases import Range, Source, child, noun_phrase, subtree, trim

_ACCOUNT_CONFIDENCE = 0.7


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
        frame="clause",
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


def by_account_of(
    token: Token, lexicon: CueLexicon, sentence: Range, cues: Container[int]
) -> Candidate | None:
    """Return the claim of a noun for an account: the sentence that "in X's view" or "by X's count" stands in.

    Beside a verb that says something the phrase is no claim of its own: in its judgment the court held.
    """
    act = lexicon.wording["by_account"].get(token.lemma_.lower())
    preposition = token.head
    if act is None or token.dep_ != "pobj" or preposition.lower_ not in ("in", "by", "on"):
        return None
    if preposition.dep_ != "prep" or preposition.head.i in cues:
        return None
    owner = child(token, "poss")
    of = next((c for c in token.rights if c.dep_ == "prep" and c.lower_ == "of"), None)
    body = owner or (child(of, "pobj") if of is not None else None)
    if body is None:
        return None
    doc, words = token.doc, noun_phrase(body)
    phrase = (preposition.i, max(words[1], token.i + 1))
    content = _around(doc, phrase, _clause_of(preposition, sentence, phrase, cues))
    if not any(word.pos_ in ("VERB", "AUX") for low, high in content for word in doc[low:high]):
        return None
    return Candidate(
        cue=(preposition.i if owner is None else owner.right_edge.i + 1, token.i + 1),
        head=token.i,
        sense=Cue(token.lemma_.lower(), act, frozenset({"clause"})),
        source=joint_source(doc, words, lexicon) if owner is None else Source(words, words),
        content=content,
        frame="account",
        confidence=_ACCOUNT_CONFIDENCE,
    )

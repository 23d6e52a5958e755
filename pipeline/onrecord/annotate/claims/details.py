"""What a claim does and how: speech act, polarity, hedges, medium, time of saying, target."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from operator import attrgetter

from spacy.tokens import Doc, Token

from onrecord.annotate.claims.candidates import Candidate
from onrecord.annotate.claims.idioms import match
from onrecord.annotate.claims.lexicon import CueLexicon
from onrecord.annotate.claims.phrases import Range, child, trim
from onrecord.annotate.claims.times import said_of
from onrecord.parse.quotations import Quotation
from onrecord.records.vocabulary import Polarity, SpeechAct
from onrecord.records.vocabulary import Quotation as QuotationType

_WORD = re.compile(r"\w+")
_start, _end = attrgetter("start"), attrgetter("end")
_CHARACTERIZING = {"object+as", "object+complement"}
_QUOTES = {"”", "’", '"', "'", "»"}
_REFUSING = {"denial", "dismissal"}


@dataclass(frozen=True, slots=True)
class Details:
    """The fields of a claim beyond source, cue and content; ranges are in tokens."""

    speech_act: SpeechAct
    polarity: Polarity
    hedge: Range | None
    medium: Range | None
    said: Range | None
    target: Range | None


def details_of(candidate: Candidate, doc: Doc, lexicon: CueLexicon, reported: list[Range]) -> Details:
    """Work out the details of a candidate from its words and the parse.

    `reported` are the contents of the claims inside it, whose hedges are theirs.
    """
    polarity = polarity_of(candidate, doc, lexicon)
    return Details(
        speech_act=speech_act(candidate, doc, lexicon, polarity),
        polarity=polarity,
        hedge=hedge_of(candidate, doc, lexicon, reported),
        medium=medium_of(candidate, doc, lexicon),
        said=candidate.said or said_of(candidate, doc),
        target=candidate.object,
    )


def quotation_type(text: str, content: list[tuple[int, int]], quotations: list[Quotation]) -> QuotationType:
    """Return `direct` where all words of the content are quoted, `indirect` where none is, else `mixed`."""
    quoted = unquoted = 0
    for start, end in content:
        near = quotations[bisect_left(quotations, start, key=_end) : bisect_left(quotations, end, key=_start)]
        for word in _WORD.finditer(text, start, end):
            inside = any(q.inner_start <= word.start() and word.end() <= q.inner_end for q in near)
            quoted += inside
            unquoted += not inside
    if not quoted:
        return "indirect"
    return "mixed" if unquoted else "direct"


def speech_act(candidate: Candidate, doc: Doc, lexicon: CueLexicon, polarity: Polarity) -> SpeechAct:
    """Return the act: the cue's own, or what the wording of the content makes of it.

    A characterisation ("called it …") is a dismissal or an accusation by its words; a plain
    statement whose content says that one's own side did not do a thing is a denial.
    """
    if candidate.sense is None:
        return "statement"
    act = candidate.sense.act
    if candidate.sense.lemma == "plead":
        return _plea(candidate, doc, lexicon) or act
    # A complement that is quoted has the frame of a quotation: called the delay "a disgrace".
    quoted = candidate.frame == "quote" and "complement" in candidate.sense.with_object
    if candidate.frame in _CHARACTERIZING or quoted:
        words = _text(doc, candidate).lower()
        if _has_any(words, lexicon.words("dismissive")):
            return "dismissal"
        if _is_quoted_of_claim(candidate, doc, lexicon):
            return "dismissal"
        if act in ("opinion", "statement") and _has_any(words, lexicon.words("accusing")):
            return "accusation"
        return act
    if act == "denial" and candidate.frame == "object+as":
        return "dismissal"
    if act == "statement" and _performs_denial(candidate, doc, lexicon):
        return "denial"
    if act == "statement" and polarity == "negative" and _speaks_of_own_conduct(candidate, doc, lexicon):
        return "denial"
    return act


def _plea(candidate: Candidate, doc: Doc, lexicon: CueLexicon) -> SpeechAct | None:
    answer = doc[candidate.head + 1 : candidate.head + 3].text.lower()
    if any(answer.startswith(words) for words in lexicon.words("pleas", "denial")):
        return "denial"
    if any(answer.startswith(words) for words in lexicon.words("pleas", "confirmation")):
        return "confirmation"
    return None


def _is_quoted_of_claim(candidate: Candidate, doc: Doc, lexicon: CueLexicon) -> bool:
    """Whether quoted words are put on what somebody says: called the charge "a novel without an end".

    On an accusation any are; on a report or a figure those that call it by another noun ("a guess in a
    suit"), but for the nouns of praise and alarm.
    """
    if candidate.object is None or doc[candidate.content[-1][1] - 1].text not in _QUOTES:
        return False
    called = lexicon.lemma(doc[slice(*candidate.object)].root.lemma_)
    if called in lexicon.words("claim_nouns", "accusing"):
        return True
    if called not in lexicon.words("claim_nouns", "stating") | lexicon.words("claim_nouns", "documents"):
        return False
    start, end = candidate.content[-1]
    opening = next((i for i in range(end - 2, start - 1, -1) if doc[i].is_quote), None)
    if opening is None or opening + 1 >= end - 1:
        return False
    noun = doc[opening + 1 : end - 1].root
    return noun.pos_ in ("NOUN", "PROPN") and noun.lemma_.lower() not in lexicon.words("esteeming")


def is_decision(candidate: Candidate, doc: Doc, lexicon: CueLexicon) -> bool:
    """Whether a request is refused and no fact denied: rejected the appeal, denied the visa."""
    if candidate.sense is None or candidate.sense.act not in _REFUSING or candidate.frame != "object":
        return False
    words = candidate.object or candidate.content[0]
    return lexicon.lemma(doc[slice(*words)].root.lemma_) in lexicon.words("decided", "nouns")


def _performs_denial(candidate: Candidate, doc: Doc, lexicon: CueLexicon) -> bool:
    """Whether the quoted words themselves deny: "We completely refute any suggestion that …"."""
    verb = _main_verb(candidate, doc)
    if verb is None or verb.tag_ not in ("VBP", "VB", "VBG"):
        return False
    subject = child(verb, "nsubj")
    if subject is None or subject.lower_ not in ("we", "i"):
        return False
    return any(sense.act == "denial" for sense in match(verb, lexicon))


def _has_any(text: str, words: frozenset[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in words)


def _text(doc: Doc, candidate: Candidate) -> str:
    return " ".join(doc[start:end].text for start, end in candidate.content)


def _speaks_of_own_conduct(candidate: Candidate, doc: Doc, lexicon: CueLexicon) -> bool:
    """Whether a negative content says that the speaker's side did not do a thing, in the past."""
    verb = _main_verb(candidate, doc)
    if verb is None or not _is_past(verb):
        return False
    start, end = candidate.content[0]
    subject = child(verb, "nsubj")
    if subject is not None and subject.lower_ in ("it", "he", "she", "they"):
        denied = any(c.dep_ == "neg" for c in verb.lefts) and subject.i - start <= 1
        speaker = doc[slice(*candidate.source.speaker)].root if candidate.source else None
        if speaker is not None and speaker.tag_ in ("NNS", "NNPS") and subject.lower_ != "they":
            return False  # "it has not kept its promise, groups say"
        return denied and verb.lemma_.lower() not in lexicon.words("conduct", "none")
    own = {"we", "i", "our", "us", "my"}
    return any(doc[i].lower_ in own for i in range(start, end))


def _is_past(verb: Token) -> bool:
    if verb.tag_ in ("VBD", "VBN"):
        return True
    return any(
        c.dep_ == "aux" and c.lower_ in ("did", "have", "has", "had", "was", "were") for c in verb.lefts
    )


def _main_verb(candidate: Candidate, doc: Doc) -> Token | None:
    """The verb of the content's main clause."""
    start, end = candidate.content[0]
    inside = [doc[i] for i in range(start, end)]
    for token in inside:
        is_main = token.dep_ not in ("aux", "auxpass", "relcl", "acl", "advcl", "amod")
        leaves = not start <= token.head.i < end or token.head is token
        if token.pos_ in ("VERB", "AUX") and is_main and (leaves or token.dep_ in ("ccomp", "ROOT")):
            return token
    return next((t for t in inside if t.pos_ in ("VERB", "AUX") and t.dep_ not in ("aux", "auxpass")), None)


def polarity_of(candidate: Candidate, doc: Doc, lexicon: CueLexicon) -> Polarity:
    """Return `negative` where the main clause of the content denies what it speaks of."""
    negations = lexicon.words("negation")
    start, end = candidate.content[0]
    first = start
    while first < end and (
        doc[first].is_punct or doc[first].is_quote or doc[first].lower_ in ("that", "there")
    ):
        first += 1
    if first < end and doc[first].lower_ in ("no", "none", "nobody", "nothing", "neither", "never"):
        return "negative"
    verb = _main_verb(candidate, doc)
    if verb is None or candidate.frame.startswith("object"):
        return "positive"
    for c in verb.children:
        if not start <= c.i < end:
            continue
        # With a typographic apostrophe "n’t" has any dependency; the word says what it is.
        if c.dep_ == "neg" or c.lower_ in ("n't", "n’t") or (c.dep_ == "advmod" and c.lower_ in negations):
            # "not only … but" asserts.
            if c.i + 1 < end and doc[c.i + 1].lower_ == "only":
                continue
            return "negative"
        if c.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "expl") and _is_none(c, negations):
            return "negative"
    return "positive"


def _is_none(noun: Token, negations: frozenset[str]) -> bool:
    if noun.lower_ in ("nobody", "nothing", "none"):
        return True
    determiner = child(noun, "det")
    return determiner is not None and determiner.lower_ in negations


def hedge_of(candidate: Candidate, doc: Doc, lexicon: CueLexicon, reported: list[Range]) -> Range | None:
    """Return the first hedging words of the content's main clause."""
    modals, words = lexicon.words("hedges", "modals"), lexicon.words("hedges")
    verbs = lexicon.words("hedges", "verbs")
    for start, end in candidate.content:
        for i in range(start, end):
            token = doc[i]
            lower = token.lower_
            if any(low <= i < high for low, high in reported):
                continue
            if lower == "could" and any(c.dep_ == "neg" for c in token.head.children):
                continue  # "could not recall" is no guess
            if (
                lower in ("likely", "probable", "possible")
                and i > start
                and doc[i - 1].lower_ in ("more", "less", "as", "if")
            ):
                continue
            if (lower in modals and doc[start].tag_ in ("WRB", "WP", "WDT")) or doc[start].lower_ in (
                "whether",
                "if",
            ):
                continue
            if lower in modals and token.tag_ == "MD" and token.head.dep_ not in ("relcl", "advcl", "acl"):
                return (i, i + 2) if i + 2 < end and doc[i + 1].lower_ == "have" else (i, i + 1)
            if lower in words and not (token.dep_ == "amod" and lower in ("possible", "likely")):
                return i, i + 1
            if (
                token.lemma_ in verbs
                and token.pos_ == "VERB"
                and child(token, "xcomp", "ccomp", "oprd") is not None
            ):
                return i, i + 1
    return None


def medium_of(candidate: Candidate, doc: Doc, lexicon: CueLexicon) -> Range | None:
    """Return the words for what the claim was made in or on: "a Sunday email"."""
    if candidate.head < 0:
        return None
    nouns, prepositions = lexicon.words("media", "nouns"), lexicon.words("media", "prepositions")
    verb = doc[candidate.head]
    for prep in verb.children:
        if prep.dep_ not in ("prep", "agent") or prep.lower_ not in prepositions or candidate.holds(prep.i):
            continue
        noun = child(prep, "pobj")
        if noun is None or noun.lemma_.lower() not in nouns or candidate.holds(noun.i):
            continue
        end = noun.i + 1
        for right in noun.rights:
            if (
                right.dep_ == "prep"
                and right.lower_ in ("with", "to", "from", "of", "by")
                and right.left_edge.i == end
            ):
                end = right.right_edge.i + 1
        low, high = trim(doc, (noun.left_edge.i, end))
        high = next((i for i in range(low, high) if candidate.holds(i)), high)
        if low < high:
            return low, high
    return None

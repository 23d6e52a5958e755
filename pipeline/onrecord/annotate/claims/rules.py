"""Claims by rules over a dependency parse and quotation geometry.

The method of a close reader without a model: every cue of the lexicon is asked for its source and
its content by syntax, every quotation for the cue that it stands by, and both are joined. In the
line of Krestel et al. 2008 and Pareti et al. 2013 (rule and span baselines for attribution).
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.annotate.claims.candidates import Candidate, Complement
from onrecord.annotate.claims.lexicon import Cue, CueLexicon
from onrecord.annotate.claims.nominals import (
    according_to,
    adjective_cue,
    colon_speaker,
    lines_of,
    noun_cue,
)
from onrecord.annotate.claims.phrases import Range, Source, child, noun_phrase, source_of, subtree, trim
from onrecord.annotate.claims.speeches import Speech, attribute, is_speech, quoted_tokens
from onrecord.annotate.claims.verbs import complement, cue_words, fronted, match
from onrecord.parse.quotations import Quotation

_OPEN_MODALS = frozenset({"would", "could", "should", "might", "may", "can", "must", "will", "'ll", "’ll", "'d", "’d"})
_WEAK_ACTS = frozenset({"opinion", "estimate"})
_CONFIDENCE = {
    "clause": 0.8,
    "object+to": 0.8,
    "to": 0.75,
    "ing": 0.75,
    "object": 0.55,
    "object+complement": 0.6,
}
_QUOTED = 0.9
_FRONTED = 0.85
_ALONE = 0.35


@dataclass(frozen=True)
class Reading:
    """What the rules need to know of a Doc, computed once."""

    doc: Doc
    lexicon: CueLexicon
    quotations: list[Quotation]
    inside: list[int]
    sentences: list[Range]

    @classmethod
    def of(cls, doc: Doc, lexicon: CueLexicon, quotations: list[Quotation]) -> Reading:
        """Read sentences and quotations off a parsed Doc."""
        sentences: list[Range] = []
        for sentence in doc.sents:
            sentences.extend([(sentence.start, sentence.end)] * (sentence.end - sentence.start))
        return cls(doc, lexicon, quotations, quoted_tokens(doc, quotations), sentences)


def find_claims(doc: Doc, lexicon: CueLexicon, quotations: list[Quotation]) -> list[Candidate]:
    """Return candidates for all claims of a parsed Doc, in text order."""
    reading = Reading.of(doc, lexicon, quotations)
    lines = list(lines_of(doc))
    senses = {
        token.i: found
        for token in doc
        if token.tag_[:2] == "VB" and (found := match(token, lexicon)) and not _is_background(token, reading)
    }
    quoting = {
        i for i, found in senses.items() if reading.inside[i] < 0 and any("quote" in cue.frames for cue in found)
    }
    quoting |= _colons(doc, quotations, quoting, reading)
    speeches: dict[int | None, list[Speech]] = {}
    for speech in attribute(doc, quotations, quoting, lines, reading.inside):
        speeches.setdefault(speech.cue, []).append(speech)

    found: list[Candidate] = []
    for i, cues in senses.items():
        candidate = _verbal(doc[i], cues, speeches.get(i, []), reading)
        if candidate is not None:
            found.append(candidate)
    for token in doc:
        if token.tag_[:2] == "NN":
            nominal = noun_cue(token, lexicon)
        elif token.tag_[:2] == "JJ" or token.tag_ == "VBN":
            nominal = adjective_cue(token, lexicon)
        elif token.lower_ == "according":
            nominal = according_to(token, lexicon, reading.sentences[token.i], senses)
        else:
            continue
        if nominal is not None:
            found.append(nominal)
    _share(found, senses, reading)
    found.extend(_cited(found, lexicon, doc))
    found.extend(_by_colon(doc, speeches, lexicon, reading))
    for line in lines:
        if not any(line[0] <= c.head < line[1] for c in found):
            speaker = colon_speaker(doc, line, lexicon)
            if speaker is not None:
                found.append(speaker)
    found.extend(_alone(speech) for speech in speeches.get(None, []))
    for candidate in found:
        candidate.content = [piece for piece in _whole_quotations(candidate, reading) if piece[0] < piece[1]]
    return sorted(_distinct([c for c in found if c.content]), key=lambda c: c.start)


def _is_background(token: Token, reading: Reading) -> bool:
    """Whether a cue puts nobody on record: negated, hypothetical, or the writer's own voice."""
    inside_quotation = reading.inside[token.i] >= 0
    cue = reading.lexicon.verbs[reading.lexicon.lemma(token.lemma_)][-1]
    for left in token.lefts:
        if left.dep_ == "neg" and cue.act not in _WEAK_ACTS:
            return True
        if left.dep_ == "aux" and left.lower_ in _OPEN_MODALS and cue.act not in _WEAK_ACTS:
            return True
        if left.dep_ == "aux" and left.tag_ == "TO" and token.dep_ != "xcomp":
            return True
        if (
            inside_quotation
            and left.dep_ in ("nsubj", "nsubjpass")
            and left.lower_ in reading.lexicon.words("persons", "first_and_second")
        ):
            return True
    if token.dep_ in ("xcomp", "conj") and token.head.lemma_.lower() in reading.lexicon.words("non_response", "refusing"):
        return True
    if cue.lemma == "cite":
        return True
    return token.dep_ in ("amod", "compound", "nsubj", "pobj")


def _colons(doc: Doc, quotations: list[Quotation], cues: set[int], reading: Reading) -> set[int]:
    """Colons right before a quotation whose sentence has no cue of its own."""
    colons = set()
    for i in range(1, len(doc) - 1):
        if doc[i].text != ":" or reading.inside[i + 1] < 0 or reading.inside[i] >= 0:
            continue
        start = reading.sentences[i][0]
        if not any(k in cues for k in range(start, i)):
            colons.add(i)
    return colons


def _by_colon(
    doc: Doc, speeches: dict[int | None, list[Speech]], lexicon: CueLexicon, reading: Reading
) -> list[Candidate]:
    found = []
    for head, quoted in speeches.items():
        if head is None or doc[head].text != ":":
            continue
        start = reading.sentences[head][0]
        subject = next((doc[i] for i in range(start, head) if doc[i].dep_ in ("nsubj", "nsubjpass")), None)
        source = None
        if subject is not None:
            source = source_of(subject.head)
        elif head - start <= 6:
            words = trim(doc, (start, head))
            source = Source(words, words) if words[0] < words[1] else None
        found.append(
            Candidate(
                (head, head + 1),
                head,
                lexicon.verbs["say"][0],
                source,
                [speech.tokens for speech in quoted],
                confidence=0.6,
            )
        )
    return found


def _verbal(verb: Token, cues: list[Cue], speeches: list[Speech], reading: Reading) -> Candidate | None:
    source = source_of(verb)
    sentence = reading.sentences[verb.i]
    hearsay = False
    for cue in cues:
        if cue.lemma == "hear" or (cue.lemma == "tell" and _ends_line(verb, reading)):
            # "…, a court heard", "…, jury told": the body listens, and nobody is named who speaks.
            if source is None or not _is_court(source, reading):
                if cue.lemma == "hear":
                    continue
            else:
                hearsay = True
        spoken = speeches if "quote" in cue.frames else []
        governed = complement(verb, cue)
        if reading.inside[verb.i] >= 0 and (governed is None or governed.frame not in ("clause", "to", "object+to")):
            continue
        if governed is None and not spoken and not cue.frames & {"clause", "quote"}:
            continue
        front = fronted(verb, source, sentence) if governed is None or governed.frame == "object" else None
        content, confidence = _join(verb, cue, governed, front, spoken)
        if not content:
            passive = _passive(verb, cue, source)
            if not passive:
                continue
            content, confidence = passive, 0.6
        if source is None and not spoken and not _may_lack_source(verb):
            continue
        return Candidate(
            cue_words(verb, cue),
            verb.i,
            cue,
            None if hearsay else source,
            content,
            governed.frame if governed else "quote" if spoken else "clause",
            governed.object if governed else _passive_subject(verb),
            confidence,
        )
    return None


def _ends_line(verb: Token, reading: Reading) -> bool:
    return verb.i + 1 >= len(reading.doc) or reading.doc[verb.i + 1].is_space


def _is_court(source: Source, reading: Reading) -> bool:
    bodies = reading.lexicon.words("hearing", "bodies")
    return any(reading.doc[i].lemma_.lower() in bodies for i in range(*source.words))


def _share(found: list[Candidate], cues: Container[int], reading: Reading) -> None:
    """End a content where its speaker's next cue begins, and give that cue the speaker.

    The parser likes to hang what goes on with the same speaker on the verb of the content: She said
    that [it was late], *adding* that …; He admitted [it was a concern] but *rejected* the claim.
    """
    by_head = {candidate.head: candidate for candidate in found}
    for candidate in found:
        if candidate.head < 0 or candidate.source is None:
            continue
        verb = reading.doc[candidate.head]
        for number, (start, end) in enumerate(candidate.content):
            if start <= candidate.head:
                continue
            for i in range(start + 1, end):
                if i in cues and reading.inside[i] < 0 and _goes_on(reading.doc[i], verb):
                    edge = i
                    while edge > start and reading.doc[edge - 1].text in (",", "and", "but", "also", "then"):
                        edge -= 1
                    candidate.content[number:] = [(start, edge)]
                    if i in by_head:
                        by_head[i].source = candidate.source
                    break


def _goes_on(token: Token, verb: Token) -> bool:
    """Whether a cue inside a content is the outer speaker's own next one."""
    if any(c.dep_ in ("nsubj", "nsubjpass", "mark", "aux") for c in token.lefts):
        return False
    before = token.nbor(-1)
    if before.dep_ == "advmod" and before.i > 0:
        before = before.nbor(-1)
    if token.tag_ == "VBG":
        return token.dep_ in ("advcl", "conj", "acl") and before.text in (",", "and")
    return token.dep_ == "conj" and token.tag_ == verb.tag_ and before.tag_ in ("CC", ",")


def _cited(found: list[Candidate], lexicon: CueLexicon, doc: Doc) -> list[Candidate]:
    """Sources behind the source: the paper, *citing two officials*, reported that …"""
    nouns = lexicon.words("cited")
    cited = []
    for candidate in found:
        if candidate.head < 0 or candidate.source is None:
            continue
        verb = doc[candidate.head]
        for participle in verb.children:
            noun = child(participle, "dobj")
            if participle.lower_ not in ("citing", "quoting") or noun is None:
                continue
            if noun.lemma_.lower() in nouns or noun.ent_type_ in ("PERSON", "ORG"):
                words = noun_phrase(noun)
                cited.append(
                    Candidate(
                        (participle.i, participle.i + 1),
                        participle.i,
                        lexicon.verbs["cite"][0],
                        Source(words, words),
                        list(candidate.content),
                        confidence=0.6,
                    )
                )
    return cited


def _may_lack_source(verb: Token) -> bool:
    return child(verb, "auxpass") is None and verb.tag_ != "VB"


def _join(
    verb: Token,
    cue: Cue,
    governed: Complement | None,
    front: tuple[Range, ...] | None,
    speeches: list[Speech],
) -> tuple[list[Range], float]:
    """Join what syntax gives with the quotations that stand by the cue."""
    syntactic = list(front) if front else list(governed.content) if governed else []
    if not speeches:
        confidence = _FRONTED if front else _CONFIDENCE.get(governed.frame, 0.65) if governed else 0.0
        return syntactic, confidence
    if governed and governed.frame == "object" and not front:
        touching = any(_overlap(governed.content[0], speech.tokens) for speech in speeches)
        syntactic = syntactic if touching else []
    pieces: list[Range] = []
    for speech in speeches:
        piece = speech.tokens
        for part in syntactic:
            if _overlap(part, speech.tokens):
                piece = _covering(piece, part, speech)
        if piece == speech.tokens and speech.place == "after":
            piece = _embedding(verb, cue, piece)
        pieces.append(piece)
    rest = [part for part in syntactic if not any(_overlap(part, piece) for piece in pieces)]
    return _merged(sorted(pieces + rest)), _QUOTED


def _covering(piece: Range, part: Range, speech: Speech) -> Range:
    if speech.place == "before":
        # The clause may begin before its quotation (The plan is "a mess," she said), not end behind it.
        return min(piece[0], part[0]), piece[1]
    return min(piece[0], part[0]), max(piece[1], part[1])


def _embedding(verb: Token, cue: Cue, quotation: Range) -> Range:
    """The clause around a quoted part of it: fears that ["many more" will follow]."""
    doc = verb.doc
    start, end = quotation
    between = [doc[i] for i in range(cue_words(verb, cue)[1], start)]
    if between and not any(token.is_punct or token.is_space or token.i == verb.i for token in between):
        addressed = child(verb, "dobj", "dative") if cue.lemma in ("tell", "ask", "inform", "remind", "assure") else None
        low = between[0].i if addressed is None else min(addressed.right_edge.i + 1, start)
        # "said in a statement “…”": what hangs on the cue is no content.
        if doc[low].dep_ not in ("prep", "npadvmod", "advmod", "agent") or doc[low].head.i != verb.i:
            start = low
    while end < len(doc) and (doc[end].is_alpha or doc[end].like_num) and doc[end].tag_ not in ("CC", "WDT", "WP", "WRB"):
        if doc[end].is_sent_start or doc[end].dep_ in ("mark", "cc"):
            break
        end += 1
    return start, end


def _merged(pieces: list[Range]) -> list[Range]:
    merged: list[Range] = []
    for piece in pieces:
        if merged and piece[0] <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], piece[1])
        else:
            merged.append(piece)
    return merged


def _overlap(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _passive_subject(verb: Token) -> Range | None:
    subject = child(verb, "nsubjpass")
    return subtree(subject) if subject is not None else None


def _passive(verb: Token, cue: Cue, source: Source | None) -> list[Range]:
    """What a passive cue is about: [the 87 deaths] confirmed by X; [The firm] was accused by X [of theft]."""
    if source is None:
        return []
    if verb.dep_ == "acl" and verb.tag_ == "VBN" and "object" in cue.frames:
        return [trim(verb.doc, (verb.head.left_edge.i, verb.i))]
    subject = child(verb, "nsubjpass")
    if subject is None or child(verb, "agent") is None:
        return []
    pieces = [trim(verb.doc, (subject.left_edge.i, subject.right_edge.i + 1))]
    for right in verb.rights:
        if right.dep_ == "prep" and right.lower_ in cue.with_object:
            pieces.append(trim(verb.doc, (right.left_edge.i, right.right_edge.i + 1)))
    return pieces if len(pieces) > 1 or "object" in cue.frames else []


def _alone(speech: Speech) -> Candidate:
    return Candidate(None, -1, None, None, [speech.tokens], confidence=_ALONE)


def _whole_quotations(candidate: Candidate, reading: Reading) -> list[Range]:
    """Never cut a quotation: a content that ends inside one takes all of it.

    A cue inside a quotation stays within that quotation; source and cue are cut out of the content.
    """
    doc, inside = reading.doc, reading.inside
    home = inside[candidate.head] if candidate.head >= 0 else -1
    pieces = []
    for start, end in candidate.content:
        low, high = trim(doc, (start, end))
        if low >= high:
            continue
        if home >= 0:
            while low < high and inside[low] != home:
                low += 1
            while high > low and inside[high - 1] != home:
                high -= 1
            while high > low and doc[high - 1].is_quote:
                high -= 1
        else:
            while low > 0 and inside[low] >= 0 and inside[low - 1] == inside[low]:
                low -= 1
            while high < len(doc) and inside[high - 1] >= 0 and inside[high] == inside[high - 1]:
                high += 1
            low, high = _without(candidate, low, high)
        while high > low and doc[high - 1].tag_ == "." and inside[high - 1] < 0 and not doc[high - 1].is_alpha:
            high -= 1
        pieces.append(trim(doc, (low, high)))
    return pieces


def _without(candidate: Candidate, low: int, high: int) -> Range:
    """Cut source and cue off a content that runs over them."""
    holes = [hole for hole in (candidate.cue, candidate.source.words if candidate.source else None) if hole]
    for start, end in holes:
        if low < end and start < high:
            if start - low >= high - end:
                high = start
            else:
                low = end
    return low, max(low, high)


def _is_citing(candidate: Candidate) -> bool:
    """A cited source has its content from the claim that cites it, and stands beside it."""
    return candidate.sense is not None and candidate.sense.lemma == "cite"


def _distinct(candidates: list[Candidate]) -> list[Candidate]:
    """Drop a candidate whose content another one with a better standing has already."""
    kept: dict[tuple[Range | None, tuple[Range, ...]], Candidate] = {}
    for candidate in candidates:
        key = (candidate.cue, tuple(candidate.content)) if _is_citing(candidate) else (None, tuple(candidate.content))
        other = kept.get(key)
        if other is None or other.confidence < candidate.confidence:
            kept[key] = candidate
    return list(kept.values())


__all__ = ["Reading", "find_claims", "is_speech"]

"""Claims by rules over a dependency parse and quotation geometry.

The method of a close reader without a model: every cue of the lexicon is asked for its source and
its content by syntax, every quotation for the cue that it stands by, and both are joined. In the
line of Krestel et al. 2008 and Pareti et al. 2013 (rule and span baselines for attribution).
"""

from __future__ import annotations

from bisect import bisect_left

from spacy.tokens import Doc, Token

from onrecord.annotate.claims.accounts import according_to, by_account_of
from onrecord.annotate.claims.candidates import Candidate
from onrecord.annotate.claims.clauses import end_before_narrator
from onrecord.annotate.claims.contents import join, whole_quotations
from onrecord.annotate.claims.idioms import cue_words, match
from onrecord.annotate.claims.insertions import inverted
from onrecord.annotate.claims.joint import join_sources
from onrecord.annotate.claims.lexicon import SAYING, Cue, CueLexicon
from onrecord.annotate.claims.nominals import (
    adjective_cue,
    colon_speaker,
    noun_cue,
)
from onrecord.annotate.claims.phrases import Range, Source, child, cut, source_of, subtree, trim
from onrecord.annotate.claims.reading import Reading
from onrecord.annotate.claims.speeches import Speech, attribute
from onrecord.annotate.claims.unsaid import is_unsaid
from onrecord.annotate.claims.verbs import complement, fronted
from onrecord.annotate.claims.voices import cited, give_way, is_asked, is_hearsay, share

_ALONE = 0.35


def find_claims(reading: Reading) -> list[Candidate]:
    """Return candidates for all claims of a parsed Doc, in text order."""
    doc, lexicon, lines = reading.doc, reading.lexicon, reading.lines
    tagged = [(token, token.tag_) for token in reading.tokens]
    senses = {
        token.i: cues
        for token, tag in tagged
        if tag[:2] == "VB"
        and (cues := match(token, lexicon))
        and not _is_background(token, cues[-1], reading)
    }
    quoting = {
        i
        for i, cues in senses.items()
        if reading.inside[i] < 0 and any("quote" in cue.frames for cue in cues)
    }
    quoting |= _colons(doc, quoting, reading)
    speeches: dict[int | None, list[Speech]] = {}
    for speech in attribute(doc, reading.quotations, reading.spoken, quoting, lines, reading.inside):
        speeches.setdefault(speech.cue, []).append(speech)

    found: list[Candidate] = []
    for i, cues in senses.items():
        candidate = _verbal(doc[i], cues, speeches.get(i, []), reading)
        # Of several senses the last one spoke for all until here: found it dear, found that.
        if candidate is not None and not (
            candidate.sense is not cues[-1]
            and candidate.sense
            and is_unsaid(doc[i], candidate.sense.act, lexicon)
        ):
            found.append(candidate)
    voices = {i for i, cues in senses.items() if any("only" not in cue.frames for cue in cues)}
    for token, tag in tagged:
        if tag[:2] == "NN":
            nominal = by_account_of(token, lexicon, reading.sentences[token.i], senses) or noun_cue(
                token, lexicon
            )
        elif tag[:2] == "JJ" or tag == "VBN":
            nominal = adjective_cue(token, lexicon)
        elif token.lower_ == "according":
            nominal = according_to(token, lexicon, reading.sentences[token.i], voices)
        else:
            continue
        if nominal is not None:
            found.append(nominal)
    join_sources(found, reading)
    share(found, senses, reading)
    give_way(found)
    end_before_narrator(found, reading)
    found.extend(cited(found, lexicon, doc))
    found.extend(_by_colon(doc, speeches, lexicon, reading))
    heads = sorted(candidate.head for candidate in found)
    for line in lines:
        if bisect_left(heads, line[0]) == bisect_left(heads, line[1]):
            labelled = colon_speaker(doc, line, lexicon)
            if labelled is not None:
                found.append(labelled)
    found.extend(_alone(speech) for speech in speeches.get(None, []))
    for candidate in found:
        candidate.content = [piece for piece in whole_quotations(candidate, reading) if piece[0] < piece[1]]
    return sorted(_distinct([c for c in found if c.content]), key=lambda c: c.start)


def _is_background(token: Token, cue: Cue, reading: Reading) -> bool:
    """Whether a cue puts nobody on record: negated, hypothetical, or the writer's own voice."""
    inside_quotation = reading.inside[token.i] >= 0
    if is_unsaid(token, cue.act, reading.lexicon):
        return True
    infinitive = any(left.tag_ == "TO" for left in token.lefts)
    if "only" in cue.frames and (infinitive or token.dep_ == "pcomp"):
        return True
    for left in token.lefts:
        if left.dep_ == "aux" and left.tag_ == "TO" and token.dep_ != "xcomp":
            return True
        if (
            inside_quotation
            and left.dep_ in ("nsubj", "nsubjpass")
            and left.lower_ in reading.lexicon.words("persons", "first_and_second")
            and not _recounts(token, reading)
        ):
            return True
    if token.dep_ in ("xcomp", "conj") and token.head.lemma_.lower() in reading.lexicon.words(
        "non_response", "refusing"
    ):
        return True
    if cue.lemma == "cite":
        return True
    return token.dep_ in ("amod", "compound", "nsubj", "pobj")


def _recounts(token: Token, reading: Reading) -> bool:
    """Whether a speaker tells of what she said then: "I asked him whose idea that was"."""
    return token.tag_ in ("VBD", "VBN") and token.lemma_.lower() in reading.lexicon.words(
        "persons", "recounting"
    )


def _colons(doc: Doc, cues: set[int], reading: Reading) -> set[int]:
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
    source = None if is_asked(verb, reading.lexicon) else source_of(verb)
    sentence = reading.sentences[verb.i]
    if not speeches and (source is None or source.words[1] <= verb.i):
        insertion = inverted(verb, cues[0], reading)
        if insertion is not None:
            return insertion
    for cue in cues:
        hearsay = is_hearsay(verb, cue, source, reading)
        if hearsay is None:
            continue
        spoken = speeches if "quote" in cue.frames else []
        governed = complement(verb, cue)
        if reading.inside[verb.i] >= 0 and (
            governed is None or governed.frame not in ("clause", "to", "object+to")
        ):
            continue
        by_agent = child(verb, "agent") is not None
        if governed is None and not spoken and not by_agent and not cue.frames & SAYING:
            continue
        front = fronted(verb, source, sentence) if governed is None or governed.frame == "object" else None
        content, confidence = join(verb, cue, governed, front, spoken)
        frame = governed.frame if governed else "quote" if spoken else "clause"
        if not content:
            passive = _passive(verb, cue, source)
            if not passive:
                continue
            content, confidence, frame = passive, 0.6, "passive"
            source = cut(source, passive)
        if source is None and not spoken and not _may_lack_source(verb):
            continue
        return Candidate(
            cue_words(verb, cue),
            verb.i,
            cue,
            None if hearsay else source,
            content,
            frame,
            governed.object if governed else _passive_subject(verb),
            confidence,
        )
    return None


def _may_lack_source(verb: Token) -> bool:
    return child(verb, "auxpass") is None and verb.tag_ != "VB"


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
    agent = child(verb, "agent")
    if subject is None or agent is None:
        return []
    doer = child(agent, "pobj")
    pieces = [trim(verb.doc, (subject.left_edge.i, subject.right_edge.i + 1))]
    # The parser may hang "of theft" on whoever accuses.
    for right in [*verb.rights, *(doer.rights if doer is not None else ())]:
        taken = right.lower_ in cue.with_object or f"{right.lower_}_prep" in cue.with_object
        if right.dep_ == "prep" and taken:
            pieces.append(trim(verb.doc, (right.left_edge.i, right.right_edge.i + 1)))
    return pieces if len(pieces) > 1 or "object" in cue.frames else []


def _alone(speech: Speech) -> Candidate:
    return Candidate(None, -1, None, None, [speech.tokens], confidence=_ALONE)


def _distinct(candidates: list[Candidate]) -> list[Candidate]:
    """Drop a candidate whose content another one with a better standing has already."""
    kept: dict[tuple[Range | None, tuple[Range, ...]], Candidate] = {}
    for candidate in candidates:
        key = (
            (candidate.cue, tuple(candidate.content))
            if candidate.is_cited
            else (None, tuple(candidate.content))
        )
        other = kept.get(key)
        if other is None or other.confidence < candidate.confidence:
            kept[key] = candidate
    return list(kept.values())

"""The learned method: the model's attributions, completed by what the rules know of the same words.

The model was trained on outermost attributions and says where cue, source and content are. The
rules add the nested claims inside its contents, the frame and object of a cue, whole noun phrases
as sources, and keep a quotation whole.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from onrecord.annotate.claims.candidates import Candidate
from onrecord.annotate.claims.clauses import end_before_narrator, end_before_others
from onrecord.annotate.claims.contents import whole_quotations
from onrecord.annotate.claims.idioms import match
from onrecord.annotate.claims.joint import joint_source
from onrecord.annotate.claims.learned.attribution import Attribution, AttributionModel, WordRange
from onrecord.annotate.claims.learned.policy import Policy, Trust
from onrecord.annotate.claims.learned.proposals import propose
from onrecord.annotate.claims.lexicon import Cue, CueLexicon
from onrecord.annotate.claims.phrases import Range, Source, overlap, trim
from onrecord.annotate.claims.reading import Reading
from onrecord.annotate.claims.rules import find_claims
from onrecord.annotate.claims.silences import Silence
from onrecord.annotate.claims.unsaid import is_unsaid
from onrecord.annotate.claims.verbs import complement, relative_object
from onrecord.annotate.claims.voices import give_way, is_asked, share

_DANGLING = frozenset({"advmod", "amod", "compound", "det", "mark", "nummod", "poss", "quantmod", "aux"})
_GAP = 3  # words between two parts of one source: a comma and a title


def find_claims_with_model(
    reading: Reading,
    silences: list[Silence],
    model: AttributionModel,
    policy: Policy,
) -> list[Candidate]:
    """Return candidates for all claims of an encoded and parsed Doc, in text order.

    `silences` are the Doc's non-responses, which are never claims.
    """
    trust = policy.trust
    tokens = [token.i for token in reading.tokens if not token.is_space]
    by_rule = find_claims(reading)
    silent = {i for silence in silences for i in range(*silence.span)}
    at_head = {candidate.head: candidate for candidate in by_rule if candidate.head >= 0}
    found: list[Candidate] = []
    doubtful: list[Candidate] = []
    for attribution in model(reading.doc._.onrecord_encoding):
        candidate = _candidate(attribution, tokens, at_head, reading)
        if candidate.head in silent or any(is_none(candidate, reading) for is_none in _NO_CLAIM):
            continue
        if candidate.confidence >= _threshold(candidate, at_head, reading, trust):
            found.append(candidate)
        elif candidate.confidence >= trust.doubtful and candidate.content:
            is_listed = candidate.sense is not None and candidate.sense.is_listed
            candidate.vouch = policy.acts.vouched if is_listed else policy.acts.unlisted
            doubtful.append(candidate)
    heads = {candidate.head for candidate in found}
    share(found, heads | set(at_head), reading)
    end_before_others(found, [*found, *by_rule], reading)
    end_before_narrator(found, reading)
    give_way(found)
    for candidate in found:
        candidate.content = [piece for piece in whole_quotations(candidate, reading) if piece[0] < piece[1]]
    found = _one_each([candidate for candidate in found if candidate.content])
    found.extend(_missed(by_rule, found, trust))
    found.extend(_apart(doubtful, found))
    found.extend(_fitting(propose(reading, _taken(found, silent), policy.acts), found))
    for candidate in found:
        candidate.confidence = policy.calibration(candidate.confidence)
    return sorted(found, key=lambda candidate: candidate.start)


def _one_each(found: list[Candidate]) -> list[Candidate]:
    """Of two cues with one content the surer stands; a cited source shares its content by right."""
    kept: dict[tuple[Range, ...], Candidate] = {}
    cited = []
    for candidate in found:
        if candidate.is_cited:
            cited.append(candidate)
            continue
        key = tuple(candidate.content)
        if key not in kept or kept[key].confidence < candidate.confidence:
            kept[key] = candidate
    return [*kept.values(), *cited]


def _is_name(candidate: Candidate, reading: Reading) -> bool:
    """Whether a cue is a word of a name: the Daily Post."""
    head = reading.doc[candidate.head]
    return head.tag_ in ("NNP", "NNPS") and bool(head.ent_type_)


def _is_adverb(candidate: Candidate, reading: Reading) -> bool:
    """Whether the model has only the adverb of a cue: *finally* fessed up."""
    head = reading.doc[candidate.head]
    return head.tag_ == "RB" and head.dep_ == "advmod" and bool(match(head.head, reading.lexicon))


def _is_modifier(candidate: Candidate, reading: Reading) -> bool:
    """Whether a cue only says how something looks: *accusing* stares."""
    head = reading.doc[candidate.head]
    return head.tag_ == "VBG" and head.dep_ == "amod"


def _is_made(candidate: Candidate, reading: Reading) -> bool:
    """Whether somebody made something so, and says nothing: *made sure* that the pit was dry."""
    head = reading.doc[candidate.head]
    if head.tag_ != "JJ" or head.i == 0 or head.nbor(-1).lemma_ != "make":
        return False
    return not match(head.nbor(-1), reading.lexicon)  # made clear


def _is_denied(candidate: Candidate, reading: Reading) -> bool:
    """Whether nobody is on record by a cue of the lexicon, because it was not said."""
    sense = candidate.sense
    if sense is None or not sense.is_listed:
        return False
    return is_unsaid(reading.doc[candidate.head], sense.act, reading.lexicon)


_NO_CLAIM = (_is_name, _is_adverb, _is_modifier, _is_made, _is_denied)


def _threshold(candidate: Candidate, at_head: dict[int, Candidate], reading: Reading, trust: Trust) -> float:
    quoted = any(reading.inside[i] >= 0 for start, end in candidate.content for i in range(start, end))
    sense = candidate.sense
    known = candidate.head in at_head or (
        sense is not None and sense.is_listed and (bool(candidate.frame) or "only" not in sense.frames)
    )
    return trust.known if known or quoted else trust.unknown


def _missed(by_rule: list[Candidate], found: list[Candidate], trust: Trust) -> Iterator[Candidate]:
    """What only the rules found: claims inside other claims, and sure ones where the model saw none."""
    cues = {i for candidate in found if candidate.cue for i in range(*candidate.cue)}
    contents = [piece for candidate in found for piece in candidate.content]
    for candidate in by_rule:
        if candidate.cue and any(i in cues for i in range(*candidate.cue)):
            continue
        place = candidate.head if candidate.head >= 0 else candidate.content[0][0]
        nested = candidate.head >= 0 and any(start <= place < end for start, end in contents)
        covered = any(overlap(piece, other) for piece in candidate.content for other in contents)
        if nested or (candidate.confidence >= trust.rules and not covered):
            yield candidate


def _taken(found: list[Candidate], silent: set[int]) -> set[int]:
    """The tokens that are cues already, or part of a non-response."""
    cues = {i for one in found if one.cue for i in range(*one.cue)}
    return silent | cues | {one.head for one in found}


def _fitting(proposed: Iterable[Candidate], found: list[Candidate]) -> Iterator[Candidate]:
    """Those proposals that stand whole inside the content of another claim, around others, or apart."""
    sized = sorted(found, key=lambda one: -sum(end - start for start, end in one.content))
    inner = {i: one for one in sized for start, end in one.content for i in range(start, end)}
    taken = sorted(inner)
    at_token: dict[int, list[Candidate]] = {}
    for one in found:
        for i in (i for span in _spans_of(one) for i in range(*span)):
            at_token.setdefault(i, []).append(one)
    for candidate in proposed:
        around = inner.get(candidate.head)
        if around is not None:
            fits = all(around.holds(start) and around.holds(end - 1) for start, end in candidate.content)
        elif all(bisect_left(taken, start) == bisect_left(taken, end) for start, end in candidate.content):
            fits = True
        else:
            tokens = (i for piece in candidate.content for i in range(*piece))
            shared = {id(one): one for i in tokens for one in at_token.get(i, ())}.values()
            fits = all(
                candidate.holds(start) and candidate.holds(end - 1)
                for one in shared
                for start, end in _spans_of(one)
            )
        if fits:
            yield candidate


def _apart(doubtful: list[Candidate], found: list[Candidate]) -> Iterator[Candidate]:
    """Those of the doubtful claims that share neither cue nor content with others."""
    taken = {i for one in found for span in _spans_of(one) for i in range(*span)}
    for candidate in doubtful:
        if not any(i in taken for span in _spans_of(candidate) for i in range(*span)):
            yield candidate


def _spans_of(candidate: Candidate) -> list[Range]:
    return [*candidate.content, candidate.cue] if candidate.cue else candidate.content


def _candidate(
    attribution: Attribution, tokens: list[int], at_head: dict[int, Candidate], reading: Reading
) -> Candidate:
    doc = reading.doc
    cue = _tokens(attribution.cue, tokens)
    head = _head(doc, cue, at_head, reading.lexicon)
    if head.tag_ == "IN" and head.i not in at_head:
        # Of "In its report … the coalition said" the model may tag the medium; the verb is the cue.
        voiced = _verb_of_sentence(head, at_head)
        if voiced is not None and voiced.cue is not None:
            head, cue = doc[voiced.head], voiced.cue
    carrier = _carrier(head, at_head, reading)
    if carrier is not None:
        head, cue = carrier, (min(cue[0], carrier.i), max(cue[1], carrier.i + 1))
    rule = at_head.get(head.i)
    sense, frame, target = _sense(head, rule, reading.lexicon)
    content = _joined(doc, [_tokens(part, tokens) for part in attribution.content])
    content = [
        trim(doc, (cue[1], end)) if start < cue[1] < end and cue[0] <= start else (start, end)
        for start, end in content
    ]
    if rule is not None and _knows_better(rule, content):
        content = list(rule.content)
    elif content:
        content[-1] = _unbroken(doc, content[-1], rule)
    meant = relative_object(head)
    if meant is not None and content and content[0][1] - content[0][0] == 1 and meant[1] <= content[0][0]:
        content[0] = meant[0], content[0][1]  # [a judgment that] the minister dismissed
    return Candidate(
        cue=cue,
        head=head.i,
        sense=sense,
        source=_source(reading, [_tokens(part, tokens) for part in attribution.source], head, rule),
        content=content,
        frame=frame,
        object=target or meant,
        confidence=attribution.confidence,
    )


def _knows_better(rule: Candidate, content: list[Range]) -> bool:
    """Whether the content is a matter of grammar that the training corpus decides otherwise or not at all.

    The clause that "according to X" covers, what a cited source said, the subject of a passive; and
    what follows an object: dismissed [the reports as "non-credible"].
    """
    if rule.sense is not None and rule.sense.lemma in ("according to", "cite"):
        return True
    if rule.frame == "passive":
        return True
    goes_on = rule.frame.startswith("object+") and len(rule.content) == 1 == len(content)
    return goes_on and rule.content[0][0] <= content[0][0] and content[0][1] < rule.content[0][1]


def _unbroken(doc: Doc, content: Range, rule: Candidate | None) -> Range:
    """A content that does not end within a phrase: "at least 38 passengers, nearly [twice the 20]".

    Where the rules have its end they give it; else what dangles is left out.
    """
    start, end = content
    if not _dangles(doc, end):
        return content
    if rule is not None and rule.content and rule.content[-1][0] < end < rule.content[-1][1]:
        return start, rule.content[-1][1]
    while end - 1 > start and _dangles(doc, end):
        end -= 1
    return trim(doc, (start, end))


def _dangles(doc: Doc, end: int) -> bool:
    last = doc[end - 1]
    return last.dep_ in _DANGLING and last.head.i >= end


def _tokens(words: WordRange, tokens: list[int]) -> Range:
    return tokens[words[0]], tokens[words[1] - 1] + 1


def _head(doc: Doc, cue: Range, at_head: dict[int, Candidate], lexicon: CueLexicon) -> Token:
    """The word of a cue that carries it: one that the rules found or know, else a verb, else its root."""
    inside = [doc[i] for i in range(*cue)]
    by_rule = [token for token in inside if token.i in at_head]
    root = doc[cue[0] : cue[1]].root
    nouns = [token for token in inside if _is_noun_cue(token, lexicon) and token is not root]
    known = [token for token in (root, *inside) if not _is_noun_cue(token, lexicon) and match(token, lexicon)]
    known = known[:1] if known[:1] == [root] else known or nouns
    verbs = [token for token in inside if token.pos_ == "VERB"]
    return (by_rule or known or verbs or [root])[-1]


def _carrier(head: Token, at_head: dict[int, Candidate], reading: Reading) -> Token | None:
    """The word that carries a cue of which the model has a small part: *was* hopeful, a query *put* to."""
    lexicon = reading.lexicon
    is_small = head.pos_ == "DET" or (head.dep_ == "acl" and head.lemma_ in lexicon.words("light_verbs"))
    if is_small and head.i not in at_head and _is_noun_cue(head.head, lexicon):
        return head.head
    if head.pos_ != "AUX" or head.i in at_head:
        return None
    if head.dep_ in ("aux", "auxpass") and match(head.head, reading.lexicon):
        return head.head if head.head.i > head.i else None
    for right in head.rights:
        if right.dep_ == "acomp" and right.lower_ in reading.lexicon.adjectives:
            return right
    return None


def _is_noun_cue(token: Token, lexicon: CueLexicon) -> bool:
    """Whether a word is a noun that is a cue, whatever verb is like it: lodged a *complaint*."""
    return token.tag_[:2] == "NN" and lexicon.noun(token) is not None


def _verb_of_sentence(preposition: Token, at_head: dict[int, Candidate]) -> Candidate | None:
    """The rules' claim whose cue a fronted preposition hangs on."""
    verb = preposition.head
    return at_head.get(verb.i) if preposition.i < verb.i else None


def _sense(head: Token, rule: Candidate | None, lexicon: CueLexicon) -> tuple[Cue, str, Range | None]:
    if rule is not None and rule.sense is not None:
        return rule.sense, rule.frame, rule.object
    senses = [] if _is_noun_cue(head, lexicon) else match(head, lexicon)
    for sense in senses:
        governed = complement(head, sense)
        if governed is not None:
            return sense, governed.frame, governed.object
    known = senses[0] if senses else lexicon.noun(head) or lexicon.adjectives.get(head.lower_)
    return known or Cue(lexicon.lemma(head.lemma_), "statement", frozenset()), "", None


def _source(reading: Reading, parts: list[Range], head: Token, rule: Candidate | None) -> Source | None:
    """The source's words in one piece; where the rules see the same source, their whole noun phrase.

    Of a passive they have the agent, which the training corpus does not always take for the source.
    """
    by_rule = rule.source if rule is not None else None
    if by_rule is not None and rule is not None and rule.frame == "passive":
        return by_rule
    if not parts:
        return by_rule
    if by_rule is not None:
        phrases = (by_rule.words, *by_rule.others)
        if any(overlap(phrase, part) for phrase in phrases for part in parts):
            return by_rule
    joined = _joined(reading.doc, parts, _GAP)
    words = trim(reading.doc, max(joined, key=lambda span: span[1] - span[0]))
    if words[0] >= words[1] or is_asked(head, reading.lexicon):
        return None
    joint = joint_source(reading.doc, words, reading.lexicon, head)
    is_inside = all(words[0] <= low and high <= words[1] for low, high in (joint.words, *joint.others))
    is_relative = reading.doc[words[1] - 1].tag_ == "WP"
    return joint if is_inside and not is_relative else Source(words, words)


def _joined(doc: Doc, parts: list[Range], gap: int = 0) -> list[Range]:
    joined: list[Range] = []
    for part in sorted(parts):
        if joined and part[0] - joined[-1][1] <= gap:
            joined[-1] = joined[-1][0], max(part[1], joined[-1][1])
        else:
            joined.append(part)
    return [trim(doc, part) for part in joined if part[0] < part[1]]

"""Verbal cues and what they govern: clauses, infinitives, objects, fronted clauses."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from onrecord.annotate.claims.candidates import Complement
from onrecord.annotate.claims.idioms import own_words
from onrecord.annotate.claims.lexicon import Cue
from onrecord.annotate.claims.phrases import Range, Source, child, subtree, trim

_OBJECTS = ("dobj", "obj")
_QUESTION_WORDS = {"whether", "if", "what", "who", "whom", "which", "why", "how", "when", "where"}
_NARRATOR = {
    "as", "while", "when", "after", "before", "who", "which", "whose", "though", "although",
    "since", "where", "whereas", "amid", "according", "despite", "following", "hours", "days",
    "even", "in", "on", "at", "during",
}  # fmt: skip
_MARKS = {",", "?", "!", "”", '"', "''", "’", "'", "–", "—", "-", "»"}


def complement(verb: Token, cue: Cue) -> Complement | None:
    """Return what the cue governs to its right, by the first of its frames that fits."""
    own = own_words(verb, cue) or [verb]
    rights = [c for token in own for c in token.rights if c not in own]
    # Where the parser takes the particle for a preposition, the object hangs on it: laughed off [talk].
    target = next((c for c in rights if c.dep_ in _OBJECTS or (c.dep_ == "pobj" and c.head in own)), None)
    if target is not None and cue.with_object:
        found = _object_and(target, rights, cue)
        if found:
            return found
    asked = _asked_through_preposition(rights, cue)
    if asked:
        return asked
    clause = next((c for c in rights if c.dep_ == "ccomp"), None)
    if clause is not None:
        found = _clause(verb, clause, cue, target)
        if found:
            return found
    infinitive = next((c for c in rights if c.dep_ == "xcomp"), None)
    if infinitive is not None:
        found = _infinitive(verb, infinitive, cue)
        if found:
            return found
    denied = target is not None and "nothing" in cue.frames and _is_denied(target)
    if target is not None and ("object" in cue.frames or denied) and not _is_addressee(target):
        return Complement((_object_phrase(verb, target, rights),), "object", subtree(target))
    for prep in rights:
        if (
            prep.dep_ == "prep"
            and prep.lower_ in cue.prepositions
            and child(prep, "pobj", "pcomp") is not None
        ):
            named = child(prep, "pobj") if cue.rest else None
            return Complement(
                (until_clause_edge(verb.doc, subtree(prep), prep.i),),
                f"prep:{prep.lower_}",
                subtree(named) if named is not None else None,
            )
    return None


def _clause(verb: Token, clause: Token, cue: Cue, target: Token | None) -> Complement | None:
    start, end = subtree(clause)
    to_do = any(c.tag_ == "TO" for c in clause.lefts)
    subject = child(clause, "nsubj", "nsubjpass")
    if to_do and subject is not None and subject.i < clause.i:
        return Complement(((start, end),), "object+to", subtree(subject)) if "to" in cue.with_object else None
    if to_do:
        return Complement(((start, end),), "to") if "to" in cue.frames else None
    if (
        "complement" in cue.with_object
        and child(clause, "mark") is None
        and clause.pos_ in ("NOUN", "ADJ", "PROPN")
    ):
        named = subtree(subject) if subject is not None else None
        return Complement(((start, end),), "object+complement", named)
    first = verb.doc[start].lower_
    asks = first in _QUESTION_WORDS
    if ("question" in cue.frames and asks) or ("clause" in cue.frames) or "clause" in cue.with_object:
        if (
            "question" not in cue.frames
            and clause.tag_ == "VBG"
            and subject is None
            and "ing" not in cue.frames
        ):
            return None
        if start <= verb.i:
            start = verb.i + 1
        return Complement(((start, end),), "clause", subtree(target) if target is not None else None)
    return None


def _infinitive(verb: Token, infinitive: Token, cue: Cue) -> Complement | None:
    start, end = subtree(infinitive)
    if start <= verb.i:
        return None
    to_do = any(c.tag_ == "TO" for c in infinitive.lefts)
    subject = child(infinitive, "nsubj")
    if to_do and subject is not None and "to" in cue.with_object:
        return Complement(((start, end),), "object+to", subtree(subject))
    if to_do and "to" in cue.frames:
        return Complement(((start, end),), "to")
    gerund = infinitive.tag_ == "VBG" or any(c.tag_ == "VBG" for c in infinitive.lefts if c.dep_ == "aux")
    if gerund and "ing" in cue.frames:
        return Complement(((start, end),), "ing")
    if "complement" in cue.with_object and infinitive.pos_ in ("NOUN", "ADJ", "PROPN"):
        return Complement(
            ((start, end),), "object+complement", subtree(subject) if subject is not None else None
        )
    return None


def _object_and(target: Token, rights: list[Token], cue: Cue) -> Complement | None:
    start = target.left_edge.i
    for right in rights:
        if right.i <= target.i:
            continue
        low, high = subtree(right)
        frame = None
        if right.dep_ in ("prep", "agent") and (right.lower_ in cue.with_object or _takes_any(cue, right)):
            frame = f"object+{right.lower_}"
        elif right.dep_ in ("xcomp", "ccomp", "advcl") and any(c.tag_ == "TO" for c in right.lefts):
            frame = "object+to" if "to" in cue.with_object else None
        elif right.dep_ in ("oprd", "xcomp", "ccomp") and "complement" in cue.with_object:
            frame = "object+complement"
        elif right.left_edge.lower_ == "as" and "as" in cue.with_object:
            frame = "object+as"  # rejected the report as baseless
        elif right.dep_ == "ccomp" and "clause" in cue.with_object:
            return Complement(((low, high),), "clause", subtree(target))
        if frame:
            return Complement(((start, max(high, target.right_edge.i + 1)),), frame, subtree(target))
    # The preposition often hangs on the object: accused [the council of ignoring them].
    for inner in target.rights:
        if inner.dep_ == "prep" and (inner.lower_ in cue.with_object or _takes_any(cue, inner)):
            return Complement((subtree(target),), f"object+{inner.lower_}", (start, inner.left_edge.i))
        if (
            inner.dep_ in ("relcl", "acl")
            and "clause" in cue.with_object
            and inner.left_edge.lower_ == "that"
        ):
            # reminded the council [that her board had asked], parsed as "the council that …".
            return Complement(
                ((inner.left_edge.i, inner.right_edge.i + 1),), "clause", (start, inner.left_edge.i)
            )
        if (
            inner.dep_ in ("acl", "relcl")
            and "to" in cue.with_object
            and any(c.tag_ == "TO" for c in inner.lefts)
        ):
            return Complement((subtree(target),), "object+to", (start, inner.left_edge.i))
    return None


def _asked_through_preposition(rights: list[Token], cue: Cue) -> Complement | None:
    """Called on [both sides to let convoys through]; appealed to [residents to stay indoors]."""
    for prep in rights:
        if prep.dep_ != "prep" or f"{prep.lower_}+to" not in cue.prepositions:
            continue
        asked = child(prep, "pobj")
        if asked is None:
            continue
        for clause in [*asked.rights, *(r for r in rights if r.i > asked.i)]:
            if clause.dep_ in ("xcomp", "acl", "relcl", "advcl", "ccomp") and any(
                c.tag_ == "TO" for c in clause.lefts
            ):
                span = asked.left_edge.i, max(clause.right_edge.i, asked.right_edge.i) + 1
                return Complement(
                    (span,), "object+to", (asked.left_edge.i, min(asked.right_edge.i + 1, clause.left_edge.i))
                )
    return None


def _is_denied(target: Token) -> bool:
    determiner = child(target, "det")
    return determiner is not None and determiner.lower_ in ("no", "any", "neither")


def _takes_any(cue: Cue, preposition: Token) -> bool:
    """Whether the cue takes the preposition under another name: "at" stands for any that gives a value."""
    if "at" in cue.with_object and preposition.lower_ in ("at", "between", "around", "above", "below"):
        return True
    return preposition.lower_ == "to" and "to_prep" in cue.with_object


def _is_addressee(target: Token) -> bool:
    """Whether the object of a verb of saying is who is spoken to: told *reporters*, asked *him*."""
    return target.tag_ == "PRP" and target.lower_ not in ("it", "this", "that", "them")


def _object_phrase(verb: Token, target: Token, rights: list[Token]) -> Range:
    """The object with the prepositions that the parser hung on the verb right behind it."""
    start, end = subtree(target)
    for right in rights:
        if right.i < target.i or right.dep_ not in ("prep", "acl", "relcl") or right.left_edge.i != end:
            continue
        if right.lower_ in ("of", "by", "about", "that", "from", "as"):
            end = right.right_edge.i + 1
    return until_clause_edge(verb.doc, (start, end), target.i)


def until_clause_edge(doc: Doc, span: Range, head: int) -> Range:
    """Cut a phrase at a comma that opens an aside: rejected the criticism[, saying that …]."""
    start, end = span
    for i in range(head + 1, end):
        if (
            doc[i].text == ","
            and i + 1 < end
            and (doc[i + 1].tag_ in ("VBG", "WDT", "WP", "WRB") or doc[i + 1].dep_ == "mark")
        ):
            return start, i
    return start, end


def fronted(verb: Token, source: Source | None, sentence: Range) -> tuple[Range, ...] | None:
    """Return a content that stands before its cue: [Inflation slowed in July], the bureau said.

    What goes on behind the cue without a new voice belongs to it: [46,000 slept outdoors], it said,
    [down from 61,000]. Returns None where nothing is fronted.
    """
    doc = verb.doc
    group = _cue_group(verb, source)
    before = group[0] - 1
    while before >= sentence[0] and doc[before].is_space:
        before -= 1
    if before <= sentence[0] or doc[before].text not in _MARKS:
        return None
    clause = next((c for c in verb.lefts if c.dep_ == "ccomp"), None)
    if clause is None and source is not None and doc[source.words[0]].tag_ in ("WP", "WDT"):
        return None  # Wilk, who defended the banker, said …: the main clause is not what "who" says
    start = sentence[0]
    if clause is None:
        head = verb.head
        if verb.dep_ in ("ROOT", "conj", "relcl", "acl", "advcl") and not _is_inserted(doc, group, sentence):
            # No clause was parsed as fronted; only "…, officials said." is safe to read so.
            if verb.dep_ not in ("ROOT", "conj") or not _ends_sentence(doc, group[1], sentence):
                return None
        elif head.dep_ in ("relcl", "acl", "advcl") and head.left_edge.i < group[0]:
            start = head.left_edge.i
    elif clause.dep_ == "ccomp" and verb.dep_ in ("relcl", "advcl", "acl"):
        start = clause.left_edge.i
    first = trim(doc, (start, before + (doc[before].text not in ",–—-")))
    if first[1] - first[0] < 2:
        return None
    second = going_on(doc, group[1], sentence)
    return (first, second) if second else (first,)


def _cue_group(verb: Token, source: Source | None) -> Range:
    """The cue with its subject, auxiliaries, addressee and adverbials: what is not content."""
    doc = verb.doc
    start = end = verb.i
    if source and source.words[1] <= verb.i and verb.i - source.words[1] <= 12:
        start = source.words[0]
        subject = doc[source.words[1] - 1]
        start = min(start, subject.left_edge.i if subject.left_edge.i >= source.words[0] else start)
    for left in verb.lefts:
        if left.dep_ in ("aux", "auxpass", "advmod", "neg") and left.i < start and start - left.i <= 2:
            start = left.i
    end = verb.i + 1
    if source and source.words[0] > verb.i and source.words[0] - verb.i <= 3:
        end = source.words[1]
    for right in verb.rights:
        low, high = subtree(right)
        if low > end + 1:
            break
        if right.dep_ in (
            "dobj",
            "dative",
            "prep",
            "npadvmod",
            "advmod",
            "nsubj",
            "prt",
            "agent",
            "pobj",
            "tmod",
        ):
            end = max(end, high)
        elif right.dep_ != "punct":
            break
    return start, end


def _is_inserted(doc: Doc, group: Range, sentence: Range) -> bool:
    return group[1] < sentence[1] and doc[group[1]].text in (",", "–", "—", "-")


def _ends_sentence(doc: Doc, end: int, sentence: Range) -> bool:
    rest = [doc[i] for i in range(end, sentence[1])]
    return all(token.is_punct or token.is_space or token.is_quote for token in rest)


def going_on(doc: Doc, end: int, sentence: Range) -> Range | None:
    """Return what goes on behind an inserted cue without a new voice: …, it said, [down from 61,000]."""
    while end < sentence[1] and doc[end].is_space:
        end += 1
    if end >= sentence[1] or doc[end].text not in (",", "–", "—"):
        return None
    start, stop = trim(doc, (end, sentence[1]))
    while stop > start and (doc[stop - 1].text in (".", "”", '"') or doc[stop - 1].is_space):
        stop -= 1
    if stop - start < 3 or doc[start].lower_ in _NARRATOR or doc[start].tag_ in ("VBG", "WP", "WDT", "WRB"):
        return None
    if doc[start].is_quote or doc[start].text in "“‘'\"":
        return None
    # "and added", "but stopped short": a new verb of the same subject is the narrator's.
    if (
        doc[start].tag_ == "CC"
        and start + 1 < stop
        and doc[start + 1].tag_ in ("VBD", "VBZ", "VBP", "MD", "VBG", "RB")
    ):
        return None
    return start, stop


def relative_object(verb: Token) -> Range | None:
    """Return what a relative pronoun before a verb means: [the accusation], which the ministry dismissed."""
    pronoun = next((c for c in verb.lefts if c.dep_ == "dobj" and c.tag_ in ("WDT", "WP")), None)
    if pronoun is None or verb.dep_ != "relcl" or verb.head.i > pronoun.i:
        return None
    return verb.head.left_edge.i, verb.head.i + 1

"""Listing: which clusters are worth a place among the article's actors."""

from __future__ import annotations

from onrecord.annotate.actors.lexicon import Lexicon
from onrecord.annotate.actors.mention import Mention
from onrecord.annotate.actors.salience import Cluster
from onrecord.annotate.actors.tokens import SUBJECTS, Tokens
from onrecord.annotate.actors.verbs import governor, relation, shows


def listed(tokens: Tokens, lexicon: Lexicon, mentions: list[Mention], cluster: Cluster) -> bool:
    """Whether a cluster is listed.

    The user's own and named ones are, and chains, and groups; one person or body without a name that is
    mentioned once only where it says something, bodies of state and armed bands also where they act or are
    spoken to.
    """
    numbers = [n for n in cluster.mentions if mentions[n].kind != "pronoun"]
    if not numbers or cluster.competitor:
        return False
    if cluster.own >= 0:
        return True
    if cluster.named and not any(mentions[n].certain for n in numbers):
        # A name that only comes again: somebody if "he" means it or it says something.
        return cluster.person or any(shows(tokens, lexicon, mentions[n].head) for n in numbers)
    if cluster.named and len(cluster.mentions) == 1 and tokens.parsed:
        return not _is_sentence_start_slip(tokens, lexicon, mentions[numbers[0]])
    if cluster.named or len(numbers) > 1 or not tokens.parsed:
        return True
    mention = mentions[numbers[0]]
    if tokens.lower[mention.start] in ("every", "any", "no", "each"):
        return False
    dep = relation(tokens, mention.head)
    if mention.number == "plural" and mention.type == "group":
        return True
    if len(cluster.mentions) > 1 or shows(tokens, lexicon, mention.head):
        return True
    if mention.number == "plural" and mention.type == "unnamed":
        return dep in SUBJECTS or (
            dep == "pobj" and tokens.lower[governor(tokens, mention.head)] in ("from", "by")
        )
    if mention.type not in ("government", "armed_group") or dep not in ("nsubj", "dobj", "pobj"):
        return False
    verb = governor(tokens, mention.head)
    if dep == "pobj":
        return tokens.dep[verb] == "agent"
    return dep == "nsubj" or tokens.lemma[verb] in lexicon.say or tokens.lemma[verb] in lexicon.decide


def _is_sentence_start_slip(tokens: Tokens, lexicon: Lexicon, name: Mention) -> bool:
    """Whether a name is one word that begins a sentence, comes once and says nothing: mostly no name."""
    if name.end - name.start > 1 or name.type not in ("person", "organization") or name.titles:
        return False
    word = tokens.text[name.start]
    begins = not name.start or tokens.sentence[name.start - 1] != tokens.sentence[name.start]
    return begins and not word.isupper() and not shows(tokens, lexicon, name.head)

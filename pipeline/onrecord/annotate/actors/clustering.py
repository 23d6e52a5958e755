"""Clustering: which mentions are of one actor.

Names are grouped over the whole article; then nominals and pronouns find their antecedents from left
to right, those inside quotations last, since who speaks a quotation often stands behind it.
"""

from __future__ import annotations

from onrecord.annotate.actors.appositions import compatible, find_identities
from onrecord.annotate.actors.lexicon import Lexicon
from onrecord.annotate.actors.mention import Mention
from onrecord.annotate.actors.name_matching import fold, group_names
from onrecord.annotate.actors.nominals import relative_antecedent
from onrecord.annotate.actors.salience import Cluster, Salience
from onrecord.annotate.actors.tokens import SUBJECTS, Tokens
from onrecord.annotate.actors.verbs import governor, relation, shows, speaks

_POSSESSIVES = frozenset({"its", "his", "her", "their"})
_REFLEXIVES = frozenset({"himself", "herself", "itself", "themselves"})
_BODIES = frozenset({"organization", "government", "armed_group", "document"})
_FAR = 160  # mentions between a definite nominal and a name that it takes up
_LAST_HEADLINE = 1  # the headline and the standfirst under it
_NEAR_SENTENCES = 4


class Clustering:
    """Clusters the mentions of one document; `run` returns clusters in order of first mention."""

    def __init__(self, tokens: Tokens, lexicon: Lexicon, mentions: list[Mention]) -> None:
        self._tokens = tokens
        self._lexicon = lexicon
        self._mentions = mentions
        self._owner: dict[int, Cluster] = {}
        self._clusters: list[Cluster] = []
        self._salience = Salience(tokens, lexicon, mentions)
        self._speaking = [
            number
            for number, mention in enumerate(mentions)
            if tokens.parsed and not mention.competitor and speaks(tokens, lexicon, mention.head)
        ]
        self._by_lemma: dict[str, list[int]] = {}

    def run(self) -> list[Cluster]:
        """Return the clusters, each with its mentions in text order; competitors are among them."""
        mentions, tokens = self._mentions, self._tokens
        for group in group_names(tokens, self._lexicon, mentions):
            cluster = self._new()
            for number in group:
                self._join(cluster, number)
        self._join_identities()
        quoted: list[int] = []
        last_speaker: Cluster | None = None
        speaking = set(self._speaking)
        for number, mention in enumerate(mentions):
            if number not in self._owner:
                if mention.kind == "pronoun":
                    if tokens.quoted(mention.head) >= 0:
                        quoted.append(number)
                    else:
                        self._pronoun(number, None, last_speaker)
                elif mention.kind == "nominal":
                    self._nominal(number)
            if number in speaking and number in self._owner and tokens.quoted(mention.head) < 0:
                last_speaker = self._owner[number]
        for number in quoted:
            self._pronoun(number, self._speaker_of(number), None)
        for cluster in self._clusters:
            cluster.mentions.sort()
        return sorted((c for c in self._clusters if c.mentions), key=lambda c: c.mentions[0])

    def _new(self) -> Cluster:
        cluster = Cluster()
        self._clusters.append(cluster)
        return cluster

    def _join(self, cluster: Cluster, number: int) -> None:
        mention = self._mentions[number]
        cluster.add(number, mention, self._tokens.lower[mention.start])
        self._owner[number] = cluster
        if mention.kind == "nominal" and not mention.competitor:
            self._by_lemma.setdefault(mention.lemma, []).append(number)

    def _merge(self, one: Cluster, other: Cluster) -> None:
        for number in list(other.mentions):
            self._join(one, number)
        one.roles.extend(other.roles)
        other.mentions.clear()
        self._clusters.remove(other)

    def _join_identities(self) -> None:
        for identity in find_identities(self._tokens, self._lexicon, self._mentions):
            cluster = self._owner.get(identity.mention)
            if cluster is None:
                if identity.other is None or self._mentions[identity.mention].kind == "name":
                    continue
                cluster = self._new()
                self._join(cluster, identity.mention)
            if identity.role is not None and identity.described is not None:
                cluster.roles.append((identity.role, identity.described))
            if identity.other is None:
                continue
            other = self._owner.get(identity.other)
            if other is None:
                self._join(cluster, identity.other)
            elif other is not cluster and (identity.role is None or not (other.named and cluster.named)):
                self._merge(cluster, other)

    # ------------------------------------------------------------------ pronouns

    def _pronoun(self, number: int, speaker: Cluster | None, last_speaker: Cluster | None) -> None:
        tokens, mention = self._tokens, self._mentions[number]
        word = tokens.lower[mention.start]
        if not tokens.parsed:
            return
        if word in ("who", "whom", "whose"):
            self._relative(number)
            return
        if word in _REFLEXIVES:
            cluster = self._subject_of(mention)
        else:
            cluster = self._salience.antecedent(number, self._owner, speaker, last_speaker)
        if cluster is not None:
            self._join(cluster, number)

    def _relative(self, number: int) -> None:
        antecedent = relative_antecedent(self._tokens, self._mentions[number].head)
        person = self._person_of_body(antecedent) if antecedent is not None else None
        if person is not None:
            self._join(person, number)
            return
        for other in range(number - 1, max(-1, number - 12), -1):
            mention = self._mentions[other]
            if antecedent is not None and mention.start <= antecedent < mention.end and other in self._owner:
                if not mention.competitor:
                    self._join(self._owner[other], number)
                return

    def _person_of_body(self, antecedent: int) -> Cluster | None:
        """The person in "Ana Silva of the Harbour Council, who said": a "who" is seldom the council."""
        tokens = self._tokens
        body = next(
            (n for n in self._owner if self._covers(n, antecedent) and not self._owner[n].person), None
        )
        if body is None or self._mentions[body].kind != "name" or self._mentions[body].type == "group":
            return None
        end = self._mentions[body].start
        while end > 0 and tokens.lower[end - 1] in ("the", "of", "at", "from"):
            end -= 1
        return next(
            (c for n, c in self._owner.items() if self._mentions[n].end == end and c.named and c.person), None
        )

    def _covers(self, number: int, index: int) -> bool:
        return self._mentions[number].start <= index < self._mentions[number].end

    def _subject_of(self, mention: Mention) -> Cluster | None:
        verb = governor(self._tokens, mention.head)
        for _ in range(3):
            subject = next((c for c in self._tokens.children[verb] if self._tokens.dep[c] in SUBJECTS), None)
            if subject is not None:
                for number, cluster in self._owner.items():
                    if self._mentions[number].head == subject:
                        return cluster
            verb = self._tokens.head[verb]
        return None

    def _speaker_of(self, number: int) -> Cluster | None:
        """Who speaks the quotation around a mention: the nearest one who says something in its line."""
        tokens, mention = self._tokens, self._mentions[number]
        line = tokens.line[mention.head]
        near = [
            (abs(self._mentions[other].head - mention.head), other)
            for other in self._speaking
            if tokens.line[self._mentions[other].head] == line
            and tokens.quoted(self._mentions[other].head) < 0
        ]
        if near:
            return self._owner.get(min(near)[1])
        before = [other for other in self._speaking if other < number]
        return self._owner.get(before[-1]) if before else None

    # ------------------------------------------------------------------ nominals

    def _nominal(self, number: int) -> None:
        mention = self._mentions[number]
        cluster = None
        if not mention.competitor:
            cluster = self._band(mention) or self._same_words(number)
            if cluster is None and mention.definite:
                cluster = self._taken_up(number)
            elif (
                cluster is None
                and mention.number != "plural"
                and self._tokens.line[mention.head] <= _LAST_HEADLINE
            ):
                cluster = self._named_later(mention)
        self._join(cluster or self._new(), number)

    def _band(self, mention: Mention) -> Cluster | None:
        """The one armed group that the article names, for "rebels" and "the militants"."""
        if mention.noun != "armed_group" or (mention.indefinite and self._modifiers(mention)):
            return None
        bands = {
            id(c): c for n, c in self._owner.items() if self._mentions[n].type == "armed_group" and c.named
        }
        return next(iter(bands.values())) if len(bands) == 1 and not self._modifiers(mention) else None

    def _modifiers(self, mention: Mention) -> frozenset[str]:
        tokens = self._tokens
        return frozenset(
            fold(tokens.text[index])
            for index in range(mention.start, mention.head)
            if tokens.tag[index] in ("NN", "NNS", "NNP", "NNPS", "JJ", "VBN", "CD", "JJS", "JJR")
        )

    def _modifiers_of(self, cluster: Cluster, lemma: str) -> frozenset[str]:
        """All the modifiers that a cluster's nominals with this head have."""
        found: set[str] = set()
        for number in cluster.mentions:
            if self._mentions[number].lemma == lemma:
                found |= self._modifiers(self._mentions[number])
        return frozenset(found)

    def _same_words(self, number: int) -> Cluster | None:
        """A nominal with the same head and number, and modifiers that do not speak against it.

        It stands before, or behind if the words are a headline's, which names people by what they are.
        """
        mention = self._mentions[number]
        own = self._modifiers(mention)
        possessive = self._possessor(mention)
        headline = self._tokens.line[mention.head] <= _LAST_HEADLINE
        same_lemma = self._by_lemma.get(mention.lemma, ())
        for other in sorted(same_lemma, key=lambda n: (n > number, abs(n - number))):
            candidate = self._mentions[other]
            told_later = other > number and mention.definite and self._is_described(other)
            if (other >= number and not headline and not told_later) or (candidate.number == "plural") != (
                mention.number == "plural"
            ):
                continue
            cluster = self._owner[other]
            theirs = self._modifiers(candidate)
            if headline or told_later or self._tokens.line[candidate.head] <= _LAST_HEADLINE:
                if own == theirs and (own or mention.definite or candidate.number == "plural"):
                    return cluster
                if other >= number:
                    continue
            possessor = self._possessor(candidate)
            if possessive is not None and possessor is not None and possessive is not possessor:
                continue
            if mention.definite:
                known = self._modifiers_of(cluster, mention.lemma)
                people = mention.noun not in ("government", "organization")
                if own <= known or (not known and people and len(own) < 2 and candidate.definite):
                    return cluster
            elif own == theirs and mention.noun != "kin":
                bare = mention.number == "plural" and mention.type in ("group", "unnamed", "armed_group")
                if bare or not mention.indefinite:
                    return cluster
        return None

    def _is_described(self, number: int) -> bool:
        """Whether a nominal stands in apposition to a name."""
        cluster = self._owner[number]
        return cluster.named and any(head == self._mentions[number].head for _, head in cluster.roles)

    def _possessor(self, mention: Mention) -> Cluster | None:
        """The actor whose minister or spokesman a nominal is, where a possessive says so."""
        for child in self._tokens.children[mention.head]:
            if self._tokens.dep[child] == "poss":
                return next(
                    (
                        c
                        for n, c in self._owner.items()
                        if self._mentions[n].start <= child < self._mentions[n].end
                    ),
                    None,
                )
        return None

    def _taken_up(self, number: int) -> Cluster | None:
        """The named actor that a definite nominal takes up."""
        mention = self._mentions[number]
        tokens = self._tokens
        determiner = tokens.lower[mention.start]
        pointing = determiner in ("the", "this", "that")
        if not pointing and (
            mention.noun not in ("organization", "government") or determiner not in _POSSESSIVES
        ):
            return None
        own = self._modifiers(mention)
        fits = [fit for fit in self._lexicon.fit.values() if mention.lemma in fit["heads"]]
        sentence = tokens.sentence[mention.head]
        for other in range(number - 1, max(-1, number - _FAR), -1):
            candidate = self._mentions[other]
            cluster = self._owner.get(other)
            if (
                cluster is None
                or candidate.kind != "name"
                or not compatible(self._lexicon, candidate, mention)
            ):
                continue
            if candidate.start <= mention.start < candidate.end:
                continue
            words = frozenset(fold(word) for word in tokens.text[candidate.start : candidate.end])
            if candidate.type == "person":
                if self._is_role(cluster, mention.lemma) or (
                    mention.noun != "office"
                    and not own
                    and mention.noun in ("person", "kin")
                    and mention.sex in ("male", "female")
                    and cluster.sex == mention.sex
                    and sentence - tokens.sentence[candidate.head] <= _NEAR_SENTENCES
                ):
                    return cluster
                continue
            if mention.lemma in words and (not own or own & words):
                return cluster
            if own or candidate.type == "group" or not pointing:
                continue
            everything = self._words_of(cluster)
            if any(self._fits(fit, candidate, everything) for fit in fits):
                return cluster
        return None

    def _named_later(self, mention: Mention) -> Cluster | None:
        """The one person of the article whose office a headline gives: "Fire was set, sheriff says"."""
        if mention.noun not in ("office", "unnamed") or self._modifiers(mention):
            return None
        fitting = [c for c in self._clusters if c.named and c.person and self._is_role(c, mention.lemma)]
        return fitting[0] if len(fitting) == 1 else None

    def _is_role(self, cluster: Cluster, lemma: str) -> bool:
        lower = self._tokens.lower
        if any(lower[head] == lemma for _, head in cluster.roles):
            return True
        return any(
            title.lower().split()[-1] == lemma
            for number in cluster.mentions
            for title in self._mentions[number].titles
        )

    def _words_of(self, cluster: Cluster) -> frozenset[str]:
        return frozenset(
            fold(word)
            for number in cluster.mentions
            if self._mentions[number].kind == "name"
            for word in self._tokens.text[self._mentions[number].start : self._mentions[number].end]
        )

    @staticmethod
    def _fits(fit: object, candidate: Mention, words: frozenset[str]) -> bool:
        assert isinstance(fit, dict)
        return (
            candidate.type in fit["types"]
            and (not fit["words"] or bool(words & fit["words"]))
            and not words & fit["without"]
        )


def cluster_mentions(tokens: Tokens, lexicon: Lexicon, mentions: list[Mention]) -> list[Cluster]:
    """Return the clusters of the mentions of a document, in order of first mention."""
    return Clustering(tokens, lexicon, mentions).run()


def listed(tokens: Tokens, lexicon: Lexicon, mentions: list[Mention], cluster: Cluster) -> bool:
    """Whether a cluster is worth a place among the article's actors.

    Named ones are, and chains; a nominal alone only as subject, object, agent or source.
    """
    numbers = [n for n in cluster.mentions if mentions[n].kind != "pronoun"]
    if not numbers or cluster.competitor:
        return False
    if cluster.named and not any(mentions[n].certain for n in numbers):
        # A name that only comes again: somebody if "he" means it or it says something.
        return cluster.person or any(shows(tokens, lexicon, mentions[n].head) for n in numbers)
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

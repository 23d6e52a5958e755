"""Clustering: which mentions are of one actor.

Names are grouped over the whole article; then nominals and pronouns find their antecedents from left
to right, those inside quotations last, since who speaks a quotation often stands behind it.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from onrecord.annotate.actors.appositions import find_identities
from onrecord.annotate.actors.learned.antecedents import RankedAntecedents
from onrecord.annotate.actors.lexicon import Lexicon
from onrecord.annotate.actors.mention import Mention, Sex
from onrecord.annotate.actors.name_matching import group_names
from onrecord.annotate.actors.name_types import type_by_votes
from onrecord.annotate.actors.nominal_antecedents import NominalAntecedents
from onrecord.annotate.actors.pronouns import relative_antecedent
from onrecord.annotate.actors.salience import Cluster, Salience
from onrecord.annotate.actors.tokens import SUBJECTS, Tokens
from onrecord.annotate.actors.verbs import governor, speaks

_REFLEXIVES = frozenset({"himself", "herself", "itself", "themselves"})
_NEW = frozenset({"a", "an", "another"})  # "a gardener" is seldom who was named before
_HUMAN = ("person", "group")


class Clustering:
    """Clusters the mentions of one document; `run` returns clusters in order of first mention.

    For nominals the learned ranker, where there is one, goes before the rules.
    """

    def __init__(
        self,
        tokens: Tokens,
        lexicon: Lexicon,
        mentions: list[Mention],
        ranked: RankedAntecedents | None,
    ) -> None:
        self._tokens = tokens
        self._ranked = ranked
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
        self._speaking_in: dict[int, list[int]] = {}
        for number in self._speaking:
            head = mentions[number].head
            if tokens.quoted(head) < 0:
                self._speaking_in.setdefault(tokens.line[head], []).append(number)
        self._nominals = NominalAntecedents(tokens, lexicon, mentions, self._owner)

    def run(self) -> list[Cluster]:
        """Return the clusters, each with its mentions in text order; competitors are among them."""
        mentions, tokens = self._mentions, self._tokens
        for group in group_names(tokens, self._lexicon, mentions):
            self._agree_on_type(group)
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
                    self._join(self._nominal(number) or self._new(), number)
            if number in speaking and number in self._owner and tokens.quoted(mention.head) < 0:
                last_speaker = self._owner[number]
        for number in quoted:
            self._pronoun(number, self.speaker_at(mentions[number].head), None)
        for cluster in self._clusters:
            cluster.mentions.sort()
        return sorted((c for c in self._clusters if c.mentions), key=lambda c: c.mentions[0])

    def _agree_on_type(self, group: list[int]) -> None:
        """Make persons of all mentions of a name that is a person's on the whole, or what the user says."""
        names = [self._mentions[number] for number in group]
        own = next((name for name in names if name.own >= 0), None)
        if own is not None:
            for number, name in zip(group, names, strict=True):
                is_same = own.type == name.type == "person"
                self._mentions[number] = replace(
                    name,
                    type=own.type,
                    number=own.number,
                    sex=name.sex if is_same else own.sex,
                    doubtful=False,
                )
            return
        if len({name.type for name in names}) == 1:
            return
        if type_by_votes(self._tokens, self._lexicon, names) == "person":
            sex: Sex = next((name.sex for name in names if name.sex in ("male", "female")), "human")
            for number in group:
                known = self._mentions[number]
                self._mentions[number] = replace(
                    known, type="person", number="singular", sex=sex, doubtful=False
                )

    def _new(self) -> Cluster:
        cluster = Cluster()
        self._clusters.append(cluster)
        return cluster

    def _join(self, cluster: Cluster, number: int) -> None:
        mention = self._mentions[number]
        cluster.add(number, mention, self._tokens.lower[mention.start])
        self._owner[number] = cluster

    def _merge(self, one: Cluster, other: Cluster) -> None:
        for number in list(other.mentions):
            self._join(one, number)
        one.roles.extend(other.roles)
        other.mentions.clear()

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
            elif (
                other is not cluster
                and (identity.role is None or not (other.named and cluster.named))
                and not (other.own >= 0 and cluster.own >= 0)
            ):
                self._merge(cluster, other)

    def _nominal(self, number: int) -> Cluster | None:
        mention = self._mentions[number]
        if self._ranked is not None and not mention.competitor:
            ranked = self._ranked.find(number, self._owner)
            if ranked is not None and self._may_join(ranked, mention):
                return ranked
        return self._nominals.find(number)

    def _may_join(self, cluster: Cluster, mention: Mention) -> bool:
        """Whether "a tribunal" may be one that was mentioned: a headline's tribunal, and no committee."""
        if self._tokens.lower[mention.start] not in _NEW:
            return True
        nouns = {self._mentions[number].lemma for number in cluster.mentions}
        return any(noun.endswith(mention.lemma) for noun in nouns)

    def _pronoun(self, number: int, speaker: Cluster | None, last_speaker: Cluster | None) -> None:
        tokens, mention = self._tokens, self._mentions[number]
        word = tokens.lower[mention.start]
        if not tokens.parsed:
            return
        if word in ("who", "whom", "whose", "which", "that"):
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
        human = self._mentions[number].sex == "human"
        person = self._person_of_body(antecedent) if human and antecedent is not None else None
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
        """The person in "Ana Silva of the [charity] Harbour Watch, who said": a "who" is seldom the body."""
        body = self._nominals.mention_at(antecedent)
        if body is None or self._mentions[body].kind != "name" or self._mentions[body].type in _HUMAN:
            return None
        end = self._mentions[body].start
        if end > 0 and self._tokens.tag[end - 1] == "NN":
            end -= 1
        while end > 0 and self._tokens.lower[end - 1] in ("the", "of", "at", "from"):
            end -= 1
        person = self._nominals.mention_at(end - 1)
        if person is None or person == body or self._mentions[person].type != "person":
            return None
        return self._owner.get(person) if self._mentions[person].kind == "name" else None

    def _subject_of(self, mention: Mention) -> Cluster | None:
        verb = governor(self._tokens, mention.head)
        for _ in range(3):
            subject = next((c for c in self._tokens.children[verb] if self._tokens.dep[c] in SUBJECTS), None)
            number = None if subject is None else self._nominals.mention_at(subject)
            if number is not None:
                return self._owner.get(number)
            verb = self._tokens.head[verb]
        return None

    def speaker_at(self, token: int) -> Cluster | None:
        """Return who speaks the quotation around a token: the nearest who says something in its line.

        Outside quotations it is nobody, and so where nobody has said anything yet.
        """
        if self._tokens.quoted(token) < 0:
            return None
        near = self._speaking_in.get(self._tokens.line[token])
        if near:
            return self._owner.get(min(near, key=lambda n: abs(self._mentions[n].head - token)))
        before = bisect_left(self._speaking, token, key=lambda n: self._mentions[n].start)
        return self._owner.get(self._speaking[before - 1]) if before else None

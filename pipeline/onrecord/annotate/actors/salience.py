"""The choice of an antecedent for a pronoun: hard conditions, then a weighted sum of signs.

The signs are those of Lappin and Leass 1994 (recency, grammatical role, parallelism), and two that news
adds: whoever spoke last is most often the one who "said" next, and a pronoun inside a quotation does
not mean its speaker.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice

from onrecord.annotate.actors.lexicon import Lexicon
from onrecord.annotate.actors.mention import Mention, Sex
from onrecord.annotate.actors.tokens import OBJECTS, SUBJECTS, Tokens
from onrecord.annotate.actors.verbs import governor, relation

_WINDOW_SENTENCES = 9
_WINDOW_MENTIONS = 90
_MOST_COUNTED = 6  # mentions beyond these make nobody more salient


@dataclass(eq=False)
class Cluster:
    """A group of mentions in the making; `own` is the actor of the user's file that it is, -1 for none."""

    mentions: list[int] = field(default_factory=list)
    roles: list[tuple[tuple[int, int], int]] = field(default_factory=list)
    sex: Sex = "unknown"
    plural: bool = False
    singular: bool = False
    person: bool = False
    body: bool = False
    named: bool = False
    competitor: bool = False
    maybe_person: bool = False
    own: int = -1
    pronouns: set[str] = field(default_factory=set)

    def add(self, number: int, mention: Mention, word: str) -> None:
        """Take a mention in and learn from it."""
        self.mentions.append(number)
        self.own = mention.own if self.own < 0 else self.own
        if mention.kind == "pronoun":
            self.pronouns.add(word)
            if mention.sex in ("male", "female"):
                self.sex = mention.sex
                self.person = True
                self.body = False
            return
        self.competitor = mention.competitor and (self.competitor or len(self.mentions) == 1)
        human = mention.sex in ("male", "female", "human")
        self.person = self.person or (human and mention.number == "singular")
        self.body = self.body or mention.sex == "neuter"
        self.maybe_person = mention.doubtful and (
            self.maybe_person or not self.named or len(self.mentions) == 1
        )
        self.named = self.named or mention.kind == "name"
        self.plural = self.plural or mention.number == "plural"
        self.singular = self.singular or mention.number == "singular"
        if self.sex in ("unknown", "human") or mention.sex in ("male", "female"):
            self.sex = mention.sex


class Salience:
    """Scores antecedents of one document."""

    def __init__(self, tokens: Tokens, lexicon: Lexicon, mentions: list[Mention]) -> None:
        self._tokens = tokens
        self._weights = lexicon.weights
        self._mentions = mentions
        self._relation = [relation(tokens, mention.head) if tokens.parsed else "" for mention in mentions]
        self._governor = [governor(tokens, mention.head) if tokens.parsed else -1 for mention in mentions]
        self._lexicon = lexicon

    def antecedent(
        self,
        number: int,
        owner: dict[int, Cluster],
        speaker: Cluster | None,
        last_speaker: Cluster | None,
    ) -> Cluster | None:
        """Return the cluster that a pronoun joins, or None.

        `speaker` is who speaks the quotation that the pronoun stands in, `last_speaker` the last one
        who said something before it.
        """
        tokens, weights, mention = self._tokens, self._weights, self._mentions[number]
        sentence = tokens.sentence[mention.head]
        best: Cluster | None = None
        best_score = self._threshold(mention)
        seen: dict[int, float] = {}
        for other in range(number - 1, max(-1, number - 1 - _WINDOW_MENTIONS), -1):
            cluster = owner.get(other)
            candidate = self._mentions[other]
            distance = sentence - tokens.sentence[candidate.head]
            if distance > _WINDOW_SENTENCES:
                break
            if cluster is None or not self._possible(number, other, cluster):
                continue
            score = self._score(number, other, distance)
            if id(cluster) not in seen:
                score_once = self._of_cluster(cluster, number)
                score_once += (
                    weights["last_speaker"] if cluster is last_speaker and self._says(number) else 0.0
                )
                score_once += weights["speaks_itself"] if cluster is speaker else 0.0
                seen[id(cluster)] = score_once
            score += seen[id(cluster)]
            if score > best_score:
                best, best_score = cluster, score
        if best is None or (best.competitor and not best.named):
            ahead = self._ahead(number, owner) if best is None else None
            return ahead or best
        return best

    def _threshold(self, mention: Mention) -> float:
        if mention.number == "plural":
            return self._weights["threshold_they"]
        return self._weights["threshold_it" if mention.sex == "neuter" else "threshold_person"]

    def _says(self, number: int) -> bool:
        tokens = self._tokens
        return (
            self._relation[number] in SUBJECTS and tokens.lemma[self._governor[number]] in self._lexicon.say
        )

    def _possible(self, number: int, other: int, cluster: Cluster) -> bool:
        pronoun, candidate = self._mentions[number], self._mentions[other]
        if not _agrees(pronoun, cluster):
            return False
        if candidate.start <= pronoun.start < candidate.end:
            return False
        quotation = self._tokens.quoted(candidate.head)
        outside = quotation >= 0 and self._tokens.quoted(pronoun.head) != quotation
        if outside and candidate.indefinite and len(cluster.mentions) == 1:
            return False  # who is no more than spoken of: “We had a master,” she said
        same_verb = self._governor[number] == self._governor[other] and self._governor[number] >= 0
        if same_verb and self._relation[number] in (*OBJECTS, "pobj") and self._relation[other] in SUBJECTS:
            return False
        # "him" in a phrase of the same clause: "Smith spoke about him".
        if self._relation[number] == "pobj" and self._relation[other] in SUBJECTS:
            preposition = self._governor[number]
            if self._tokens.head[preposition] == self._governor[other]:
                return False
        return not (same_verb and self._relation[number] in SUBJECTS)

    def _score(self, number: int, other: int, distance: int) -> float:
        tokens, weights = self._tokens, self._weights
        candidate, pronoun = self._mentions[other], self._mentions[number]
        score = weights["sentence_distance"] * min(distance, 4)
        if distance:
            score += weights["line_distance"] * min(
                tokens.line[pronoun.head] - tokens.line[candidate.head], 4
            )
        score += weights["token_distance"] * min((pronoun.head - candidate.head) / 10, 10)
        role, own = self._relation[other], self._relation[number]
        if role in SUBJECTS:
            score += weights["subject"]
        elif role in OBJECTS:
            score += weights["object"]
        elif role == "poss":
            score += weights["possessive"]
        if (role in SUBJECTS) == (own in SUBJECTS):
            score += weights["same_role"]
        if candidate.kind == "pronoun":
            same = tokens.lower[candidate.head][:2] == tokens.lower[pronoun.head][:2]
            score += weights["pronoun_chain"] if same else 0.0
        if tokens.quoted(candidate.head) != tokens.quoted(pronoun.head):
            score += weights["other_quotation"]
        return score

    def _of_cluster(self, cluster: Cluster, number: int) -> float:
        weights, pronoun = self._weights, self._mentions[number]
        earlier = (None for mention in cluster.mentions if mention < number)
        score = weights["frequency"] * sum(1 for _ in islice(earlier, _MOST_COUNTED))
        score += weights["name"] if cluster.named else 0.0
        score += weights["competitor"] if cluster.competitor else 0.0
        if pronoun.sex in ("male", "female") and not cluster.person:
            score += weights["maybe_person"]
        if pronoun.sex in ("male", "female") and cluster.sex == pronoun.sex:
            score += weights["gender_known"]
        if pronoun.number == "plural" and not cluster.plural:
            score += weights["plural_body"]
        return score

    def _ahead(self, number: int, owner: dict[int, Cluster]) -> Cluster | None:
        """A pronoun before its name: "In her speech, Ms Keane said …"."""
        tokens, pronoun = self._tokens, self._mentions[number]
        if pronoun.number == "plural":
            return None
        sentence = tokens.sentence[pronoun.head]
        for other in range(number + 1, min(len(self._mentions), number + 6)):
            candidate = self._mentions[other]
            if tokens.sentence[candidate.head] != sentence:
                return None
            cluster = owner.get(other)
            if cluster is None or candidate.kind != "name" or self._relation[other] not in SUBJECTS:
                continue
            if _agrees(pronoun, cluster) and self._governor[other] != self._governor[number]:
                return cluster
        return None


def _agrees(pronoun: Mention, cluster: Cluster) -> bool:
    if pronoun.sex in ("male", "female"):
        if cluster.maybe_person and not cluster.person:
            return "it" not in cluster.pronouns and "its" not in cluster.pronouns
        return cluster.person and not cluster.plural and cluster.sex in (pronoun.sex, "human", "unknown")
    if pronoun.number == "plural":
        return cluster.plural or (cluster.body and not cluster.competitor and not cluster.person)
    return cluster.body and not cluster.plural and not cluster.person

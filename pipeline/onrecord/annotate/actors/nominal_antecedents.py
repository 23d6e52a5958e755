"""The antecedents of nominals: "the council", "the company", "rebels", "the governor"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping

from onrecord.annotate.actors.appositions import compatible
from onrecord.annotate.actors.lexicon import Lexicon
from onrecord.annotate.actors.mention import Mention
from onrecord.annotate.actors.name_matching import fold
from onrecord.annotate.actors.salience import Cluster
from onrecord.annotate.actors.tokens import Tokens

_POSSESSIVES = frozenset({"its", "his", "her", "their"})
_CONTENT_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "VBN", "CD", "JJS", "JJR"})
_FAR = 160  # mentions between a definite nominal and a name that it takes up
_SAME_NOUNS = 40  # earlier mentions with the same noun that are looked at
_LAST_HEADLINE = 1  # the line of the standfirst, under the headline
_NEAR_SENTENCES = 4


class NominalAntecedents:
    """Finds the cluster that a nominal joins, in the clusters as they stand when it is asked."""

    def __init__(
        self, tokens: Tokens, lexicon: Lexicon, mentions: list[Mention], owner: Mapping[int, Cluster]
    ) -> None:
        self._tokens = tokens
        self._lexicon = lexicon
        self._mentions = mentions
        self._owner = owner
        self._at: dict[int, int] = {}
        self._by_lemma: dict[str, list[int]] = {}
        for number, mention in enumerate(mentions):
            if mention.kind == "name":
                self._at.update((index, number) for index in range(mention.start, mention.end))
            elif not mention.competitor:
                self._at.setdefault(mention.head, number)
                if mention.kind == "nominal":
                    self._by_lemma.setdefault(mention.lemma, []).append(number)
        self._names_of: dict[int, frozenset[str]] = {}

    def find(self, number: int) -> Cluster | None:
        """Return the cluster that a nominal joins, or None if it begins one of its own."""
        mention = self._mentions[number]
        if mention.competitor:
            return None
        found = self._band(mention) or self._same_words(number)
        if found is None and mention.definite:
            found = self._taken_up(number)
        if found is None and mention.number != "plural" and self._in_headline(mention):
            found = self._named_later(mention)
        return found

    def mention_at(self, index: int) -> int | None:
        """Return the number of the name that a token is part of, or of the mention that it heads."""
        return self._at.get(index)

    def _in_headline(self, mention: Mention) -> bool:
        return self._tokens.line[mention.head] <= _LAST_HEADLINE

    def _named(self) -> Iterator[tuple[Mention, Cluster]]:
        """The first mention of each named cluster, with the cluster."""
        seen: set[int] = set()
        for number, cluster in self._owner.items():
            if cluster.named and id(cluster) not in seen and self._mentions[number].kind == "name":
                seen.add(id(cluster))
                yield self._mentions[number], cluster

    def _band(self, mention: Mention) -> Cluster | None:
        """The one armed group that the article names, for "rebels" and "the militants"."""
        if mention.noun != "armed_group" or self._modifiers(mention):
            return None
        bands = [cluster for name, cluster in self._named() if name.type == "armed_group"]
        return bands[0] if len(bands) == 1 else None

    def _modifiers(self, mention: Mention) -> frozenset[str]:
        tokens = self._tokens
        return frozenset(
            fold(tokens.text[index])
            for index in range(mention.start, mention.head)
            if tokens.tag[index] in _CONTENT_TAGS
        )

    def _modifiers_of(self, cluster: Cluster, lemma: str) -> frozenset[str]:
        """The modifiers that a cluster's nominals with this head have, the first ones at least."""
        found: set[str] = set()
        for number in cluster.mentions[:_SAME_NOUNS]:
            if self._mentions[number].lemma == lemma:
                found |= self._modifiers(self._mentions[number])
        return frozenset(found)

    def _same_words(self, number: int) -> Cluster | None:
        """A nominal with the same head and number, and modifiers that do not speak against it.

        It stands before, or behind if the words are a headline's, which names people by what they are.
        """
        mention = self._mentions[number]
        own = self._modifiers(mention)
        headline = self._in_headline(mention)
        for other in self._with_same_noun(number):
            candidate, cluster = self._mentions[other], self._owner.get(other)
            if cluster is None or (candidate.number == "plural") != (mention.number == "plural"):
                continue
            theirs = self._modifiers(candidate)
            if other > number:
                told_later = mention.definite and self._is_described(other)
                if (headline or told_later) and own == theirs and (own or told_later):
                    return cluster
            elif headline or self._in_headline(candidate):
                telling = bool(own) or mention.definite or candidate.number == "plural"
                if telling and own == theirs:
                    return cluster
            if other < number and self._repeats(mention, candidate, cluster):
                return cluster
        return None

    def _with_same_noun(self, number: int) -> Iterator[int]:
        """Mentions with the same noun: those before from the nearest on, then those behind."""
        same = self._by_lemma.get(self._mentions[number].lemma, [])
        at = bisect_left(same, number)
        yield from reversed(same[max(0, at - _SAME_NOUNS) : at])
        yield from (other for other in same[at : at + _SAME_NOUNS] if other > number)

    def _repeats(self, mention: Mention, candidate: Mention, cluster: Cluster) -> bool:
        """Whether a nominal says again what one before it said."""
        own = self._modifiers(mention)
        possessive, possessor = self._possessor(mention), self._possessor(candidate)
        if possessive is not None and possessor is not None and possessive is not possessor:
            return False
        if mention.definite:
            known = self._modifiers_of(cluster, mention.lemma)
            people = mention.noun not in ("government", "organization")
            return own <= known or (not known and people and len(own) < 2 and candidate.definite)
        bare = mention.number == "plural" and mention.type in ("group", "unnamed", "armed_group")
        same = own == self._modifiers(candidate) and mention.noun != "kin"
        return same and (bare or not mention.indefinite)

    def _is_described(self, number: int) -> bool:
        """Whether a nominal stands in apposition to a name."""
        cluster = self._owner[number]
        return cluster.named and any(head == self._mentions[number].head for _, head in cluster.roles)

    def _possessor(self, mention: Mention) -> Cluster | None:
        """The actor whose minister or spokesman a nominal is, where a possessive says so."""
        for child in self._tokens.children[mention.head]:
            if self._tokens.dep[child] == "poss":
                number = self._at.get(child)
                return None if number is None else self._owner.get(number)
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
        """The one actor whose office or kind a headline gives: "Fire was set, sheriff says"."""
        if self._modifiers(mention):
            return None
        fitting = [
            cluster
            for name, cluster in self._named()
            if compatible(self._lexicon, name, mention) and self._is_called(name, cluster, mention)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _is_called(self, name: Mention, cluster: Cluster, mention: Mention) -> bool:
        if self._is_role(cluster, mention.lemma):
            return True
        return name.type != "person" and mention.lemma in self._words_of(cluster)

    def _is_role(self, cluster: Cluster, lemma: str) -> bool:
        lower = self._tokens.lower
        if any(lower[head] == lemma for _, head in cluster.roles):
            return True
        return any(
            title.lower().split()[-1] == lemma
            for number in cluster.mentions[:_SAME_NOUNS]
            for title in self._mentions[number].titles
        )

    def _words_of(self, cluster: Cluster) -> frozenset[str]:
        """The folded words of all the names of a cluster; names are clustered before nominals."""
        known = self._names_of.get(id(cluster))
        if known is None:
            known = frozenset(
                fold(word)
                for number in cluster.mentions
                if self._mentions[number].kind == "name"
                for word in self._tokens.text[self._mentions[number].start : self._mentions[number].end]
            )
            self._names_of[id(cluster)] = known
        return known

    @staticmethod
    def _fits(fit: Mapping[str, frozenset[str]], candidate: Mention, words: frozenset[str]) -> bool:
        return (
            candidate.type in fit["types"]
            and (not fit["words"] or bool(words & fit["words"]))
            and not words & fit["without"]
        )

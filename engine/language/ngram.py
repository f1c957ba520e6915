"""The n-gram model: the next word by what followed the last n − 1 words in a text (Shannon 1948).

Three ways to make probabilities of counts c: as they stand (maximum likelihood), with k added to each (Lidstone 1920;
k = 1 is Laplace's), and interpolated Kneser–Ney (Kneser and Ney 1995, in the form of Chen and Goodman 1998). The last
takes a discount D from every count and gives what is left to the model with one word less of context, which asks not
how often a word occurs but behind how many different words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.language.ngram_counts import BEGIN, END, UNKNOWN, UNSEEN, Counts, Ids, Level, Vocabulary, counted, padded

Array = NDArray[np.float64]

Smoothing = Literal["none", "add_k", "kneser_ney"]
"""How probabilities are made of counts."""

MOST_ORDER = 6
"""The longest n-grams that are counted."""

DISCOUNT = 0.75
"""Where too few n-grams occur once or twice to estimate one."""


def discount_of(counts: Ids) -> float:
    """n₁ / (n₁ + 2n₂), of how many n-grams occur once and twice (Ney, Essen and Kneser 1994, equation 14)."""
    once, twice = int((counts == 1).sum()), int((counts == 2).sum())
    return once / (once + 2 * twice) if once and twice else DISCOUNT


@dataclass(frozen=True, eq=False)
class _Terms:
    """What smoothing needs of one level: numbers of each k-gram and of each context, and behind the last a 0."""

    counts: Array
    totals: Array
    """Sum of the counts over each context."""

    kinds: Array
    """How many different words follow each context."""

    discount: float


class NGram:
    """A model of one order over one text; asked for the next word, for sentences, and to write."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        counts: Counts,
        smoothing: Smoothing = "none",
        *,
        k: float = 1.0,
        discount: float | None = None,
    ) -> None:
        self.vocabulary = vocabulary
        self.counts = counts
        self.smoothing = smoothing
        self.k = k
        self._raw = [_terms(level, level.counts, discount) for level in counts.levels]
        self._adjusted = self._raw
        if smoothing == "kneser_ney":
            self._adjusted = [_terms(level, level.continuations, discount) for level in counts.levels]

    @classmethod
    def fit(
        cls,
        sentences: Sequence[Sequence[str]],
        order: int,
        smoothing: Smoothing = "none",
        *,
        k: float = 1.0,
        discount: float | None = None,
    ) -> "NGram":
        """Count sentences of tokens. `k` is for add_k, `discount` for kneser_ney: None estimates one for each level."""
        return cls(*counted(sentences, order), smoothing, k=k, discount=discount)

    @property
    def order(self) -> int:
        """n: the next word is looked for behind n − 1 words."""
        return self.counts.order

    def discounts(self) -> tuple[float, ...]:
        """D of each level, for kneser_ney."""
        return tuple(level.discount for level in self._adjusted)

    # One context

    def context(self, words: Sequence[str]) -> Ids:
        """Number the last n − 1 words of a context, which may be fewer; BEGIN stands for a sentence's beginning."""
        ids = self.vocabulary.ids(words)
        if len(ids) and ids[0] == 0:
            ids = np.concatenate([np.zeros(max(0, self.order - len(ids)), np.int64), ids])
        return ids[max(0, len(ids) - self.order + 1) :]

    def seen(self, words: Sequence[str]) -> int:
        """How often something follows this context in the text; of more than n − 1 words the last ones count."""
        ids = self.context(words)
        number = self._numbers(ids)[len(ids)]
        return 0 if number == UNSEEN else int(self._raw[len(ids)].totals[number])

    def following(self, words: Sequence[str]) -> dict[str, int]:
        """The words that follow a context in the text and how often, in the order of the vocabulary."""
        ids = self.context(words)
        number = self._numbers(ids)[len(ids)]
        if number == UNSEEN:
            return {}
        level = self.counts.levels[len(ids)]
        part = slice(level.starts[number], level.starts[number + 1])
        found = zip(level.keys[part] % self.counts.size, level.counts[part], strict=True)
        return {self.vocabulary.tokens[word]: int(count) for word, count in found if count}

    def distribution(self, words: Sequence[str]) -> Array:
        """The probability of every token of the vocabulary after a context, shape (size,); they sum to one.

        Without smoothing all are 0 after a context that is not in the text. A context of fewer than n − 1 words is
        asked of the model of so many words.
        """
        ids = self.context(words)
        numbers = self._numbers(ids)
        if self.smoothing == "kneser_ney":
            return self._kneser_ney(numbers)
        number, top = numbers[-1], len(ids)
        counts = np.zeros(self.counts.size)
        total = 0.0
        if number != UNSEEN:
            level = self.counts.levels[top]
            part = slice(level.starts[number], level.starts[number + 1])
            counts[level.keys[part] % self.counts.size] = self._raw[top].counts[part]
            total = self._raw[top].totals[number]
        if self.smoothing == "none":
            return counts / total if total else counts
        counts += self.k
        if self.counts.begin >= 0:
            counts[self.counts.begin] = 0.0
        return np.asarray(counts / (total + self.k * self.counts.predicted))

    def _numbers(self, ids: Ids) -> list[int]:
        """Number the contexts of 0, 1, … last words among the k-grams of their length; the empty one is 0."""
        walked = self.counts.walk(ids) if len(ids) else []
        return [0, *(int(walked[length - 1][-1]) for length in range(1, len(ids) + 1))]

    def _kneser_ney(self, numbers: list[int]) -> Array:
        """P(w | h) = max(a(hw) − D, 0) / a(h•) + D · N₁₊(h•) / a(h•) · P(w | h without its first word).

        a are counts at the highest level and continuations below (Chen and Goodman 1998, equations 26 to 28); below
        single words all tokens are alike.
        """
        p = np.full(self.counts.size, 1 / self.counts.predicted)
        if self.counts.begin >= 0:
            p[self.counts.begin] = 0.0
        for number, level, terms in zip(numbers, self.counts.levels, self._adjusted, strict=False):
            total = terms.totals[number] if number != UNSEEN else 0.0
            if not total:
                continue
            p = p * (terms.discount * terms.kinds[number] / total)
            part = slice(level.starts[number], level.starts[number + 1])
            p[level.keys[part] % self.counts.size] += np.maximum(terms.counts[part] - terms.discount, 0) / total
        return p

    # Many at once

    def score(self, ids: Ids) -> Array:
        """The probability of each token of a row behind the n − 1 before it, shape (n,) as `ids`.

        The first n − 1 tokens are behind fewer.
        """
        numbers = self.counts.walk(ids)
        behind = [np.zeros(len(ids), np.int64), *(np.concatenate([[UNSEEN], each[:-1]]) for each in numbers[:-1])]
        if self.smoothing == "kneser_ney":
            p = np.full(len(ids), 1 / self.counts.predicted)
            for terms, number, context in zip(self._adjusted, numbers, behind, strict=True):
                c, total, kinds = terms.counts[number], terms.totals[context], terms.kinds[context]
                known = total > 0
                shared = np.maximum(c - terms.discount, 0) + terms.discount * kinds * p
                p = np.where(known, shared / np.where(known, total, 1), p)
            return p
        added = self.k if self.smoothing == "add_k" else 0.0
        p = np.zeros(len(ids))
        for length, (terms, number, context) in enumerate(zip(self._raw, numbers, behind, strict=True)):
            # The first tokens are behind fewer words, each of another number; all others behind n − 1.
            part = slice(length, None if length == self.order - 1 else length + 1)
            c, total = terms.counts[number[part]], terms.totals[context[part]] + added * self.counts.predicted
            np.divide(c + added, total, out=p[part], where=total > 0)
        return p

    def sentence(self, words: Sequence[str]) -> list[tuple[str, float]]:
        """Each word of a sentence, and its end, with its probability behind all before it."""
        ids = padded([words], self.vocabulary, self.order)
        p = self.score(ids)[self.order - 1 :]
        return list(zip((*words, END), p.tolist(), strict=True))

    def perplexity(self, sentences: Sequence[Sequence[str]]) -> tuple[float, int, int]:
        """exp of the mean of −ln p over all tokens and ends of sentences; infinite if one of them has p = 0.

        Behind it, how many have, and how many tokens there are.
        """
        ids = padded(sentences, self.vocabulary, self.order)
        p = self.score(ids)[ids != 0]
        impossible = int((p <= 0).sum())
        if not len(p):
            return float("nan"), 0, 0
        mean = float("inf") if impossible else float(-np.log(p).mean())
        return float(np.exp(mean)), impossible, len(p)

    def sample(self, words: Sequence[str], seed: int, longest: int = 40) -> list[str]:
        """Write on from a context, word by word, to the end of the sentence, which is part of the answer.

        The draw at each place comes from seed and place alone, so that going on from a part of what was written leads
        to the same text. Ends early where the model says nothing of what comes next.
        """
        written = list(words)
        while len(written) < len(words) + longest:
            p = self.distribution(written)
            total = p.sum()
            if not total:
                break
            chance = np.random.default_rng((seed, len(written))).random()
            place = int(np.searchsorted(np.cumsum(p), chance * total, side="right"))
            written.append(self.vocabulary.tokens[min(place, len(p) - 1)])
            if written[-1] == END:
                break
        return written[len(words) :]


def _terms(level: Level, counts: Ids, discount: float | None) -> _Terms:
    kinds = level.sums((counts > 0).astype(np.int64))
    estimated = discount_of(counts) if discount is None else discount
    return _Terms(_and_zero(counts), _and_zero(level.sums(counts)), _and_zero(kinds), estimated)


def _and_zero(values: Ids) -> Array:
    """The values with a 0 behind them, where UNSEEN, which is −1, looks."""
    return np.append(values, 0).astype(float)


__all__ = ["BEGIN", "END", "MOST_ORDER", "UNKNOWN", "NGram", "Smoothing", "discount_of"]

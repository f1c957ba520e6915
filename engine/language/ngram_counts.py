"""Counts of n-grams, all at once with arrays: which words follow which contexts, and how often.

A k-gram is known by a pair: the number of its first k − 1 tokens among all (k − 1)-grams, and its last token. So a pair
of whole numbers is sorted and counted instead of k words, whatever k is, and all words after one context lie side by
side.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]

BEGIN, END, UNKNOWN = "⟨s⟩", "⟨/s⟩", "⟨?⟩"
"""Marks of a sentence's beginning, of its end, and of every token that was not in the text."""

UNKNOWN_NUMBER = 2

UNSEEN = -1
"""In place of the number of an n-gram that was not in the text."""


class _Numbers(dict[str, int]):
    """Numbers of tokens, 2 for one that is not there; looked up without steps of Python, and so many times as fast."""

    def __missing__(self, token: str) -> int:
        return UNKNOWN_NUMBER


class Vocabulary:
    """The tokens of a text in the order of their first places, each with its number; the first three are the marks."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self.tokens = (BEGIN, END, UNKNOWN, *tokens)
        self.numbers = _Numbers(zip(self.tokens, range(len(self.tokens)), strict=True))

    def __len__(self) -> int:
        return len(self.tokens)

    def ids(self, tokens: Sequence[str]) -> Ids:
        """Number tokens, shape (n,); what was not in the text is UNKNOWN."""
        return np.fromiter(map(self.numbers.__getitem__, tokens), np.int64, len(tokens))


@dataclass(frozen=True, eq=False)
class Level:
    """All k-grams of one length k, in the order of their pairs."""

    keys: Ids
    """context × (size of the vocabulary) + last token, rising, shape (u,)."""

    counts: Ids
    """How often each occurs, shape (u,); 0 where its last token is the mark of a beginning: that is never predicted."""

    continuations: Ids
    """Before how many different tokens it occurs, N₁₊(•, k-gram); its count where nothing can stand before it, and at
    the highest level. Shape (u,)."""

    starts: Ids
    """Where the k-grams of each context begin, and where the last ones end, shape (contexts + 1,)."""

    def sums(self, values: Ids) -> Ids:
        """Sum `values`, one a k-gram, over each context, shape (contexts,)."""
        running = np.concatenate([[0], np.cumsum(values)])
        return np.asarray(running[self.starts[1:]] - running[self.starts[:-1]], np.int64)


@dataclass(frozen=True, eq=False)
class Counts:
    """The k-grams of a text for k = 1…order."""

    order: int
    size: int
    """Tokens in the vocabulary."""

    begin: int
    """Number of the mark of a beginning, or −1 where there is none: a stream without sentences."""

    levels: tuple[Level, ...]

    @property
    def predicted(self) -> int:
        """How many different tokens can come next: all but the mark of a beginning."""
        return self.size - (self.begin >= 0)

    def shortened(self, order: int) -> "Counts":
        """The counts of a lower order, of the same text."""
        if not 1 <= order <= self.order:
            raise ValueError(f"order {order} is not within 1…{self.order}")
        *lower, top = self.levels[:order]
        return replace(self, order=order, levels=(*lower, replace(top, continuations=top.counts)))

    def walk(self, ids: Ids) -> list[Ids]:
        """Number the k-gram that ends at each place, for k = 1…order; UNSEEN where it was not in the text.

        `ids` has shape (n,), and so has each answer.
        """
        found = [np.where((ids >= 0) & (ids < self.size), ids, UNSEEN)]
        for level in self.levels[1:]:
            before = np.concatenate([[UNSEEN], found[-1][:-1]])
            known = np.flatnonzero((before >= 0) & (found[0] >= 0))
            numbers = np.full(len(ids), UNSEEN, np.int64)
            numbers[known] = _find(level.keys, before[known] * self.size + ids[known])
            found.append(numbers)
        return found


def _find(keys: Ids, wanted: Ids) -> Ids:
    """The place of each wanted key among the sorted ones, or UNSEEN."""
    order = np.argsort(wanted)  # what is looked for in order is found without jumping about in memory
    places = np.empty_like(wanted)
    places[order] = np.searchsorted(keys, wanted[order])
    np.minimum(places, len(keys) - 1, out=places)
    return np.where(keys[places] == wanted, places, UNSEEN)


def padded(sentences: Sequence[Sequence[str]], vocabulary: Vocabulary, order: int) -> Ids:
    """Number all sentences in a row, order − 1 marks of a beginning before each and one of its end behind it."""
    lengths = np.fromiter(map(len, sentences), np.int64, len(sentences))
    flat = vocabulary.ids(list(chain.from_iterable(sentences)))
    around = order  # marks a sentence
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]) if len(lengths) else lengths
    ids = np.zeros(len(flat) + around * len(lengths), np.int64)
    shift = np.repeat(np.arange(len(lengths)) * around + order - 1, lengths)
    ids[np.arange(len(flat)) + shift] = flat
    ids[starts + lengths + np.arange(len(lengths)) * around + order - 1] = 1
    return ids


def counted(sentences: Sequence[Sequence[str]], order: int) -> tuple[Vocabulary, Counts]:
    """Count the n-grams of sentences up to a length, and give the vocabulary that numbers their tokens."""
    vocabulary = Vocabulary(list(dict.fromkeys(chain.from_iterable(sentences))))
    return vocabulary, count(padded(sentences, vocabulary, order), len(vocabulary), order, begin=0)


def count(ids: Ids, size: int, order: int, begin: int = -1) -> Counts:
    """Count the n-grams of numbered tokens, shape (n,), each below `size`.

    Where the stream has sentences, `begin` stands order − 1 times before each, so that none reaches into the one
    before; without it the stream is one text. Raises ValueError for an order below 1.
    """
    if order < 1:
        raise ValueError(f"order {order}: an n-gram has at least one token")
    ids = np.asarray(ids, np.int64)
    occurs = np.bincount(ids, minlength=size)
    grams, levels = ids, [_first(occurs, size, begin)]
    begins = np.arange(size) == begin
    for length in range(2, order + 1):
        before, last = grams[:-1], ids[length - 1 :]
        keys, places, occurs = np.unique(before * size + last, return_inverse=True, return_counts=True)
        contexts, ends = keys // size, keys % size
        counts = np.where(ends == begin, 0, occurs)
        # What a k-gram is without its first token: of every (k + 1)-gram one occurrence tells.
        shorter = np.empty(len(keys), np.int64)
        shorter[places] = grams[1:]
        different = np.bincount(shorter[counts > 0], minlength=len(levels[-1].keys))
        lower = levels[-1]
        continuations = np.where(begins | (lower.counts == 0), lower.counts, different)
        levels[-1] = Level(lower.keys, lower.counts, continuations, lower.starts)
        starts = np.searchsorted(contexts, np.arange(len(lower.keys) + 1))
        levels.append(Level(keys, counts, counts, starts))
        begins, grams = begins[contexts], places
    return Counts(order, size, begin, tuple(levels))


def _first(occurs: Ids, size: int, begin: int) -> Level:
    """The single tokens: one context, the empty one."""
    counts = np.where(np.arange(size) == begin, 0, occurs)
    return Level(np.arange(size, dtype=np.int64), counts, counts, np.array([0, size], np.int64))

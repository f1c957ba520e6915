"""Finds the merges of byte-pair encoding for a text: again and again the pair that stands there most often.

Pairs are counted once, by distinct words, and after a merge only the words that had the pair are counted anew; a heap
knows the most frequent. Of equally frequent pairs the one of the lower tokens is taken, so that a text always gives the
same merges.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from engine.language.gpt.bpe import BytePairs, Pair, merged
from engine.language.gpt.errors import GptError
from engine.language.gpt.words import words

BYTES = 256


@dataclass(frozen=True)
class Merge:
    """One merge as it was found."""

    pair: Pair
    """The tokens that it joins."""

    token: int
    """What comes out."""

    count: int
    """How often the pair stood in the text."""


def train(text: str | Iterable[str], size: int) -> BytePairs:
    """The tokenizer of so many tokens for a text, or for one that comes in parts.

    It has fewer where no pair stands there twice. Raises GptError `empty_text`, `vocabulary` for a size below 257.
    """
    if size <= BYTES:
        raise GptError("vocabulary", value=size, least=BYTES + 1)
    found = list(merges(text, size - BYTES))
    return BytePairs([each.pair for each in found], counts=[each.count for each in found])


def merges(text: str | Iterable[str], most: int) -> Iterator[Merge]:
    """The merges one by one, `most` at most. Raises GptError `empty_text`."""
    occurrences: Counter[str] = Counter()
    for part in (text,) if isinstance(text, str) else text:
        occurrences.update(words(part, "scripts"))
    if not occurrences:
        raise GptError("empty_text", length=0, least=1)
    spelled = [list(word.encode("utf-8", "surrogatepass")) for word in occurrences]
    often = list(occurrences.values())
    counts: Counter[Pair] = Counter()
    where: defaultdict[Pair, set[int]] = defaultdict(set)
    for number, tokens in enumerate(spelled):
        for pair in pairwise(tokens):
            counts[pair] += often[number]
            where[pair].add(number)
    heap = [(-count, pair) for pair, count in counts.items()]
    heapq.heapify(heap)
    token = BYTES
    while heap and token < BYTES + most:
        negative, pair = heapq.heappop(heap)
        if counts[pair] != -negative:
            continue  # counted anew since; it stands in the heap a second time
        if -negative < 2:
            return
        yield Merge(pair, token, -negative)
        changed: Counter[Pair] = Counter()
        for number in where.pop(pair):
            _merge_word(spelled, number, pair, token, often[number], changed, where)
        for each, change in changed.items():
            counts[each] += change
            if change and counts[each] > 0:
                heapq.heappush(heap, (-counts[each], each))
        token += 1


def _merge_word(
    spelled: list[list[int]],
    number: int,
    pair: Pair,
    token: int,
    often: int,
    changed: Counter[Pair],
    where: defaultdict[Pair, set[int]],
) -> None:
    """Join the pair in one word, and note which pairs became fewer or more."""
    before = spelled[number]
    after = merged(before, pair, token)
    if len(after) == len(before):
        return  # another merge has used the tokens up
    for each in pairwise(before):
        changed[each] -= often
    for each in pairwise(after):
        changed[each] += often
        where[each].add(number)
    spelled[number] = after

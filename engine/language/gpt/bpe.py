"""Byte-pair encoding over bytes: a text is bytes, and pairs that are often together become tokens of their own.

Sennrich et al., Neural Machine Translation of Rare Words with Subword Units (2016); over bytes as in Radford et al.,
Language Models are Unsupervised Multitask Learners (2019), section 2.2: no text is unknown. The merges are applied in
the order in which they were found, word by word.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.language.gpt.tokenizer import readable
from engine.language.gpt.words import Cut, words

Pair = tuple[int, int]

REMEMBERED = 65_536
"""Words whose tokens are remembered."""


class BytePairs:
    """A tokenizer of `base` bytes and merges of two tokens into one more.

    Token i is the byte `base[i]`, or else what merge i − 256 makes. `special` names tokens at the end that no text
    gives, such as the end of a text.
    """

    def __init__(
        self,
        merges: Sequence[Pair],
        *,
        base: bytes = bytes(range(256)),
        counts: Sequence[int] = (),
        special: Sequence[str] = (),
        cut: Cut = "scripts",
    ) -> None:
        self.merges = tuple(merges)
        """The two tokens that each merge joins, in the order in which they were found."""

        self.counts = tuple(counts)
        """How often each pair stood in the training text when it was joined; empty where that is not known."""

        self.base, self.special, self.cut = base, tuple(special), cut
        self._first = {byte: number for number, byte in enumerate(base)}
        self._ranks = {pair: rank for rank, pair in enumerate(self.merges)}
        self._bytes = [bytes([each]) for each in base]
        for left, right in self.merges:
            self._bytes.append(self._bytes[left] + self._bytes[right])
        self._bytes += [each.encode() for each in self.special]
        self._word = lru_cache(maxsize=REMEMBERED)(self._encode_word)

    @property
    def size(self) -> int:
        """Bytes, merges and special tokens together."""
        return len(self._bytes)

    def encode(self, text: str) -> list[int]:
        """The tokens of a text."""
        return [token for word in words(text, self.cut) for token in self._word(word)]

    def encode_all(self, text: str) -> NDArray[np.int32]:
        """The same for a text of any length, as an array."""
        return np.fromiter((token for word in words(text, self.cut) for token in self._word(word)), dtype=np.int32)

    def decode(self, tokens: Iterable[int]) -> str:
        """The text of tokens; where bytes are no character, U+FFFD."""
        return b"".join(self._bytes[each] for each in tokens).decode(errors="replace")

    def piece(self, token: int) -> str:
        """How one token looks."""
        return readable(self._bytes[token])

    def content(self, token: int) -> bytes:
        """The bytes of one token."""
        return self._bytes[token]

    def merged(self) -> list[tuple[str, str, str]]:
        """How each merge looks: what is joined, and what comes out."""
        first = len(self.base)
        return [
            (self.piece(left), self.piece(right), self.piece(first + rank))
            for rank, (left, right) in enumerate(self.merges)
        ]

    def as_dict(self) -> dict[str, Any]:
        """The tokenizer as plain data."""
        return {
            "kind": "bpe",
            "merges": [list(pair) for pair in self.merges],
            "counts": list(self.counts),
            "base": list(self.base),
            "special": list(self.special),
            "cut": self.cut,
        }

    def _encode_word(self, word: str) -> tuple[int, ...]:
        tokens = [self._first[byte] for byte in word.encode("utf-8", "surrogatepass")]
        none = len(self.merges)
        while len(tokens) > 1:
            pairs = list(pairwise(tokens))
            rank, pair = min((self._ranks.get(each, none), each) for each in pairs)
            if rank == none:
                break
            tokens = merged(tokens, pair, len(self.base) + rank)
        return tuple(tokens)


def merged(tokens: Sequence[int], pair: Pair, token: int) -> list[int]:
    """The tokens with each such pair joined into one, from the left."""
    found: list[int] = []
    left, right = pair
    place, last = 0, len(tokens) - 1
    while place <= last:
        if tokens[place] == left and place < last and tokens[place + 1] == right:
            found.append(token)
            place += 2
        else:
            found.append(tokens[place])
            place += 1
    return found

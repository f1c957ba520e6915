"""Writing by a GPT, token by token: what comes next, choosing, going back, and going on otherwise.

The text may be longer than the context. The window that the network sees then moves by half a context and is read
again; where it begins follows from the length of the text alone (`window`), so that the same text always has the same
logits, whichever way it came about, with the KV cache or without.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from engine.language.gpt.cache import Cache
from engine.language.gpt.errors import GptError
from engine.language.gpt.model import GPT
from engine.language.gpt.one_token import OneToken, possible
from engine.language.gpt.sampling import Array, Rules, distribution, draw, log_probabilities

KEPT = 256 * 2**20
"""Bytes of logits that are kept; of a longer text the oldest are computed anew when they are asked for."""

CHANCES = 256
"""Random numbers that are drawn at once."""


@dataclass(frozen=True)
class Written:
    """One token that was added."""

    token: int
    """Which."""

    position: int
    """Its place in the text, from 0."""

    log_probability: float
    """Of the model itself, in nats, before any rule."""

    probability: float
    """Under the rules by which it was chosen, 0…1; 0 for one picked by hand that they rule out."""

    moved: bool
    """Whether the window moved for it, so that half a context was read again."""

    seconds: float
    """What the network took to read what stands before it; 0 where that was known."""


def window(length: int, context: int) -> int:
    """Where the window begins that sees the last of `length` tokens; it moves by half a context at a time."""
    step = max(1, context // 2)
    return step * -(-max(0, length - context) // step)


class Writer:
    """A text that a model goes on with.

    `tokens` may be longer than the context: `start` says how much is cut. With `cache` the keys and values of the
    window are kept, and one step reads one token; without it, each step reads the whole window. The seed decides all
    draws: the token at one place is always drawn by the same random number. Raises GptError `empty_prompt`, `token`.
    """

    def __init__(self, model: GPT, tokens: Sequence[int], *, seed: int = 0, cache: bool = True) -> None:
        if not tokens:
            raise GptError("empty_prompt")
        self.model = model.eval()
        self.tokens: list[int] = []
        """The whole text so far; change it by `put`, `step` and `back` only."""

        self.context = model.config.context
        self.seconds = 0.0
        """What the network took for the last logits."""

        self._cache = Cache(model) if cache else None
        self._cache_start = 0
        self._one = OneToken(model, self._cache) if self._cache is not None and possible(model) else None
        self._logits: dict[int, NDArray[np.float32]] = {}
        """By the place of the token that they are about."""

        self._most = max(4, KEPT // (4 * model.config.vocabulary))
        self._random = np.random.default_rng(seed)
        self._chances = self._random.random(CHANCES)
        for each in tokens:
            self.tokens.append(self._known(each))

    @property
    def start(self) -> int:
        """Tokens before the window, which the network does not see."""
        return window(len(self.tokens), self.context)

    @property
    def cached(self) -> bool:
        """Whether there is a KV cache."""
        return self._cache is not None

    def logits(self, position: int | None = None) -> NDArray[np.float32]:
        """Logits (V,) of the token at a place, 1…, from those before it; None is the next one.

        They are kept: only what was never asked for is computed. Raises IndexError for a place beyond the next one.
        """
        place = len(self.tokens) if position is None else position
        if not 1 <= place <= len(self.tokens):
            raise IndexError(place)
        self.seconds = 0.0
        if place not in self._logits:
            began = time.perf_counter()
            self._read(place)
            self.seconds = time.perf_counter() - began
        return self._logits[place]

    def distribution(self, rules: Rules, position: int | None = None) -> Array:
        """Probabilities (V,) of the token at a place under rules; the network is not asked again for other rules."""
        place = len(self.tokens) if position is None else position
        return distribution(self.logits(place), rules, self.tokens[window(place, self.context) : place])

    def log_probability(self, position: int) -> float:
        """Of the token that stands at a place, 1…, by the model itself, in nats."""
        return float(log_probabilities(self.logits(position).astype(np.float64))[self.tokens[position]])

    def surprise(self) -> list[float | None]:
        """Log-probability of every token of the text that the window shows; None for the first and what is cut."""
        begin = window(len(self.tokens), self.context)
        self.logits()
        return [
            self.log_probability(place) if place > begin or place in self._logits else None
            for place in range(len(self.tokens))
        ]

    def chance(self, position: int) -> float:
        """The random number, 0…1, that decides the token at a place; it follows from the seed."""
        while position >= len(self._chances):
            self._chances = np.append(self._chances, self._random.random(CHANCES))
        return float(self._chances[position])

    def choose(self, rules: Rules) -> int:
        """The next token by the rules, without adding it."""
        return draw(self.distribution(rules), self.chance(len(self.tokens)))

    def step(self, rules: Rules) -> Written:
        """Choose the next token and add it."""
        return self._add(None, rules)

    def put(self, token: int, rules: Rules | None = None) -> Written:
        """Add a token of one's own choice. Raises GptError `token` for one that the model does not know."""
        return self._add(self._known(token), rules or Rules())

    def run(self, rules: Rules, count: int) -> Iterator[Written]:
        """Add so many tokens, one by one; it may be left off after any of them."""
        for _ in range(count):
            yield self.step(rules)

    def back(self, position: int) -> None:
        """Take away the token at a place, 1…, and all after it; going on then makes a branch.

        What was kept for the places up to there stays. Raises IndexError.
        """
        if not 1 <= position <= len(self.tokens):
            raise IndexError(position)
        del self.tokens[position:]
        for place in [each for each in self._logits if each > position]:
            del self._logits[place]
        if self._cache is not None:
            self._cache.length = max(0, min(self._cache.length, position - self._cache_start))

    def _known(self, token: int) -> int:
        if not 0 <= token < self.model.config.vocabulary:
            raise GptError("token", value=token, size=self.model.config.vocabulary)
        return int(token)

    def _add(self, token: int | None, rules: Rules) -> Written:
        place = len(self.tokens)
        logits = self.logits(place)
        seconds = self.seconds
        chances = self.distribution(rules)
        chosen = draw(chances, self.chance(place)) if token is None else token
        self.tokens.append(chosen)
        return Written(
            token=chosen,
            position=place,
            log_probability=float(log_probabilities(logits.astype(np.float64))[chosen]),
            probability=float(chances[chosen]),
            moved=place > 1 and window(place, self.context) != window(place - 1, self.context),
            seconds=seconds,
        )

    @torch.inference_mode()
    def _read(self, place: int) -> None:
        """Compute the logits of the token at a place, and of those before it that the same pass gives."""
        start = window(place, self.context)
        begin = start
        cache = self._cache
        if cache is not None:
            if self._cache_start != start:
                self._cache_start, cache.length = start, 0
            cache.length = min(cache.length, place - start - 1)  # the last token must be read for its logits
            begin = start + cache.length
        if self._one is not None and begin == place - 1:
            self._keep(place, self._one.logits(self.tokens[begin]))
            return
        tokens = torch.tensor([self.tokens[begin:place]], device=self.model.device)
        # Places of an earlier window have their logits from there, and what is kept need not be computed.
        first = max(begin, self._first_of(start) - 1, place - self._most)
        while first < place - 1 and first + 1 in self._logits:
            first += 1
        x = self.model.hidden(tokens, cache)[0, first - begin :]
        found = torch.nn.functional.linear(x, self.model.tokens.weight).float().cpu().numpy()
        for number, each in enumerate(found):
            self._keep(first + number + 1, each)

    def _keep(self, place: int, logits: NDArray[np.float32]) -> None:
        self._logits[place] = logits
        while len(self._logits) > self._most:  # those that were computed first
            del self._logits[next(iter(self._logits))]

    def _first_of(self, start: int) -> int:
        """The first place whose window begins at `start`."""
        return start + self.context - max(1, self.context // 2) + 1 if start else 1

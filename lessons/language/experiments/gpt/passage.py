"""A text under way: prompt, tokens that are settled, and tokens drawn by rules; what is known of it is kept."""

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from statistics import median

import numpy as np

from engine.language.gpt.beam import Beam, beams
from engine.language.gpt.sampling import Array, Rules, draw, log_probabilities
from engine.language.gpt.writing import Writer
from lessons.language.experiments.gpt.sources import Source
from lessons.language.labs.gpt.settings import GptSettings

AHEAD = 6
"""Tokens that beam search looks ahead to choose the next one."""

OTHER = 16
"""Tokens between two measurements of the way that is not set."""

JUMP = 24
"""Tokens that are read one by one; for more the whole text is read anew."""


def rules_of(settings: GptSettings, temperature: float | None = None) -> Rules:
    """The rules that are set; greedy choice and beam search know none but the repetition penalty."""
    if settings.draw != "sample":
        return Rules(temperature=0.0 if settings.draw == "greedy" else 1.0, repetition=settings.repetition)
    return Rules(
        temperature=settings.temperature if temperature is None else temperature,
        top_k=settings.top_k,
        top_p=settings.top_p,
        min_p=settings.min_p,
        repetition=settings.repetition,
    )


@dataclass
class Passage:
    """One text by one model."""

    source: Source
    seed: int
    cache: bool
    writer: Writer | None = None
    how: tuple[object, ...] = ()
    """How the tokens after the settled ones were drawn."""

    log_probabilities: list[float] = field(default_factory=list)
    """Of the tokens from the second on, in nats."""

    other: float = 0.0
    other_at: int = -1
    taken: deque[float] = field(default_factory=lambda: deque(maxlen=9))
    """Milliseconds that the network took for the last tokens."""

    @property
    def tokens(self) -> list[int]:
        """The whole text."""
        return self.writer.tokens if self.writer is not None else []

    def bring(self, settled: Sequence[int], settings: GptSettings, temperature: float | None = None) -> None:
        """Let the text be the settled tokens and those that are drawn after them. Raises GptError."""
        rules = rules_of(settings, temperature)
        how = (len(settled), rules, settings.draw, settings.beams)
        wanted = len(settled) + settings.tokens
        writer = self._with(settled, self.how == how, wanted)
        self.how = how
        while len(writer.tokens) < wanted:
            if settings.draw == "beam":
                writer.put(self.ahead(settings)[0].tokens[0])
            else:
                writer.step(rules)
            self._note_time()

    def _with(self, settled: Sequence[int], same: bool, wanted: int) -> Writer:
        writer = self.writer
        if writer is None or not settled:
            return self._begun(settled)
        shared = next(
            (place for place, (one, other) in enumerate(zip(writer.tokens, settled, strict=False)) if one != other),
            min(len(writer.tokens), len(settled)),
        )
        if shared == len(settled):
            keep = min(len(writer.tokens), wanted) if same else shared
            self._back(keep)
        elif shared and len(settled) - shared <= JUMP:
            self._back(shared)
            for token in settled[shared:]:
                writer.put(token)
        else:
            return self._begun(settled)
        return writer

    def _begun(self, settled: Sequence[int]) -> Writer:
        self.writer = Writer(self.source.model, settled, seed=self.seed, cache=self.cache)
        self.log_probabilities = []
        return self.writer

    def _back(self, position: int) -> None:
        assert self.writer is not None
        if position < len(self.writer.tokens):
            self.writer.back(position)
            del self.log_probabilities[max(position - 1, 0) :]

    def _note_time(self) -> None:
        assert self.writer is not None
        if self.writer.seconds:
            self.taken.append(1000 * self.writer.seconds)

    def logits(self, position: int) -> Array:
        """Logits (V,) of the token at a place, 1…."""
        assert self.writer is not None
        found: Array = self.writer.logits(position).astype(np.float64)
        self._note_time()
        return found

    def surprises(self) -> np.ndarray:
        """−log₂ p of each token by the model itself, in bits, shape (n,); 0 for the first."""
        for place in range(len(self.log_probabilities) + 1, len(self.tokens)):
            self.log_probabilities.append(float(log_probabilities(self.logits(place))[self.tokens[place]]))
        return np.array([0.0, *self.log_probabilities])[: len(self.tokens)] / -math.log(2)

    def drawn(self, rules: Rules, position: int) -> int:
        """The token that the rules draw at a place."""
        assert self.writer is not None
        return draw(self.writer.distribution(rules, position), self.writer.chance(position))

    def times(self) -> dict[str, float]:
        """Milliseconds that a token takes, and now and then those that one takes the other way."""
        assert self.writer is not None
        if self.taken and len(self.tokens) // OTHER != self.other_at:
            self.other_at = len(self.tokens) // OTHER
            self.other = self._other_way()
        found = {"ms": median(self.taken)} if self.taken else {}
        return found | ({"ms_other": self.other} if found and self.other else {})

    def _other_way(self) -> float:
        """Milliseconds of a token without the cache where there is one, and with it where there is none."""
        writer = Writer(self.source.model, self.tokens, cache=not self.cache)
        if not self.cache:
            writer.back(max(len(self.tokens) - 1, 1))
            writer.logits()
            writer.put(self.tokens[-1])
        writer.logits()
        return 1000 * writer.seconds

    def ahead(self, settings: GptSettings, position: int | None = None) -> tuple[Beam, ...]:
        """What beam search holds, the best first, looking ahead from a place; at the end where none is given."""
        text = self.tokens if position is None else self.tokens[:position]
        *_, last = beams(self.source.model, text, width=settings.beams, count=AHEAD)
        return last


@lru_cache(maxsize=8)
def passage(source: Source, seed: int, cache: bool, which: int) -> Passage:
    """The text of a model, a seed and one of the two places; each is begun once, and brought to what is wanted."""
    return Passage(source, seed, cache)

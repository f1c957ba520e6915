"""The network that writes: a GPT, as the lab `language.gpt` has it, by the same rules and random numbers."""

import math
import time
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.language.gpt.sampling import Rules
from engine.language.gpt.writing import Writer
from lessons.applications.labs.panel.settings import PanelSettings, writing
from lessons.language.experiments.gpt import figures
from lessons.language.experiments.gpt.passage import rules_of
from lessons.language.experiments.gpt.sources import Source, source
from lessons.vocabulary.figures import Bars, Tokens

CANDIDATES = 10
"""Tokens that are shown of those that may follow."""


@dataclass(frozen=True)
class Written:
    """What follows a sentence."""

    text: str
    passes: int
    """Tokens that were written: each is one pass through the network."""

    ms: float
    """Milliseconds that the answer took."""

    figure: Tokens
    next: Bars


def size(settings: PanelSettings) -> tuple[int, bool]:
    """Parameters of the network, and whether the run that was asked for is missing."""
    found = source(writing(settings))
    return found.parameters, found.missing


def write(settings: PanelSettings) -> Written:
    """Go on with the sentence. Raises GptError for characters that the model does not know, or for its file."""
    own = writing(settings)
    found = source(own)
    given = found.encode(own.prompt or found.beginning)
    _warm(found)
    return _written(found, tuple(given), own.tokens, rules_of(own), own.seed)


@lru_cache(maxsize=8)
def _warm(found: Source) -> None:
    """Let it write a little, so that no answer's time is that of loading it."""
    for _ in Writer(found.model, [0]).run(Rules(), 2):
        pass


@lru_cache(maxsize=32)
def _written(found: Source, given: tuple[int, ...], count: int, rules: Rules, seed: int) -> Written:
    began = time.perf_counter()
    writer = Writer(found.model, given, seed=seed)
    for _ in writer.run(rules, count):
        pass
    taken = 1000 * (time.perf_counter() - began)
    bits = [0.0 if each is None else -each / math.log(2) for each in writer.surprise()]
    pieces = found.pieces(writer.tokens)
    logits = writer.logits().astype(np.float64)
    order, own, _ = figures.candidates(logits, rules, writer.tokens[-found.context :])
    best = order[:CANDIDATES]
    return Written(
        text=found.text(writer.tokens[len(given) :]),
        passes=count,
        ms=taken,
        figure=figures.text(pieces, np.array(bits), len(given), 0, None),
        next=Bars(
            title="@language.gpt.next",
            names=tuple(figures.label(found.piece(each)) for each in best.tolist()),
            values=np.round(own[best], 6),
            chosen=0,
        ),
    )

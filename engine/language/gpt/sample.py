"""What a model writes at some moment of its training, always from the same beginning and by the same random numbers."""

import time
from dataclasses import dataclass

from engine.language.gpt.model import GPT
from engine.language.gpt.sampling import Rules
from engine.language.gpt.tokenizer import Tokenizer
from engine.language.gpt.writing import Writer

LENGTH = 200
"""Tokens of a sample."""

RULES = Rules(temperature=0.8)
"""A little surer than the model itself: what it has learned shows better."""


@dataclass(frozen=True)
class Sample:
    """A text that was written."""

    text: str
    """Without the line end that it began from."""

    tokens: int
    """How many were written."""

    seconds: float
    """What that took."""


def sample(model: GPT, tokenizer: Tokenizer, *, seed: int, length: int = LENGTH) -> Sample:
    """Write a text from the beginning of a line on."""
    training = model.training
    try:
        start = tokenizer.encode("\n")
    except ValueError:  # a text of one line
        start = [0]
    writer = Writer(model, start, seed=seed)
    began = time.perf_counter()
    tokens = [each.token for each in writer.run(RULES, length)]
    seconds = time.perf_counter() - began
    model.train(training)
    return Sample(tokenizer.decode(tokens), len(tokens), seconds)

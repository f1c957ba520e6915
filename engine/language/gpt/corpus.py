"""A text as a training sees it: which one, cut into tokens, the last tenth held out."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.data import texts
from engine.data.own_text import Encoding, beginning
from engine.language.gpt.errors import GptError
from engine.language.gpt.tokenizer import Level, Tokenizer
from engine.language.gpt.tokenizers import tokenizer_for

Text = Literal["english", "japanese", "own"]
"""The built-in texts, or a file."""

HELD_OUT = 0.1
"""Share of the tokens, from the end on, that are not trained on."""

MOST = 20_000_000
"""Characters of a file that are used: more are no use to what a workstation trains in hours."""


@dataclass(frozen=True)
class Corpus:
    """A text in tokens."""

    tokenizer: Tokenizer
    """Made for this text."""

    train: NDArray[np.int32]
    """Tokens to learn from."""

    held_out: NDArray[np.int32]
    """Tokens to measure with."""

    characters: int
    """Of the text, as far as it is used."""

    cut: bool
    """Whether the file goes on behind them."""


def read(text: Text, file: Path | None = None, encoding: Encoding = "utf-8") -> tuple[str, bool]:
    """A text, and whether it was cut. Raises own_text.TextError for a file that can't be read."""
    if text == "own":
        if file is None:
            raise GptError("empty_text", length=0, least=1)
        return beginning(file, MOST, encoding)
    return (texts.english() if text == "english" else texts.japanese()), False


def corpus(text: str, *, level: Level, vocabulary: int, context: int, cut: bool = False) -> Corpus:
    """Cut a text into tokens; `vocabulary` is the most that byte-pair encoding makes.

    Raises GptError `empty_text`, and `short_text` where one of the parts has not one window of `context` tokens and the
    one after.
    """
    tokenizer = tokenizer_for(text, level, vocabulary)
    tokens = tokenizer.encode_all(text)
    least = context + 1
    held_out = max(int(len(tokens) * HELD_OUT), least)
    if len(tokens) - held_out < least:
        raise GptError("short_text", length=len(tokens), least=2 * least)
    return Corpus(tokenizer, tokens[:-held_out], tokens[-held_out:], len(text), cut)

"""Tokenizers by what is to be a token, and from plain data."""

from typing import Any

from engine.language.gpt import bpe_training
from engine.language.gpt.bpe import BytePairs
from engine.language.gpt.errors import GptError
from engine.language.gpt.hugging_face_tokenizer import Renumbered
from engine.language.gpt.tokenizer import Characters, Level, Tokenizer


def tokenizer_for(text: str, level: Level, size: int) -> Tokenizer:
    """The tokenizer of a training text; `size` is that of byte-pair encoding. Raises GptError."""
    return Characters.of(text) if level == "characters" else bpe_training.train(text, size)


def tokenizer_of(values: dict[str, Any]) -> Tokenizer:
    """A tokenizer from `as_dict`. Raises GptError `older` for one of another kind."""
    try:
        if values["kind"] == "characters":
            return Characters(values["characters"])
        if values["kind"] == "bpe":
            return BytePairs(
                [(left, right) for left, right in values["merges"]],
                base=bytes(values["base"]),
                counts=values["counts"],
                special=values["special"],
                cut=values["cut"],
            )
        if values["kind"] == "renumbered":
            pairs = tokenizer_of(values["pairs"])
            if isinstance(pairs, BytePairs):
                return Renumbered(pairs, values["numbers"])
    except GptError:
        raise
    except (KeyError, TypeError, ValueError) as error:
        raise GptError("older", missing=[str(error)], unexpected=[]) from None
    raise GptError("older", missing=[], unexpected=[str(values["kind"])])

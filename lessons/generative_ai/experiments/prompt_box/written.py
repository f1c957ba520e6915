"""The other machine of the box: a GPT that goes on with the prompt as with any text."""

import math
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from engine.language.gpt import trained
from engine.language.gpt.errors import GptError
from engine.language.gpt.sampling import Rules
from engine.language.gpt.spelling import spelled
from engine.language.gpt.tokenizer import Tokenizer
from engine.language.gpt.writing import Writer
from lessons.vocabulary.figures import Tokens
from lessons.vocabulary.observation import News

LENGTH = 120
"""Tokens that it writes."""

RULES = Rules(temperature=0.8, top_k=40, top_p=0.9)

MOST_BITS = 12.0
"""Surprise of the strongest tint."""

JAPANESE = 0x2E80
"""Signs from here on are Japanese."""


class _Text(NamedTuple):
    given: tuple[int, ...]
    tokens: tuple[int, ...]
    bits: tuple[float, ...]


def answer(prompt: str, seed: int) -> dict[str, Any]:
    """Go on with a prompt: fields of the observation. What is Japanese goes to the model that learned Japanese."""
    language: trained.Language = "japanese" if any(ord(sign) >= JAPANESE for sign in prompt) else "english"
    found = trained.shipped(language).trained
    known, lost = _known(found.tokenizer, prompt)
    text = _written(language, known, seed)
    news = (News("@generative_ai.prompt_box.news.letters", {"letters": " ".join(lost[:10])}),) if lost else ()
    return {
        "answered": "gpt",
        "parameters": found.model.parameters_count,
        "written_text": found.tokenizer.decode(text.tokens[len(text.given) :]),
        "news": news,
        "text": Tokens(
            title="@generative_ai.prompt_box.written",
            pieces=tuple(spelled(found.tokenizer, text.tokens)),
            values=np.array(text.bits),
            high=MOST_BITS,
            given=len(text.given),
        ),
    }


def _known(tokenizer: Tokenizer, prompt: str) -> tuple[str, list[str]]:
    """The prompt without letters that the model never saw, and these."""
    lost = []
    for sign in dict.fromkeys(prompt):
        try:
            tokenizer.encode(sign)
        except GptError:
            lost.append(sign)
    return "".join(sign for sign in prompt if sign not in lost), lost


@lru_cache(maxsize=32)
def _written(language: trained.Language, prompt: str, seed: int) -> _Text:
    found = trained.shipped(language).trained
    given = tuple(found.tokenizer.encode(prompt or "\n"))
    writer = Writer(found.model, list(given), seed=seed)
    written = list(writer.run(RULES, LENGTH))
    bits = [0.0] * len(given) + [-each.log_probability / math.log(2) for each in written]
    return _Text(given, (*given, *(each.token for each in written)), tuple(round(each, 4) for each in bits))

"""Beam search: the most probable text of a given length that can be found by keeping a few beginnings at a time.

Of all continuations of the beginnings kept, those of the greatest log-probability are kept again. One beginning alone
is greedy writing; as many as there are texts finds the best of all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch.nn import functional as F

from engine.language.gpt.cache import Cache
from engine.language.gpt.errors import GptError
from engine.language.gpt.model import GPT
from engine.language.gpt.writing import window


@dataclass(frozen=True)
class Beam:
    """One beginning that is kept."""

    tokens: tuple[int, ...]
    """What was added to the prompt."""

    log_probability: float
    """Of all of it, by the model itself, in nats."""


@torch.inference_mode()
def beams(model: GPT, prompt: Sequence[int], *, width: int, count: int) -> Iterator[tuple[Beam, ...]]:
    """The `width` best continuations, the best first, after each of `count` tokens.

    Of equals the one of the better beginning and the lower token comes first. Raises GptError `empty_prompt`, `token`,
    `size` for a width below 1.
    """
    _check(model, prompt, width)
    model.eval()
    config, device = model.config, model.device
    cache = Cache(model, batch=width)
    texts = torch.tensor([list(prompt)] * width, device=device)
    # All beginnings are the same at first: the others must not come up beside the first.
    scores = torch.full((width,), -torch.inf, device=device)
    scores[0] = 0.0
    start = window(len(prompt), config.context)
    unread = texts[:, start:]
    for _ in range(count):
        logits = model(unread, cache, last=True)[:, 0].float()
        totals = (scores[:, None] + F.log_softmax(logits, dim=-1)).flatten()
        order = torch.sort(totals, descending=True, stable=True)
        chosen = order.indices[:width]
        scores = order.values[:width]
        kept = chosen // config.vocabulary
        texts = torch.cat((texts[kept], (chosen % config.vocabulary)[:, None]), dim=1)
        begin = window(texts.shape[1], config.context)
        if begin == start:
            cache.reorder(kept)
            unread = texts[:, -1:]
        else:
            start, cache.length = begin, 0
            unread = texts[:, begin:]
        rows = texts[:, len(prompt) :].tolist()
        found = zip(rows, scores.tolist(), strict=True)
        yield tuple(Beam(tuple(row), score) for row, score in found if score > -torch.inf)


def _check(model: GPT, prompt: Sequence[int], width: int) -> None:
    if width < 1:
        raise GptError("size", name="width", value=width)
    if not prompt:
        raise GptError("empty_prompt")
    for each in prompt:
        if not 0 <= each < model.config.vocabulary:
            raise GptError("token", value=each, size=model.config.vocabulary)

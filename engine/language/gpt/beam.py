"""Beam search: of several continuations at once, the most probable ones are kept at each step."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from engine.language.gpt.cache import Cache
from engine.language.gpt.model import GPT
from engine.language.gpt.writing import window


@dataclass(frozen=True)
class Beam:
    """One continuation."""

    tokens: tuple[int, ...]
    log_probability: float
    """Sum over its tokens, in nats."""


@torch.inference_mode()
def search(model: GPT, tokens: Sequence[int], width: int, length: int) -> list[Beam]:
    """The `width` most probable of all continuations that were held, each of `length` tokens, the best first.

    At each step every continuation is continued by every token, and the `width` best of all are held. The window is
    moved beforehand where it would not have room for all.
    """
    context = model.config.context
    length = min(length, max(1, context // 2))
    start = window(len(tokens) + length - 1, context)
    width = min(width, model.config.vocabulary)
    seen = torch.tensor([list(tokens[start:])], device=model.device)
    cache = Cache(model, width)
    logits = model(seen.expand(width, -1), cache, last=True)[:1, -1]  # all are the same text still
    sums, chosen = torch.log_softmax(logits.float(), dim=-1)[0].topk(width)
    held = chosen[:, None]
    for _ in range(length - 1):
        step = torch.log_softmax(model(held[:, -1:], cache, last=True)[:, -1].float(), dim=-1)
        sums, places = (sums[:, None] + step).flatten().topk(width)
        came, added = places // step.shape[1], places % step.shape[1]
        cache.reorder(came)
        held = torch.cat([held[came], added[:, None]], dim=1)
    return [Beam(tuple(row), float(total)) for row, total in zip(held.tolist(), sums.tolist(), strict=True)]

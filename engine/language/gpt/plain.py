"""A plain GPT, as a textbook would write it: what ours is compared with in speed.

The same network in the most usual way: a module for every operation, AdamW as torch chooses it, batches stacked row by
row, and writing without a cache, each token by a pass over the whole context. It is there to be measured, no more.
"""

import math
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from engine.language.gpt.config import Config


class PlainAttention(nn.Module):
    """Causal attention by torch's own function."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.heads = config.heads
        self.together = nn.Linear(config.width, 3 * config.width)
        self.output = nn.Linear(config.width, config.width)
        self.drop = nn.Dropout(config.dropout)

    def forward(self, x: Tensor) -> Tensor:
        """(B, T, D) to (B, T, D)."""
        batch, length, width = x.shape
        q, k, v = self.together(x).split(width, dim=2)
        shape = (batch, length, self.heads, width // self.heads)
        q, k, v = (each.view(shape).transpose(1, 2) for each in (q, k, v))
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        y = y.transpose(1, 2).contiguous().view(batch, length, width)
        return self.drop(self.output(y))  # type: ignore[no-any-return]


class PlainBlock(nn.Module):
    """Attention and MLP."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.norm1, self.attention = nn.LayerNorm(config.width), PlainAttention(config)
        self.norm2 = nn.LayerNorm(config.width)
        self.inner = nn.Linear(config.width, 4 * config.width)
        self.bend = nn.GELU()
        self.output = nn.Linear(4 * config.width, config.width)
        self.drop = nn.Dropout(config.dropout)

    def forward(self, x: Tensor) -> Tensor:
        """(B, T, D) to (B, T, D)."""
        x = x + self.attention(self.norm1(x))
        return x + self.drop(self.output(self.bend(self.inner(self.norm2(x)))))  # type: ignore[no-any-return]


class PlainGPT(nn.Module):
    """The whole of it."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.config = config
        self.tokens = nn.Embedding(config.vocabulary, config.width)
        self.positions = nn.Embedding(config.context, config.width)
        self.drop = nn.Dropout(config.dropout)
        self.blocks = nn.ModuleList(PlainBlock(config) for _ in range(config.layers))
        self.norm = nn.LayerNorm(config.width)
        self.head = nn.Linear(config.width, config.vocabulary, bias=False)
        for each in self.parameters():
            if each.dim() == 2:
                nn.init.normal_(each, std=0.02)
        self.tokens.weight = self.head.weight

    def forward(self, tokens: Tensor, targets: Tensor | None = None) -> tuple[Tensor, Tensor | None]:
        """Logits and loss; without targets the logits after the last token only."""
        places = torch.arange(tokens.shape[1], device=tokens.device)
        x = self.drop(self.tokens(tokens) + self.positions(places))
        for block in self.blocks:
            x = block(x)
        x = self.norm(x)
        if targets is None:
            return self.head(x[:, [-1]]), None
        logits = self.head(x)
        return logits, F.cross_entropy(logits.view(-1, logits.shape[-1]), targets.view(-1))


class PlainTraining:
    """The training of a module that gives logits and loss for tokens and targets, step by step."""

    def __init__(
        self, model: nn.Module, optimizer: torch.optim.Optimizer, data: NDArray[Any], context: int, batch: int
    ) -> None:
        self.model, self._optimizer, self._data = model.train(), optimizer, data
        self._context, self._batch = context, batch
        self._next = self._draw()

    def _draw(self) -> tuple[Tensor, Tensor]:
        places = torch.randint(len(self._data) - self._context, (self._batch,)).tolist()
        rows = [self._data[each : each + self._context + 1].astype(np.int64) for each in places]
        inputs = torch.stack([torch.from_numpy(each[:-1]) for each in rows])
        return inputs, torch.stack([torch.from_numpy(each[1:]) for each in rows])

    def step(self) -> None:
        """One step of the optimizer."""
        self.model.train()
        for group in self._optimizer.param_groups:
            group["lr"] = 1e-3
        _, loss = self.model(*self._next)
        self._next = self._draw()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)


def optimizer(model: nn.Module) -> torch.optim.Optimizer:
    """AdamW as torch chooses it, with decay of matrices only."""
    parameters = list(model.parameters())
    groups = [
        {"params": [each for each in parameters if each.dim() >= 2], "weight_decay": 0.1},
        {"params": [each for each in parameters if each.dim() < 2], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=1e-3, betas=(0.9, 0.99))


@torch.no_grad()
def write(model: PlainGPT, tokens: list[int], count: int, top_k: int = 200) -> list[int]:
    """Write so many tokens, each by a pass over the last ones that fit the context."""
    model.eval()
    text = torch.tensor([tokens])
    for _ in range(count):
        logits, _ = model(text[:, -model.config.context :])
        logits = logits[:, -1]
        least = torch.topk(logits, min(top_k, logits.shape[-1])).values[:, [-1]]
        logits[logits < least] = -math.inf
        text = torch.cat((text, torch.multinomial(F.softmax(logits, dim=-1), 1)), dim=1)
    return text[0].tolist()

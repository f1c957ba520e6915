"""PaLM, a decoder whose two halves work side by side, with one key and one value for all heads.

    block:  x ← x + attention(norm(x)) + mlp(norm(x)), one norm for both
    mlp:    SwiGLU, four times as wide inside: (swish(x W) ⊙ x V) U

Chowdhery et al., PaLM: Scaling Language Modeling with Pathways (2022), section 2 and Table 1: multi-query attention
(Shazeer 2019), rotary positions, no bias in any matrix or normalization, and the token table again as the output, whose
logits are scaled by 1/√D. Dimensions: B texts, T tokens, D width, H heads.
"""

import math
from dataclasses import dataclass

from torch import Tensor, nn
from torch.nn import functional as F

from engine.language.llama import SwiGlu
from engine.language.rotary import rotated


@dataclass(frozen=True)
class PalmConfig:
    """The sizes of a PaLM."""

    vocabulary: int
    context: int
    """Tokens that it was trained to see at once; no weight depends on it."""

    layers: int
    heads: int
    size: int
    """Dimensions of a head; all heads together need not be as wide as the model."""

    width: int
    inner: int
    """Width inside the feed-forward half."""


PALM_540B = PalmConfig(256_000, 2048, layers=118, heads=48, size=256, width=18_432, inner=73_728)


class Attention(nn.Module):
    """Causal self-attention: a query a head, and one key and one value for all of them."""

    def __init__(self, config: PalmConfig) -> None:
        super().__init__()
        self.heads, self.size = config.heads, config.size
        self.query = nn.Linear(config.width, config.heads * config.size, bias=False)
        self.key = nn.Linear(config.width, config.size, bias=False)
        self.value = nn.Linear(config.width, config.size, bias=False)
        self.output = nn.Linear(config.heads * config.size, config.width, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """(B, T, D) to (B, T, D)."""
        q = rotated(self.query(x).view(*x.shape[:2], self.heads, self.size).transpose(1, 2))  # (B, H, T, size)
        k, v = rotated(self.key(x)[:, None]), self.value(x)[:, None]  # (B, 1, T, size)
        y = F.scaled_dot_product_attention(q, k.expand_as(q), v.expand_as(q), is_causal=True)
        return self.output(y.transpose(1, 2).flatten(2))  # type: ignore[no-any-return]


class Block(nn.Module):
    """Attention and SwiGLU of the same normalized input, both added to it."""

    def __init__(self, config: PalmConfig) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(config.width, bias=False)
        self.attention = Attention(config)
        self.mlp = SwiGlu(config.width, config.inner)

    def forward(self, x: Tensor) -> Tensor:
        """(B, T, D) to (B, T, D)."""
        y = self.norm(x)
        return x + self.attention(y) + self.mlp(y)  # type: ignore[no-any-return]


class Palm(nn.Module):
    """The network."""

    def __init__(self, config: PalmConfig) -> None:
        super().__init__()
        self.config = config
        self.tokens = nn.Embedding(config.vocabulary, config.width)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.layers))
        self.norm = nn.LayerNorm(config.width, bias=False)

    def forward(self, tokens: Tensor) -> Tensor:
        """Logits of the next token after each: (B, T) whole numbers to (B, T, vocabulary)."""
        x = self.tokens(tokens)
        for block in self.blocks:
            x = block(x)
        logits = F.linear(self.norm(x), self.tokens.weight)
        return logits / math.sqrt(self.config.width)

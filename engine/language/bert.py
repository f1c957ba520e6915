"""BERT, an encoder of Transformer blocks: every token looks at all others, before and after it.

    tokens ─▸ normalized sum of three tables: token, position, first or second sentence ─▸ blocks ─▸ a vector a token
    block, norm after:  x ← norm₁(x + attention(x));  x ← norm₂(x + mlp(x))
    pooler: tanh of a layer over the first token's vector, which stands for the whole text

Devlin et al., BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding (2018), section 3; GELU
is exact. The paper speaks of 30,000 word pieces; the published vocabulary has 30,522. The heads for filling blanks and
for the next sentence, which only pre-training needs, are left out, as in the published counts. Dimensions: B texts,
T tokens, D width, H heads.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

EPSILON = 1e-12
"""Added to the variance in each layer normalization."""


@dataclass(frozen=True)
class BertConfig:
    """The sizes of a BERT; `width` is a multiple of `heads`."""

    vocabulary: int
    context: int
    layers: int
    heads: int
    width: int
    segments: int = 2
    """Sentences that a text may have."""

    @property
    def inner(self) -> int:
        """Width inside the feed-forward half."""
        return 4 * self.width


BERT_BASE = BertConfig(30_522, 512, layers=12, heads=12, width=768)
BERT_LARGE = BertConfig(30_522, 512, layers=24, heads=16, width=1024)


class Attention(nn.Module):
    """Self-attention over the whole text."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.heads = config.heads
        self.qkv = nn.Linear(config.width, 3 * config.width)
        self.output = nn.Linear(config.width, config.width)

    def forward(self, x: Tensor) -> Tensor:
        """(B, T, D) to (B, T, D)."""
        q, k, v = self.qkv(x).view(*x.shape[:2], 3, self.heads, -1).permute(2, 0, 3, 1, 4)  # each (B, H, T, D/H)
        y = F.scaled_dot_product_attention(q, k, v)
        return self.output(y.transpose(1, 2).flatten(2))  # type: ignore[no-any-return]


class Mlp(nn.Module):
    """Two layers with GELU between."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.inner = nn.Linear(config.width, config.inner)
        self.output = nn.Linear(config.inner, config.width)

    def forward(self, x: Tensor) -> Tensor:
        """(…, D) to (…, D)."""
        return self.output(F.gelu(self.inner(x)))  # type: ignore[no-any-return]


class Block(nn.Module):
    """Attention, then an MLP, each added to what it was given, and normalized."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.attention = Attention(config)
        self.norm1 = nn.LayerNorm(config.width, eps=EPSILON)
        self.mlp = Mlp(config)
        self.norm2 = nn.LayerNorm(config.width, eps=EPSILON)

    def forward(self, x: Tensor) -> Tensor:
        """(B, T, D) to (B, T, D)."""
        x = self.norm1(x + self.attention(x))
        return self.norm2(x + self.mlp(x))  # type: ignore[no-any-return]


class Bert(nn.Module):
    """The network."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.config = config
        self.tokens = nn.Embedding(config.vocabulary, config.width)
        self.positions = nn.Embedding(config.context, config.width)
        self.segments = nn.Embedding(config.segments, config.width)
        self.norm = nn.LayerNorm(config.width, eps=EPSILON)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.layers))
        self.pooler = nn.Linear(config.width, config.width)

    def forward(self, tokens: Tensor, segments: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """A vector for each token (B, T, D) and one for the text (B, D); `segments` (B, T) are 0 without them."""
        sentence = torch.zeros_like(tokens) if segments is None else segments
        x = self.tokens(tokens) + self.positions.weight[: tokens.shape[1]] + self.segments(sentence)
        x = self.norm(x)
        for block in self.blocks:
            x = block(x)
        return x, torch.tanh(self.pooler(x[:, 0]))

"""GPT, a decoder of Transformer blocks that predicts the next token.

    tokens ─▸ token table + position table ─▸ blocks ─▸ normalization ─▸ · token tableᵀ ─▸ logits

    block, norm before (GPT-2):  x ← x + attention(norm₁(x));  x ← x + mlp(norm₂(x))
    block, norm after (GPT-1):   x ← norm₁(x + attention(x));  x ← norm₂(x + mlp(x)), and no final normalization

Radford et al., Improving Language Understanding by Generative Pre-Training (2018) and Language Models are Unsupervised
Multitask Learners (2019); attention as in Vaswani et al., Attention Is All You Need (2017). GELU (Hendrycks
and Gimpel 2016) is exact, or approximated by tanh as in both. Dimensions: B texts, T tokens, D width, H heads.
"""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.language.gpt.cache import Cache, LayerCache
from engine.language.gpt.config import Config
from engine.language.gpt.dropout import Dropout

SPREAD = 0.02
"""Standard deviation of the first weights."""


class Attention(nn.Module):
    """Causal self-attention: each token looks at itself and those before it, softmax(q kᵀ/√d) v in each head."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.heads, self.dropout = config.heads, Dropout(config.dropout)
        self.qkv = nn.Linear(config.width, 3 * config.width)
        self.output = nn.Linear(config.width, config.width)

    def forward(self, x: Tensor, cache: LayerCache | None = None) -> Tensor:
        """(B, T, D) to (B, T, D); with a cache, x are the tokens after those that it holds, and it takes them up."""
        batch, length, width = x.shape
        parts = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads)
        q, k, v = (each.transpose(1, 2) for each in parts.unbind(2))  # each (B, H, T, D/H)
        if self.training and self.dropout.p:
            y = self.dropout.attention(q, k, v)
            return self.output(y.transpose(1, 2).reshape(batch, length, width))  # type: ignore[no-any-return]
        mask = None
        if cache is not None:
            k, v = cache.extended(k, v)
            if 1 < length < k.shape[2]:  # some are cached: a token may see these, and of the new ones those up to it
                seen = k.shape[2]
                mask = torch.ones(length, seen, dtype=torch.bool, device=x.device).tril(seen - length)
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=mask is None and length > 1)
        return self.output(y.transpose(1, 2).reshape(batch, length, width))  # type: ignore[no-any-return]


class Mlp(nn.Module):
    """Two layers with GELU between, four times as wide inside."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.inner = nn.Linear(config.width, 4 * config.width)
        self.output = nn.Linear(4 * config.width, config.width)
        self.approximation = "tanh" if config.gelu == "tanh" else "none"

    def forward(self, x: Tensor) -> Tensor:
        """(B, T, D) to (B, T, D)."""
        return self.output(F.gelu(self.inner(x), approximate=self.approximation))  # type: ignore[no-any-return]


class Block(nn.Module):
    """Attention, then an MLP, each added to what it was given."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.before, self.dropout = config.norm == "before", Dropout(config.dropout)
        self.norm1 = nn.LayerNorm(config.width, eps=config.epsilon)
        self.attention = Attention(config)
        self.norm2 = nn.LayerNorm(config.width, eps=config.epsilon)
        self.mlp = Mlp(config)

    def forward(self, x: Tensor, cache: LayerCache | None = None) -> Tensor:
        """(B, T, D) to (B, T, D)."""
        if self.before:
            x = x + self._dropped(self.attention(self.norm1(x), cache))
            return x + self._dropped(self.mlp(self.norm2(x)))
        x = self.norm1(x + self._dropped(self.attention(x, cache)))
        return self.norm2(x + self._dropped(self.mlp(x)))  # type: ignore[no-any-return]

    def _dropped(self, x: Tensor) -> Tensor:
        return self.dropout(x) if self.dropout.p and self.training else x


class GPT(nn.Module):
    """The network. `generator` draws the first weights, on the CPU; without one they are torch's own random numbers."""

    def __init__(self, config: Config, generator: torch.Generator | None = None) -> None:
        super().__init__()
        self.config = config
        self.tokens = nn.Embedding(config.vocabulary, config.width)
        self.positions = nn.Embedding(config.context, config.width)
        self.dropout = Dropout(config.dropout)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.layers))
        self.norm = nn.LayerNorm(config.width, eps=config.epsilon) if config.norm == "before" else nn.Identity()
        if self.tokens.weight.device.type != "meta":
            self._initialize(generator)

    @torch.no_grad()
    def _initialize(self, generator: torch.Generator | None) -> None:
        # What is added to the stream is scaled down by the number of additions (GPT-2, section 2.3).
        last = SPREAD / math.sqrt(2 * self.config.layers)
        for name, each in self.named_parameters():
            if each.dim() == 2:
                each.normal_(0.0, last if name.endswith("output.weight") else SPREAD, generator=generator)
            elif name.endswith("bias"):
                each.zero_()

    def forward(self, tokens: Tensor, cache: Cache | None = None, last: bool = False) -> Tensor:
        """Logits of the next token after each: (B, T) whole numbers to (B, T, vocabulary).

        With a cache, the tokens follow those that it holds, and it takes them up; both together must fit the context.
        `last`: only those after the last token, (B, 1, vocabulary).
        """
        x = self.hidden(tokens, cache)
        return F.linear(x[:, -1:] if last else x, self.tokens.weight)

    def hidden(self, tokens: Tensor, cache: Cache | None = None) -> Tensor:
        """What the blocks make of each token: (B, T) to (B, T, D)."""
        length = tokens.shape[1]
        begin = cache.length if cache is not None else 0
        x = self.tokens(tokens) + self.positions.weight[begin : begin + length]
        if self.dropout.p and self.training:
            x = self.dropout(x)
        for number, block in enumerate(self.blocks):
            x = block(x, cache.layer(number) if cache is not None else None)
        if cache is not None:
            cache.length += length
        return self.norm(x)  # type: ignore[no-any-return]

    def loss(self, tokens: Tensor, targets: Tensor) -> Tensor:
        """Mean cross-entropy in nats; tokens and targets (B, T), target being the token that follows."""
        logits = self(tokens)
        return F.cross_entropy(logits.flatten(0, 1).float(), targets.flatten())

    @property
    def parameters_count(self) -> int:
        """Trainable parameters."""
        return sum(each.numel() for each in self.parameters())

    @property
    def device(self) -> torch.device:
        """Where its weights are."""
        return self.tokens.weight.device

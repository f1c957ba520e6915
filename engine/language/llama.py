"""LLaMA, a decoder without biases: RMS normalization before each half, rotary positions, SwiGLU.

    block:  x ← x + attention(norm₁(x));  x ← x + mlp(norm₂(x))
    mlp:    (swish(x W) ⊙ x V) U, its inner width about ⅔ · 4 of the outer one, so that three matrices cost as two did

Touvron et al., LLaMA: Open and Efficient Foundation Language Models (2023), section 2.2 and Table 2; Llama 2: Open
Foundation and Fine-Tuned Chat Models (2023), section 2.2: in its larger models eight queries share a key and a value
(grouped-query attention, Ainslie et al. 2023). The output has a table of its own. The papers leave the inner widths to
the published code: ⅔ · 4 · 8192 rounded up to a multiple of 256, and 1.3 times that to one of 4096. Dimensions:
B texts, T tokens, D width, H heads, K of keys and values.
"""

from dataclasses import dataclass

from torch import Tensor, nn
from torch.nn import functional as F

from engine.language.rotary import rotated


@dataclass(frozen=True)
class LlamaConfig:
    """The sizes of a LLaMA; `width` is a multiple of `heads`, and these of `key_heads`."""

    vocabulary: int
    context: int
    """Tokens that it was trained to see at once; no weight depends on it."""

    layers: int
    heads: int
    key_heads: int
    """Heads of keys and values; as many as `heads` where none is shared."""

    width: int
    inner: int
    """Width inside the feed-forward half."""


LLAMA_65B = LlamaConfig(32_000, 2048, layers=80, heads=64, key_heads=64, width=8192, inner=22_016)
LLAMA2_70B = LlamaConfig(32_000, 4096, layers=80, heads=64, key_heads=8, width=8192, inner=28_672)


class Attention(nn.Module):
    """Causal self-attention in which H/K queries share a key and a value."""

    def __init__(self, config: LlamaConfig) -> None:
        super().__init__()
        self.heads, self.key_heads, self.size = config.heads, config.key_heads, config.width // config.heads
        self.query = nn.Linear(config.width, config.width, bias=False)
        self.key = nn.Linear(config.width, config.key_heads * self.size, bias=False)
        self.value = nn.Linear(config.width, config.key_heads * self.size, bias=False)
        self.output = nn.Linear(config.width, config.width, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """(B, T, D) to (B, T, D)."""
        q = rotated(self._split(self.query(x), self.heads))  # (B, H, T, D/H)
        k = rotated(self._split(self.key(x), self.key_heads))  # (B, K, T, D/H)
        v = self._split(self.value(x), self.key_heads)
        shared = self.heads // self.key_heads
        k, v = k.repeat_interleave(shared, 1), v.repeat_interleave(shared, 1)
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.output(y.transpose(1, 2).flatten(2))  # type: ignore[no-any-return]

    def _split(self, x: Tensor, heads: int) -> Tensor:
        return x.view(*x.shape[:2], heads, self.size).transpose(1, 2)


class SwiGlu(nn.Module):
    """Two matrices in, one of them through swish; their product, value by value, through one out (Shazeer 2020)."""

    def __init__(self, width: int, inner: int) -> None:
        super().__init__()
        self.gate = nn.Linear(width, inner, bias=False)
        self.inner = nn.Linear(width, inner, bias=False)
        self.output = nn.Linear(inner, width, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """(…, D) to (…, D)."""
        return self.output(F.silu(self.gate(x)) * self.inner(x))  # type: ignore[no-any-return]


class Block(nn.Module):
    """Attention, then SwiGLU, each of a normalized input and added to it."""

    def __init__(self, config: LlamaConfig) -> None:
        super().__init__()
        self.norm1 = nn.RMSNorm(config.width, eps=1e-5)
        self.attention = Attention(config)
        self.norm2 = nn.RMSNorm(config.width, eps=1e-5)
        self.mlp = SwiGlu(config.width, config.inner)

    def forward(self, x: Tensor) -> Tensor:
        """(B, T, D) to (B, T, D)."""
        x = x + self.attention(self.norm1(x))
        return x + self.mlp(self.norm2(x))  # type: ignore[no-any-return]


class Llama(nn.Module):
    """The network."""

    def __init__(self, config: LlamaConfig) -> None:
        super().__init__()
        self.config = config
        self.tokens = nn.Embedding(config.vocabulary, config.width)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.layers))
        self.norm = nn.RMSNorm(config.width, eps=1e-5)
        self.head = nn.Linear(config.width, config.vocabulary, bias=False)

    def forward(self, tokens: Tensor) -> Tensor:
        """Logits of the next token after each: (B, T) whole numbers to (B, T, vocabulary)."""
        x = self.tokens(tokens)
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x))  # type: ignore[no-any-return]

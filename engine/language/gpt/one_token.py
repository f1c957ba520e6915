"""Reading one token more on the CPU, by NumPy: the cached step of `model.GPT`, over the same weights and cache.

One token is a vector, not a matrix. The work is then so small that torch takes longer to find and start each operation
than to do it, three to five times as long in a network of width 128; NumPy's way there is shorter. Memory is shared
with torch: nothing is copied, and weights that training has moved are the moved ones here.
"""

import math
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional as F

from engine.language.gpt.cache import Cache
from engine.language.gpt.model import GPT, Block

Vector = NDArray[np.float32]


class Layer(NamedTuple):
    """Weights and biases of a linear layer or a normalization."""

    weight: Vector
    bias: Vector


class Parts(NamedTuple):
    """What a block consists of, as arrays that share its memory."""

    norm1: Layer
    qkv: Layer
    output: Layer
    norm2: Layer
    inner: Layer
    outer: Layer


def possible(model: GPT) -> bool:
    """Whether the weights are such that NumPy can use them: float32 on the CPU."""
    weight = model.tokens.weight
    return weight.device.type == "cpu" and weight.dtype == torch.float32


class OneToken:
    """The model's step for one text whose keys and values are in a cache."""

    def __init__(self, model: GPT, cache: Cache) -> None:
        self._config, self._cache = model.config, cache
        self._kept = cache.array()
        self._tokens, self._positions = _array(model.tokens.weight), _array(model.positions.weight)
        self._blocks = [_parts(each) for each in model.blocks if isinstance(each, Block)]
        self._final = _layer(model.norm) if isinstance(model.norm, torch.nn.LayerNorm) else None

    def logits(self, token: int) -> Vector:
        """Logits (V,) after a token, which the cache takes up."""
        place = self._cache.length
        bend = "tanh" if self._config.gelu == "tanh" else "none"
        x = self._tokens[token] + self._positions[place]
        for parts, (keys, values) in zip(self._blocks, self._kept, strict=True):
            if self._config.norm == "before":
                x = x + self._attended(self._normed(x, parts.norm1), parts, keys[0], values[0], place)
                x = x + _mlp(self._normed(x, parts.norm2), parts, bend)
            else:
                x = self._normed(x + self._attended(x, parts, keys[0], values[0], place), parts.norm1)
                x = self._normed(x + _mlp(x, parts, bend), parts.norm2)
        self._cache.length += 1
        if self._final is not None:
            x = self._normed(x, self._final)
        found: Vector = self._tokens @ x
        return found

    def _attended(self, x: Vector, parts: Parts, keys: Vector, values: Vector, place: int) -> Vector:
        """Attention of one token, (D,) to (D,); keys and values are (H, context, D/H), and take it up at `place`."""
        q, k, v = _linear(x, parts.qkv).reshape(3, self._config.heads, -1)
        keys[:, place], values[:, place] = k, v
        scores = np.matmul(keys[:, : place + 1], q[:, :, None])[..., 0] / math.sqrt(q.shape[1])  # (H, T)
        weights = np.exp(scores - scores.max(1, keepdims=True))
        weights /= weights.sum(1, keepdims=True)
        seen = np.matmul(weights[:, None], values[:, : place + 1])  # (H, 1, D/H)
        return _linear(seen.reshape(-1), parts.output)

    def _normed(self, x: Vector, layer: Layer) -> Vector:
        centred = x - x.sum() / len(x)
        deviation = math.sqrt(float(centred @ centred) / len(x) + self._config.epsilon)
        normed: Vector = centred * (layer.weight / np.float32(deviation)) + layer.bias
        return normed


def _linear(x: Vector, layer: Layer) -> Vector:
    found: Vector = layer.weight @ x
    found += layer.bias
    return found


def _mlp(x: Vector, parts: Parts, approximation: str) -> Vector:
    x = _linear(x, parts.inner)
    bent: Vector = F.gelu(torch.from_numpy(x), approximate=approximation).numpy()
    return _linear(bent, parts.outer)


def _parts(block: Block) -> Parts:
    attention, mlp = block.attention, block.mlp
    linear = (attention.qkv, attention.output, block.norm2, mlp.inner, mlp.output)
    return Parts(_layer(block.norm1), *(_layer(each) for each in linear))


def _layer(module: torch.nn.Linear | torch.nn.LayerNorm) -> Layer:
    return Layer(_array(module.weight), _array(module.bias))


def _array(tensor: torch.Tensor) -> Vector:
    found: Vector = tensor.detach().numpy()
    return found

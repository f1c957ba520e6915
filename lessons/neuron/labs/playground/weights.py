"""Weights and biases of a network as text, and which of them is whose.

They lie layer by layer, of each layer unit by unit: the weights of what comes in, and last the bias.
"""

from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

BIAS = "bias"


def encode(parameters: Array) -> str:
    """Write weights and biases, base64url of float32 numbers without padding."""
    return urlsafe_b64encode(parameters.astype("<f4").tobytes()).decode().rstrip("=")


def decode(text: str) -> Array:
    """Read weights and biases. Raises ValueError."""
    content = b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    return np.frombuffer(content, "<f4").astype(float)


def names(features: Sequence[str], hidden: Sequence[int]) -> list[list[str]]:
    """Name all units layer by layer: the features, `1.1` …, `output`."""
    layers = [[f"{layer}.{unit + 1}" for unit in range(count)] for layer, count in enumerate(hidden, start=1)]
    return [list(features), *layers, ["output"]]


def places(features: Sequence[str], hidden: Sequence[int]) -> Iterator[tuple[str, str]]:
    """Name source and target of every weight in their order; a bias comes from `bias`."""
    layers = names(features, hidden)
    for sources, targets in pairwise(layers):
        for target in targets:
            for source in (*sources, BIAS):
                yield source, target

"""Where the parameters of a model sit, and how much it multiplies; a model on the meta device is enough.

Multiply–adds are those of one token, or of one image: a product of a value with a weight, and its addition, count as
one. A weight matrix is used once a token, so its multiply–adds are its weights; looking up a row of a table takes none.
In attention a token's query meets the key of every token that it looks at, and their values are summed: 2 products of
all heads' width for each of them, in each layer. Normalization, activation functions and biases are left out.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from torch import nn

from engine.vision.counted import Counted, Kind

Part = Literal["embedding", "attention", "feed_forward", "convolution", "full", "output", "normalization", "other"]

PARTS: dict[str, Part] = {
    "tokens": "embedding",
    "positions": "embedding",
    "segments": "embedding",
    "attention": "attention",
    "mlp": "feed_forward",
    "norm": "normalization",
    "norm1": "normalization",
    "norm2": "normalization",
    "head": "output",
    "pooler": "output",
}
"""What the modules of the language models belong to, by their names."""

KINDS: dict[Kind, Part] = {
    "convolution": "convolution",
    "full": "full",
    "batch_norm": "normalization",
}
"""What the layers of networks for images belong to; all else is `other`."""


@dataclass(frozen=True)
class Count:
    """A counted model."""

    parts: dict[Part, int]
    """Parameters of each part that has some, in the order of `Part`."""

    products: dict[Part, int]
    """Multiply–adds with the weights of each part, for one token or image."""

    attention: int = 0
    """Multiply–adds for each token that a token looks at, itself included."""

    context: int = 0
    """Tokens that it can look at, at most; 0 of a network for images."""

    @property
    def weights(self) -> int:
        """Multiply–adds with weights, of all parts."""
        return sum(self.products.values())

    @property
    def parameters(self) -> int:
        """Of all parts."""
        return sum(self.parts.values())

    def multiply_adds(self, tokens: int) -> int:
        """For one image, or for a token that looks at so many, no more than the context."""
        return self.weights + self.attention * min(tokens, self.context)


def count_language(model: nn.Module, *, attention: int, context: int, tied: bool) -> Count:
    """Count a Transformer; `attention` is the width of all heads times layers, `tied` whether its table is its output.

    Raises KeyError for a module that belongs to no part.
    """
    parts: dict[Part, int] = {}
    products: dict[Part, int] = {}
    for name, parameter in model.named_parameters():
        part = next((PARTS[each] for each in name.split(".") if each in PARTS), None)
        if part is None:
            raise KeyError(name)
        parts[part] = parts.get(part, 0) + parameter.numel()
        # The pooler works once a text.
        matrix = parameter.dim() == 2 and part != "embedding" and not name.startswith("pooler")
        if matrix or (tied and name == "tokens.weight"):
            where = part if matrix else "output"
            products[where] = products.get(where, 0) + parameter.numel()
    return Count(_ordered(parts), _ordered(products), 2 * attention, context)


def count_vision(network: Counted) -> Count:
    """Count a network for images, whose layers are known."""
    parts: dict[Part, int] = {}
    products: dict[Part, int] = {}
    for layer in network.layers:
        part = KINDS.get(layer.kind, "other")
        for counts, count in ((parts, layer.parameters), (products, layer.multiply_adds)):
            if count:
                counts[part] = counts.get(part, 0) + count
    return Count(_ordered(parts), _ordered(products))


def _ordered(parts: dict[Part, int]) -> dict[Part, int]:
    return {part: parts[part] for part in get_args(Part) if part in parts}

"""A network as a graph of layers, each with what can be counted; and that graph with its blocks folded or open.

Multiply–adds are those of one example: a product of a value with a weight, and its addition, count as one. Counted
are convolutions, fully connected layers, products of matrices, and of LeNet-5 the coefficients of subsampling and the
squares of its output. Biases, normalization, activation, pooling and sums are not, as He et al. (2015) count; batch
normalization can be worked into the convolution before it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Literal

Kind = Literal[
    "input",
    "convolution",
    "full",
    "product",
    "max_pool",
    "average_pool",
    "subsampling",
    "relu",
    "activation",
    "batch_norm",
    "response_norm",
    "normalization",
    "dropout",
    "add",
    "concatenate",
    "padded_shortcut",
    "flatten",
    "reshape",
    "distances",
    "softmax",
    "recurrent",
    "other",
]
"""What a layer does; `full` is fully connected, `product` a product of two matrices that were both computed."""

COUNTING = ("convolution", "full", "distances")
"""Kinds of layers that make up a network's depth."""


@dataclass(frozen=True, kw_only=True)
class Layer:
    """One layer."""

    name: str
    """Unique in the network: its path in the model, `layer1.0.conv1`."""

    kind: Kind

    operator: str = ""
    """Name of the kind where it comes from, `Conv2d` or ONNX's `Conv`."""

    blocks: tuple[str, ...] = ()
    """The blocks that it is in, the outermost first."""

    inputs: tuple[str, ...] = ()
    """The layers that it reads; of a sum the shortcut comes second."""

    shape: tuple[int, ...] | None
    """Of what it hands on for one example: (maps, height, width) or (units,); None if unknown."""

    parameters: int = 0
    """Numbers that training may change."""

    multiply_adds: int = 0
    """For one example."""

    field: tuple[int, ...] | None = None
    """Height and width of the receptive field in pixels; None if unknown."""

    kernel: tuple[int, ...] = ()
    """Height and width of the kernel, of pooling too; empty where there is none. The next two likewise."""

    stride: tuple[int, ...] = ()

    padding: tuple[int, ...] = ()
    """Zeros before each axis."""

    groups: int = 1
    """Groups of maps that see only each other."""

    @property
    def units(self) -> int:
        """Values that it hands on for one example; 0 if unknown."""
        return prod(self.shape) if self.shape is not None else 0


@dataclass(frozen=True)
class Block:
    """Layers that fold into one node."""

    name: str
    kind: str
    """`stage`, `residual`, `plain`, `inception`, `convolution` (with its ReLU), `head`, `scope` of an ONNX file."""

    blocks: tuple[str, ...]
    """The blocks around it, the outermost first."""


@dataclass(frozen=True)
class Node:
    """What is to be drawn: a layer, or a folded block with the sums and the end of its layers."""

    name: str
    block: Block | None
    """The block that it stands for, if it does."""

    layers: tuple[Layer, ...]
    """The layers in it, at least one."""

    column: int
    """Place from the left: one more than the last of those that it reads."""

    @property
    def last(self) -> Layer:
        """The layer whose output is the node's output."""
        return self.layers[-1]

    @property
    def parameters(self) -> int:
        """Of all its layers."""
        return sum(layer.parameters for layer in self.layers)

    @property
    def multiply_adds(self) -> int:
        """Of all its layers."""
        return sum(layer.multiply_adds for layer in self.layers)


@dataclass(frozen=True)
class Edge:
    """What one node reads of another."""

    source: str
    target: str
    shortcut: bool
    """Whether it goes around a residual block's layers."""


@dataclass(frozen=True)
class Folded:
    """The graph with some blocks open."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True)
class Counted:
    """A network, all its layers in the order in which they compute."""

    layers: tuple[Layer, ...]
    blocks: tuple[Block, ...]
    uncounted: tuple[str, ...] = ()
    """Operators of an ONNX file whose multiply–adds could not be counted."""

    assumed: tuple[tuple[str, int], ...] = ()
    """Sizes that an ONNX file leaves open, and what was taken for them."""

    @cached_property
    def parameters(self) -> int:
        """Of all layers."""
        return sum(layer.parameters for layer in self.layers)

    @cached_property
    def multiply_adds(self) -> int:
        """Of all layers, for one example."""
        return sum(layer.multiply_adds for layer in self.layers)

    @cached_property
    def by_name(self) -> dict[str, Layer]:
        """The layers by their names."""
        return {layer.name: layer for layer in self.layers}

    @cached_property
    def depth(self) -> int:
        """Convolution and fully connected layers on the longest way through the network."""
        longest: dict[str, int] = {}
        for layer in self.layers:
            before = max((longest[name] for name in layer.inputs), default=0)
            longest[layer.name] = before + (layer.kind in COUNTING)
        return max(longest.values(), default=0)

    def folded(self, opened: Collection[str] = ()) -> Folded:
        """The graph with the blocks of these names open; those inside a folded block stay folded with it."""
        blocks = {block.name: block for block in self.blocks}
        owner = {
            layer.name: next((name for name in layer.blocks if name not in opened), layer.name) for layer in self.layers
        }
        members: dict[str, list[Layer]] = {}
        columns: dict[str, int] = {}
        edges: dict[tuple[str, str], bool] = {}
        for layer in self.layers:
            node = owner[layer.name]
            members.setdefault(node, []).append(layer)
            columns.setdefault(node, 0)
            for place, name in enumerate(layer.inputs):
                source = owner[name]
                if source != node:
                    columns[node] = max(columns[node], columns[source] + 1)
                    # One that goes around layers and one through them may join the same two nodes.
                    around = self._around(layer, place)
                    edges[source, node] = edges.get((source, node), True) and around
        nodes = tuple(
            Node(name, None if name in self.by_name else blocks[name], tuple(layers), columns[name])
            for name, layers in members.items()
        )
        return Folded(nodes, tuple(Edge(*ends, shortcut) for ends, shortcut in edges.items()))

    def _around(self, layer: Layer, place: int) -> bool:
        """Whether a layer's input at a place is part of a shortcut: of a sum the second, or what leads to that."""
        if layer.kind == "add":
            return place > 0
        return layer.kind == "padded_shortcut" or layer.name in self._projections

    @cached_property
    def _projections(self) -> frozenset[str]:
        """The layers of shortcuts: those between a block's input and the second place of a sum."""
        found: set[str] = set()
        for layer in self.layers:
            if layer.kind != "add" or len(layer.inputs) < 2 or not layer.blocks:
                continue
            around = self.by_name[layer.inputs[1]]
            while layer.blocks[-1] in around.blocks and len(around.inputs) == 1:
                found.add(around.name)
                around = self.by_name[around.inputs[0]]
        return frozenset(found)

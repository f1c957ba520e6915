"""Blocks of an ONNX file: the scopes in which torch and others name its operators."""

import ast
from dataclasses import replace
from typing import Any

from engine.vision.counted import Block, Layer
from engine.vision.onnx_file import clean

SCOPES = "pkg.torch.onnx.name_scopes"
"""Where torch's newer exporter keeps an operator's place in the model."""

LONGEST = 10_000
"""Characters of such a note that are read."""


def scopes(node: Any) -> tuple[str, ...]:
    """The blocks that an operator is in, by torch's note beside it or by its name, `/layer1/layer1.0/conv1/Conv`."""
    for entry in node.metadata_props:
        if entry.key == SCOPES and len(entry.value) < LONGEST:
            try:
                named = ast.literal_eval(entry.value)
            except (ValueError, SyntaxError, MemoryError, RecursionError):
                return ()
            return tuple(clean(part) for part in named[:-1] if part) if isinstance(named, list) else ()
    parts = clean(node.name).strip("/").split("/")[:-1]
    return tuple("/".join(parts[: end + 1]) for end in range(len(parts)))


def with_blocks(layers: list[Layer]) -> tuple[tuple[Layer, ...], tuple[Block, ...]]:
    """Leave out blocks of a single layer and those around the whole network, whose folding would show nothing."""
    sizes: dict[str, int] = {}
    for layer in layers:
        for name in layer.blocks:
            sizes[name] = sizes.get(name, 0) + 1
    names = {layer.name for layer in layers}
    whole = sum(layer.kind != "input" for layer in layers)
    useful = {name for name, size in sizes.items() if 1 < size < whole and name not in names}
    kept = tuple(replace(layer, blocks=tuple(name for name in layer.blocks if name in useful)) for layer in layers)
    around = {name: layer.blocks[:place] for layer in kept for place, name in enumerate(layer.blocks)}
    return kept, tuple(Block(name, "scope", blocks) for name, blocks in around.items())

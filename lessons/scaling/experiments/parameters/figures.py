"""Where the parameters sit: bars of the parts, a table of sizes, and a network of the learner's own as a graph."""

import numpy as np

from lessons.scaling.experiments.parameters.subject import Subject
from lessons.scaling.labs.parameters import NAME
from lessons.vocabulary.figures import Bars, Cell, Column, Graph, Link, Node, Table
from lessons.vocabulary.numbers import percent

SHOWN = 4
"""Units of a layer that are drawn; of more the first ones, and one that stands for the rest."""

TINT = 0.5
"""Of every tile: these networks have no values."""

SUBSCRIPTS = "₀₁₂₃₄"


def bars(subject: Subject) -> Bars:
    """One bar a part or layer, as long as its share."""
    total = subject.parameters
    shares = [count / total for count in subject.parts.values()]
    names = tuple(f"@{NAME}.part.{name}" for name in subject.parts)
    numbers = [f"{count:,}" for count in subject.parts.values()]
    if subject.dense:
        names = tuple(f"{layer.before:,} → {layer.units:,}" for layer in subject.dense)
        numbers = [f"{each.weights:,} + {each.thresholds:,} = {each.parameters:,}" for each in subject.dense]
    widest = max(map(len, numbers))
    return Bars(
        title=f"@{NAME}.parts",
        names=names,
        values=np.array(shares),
        written=tuple(f"{text:>{widest}}  {percent(share):>7}" for text, share in zip(numbers, shares, strict=True)),
    )


def counts(subject: Subject) -> Table:
    """The sizes that a paper gives."""
    rows = tuple((Cell(f"@{NAME}.size.{name}", "muted"), Cell(f"{size:,}", "text")) for name, size in subject.sizes)
    return Table(title=subject.source, columns=(Column(""), Column("", True)), rows=rows)


def graph(widths: tuple[int, ...]) -> Graph:
    """Draw inputs and units, and before each layer x₀ = 1, whose links are the thresholds."""
    nodes: list[Node] = []
    links: list[Link] = []
    for layer, width in enumerate(widths):
        names = _names(layer, width)
        if layer:
            before = [node.name for node in nodes if node.layer == layer - 1]
            links += [
                Link(source=source, target=name, weight=-1.0 if source.endswith(".0") else None)
                for name in names
                for source in before
            ]
        last = layer == len(widths) - 1
        if not last:
            nodes.append(_node(f"{layer}.0", layer, "1" if layer else "x₀ = 1"))
        for index, name in enumerate(names, 1):
            rest = width > SHOWN and index == SHOWN
            symbol = "" if layer else "…" if rest else f"x{SUBSCRIPTS[index]}"
            nodes.append(_node(name, layer, symbol, "y" if last and width == 1 else ""))
    heads = tuple(f"{width:,}" for width in widths)
    return Graph(nodes=tuple(nodes), links=tuple(links), heads=heads, scale=3.0)


def _names(layer: int, width: int) -> list[str]:
    return [f"{layer}.{index}" for index in range(1, min(width, SHOWN) + 1)]


def _node(name: str, layer: int, symbol: str, caption: str = "") -> Node:
    return Node(name=name, layer=layer, symbol=symbol, caption=caption, map=np.full((1, 1), TINT))

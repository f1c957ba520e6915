"""The rows of a network with some blocks open, and the figure of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from engine.vision.counted import Block, Counted, Edge, Layer
from lessons.deep_networks.experiments.architectures.subject import Subject
from lessons.deep_networks.labs.architectures import ALL, NAME
from lessons.vocabulary.network import Fold, Head, Network, Stage, Wire
from lessons.vocabulary.numbers import large, plain

HEADS = (
    Head(f"@{NAME}.column.kind"),
    Head(f"@{NAME}.column.shape", True),
    Head(f"@{NAME}.column.parameters", True),
    Head(f"@{NAME}.column.multiply_adds", True),
    Head(f"@{NAME}.column.field", True),
)
TIME = Head("ms", True)
NEEDS = (2, 1, 3, 4, 0)
"""Columns in the order in which they are kept."""

NEEDS_TIMED = (5, 1, 2, 3, 4, 0)
PARAMETERS = 2


@dataclass(frozen=True, eq=False)
class Row:
    """A layer, a folded block, or an open block before its layers."""

    name: str
    fold: Fold
    around: tuple[str, ...]
    """The blocks around it."""

    layers: tuple[Layer, ...]
    kind: str = ""
    """Kind of a block."""

    @property
    def block(self) -> bool:
        """Whether it stands for several layers."""
        return self.fold != "layer"

    @property
    def last(self) -> Layer:
        """The layer whose output is its own."""
        return self.layers[-1]


@dataclass(frozen=True, eq=False)
class Layout:
    """All rows that are drawn, and what reads what."""

    rows: tuple[Row, ...]
    edges: tuple[Edge, ...]
    places: dict[str, int] = field(default_factory=dict)

    def find(self, name: str) -> int:
        """Place of a row: that of this name, of a block around it, or else the first with parameters."""
        while name and name not in self.places:
            name = name.rpartition(".")[0]
        weighted = (index for index, row in enumerate(self.rows) if any(each.parameters for each in row.layers))
        return self.places[name] if name else next(weighted, 0)


def layout(network: Counted, opened: Collection[str]) -> Layout:
    """Fold all blocks but those that are open; a star opens all."""
    blocks = {block.name: block for block in network.blocks}
    wanted = frozenset(blocks) if ALL in opened else frozenset(opened)
    folded = network.folded(wanted)
    members: dict[str, list[Layer]] = {}
    for layer in network.layers:
        for name in layer.blocks:
            members.setdefault(name, []).append(layer)
    rows: list[Row] = []
    named: set[str] = set()
    for node in folded.nodes:
        around = node.block.blocks if node.block else node.last.blocks
        for name in around:
            if name not in named:
                named.add(name)
                block = blocks[name]
                rows.append(Row(name, "open", block.blocks, tuple(members[name]), block.kind))
        fold: Fold = "folded" if node.block else "layer"
        rows.append(Row(node.name, fold, around, node.layers, node.block.kind if node.block else ""))
    return Layout(tuple(rows), folded.edges, {row.name: index for index, row in enumerate(rows)})


def figure(subject: Subject, found: Layout, present: int | None, times: Mapping[str, float]) -> Network:
    """Draw the rows; with times, if a pass was made."""
    heads = (*HEADS, TIME) if times else HEADS
    total = _total(subject.counted, times)
    wires = tuple(Wire(found.places[each.source], found.places[each.target], each.shortcut) for each in found.edges)
    return Network(
        title=subject.written,
        columns=heads,
        needs=NEEDS_TIMED if times else NEEDS,
        barred=PARAMETERS,
        stages=tuple(_stage(row, times) for row in found.rows),
        wires=wires,
        present=present,
        total=total,
    )


def _stage(row: Row, times: Mapping[str, float]) -> Stage:
    parameters = sum(each.parameters for each in row.layers)
    work = sum(each.multiply_adds for each in row.layers)
    last = row.last
    cells: tuple[str, ...] = (
        _kind(row),
        shape_text(last.shape),
        f"{parameters:,}" if parameters else "",
        large(work) if work else "",
        field_text(last.field),
    )
    if times:
        cells = (*cells, plain(sum(times.get(each.name, 0.0) for each in row.layers), 2))
    return Stage(
        name=row.name,
        label=_label(row),
        fold=row.fold,
        level=len(row.around),
        cells=cells,
        value=float(parameters),
        weighted=parameters > 0,
    )


def _label(row: Row) -> str:
    """A layer's name within its block; a block's whole name where the end alone is a number."""
    if row.name == "input":
        return f"@{NAME}.input"
    inner = row.around[-1] if row.around else ""
    end = row.name.strip("/").removeprefix(inner.strip("/")).strip("./") or row.name
    return row.name if end.isdigit() else end


def _kind(row: Row) -> str:
    if row.fold != "layer":
        kind = "projection" if row.name.endswith(".downsample") else row.kind
        return f"@{NAME}.block.{kind} ({len(row.layers)})"
    layer = row.last
    if layer.kind == "input":
        return ""
    if layer.kind == "other":
        return layer.operator
    size = f" {'×'.join(map(str, layer.kernel))}" if layer.kernel else ""
    step = f" /{layer.stride[0]}" if layer.stride and max(layer.stride) > 1 else ""
    return f"@{NAME}.kind.{layer.kind}{size}{step}"


def _total(network: Counted, times: Mapping[str, float]) -> tuple[str, ...]:
    fields = [layer.field for layer in network.layers if layer.field]
    total = (f"{network.parameters:,}", large(network.multiply_adds), field_text(fields[-1] if fields else None))
    words = (f"@{NAME}.depth {network.depth}", f"@{NAME}.total", "", *total)
    return (*words, plain(times["total"], 1)) if times else words


def notes(network: Counted) -> tuple[str, ...]:
    """Say what was taken for sizes that a file leaves open, and what could not be counted."""
    found = []
    if network.assumed:
        found.append(f"@{NAME}.note.assumed " + ", ".join(f"{name} = {size}" for name, size in network.assumed))
    if network.uncounted:
        found.append(f"@{NAME}.note.uncounted " + ", ".join(network.uncounted))
    return tuple(found)


def shape_text(shape: tuple[int, ...] | None) -> str:
    """Write a shape: maps, then their size."""
    if shape is None:
        return "–"
    first, *rest = shape or (1,)
    return f"{first} × {'×'.join(map(str, rest))}" if rest else f"{first}"


def field_text(sides: tuple[int, ...] | None) -> str:
    """Write a receptive field, by one side where it is square."""
    if not sides:
        return "–"
    return str(sides[0]) if len(set(sides)) == 1 else "×".join(map(str, sides))


__all__ = ["Block", "Layout", "Row", "field_text", "figure", "layout", "notes", "shape_text"]

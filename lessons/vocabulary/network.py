"""The figure of a network read from top to bottom: a row a layer, lines from row to row, a table beside them."""

from typing import Literal

from msgspec import Struct

Fold = Literal["layer", "folded", "open"]


class Head(Struct, frozen=True):
    """A column of numbers or words beside the lines."""

    text: str
    right: bool = False
    """Whether its entries stand at its right side."""


class Stage(Struct, frozen=True, kw_only=True):
    """A row: a layer, a folded block, or the name of an open block whose rows follow."""

    name: str
    """Key of the row, for cursor and clicks."""

    label: str
    """What is written for it."""

    fold: Fold = "layer"
    level: int = 0
    """Blocks around it."""

    cells: tuple[str, ...] = ()
    """An entry a column."""

    value: float = 0.0
    """Length of its bar; only rows that are no open block are compared."""

    weighted: bool = False
    """Whether it has parameters: its mark is full then."""


class Wire(Struct, frozen=True):
    """One row reads what another hands on; `around` if it goes around a block's layers."""

    source: int
    target: int
    around: bool = False


class Network(Struct, frozen=True, eq=False, kw_only=True, tag=True):
    """Rows in the order of computing, the lines between them, and their sums."""

    title: str
    columns: tuple[Head, ...]
    needs: tuple[int, ...]
    """Columns in the order in which they are kept where there isn't room for all."""

    barred: int = -1
    """The column whose numbers the bars show; −1 for none."""

    stages: tuple[Stage, ...]
    wires: tuple[Wire, ...]
    present: int | None = None
    """The row that is looked at."""

    total: tuple[str, ...] = ()
    """An entry a column for the whole network, and before them its name."""

"""Figures: data with a meaning, not pictures. The vocabulary is closed and small.

Each kind is drawn as terminal cells (on the screens and by `nnlab run`) and as SVG (`--save`, reports) by one
module each. Texts are shown as they stand (`x₁`), or are message keys after `@` (`@neuron.unit.output`).
Arrays are float64 unless said otherwise. Nothing compares arrays: figures have no equality.
"""

import math
from typing import Literal

import numpy as np
from msgspec import Struct

from lessons.vocabulary.film import Film
from lessons.vocabulary.network import Network
from lessons.vocabulary.tree import Tree

Tone = Literal[
    "",
    "text",
    "muted",
    "faint",
    "accent",
    "pos",
    "neg",
    "success",
    "error",
    "warning",
    "run",
    "series-1",
    "series-2",
]
"""What a colour says; `""` leaves the choice to the drawing. A theme gives each its colour."""

Stroke = Literal["solid", "dashed", "dots", "steps", "spikes"]


class Axis(Struct, frozen=True, eq=False, kw_only=True):
    """One axis: its name stands at the far end, its limits at the ends."""

    name: str = ""
    low: float = 0.0
    high: float = 1.0
    unit: str = ""
    ticks: tuple[float, ...] = ()
    """At most three values written besides the limits."""

    digits: int = 0
    """Decimals of the limits and ticks."""

    counted: bool = False
    """Whether it counts whole things, days say: then the present value has no decimals either."""

    log: bool = False
    """Spaced by factors: `low` is above 0, and limits and ticks are written short, `1M`."""

    def share(self, value: float) -> float:
        """How far along the axis a value stands, 0 at `low` and 1 at `high`; the middle of an axis without length."""
        if self.log:
            return math.log(value / self.low) / (math.log(self.high / self.low) or 1.0)
        return (value - self.low) / span if (span := self.high - self.low) else 0.5


class Line(Struct, frozen=True, eq=False, kw_only=True):
    """A curve through (x, y), or level lines and spikes by its stroke."""

    x: np.ndarray
    """Shape (n,)."""

    y: np.ndarray
    """Shape (n,); NaN interrupts the line."""

    name: str = ""
    """Stands at the line's end."""

    tone: Tone = "series-1"
    stroke: Stroke = "solid"


class Mark(Struct, frozen=True, eq=False, kw_only=True):
    """A point with its name beside it."""

    x: float
    y: float
    name: str
    tone: Tone = "text"
    hollow: bool = False
    spot: str = ""
    """What a click on it chooses."""


class Level(Struct, frozen=True, eq=False, kw_only=True):
    """A horizontal guide, for a threshold say, that can be moved when it names a setting."""

    value: float
    name: str = ""
    tone: Tone = "accent"
    setting: str = ""
    """The setting that a drag of this line moves."""


class Curves(Struct, frozen=True, eq=False, kw_only=True, tag=True):
    """Curves over a common axis, with at most one present point whose values stand on the axes in violet."""

    title: str
    x: Axis
    y: Axis
    lines: tuple[Line, ...]
    levels: tuple[Level, ...] = ()
    marks: tuple[Mark, ...] = ()
    """Named points; those first that must not lose their names where there is no room for all."""

    point: tuple[float, float] | None = None
    """The present point, in data coordinates."""

    ghost: tuple[float, float] | None = None
    """A point kept for comparison, drawn hollow."""

    drawn: str = ""
    """The setting that drawing on this figure fills, if any."""

    drawn_reach: float = 1.0
    """Largest size of a drawn value."""


class Boundary(Struct, frozen=True, eq=False, kw_only=True):
    """The line w₁x₁ + w₂x₂ = h on a plane."""

    w1: float
    w2: float
    h: float
    name: str = ""
    tone: Tone = "text"


class Plane(Struct, frozen=True, eq=False, kw_only=True, tag=True):
    """A map over two axes with points of two classes and straight lines."""

    title: str
    x: Axis
    y: Axis
    values: np.ndarray | None = None
    """Shape (rows, columns), −1…1, row 0 at the top; None for an empty plane."""

    points: np.ndarray
    """Shape (n, 2) in data coordinates."""

    classes: np.ndarray
    """Shape (n,), 1 for filled points and 0 for hollow ones; integers."""

    boundaries: tuple[Boundary, ...] = ()
    present: int | None = None
    """The point that is looked at now."""

    wrong: np.ndarray | None = None
    """Shape (n,), booleans: points answered wrongly."""

    class_names: tuple[str, str] = ("0", "1")
    """What hollow and filled points are."""

    sides: tuple[str, str] = ("", "")
    """Words written on the negative and on the positive side."""

    free: np.ndarray | None = None
    """Shape (m, 4): segments (x, y, x, y) drawn faintly, for a proof say."""

    arrows: np.ndarray | None = None
    """Shape (m, 4): where a field leads from places, (x, y) to (x, y), beneath the points."""

    tinted: bool = False
    """Whether points have the colour of their class, and the scale of the map stands above it."""

    tests: np.ndarray | None = None
    """Shape (n,), booleans: points that only test, drawn small."""


class Raster(Struct, frozen=True, eq=False, kw_only=True, tag=True):
    """An image, or several of one size set in rows: shape (rows, columns) or (n, rows, columns).

    Images in colour, `light`, have the shape (n, 3, rows, columns): red, green and blue, 0…1.
    """

    title: str
    values: np.ndarray
    map: Literal["ink", "sequential", "signed", "light"] = "sequential"
    columns: int = 0
    """Images in a row; 0 leaves it to the drawing."""

    low: float = 0.0
    high: float = 1.0
    note: str = ""
    """A faint word after the title, a size say."""

    scale: bool = True
    """Whether the scale of its colours stands below, where there is room."""


class Bars(Struct, frozen=True, eq=False, kw_only=True, tag=True):
    """One horizontal bar a name."""

    title: str
    names: tuple[str, ...]
    values: np.ndarray
    """Shape (n,)."""

    low: float = 0.0
    high: float = 1.0
    digits: int = 3
    chosen: int | None = None
    """The bar in violet: the answer."""

    written: tuple[str, ...] = ()
    """What stands in place of each value, where a plain number would not do."""

    beside: np.ndarray | None = None
    """Shape (n,): a second number of each, written before its value; the bars are of the values."""

    heads: tuple[str, ...] = ()
    """Words over the numbers, one for each column."""

    cut: int | None = None
    """The first of the bars that are cut off, which are faint and have no length."""

    cut_name: str = ""
    """What has cut them off."""

    cursor: int | None = None
    """The bar that the keys are on."""


class Cell(Struct, frozen=True, eq=False):
    """One entry of a table."""

    text: str
    tone: Tone = ""
    bold: bool = False


class Column(Struct, frozen=True, eq=False):
    """A table's column: its head, and the side its entries stand on."""

    head: str
    right: bool = False
    width: int = 0
    """Cells that it takes at least, so that nothing jumps while live."""


class Table(Struct, frozen=True, eq=False, kw_only=True, tag=True):
    """Rows of entries, one of which may be the present one."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    present: int | None = None
    airy: bool = False
    """With a blank line between rows where there is room."""

    keys: tuple[str, ...] = ()
    """What a click on each row chooses, if anything."""


class Term(Struct, frozen=True, eq=False):
    """One column of a formula: the symbol, and the live number exactly beneath it."""

    symbol: str = ""
    number: str = ""
    tone: Tone = ""
    """Of the number and of the symbol; operators are muted."""

    bold: bool = False
    gap: int = 1
    """Cells before it."""

    width: int = 0
    """Cells that it takes at least, so that nothing jumps while live."""


class FormulaLine(Struct, frozen=True, eq=False):
    """One equation in two rows."""

    name: str
    terms: tuple[Term, ...]


class Formula(Struct, frozen=True, eq=False, kw_only=True, tag=True):
    """Equations with the numbers of this moment in them."""

    lines: tuple[FormulaLine, ...]


class Node(Struct, frozen=True, eq=False, kw_only=True):
    """A unit, an input or an output: a tile whose tint is its value."""

    name: str
    """Key of the node, for links and clicks."""

    layer: int
    """Column, from the left."""

    symbol: str = ""
    note: str = ""
    """A second symbol in the tile, `f` say."""

    number: str = ""
    value: float = 0.0
    """Tint, −1…1."""

    caption: str = ""
    """Under the tile."""

    curve: np.ndarray | None = None
    """Shape (n,), 0…1: a small curve in the tile."""

    map: np.ndarray | None = None
    """Shape (rows, columns), −1…1: the tile is a heat map."""

    large: bool = False
    wide: bool = False
    """A tile with room for a word."""

    bare: bool = False
    """No tile, only the end of its links: what it says is shown elsewhere."""


class Link(Struct, frozen=True, eq=False, kw_only=True):
    """A connection; solid if its weight is positive, dashed if negative, plain where it has none."""

    source: str
    target: str
    weight: float | None = None
    label: str = ""
    setting: str = ""
    """The setting that holds its weight."""

    spot: str = ""
    """What a click on it chooses."""


class Graph(Struct, frozen=True, eq=False, kw_only=True, tag=True):
    """Nodes in layers from left to right, and the links between them."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    heads: tuple[str, ...] = ()
    """A word over each layer."""

    scale: float = 0.0
    """The weight that is drawn thickest; 0 for the largest of the links."""


class Tokens(Struct, frozen=True, eq=False, kw_only=True, tag=True):
    """A text in pieces with a number on each, which is its tint: what a language model has written."""

    title: str
    pieces: tuple[str, ...]
    """They make up the text; `\\n` ends a line."""

    values: np.ndarray
    """Shape (n,): the number on each piece."""

    low: float = 0.0
    high: float = 12.0
    """Values from no tint to the strongest one."""

    given: int = 0
    """Pieces at the beginning that were given; they are bold and have no tint."""

    unseen: int = 0
    """Pieces at the beginning that are no longer looked at; they are faint."""

    present: int | None = None
    """The piece that is looked at."""

    note: str = ""
    """Stands under that piece where there is room."""

    open: bool = False
    """Whether the text goes on: a cursor stands at its end."""

    scale_name: str = ""
    scale: tuple[tuple[float, str], ...] = ()
    """Values that the scale under the text shows, and what is written on each."""


Figure = Curves | Plane | Raster | Bars | Table | Formula | Graph | Network | Tokens | Tree | Film

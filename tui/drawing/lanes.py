"""Lanes: which line of a network runs where, row by row, so that branches lie beside each other.

A row's node reads the lines that end at it and begins those that start there; every line keeps its lane in between.
Lane k is cell 2k, with a cell between two lanes.
"""

from dataclasses import dataclass, field
from functools import lru_cache

from lessons.vocabulary.network import Network, Wire

UP, DOWN, LEFT, RIGHT = 1, 2, 4, 8

GLYPHS = {
    UP | DOWN: "│", LEFT | RIGHT: "─", UP | LEFT: "╯", UP | RIGHT: "╰", DOWN | LEFT: "╮", DOWN | RIGHT: "╭",
    UP | DOWN | LEFT: "┤", UP | DOWN | RIGHT: "├", UP | LEFT | RIGHT: "┴", DOWN | LEFT | RIGHT: "┬",
    UP | DOWN | LEFT | RIGHT: "┼", UP: "│", DOWN: "│", LEFT: "─", RIGHT: "─",
}  # fmt: skip
"""What is drawn for the ways in which a cell is left."""


@dataclass
class Row:
    """The cells of one row."""

    node: int | None = None
    """Lane of the node; None in the row of an open block's name, which lines only pass."""

    ways: dict[int, int] = field(default_factory=dict)
    """Ways in which each cell is left."""

    around: set[int] = field(default_factory=set)
    """Cells of lines that go around something."""

    def add(self, cell: int, ways: int, around: bool) -> None:
        """Leave a cell in more ways."""
        self.ways[cell] = self.ways.get(cell, 0) | ways
        if around:
            self.around.add(cell)

    def run(self, lane: int, to: int, way: int, around: bool) -> None:
        """Draw a line along the row between a lane, which it leaves up or down, and the node's lane."""
        if lane == to:
            self.add(2 * lane, way, around)
            return
        first, last = sorted((2 * lane, 2 * to))
        for cell in range(first, last + 1):
            ways = (LEFT if cell > first else 0) | (RIGHT if cell < last else 0)
            self.add(cell, ways | (way if cell == 2 * lane else 0), around)


@lru_cache(maxsize=8)
def lanes(figure: Network) -> tuple[Row, ...]:
    """Lay out the lines of a network; a row for each of its stages."""
    starting: dict[int, list[Wire]] = {}
    for wire in figure.wires:
        starting.setdefault(wire.source, []).append(wire)
    reached = _reaching_the_end(figure)
    active: dict[int, Wire] = {}
    rows = []
    for index, stage in enumerate(figure.stages):
        row = Row()
        rows.append(row)
        if stage.fold == "open":
            _pass(row, active)
            continue
        ending = {lane: wire for lane, wire in active.items() if wire.target == index}
        active = {lane: wire for lane, wire in active.items() if wire.target != index}
        _pass(row, active)
        direct = [lane for lane, wire in ending.items() if not wire.around]
        row.node = min(direct or ending, default=_free(active, 0))
        for lane, wire in ending.items():
            row.run(lane, row.node, UP, wire.around)
        later = starting.get(index, [])
        for wire in sorted(later, key=lambda wire: (wire.target not in reached, wire.around, wire.target)):
            lane = _free(active, row.node)
            active[lane] = wire
            row.run(lane, row.node, DOWN, wire.around)
    return tuple(rows)


def width(figure: Network) -> int:
    """Cells that the lines take."""
    return max((cell for row in lanes(figure) for cell in (*row.ways, 2 * (row.node or 0))), default=0) + 1


def _pass(row: Row, active: dict[int, Wire]) -> None:
    for lane, wire in active.items():
        row.add(2 * lane, UP | DOWN, wire.around)


def _free(active: dict[int, Wire], first: int) -> int:
    """The nearest lane from `first` on in which nothing runs."""
    while first in active:
        first += 1
    return first


def _reaching_the_end(figure: Network) -> set[int]:
    """Rows from which a way leads to the last one; others are side exits, and give way to the main line."""
    found = {len(figure.stages) - 1}
    for wire in sorted(figure.wires, key=lambda wire: -wire.source):
        if wire.target in found:
            found.add(wire.source)
    return found

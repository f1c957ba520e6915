"""Each kind of figure as terminal cells: one module a kind, each with `draw(figure, canvas)` and
`height(figure, width, look)`, the rows that it takes where nobody decides for it.
"""

from collections.abc import Callable
from typing import Any

from lessons.vocabulary.figures import (
    Bars,
    Curves,
    Figure,
    Formula,
    Graph,
    Network,
    Plane,
    Raster,
    Table,
    Tokens,
    Tree,
)
from lessons.vocabulary.film import Film
from tui.drawing.canvas import Canvas, Look
from tui.drawing.cells import bars, curves, film, formula, graph, network, plane, raster, table, tokens, tree

_MODULES: dict[type, Any] = {
    Bars: bars,
    Curves: curves,
    Film: film,
    Formula: formula,
    Graph: graph,
    Network: network,
    Plane: plane,
    Raster: raster,
    Table: table,
    Tokens: tokens,
    Tree: tree,
}


def draw(figure: Figure, width: int, height: int, look: Look) -> Canvas:
    """Draw a figure on a new canvas of this size."""
    canvas = Canvas(width, height, look)
    draw_on(canvas, figure)
    return canvas


def draw_on(canvas: Canvas, figure: Figure) -> None:
    """Draw a figure on the whole of an empty canvas."""
    if canvas.width and canvas.height:
        drawer: Callable[[Figure, Canvas], None] = _MODULES[type(figure)].draw
        drawer(figure, canvas)


def natural_height(figure: Figure, width: int, look: Look) -> int:
    """Tell how many rows a figure takes at this width where nothing else decides."""
    rows: int = _MODULES[type(figure)].height(figure, width, look)
    return rows

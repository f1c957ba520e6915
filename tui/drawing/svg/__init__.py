"""Figures as SVG, one module a kind: for `nnlab run --save`, reports and pages; nothing from outside."""

from collections.abc import Callable
from typing import Any, Literal

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
from tui.drawing.palette import Palette, palette
from tui.drawing.svg import bars, curves, film, formula, graph, network, plane, raster, table, tokens, tree
from tui.locale import Words

Theme = Literal["night", "paper", "clear"]
Draw = Callable[[Any, Palette, Words, float], str]

_DRAW: dict[type[Figure], Draw] = {
    Curves: curves.draw,
    Plane: plane.draw,
    Raster: raster.draw,
    Bars: bars.draw,
    Table: table.draw,
    Film: film.draw,
    Tokens: tokens.draw,
    Formula: formula.draw,
    Graph: graph.draw,
    Network: network.draw,
    Tree: tree.draw,
}


def svg(figure: Figure, words: Words, theme: Theme = "paper", width: int = 720) -> str:
    """Draw any figure as the text of an SVG file, at most `width` pixels wide."""
    return _DRAW[type(figure)](figure, palette(theme), words, float(width))

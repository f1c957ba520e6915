"""An ink as a rich style; apart from the figures, which the first screen does without."""

from functools import lru_cache

from rich.style import Style

from tui.drawing.canvas import Ink


@lru_cache(8192)
def style(ink: Ink) -> Style:
    """Turn an ink into a rich style."""
    return Style(
        color=ink.fg or None,
        bgcolor=ink.bg or None,
        bold=ink.bold or None,
        italic=ink.italic or None,
        reverse=ink.reverse or None,
        underline=ink.underline or None,
    )

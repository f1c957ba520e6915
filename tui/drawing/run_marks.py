"""The numbered chips of runs that are compared: one colour each, a number where there are no colours."""

from tui.drawing.canvas import Canvas, Ink

MOST = 4
"""Runs that can be compared at once."""

_TONES = {"clear": ("series-1", "pos", "warning", "error")}
_COMMON = ("series-1", "accent", "run", "warning")


def tone(number: int, theme: str) -> str:
    """Name the colour of a number, from 1 on."""
    return _TONES.get(theme, _COMMON)[(number - 1) % MOST]


def chip(canvas: Canvas, x: int, y: int, number: int) -> None:
    """Draw a chip of three cells."""
    palette = canvas.look.palette
    if palette.shaded:
        canvas.put(x, y, f"[{number}]", canvas.ink("text", bold=True))
        return
    ground = canvas.colour(tone(number, palette.theme))
    canvas.put(x, y, f" {number} ", Ink(palette.on(ground), ground, bold=True))

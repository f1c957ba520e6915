"""Colour maps as SVG: the cells of an array, and the bar that says what its colours are."""

import base64
import io
from collections import Counter
from itertools import groupby

import numpy as np
from PIL import Image

from tui.drawing.palette import Palette
from tui.drawing.svg.document import SMALL, Document, text_width

MANY = 16_384
"""Cells of a map beyond which it becomes an image."""

BAR = 13
"""Steps of a colour bar."""


def shares(kind: str, values: np.ndarray, low: float = 0.0, high: float = 1.0) -> np.ndarray:
    """Bring values to −1…1 by the greater limit for signed maps, to 0…1 between the limits for others."""
    values = np.asarray(values, float)
    if kind in ("signed", "large"):
        return values / (max(abs(low), abs(high)) or 1.0)
    return (values - low) / ((high - low) or 1.0)


def pixels(palette: Palette, kind: str, values: np.ndarray, low: float = 0.0, high: float = 1.0) -> np.ndarray:
    """Colour an array of any shape as uint8 of shape (…, 3)."""
    if kind == "light":
        return palette.light_map(values)
    ready = shares(kind, values, low, high)
    if kind in ("signed", "large"):
        return palette.signed_map(ready, large=kind == "large")
    return palette.ink_map(ready) if kind == "ink" else palette.sequential_map(ready)


def draw_map(
    document: Document,
    kind: str,
    values: np.ndarray,
    x: float,
    y: float,
    width: float,
    height: float,
    low: float = 0.0,
    high: float = 1.0,
) -> None:
    """Draw an array of shape (rows, columns) as cells, or as an image within the text where they are many.

    Light is of shape (3, rows, columns).
    """
    if values.size <= MANY:
        _cells(document, document.palette.names(kind, shares(kind, values, low, high)), x, y, width, height)
        return
    picture = base64.b64encode(encoded(pixels(document.palette, kind, values, low, high))).decode()
    document.shape(
        "image",
        x=x,
        y=y,
        width=width,
        height=height,
        preserveAspectRatio="none",
        image_rendering="pixelated",
        href=f"data:image/png;base64,{picture}",
    )


def _cells(document: Document, colours: list[list[str]], x: float, y: float, width: float, height: float) -> None:
    """Draw one colour a cell, as a path a colour that is made of the runs of equal cells."""
    counts = Counter(colour for row in colours for colour in row)
    if not counts:
        return
    ground = counts.most_common(1)[0][0]
    runs: dict[str, list[str]] = {}
    for place, row in enumerate(colours):
        start = 0
        for colour, group in groupby(row):
            length = len(list(group))
            if colour != ground:
                runs.setdefault(colour, []).append(f"M{start} {place}h{length}v1h-{length}z")
            start += length
    rows, across = len(colours), len(colours[0])
    document.window(x, y, width, height, (across, rows))
    document.rect(0, 0, across, rows, ground)
    for colour, parts in runs.items():
        document.shape("path", d="".join(parts), fill=colour)
    document.close()


def encoded(colours: np.ndarray, scale: int = 1) -> bytes:
    """Encode an array of shape (rows, columns, 3) as PNG, each pixel a square of `scale` pixels."""
    picture = Image.fromarray(colours)
    picture = picture.resize((picture.width * scale, picture.height * scale), Image.Resampling.NEAREST)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def bar_width(texts: tuple[str, str]) -> float:
    """Pixels of a bar with the texts at its ends."""
    return 8 * BAR + 20 + sum(text_width(text, SMALL) for text in texts)


def bar(document: Document, right: float, line: float, kind: str, texts: tuple[str, str]) -> None:
    """Draw a colour bar that ends at `right` beside the base line, with a text at each end."""
    low, high = texts
    signs = kind in ("signed", "large")
    end = right - text_width(high, SMALL) - 8
    start = end - 8 * BAR
    shades = np.linspace(-1.0 if signs else 0.0, 1.0, BAR)[None]
    _cells(document, document.palette.names(kind, shades), start, line - 11, 8 * BAR, 13)
    document.text(start - 8, line, low, "neg" if signs else "faint", size=SMALL, bold=signs, anchor="end")
    document.text(right, line, high, "pos" if signs else "faint", size=SMALL, bold=signs, anchor="end")

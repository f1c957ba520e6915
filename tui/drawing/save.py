"""Figures written to files: SVG for all, and PNG too for images and the frames of films."""

import math
from pathlib import Path

import numpy as np

from engine.writing import replace
from lessons.vocabulary.figures import Raster
from lessons.vocabulary.film import Film
from lessons.vocabulary.observation import Observation, figures
from tui.drawing.palette import palette, rgb
from tui.drawing.svg import Theme, svg
from tui.drawing.svg.maps import encoded, pixels
from tui.drawing.svg.raster import in_row, stack
from tui.locale import Words

PIXEL = 8
"""Least side of an image's pixel in a PNG."""

ROOM = 676.0
"""Width in pixels by which a PNG sets images in rows, that of an SVG."""


FRAMES = 8
"""Frames of a film in a row of its PNG."""


def save_figures(observation: Observation, folder: Path, words: Words, theme: Theme = "paper") -> list[Path]:
    """Write each figure under its field's name as SVG, images and films as PNG too; give the files in that order.

    Raises OSError where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, figure in figures(observation).items():
        path = folder / f"{name}.svg"
        replace(path, svg(figure, words, theme).encode())
        written.append(path)
        if isinstance(figure, Film) and figure.frames.size:
            figure = frames(figure)
        if isinstance(figure, Raster):
            path = folder / f"{name}.png"
            replace(path, png(figure, theme))
            written.append(path)
    return written


def frames(film: Film) -> Raster:
    """The frames of a film as images, row by row."""
    across = min(FRAMES, len(film.frames))
    return Raster(
        title=film.title, values=film.frames, map=film.map, low=film.low, high=film.high, columns=across, note=film.note
    )


def png(raster: Raster, theme: Theme = "paper", pixel: int = PIXEL) -> bytes:
    """Draw the images alone, each pixel a square of `pixel` pixels, set in rows as in the SVG."""
    shades = palette(theme)
    images = stack(raster)
    count, (rows, columns) = len(images), images.shape[-2:]
    across = in_row(raster, ROOM)
    down = math.ceil(count / across)
    gap = 1 if count > 1 else 0
    sheet = np.empty((down * (rows + gap) - gap, across * (columns + gap) - gap, 3), np.uint8)
    sheet[:] = rgb(shades.colour("panel"))
    for index, image in enumerate(images):
        row, column = divmod(index, across)
        top, left = row * (rows + gap), column * (columns + gap)
        colours = pixels(shades, raster.map, image, raster.low, raster.high)
        sheet[top : top + rows, left : left + columns] = colours
    return encoded(sheet, pixel)

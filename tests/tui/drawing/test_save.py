"""Figures written to files, and images as PNG."""

import io
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from lessons.vocabulary.figures import Axis, Curves, Line, Raster
from lessons.vocabulary.film import Film
from lessons.vocabulary.observation import Observation
from tui.drawing.palette import palette, rgb
from tui.drawing.save import png, save_figures
from tui.locale import words


def test_png_shows_each_pixel_as_a_square_of_eight() -> None:
    values = np.array([[0.0, 1.0], [1.0, 0.0]])
    picture = Image.open(io.BytesIO(png(Raster(title="t", values=values, map="ink"), "night"))).convert("RGB")
    assert picture.size == (16, 16)
    dark, light = rgb(palette("night").ink(0)), rgb(palette("night").ink(1))
    assert [picture.getpixel(at) for at in ((7, 7), (8, 7), (7, 8), (8, 8))] == [dark, light, light, dark]


class Seen(Observation):
    """An observation with figures and a number."""

    a: float
    activation: Curves
    features: Raster


def test_figures_are_saved_under_their_names(tmp_path: Path) -> None:
    t = np.linspace(0.0, 1.0, 9)
    curve = Curves(title="y = f (a − h)", x=Axis(), y=Axis(), lines=(Line(x=t, y=t),))
    maps = Raster(title="t", values=np.zeros((16, 5, 5)))
    seen = Seen(a=1.0, activation=curve, features=maps)
    written = save_figures(seen, tmp_path / "new", words("en"), "night")
    assert [path.name for path in written] == ["activation.svg", "features.svg", "features.png"]
    assert ElementTree.parse(written[0]).getroot().get("aria-label") == "y = f (a − h)"
    assert Image.open(written[2]).size[0] % 8 == 0


class Walked(Observation):
    """An observation with films."""

    walk: Film
    none: Film


def test_the_frames_of_a_film_are_saved_as_a_png_in_rows(tmp_path: Path) -> None:
    frames = np.stack([np.full((3, 4, 4), place / 8) for place in range(9)])
    film = Film(title="t", frames=frames, captions=("",) * 9, map="light")
    none = Film(title="t", frames=np.zeros((0, 4, 4)), captions=())
    written = save_figures(Walked(walk=film, none=none), tmp_path, words("en"))
    assert [path.name for path in written] == ["walk.svg", "walk.png", "none.svg"]
    picture = Image.open(written[1]).convert("RGB")
    assert picture.size == (8 * (8 * 5 - 1), 8 * (2 * 5 - 1))
    levels = [picture.getpixel((40 * place, 0))[0] for place in (0, 1, 7)]
    assert levels == pytest.approx([0, 32, 223], abs=4)  # light is shown in steps
    assert picture.getpixel((0, 40)) == (255, 255, 255)

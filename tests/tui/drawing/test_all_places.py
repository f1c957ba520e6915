"""Every figure of every lab is drawn in all three places: as cells, by rich, and as SVG."""

import io
import re
from collections.abc import Iterator
from importlib import import_module
from itertools import islice
from xml.etree import ElementTree

import pytest
from rich.cells import cell_len
from rich.console import Console

from lessons import catalogue
from lessons.address import parse
from lessons.vocabulary.figures import Figure
from lessons.vocabulary.observation import figures
from lessons.vocabulary.settings import settings_from
from tui.drawing.canvas import Look
from tui.drawing.cells import draw, natural_height
from tui.drawing.palette import palette
from tui.drawing.svg import svg
from tui.drawing.terminal import renderable
from tui.locale import LANGUAGES, Language, words

STEPS = 12
"""Observations taken of what goes on step by step."""


def addresses() -> list[str]:
    """List each lab's start, its presets and the ends of its exercises."""
    found = []
    for name in catalogue.lab_names():
        lab = catalogue.load(name)
        solutions = [address for exercise in lab.exercises for address in exercise.solution]
        found += [name, *(preset.address for preset in lab.presets), *solutions]
    return list(dict.fromkeys(found))


def observed(address: str) -> dict[str, Figure]:
    parsed = parse(address)
    lab = catalogue.load(parsed.lab)
    module, _, function = lab.experiment.partition(":")
    seen = getattr(import_module(module), function)(settings_from(lab.settings, parsed.values))
    if isinstance(seen, Iterator):
        *_, seen = islice(seen, STEPS)
    return figures(seen)


@pytest.mark.parametrize("address", addresses())
def test_all_figures_in_all_places(address: str) -> None:
    shown = observed(address)
    assert shown
    language: Language
    for language in LANGUAGES:
        for figure in shown.values():
            _check_cells(figure, language)
            _check_rich(figure, language)
            _check_svg(figure, language)


def _check_cells(figure: Figure, language: Language) -> None:
    for width, wide in ((74, False), (38, True)):
        look = Look(palette("night"), words(language).say, wide)
        canvas = draw(figure, width, natural_height(figure, width, look), look)
        text = "\n".join(canvas.lines())
        assert text.strip() and "@" not in text and not re.search(r"\bnan\b", text)
        assert all(sum(cell_len(piece) for piece, _ in canvas.runs(row)) == width for row in range(canvas.height))


def _check_rich(figure: Figure, language: Language) -> None:
    for plain in (False, True):
        file = io.StringIO()
        console = Console(file=file, width=80, force_terminal=True, color_system="truecolor", no_color=plain)
        console.print(renderable(figure, words(language), palette("night", "none" if plain else "truecolor")))
        lines = file.getvalue().splitlines()
        assert lines and ("\x1b[38;2" in file.getvalue()) is not plain
        if plain:
            assert max(map(cell_len, lines)) <= 80


def _check_svg(figure: Figure, language: Language) -> None:
    root = ElementTree.fromstring(svg(figure, words(language), "paper"))
    texts = [element.text or "" for element in root.iter() if element.tag.endswith("text")]
    assert texts and not any("@" in text for text in texts)

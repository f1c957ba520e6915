"""Tokens as SVG: the text in lines, each piece on its tint, and the scale below."""

import unicodedata

from lessons.vocabulary.figures import Tokens
from tui.drawing.lines import Run, lines
from tui.drawing.palette import Palette
from tui.drawing.svg.document import HALF, PAD, SIZE, SMALL, Document, text_width
from tui.locale import Words

CELL = HALF * SIZE
"""Pixels of a cell."""

STEP = 28.0
"""Pixels from a line to the next."""

MOST = 72
"""Cells of a line."""


def draw(figure: Tokens, palette: Palette, words: Words, width: float) -> str:
    """Draw the text as wide as there is room."""
    document = Document(palette, words.say(figure.title))
    document.heading(document.title)
    cells = int(min(MOST, (width - 2 * PAD) / CELL))
    rows = lines(figure.pieces, cells, _cells)
    base = PAD + (46 if document.title else 14)
    for row in rows:
        for run in row:
            _run(document, figure, run, base)
        base += STEP
    if figure.scale:
        _scale(document, figure, words.say(figure.scale_name), base + 8)
        base += STEP + 8
    return document.finish(2 * PAD + cells * CELL, base - STEP + PAD, width)


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def _share(figure: Tokens, value: float) -> float:
    return min(max((value - figure.low) / ((figure.high - figure.low) or 1.0), 0.0), 1.0)


def _run(document: Document, figure: Tokens, run: Run, base: float) -> None:
    index, word = run.piece, run.text.lstrip(" ")
    before = len(run.text) - len(word) if word else 0  # the tint begins with the word
    run = Run(index, run.text[before:], run.x + before, run.width - before)
    x = PAD + run.x * CELL
    fill, tone = "", "text"
    if index == figure.present:
        fill, tone = "accent", "on-accent"
    elif index < figure.unseen:
        tone = "faint"
    elif index >= figure.given:
        fill = document.palette.sequential(_share(figure, float(figure.values[index])))
        tone = document.palette.on(fill)
    if fill:
        document.rect(x, base - 16, run.width * CELL, 22, fill)
    for offset, character in enumerate(run.text):
        if character != " ":
            place = x + _cells(run.text[:offset]) * CELL
            document.text(place, base, character, tone, bold=index < figure.given or index == figure.present)
    if index == figure.present and figure.note:
        document.text(x, base + 14, figure.note, "accent", size=SMALL, bold=True)


def _scale(document: Document, figure: Tokens, name: str, base: float) -> None:
    document.text(PAD, base, name, "muted", size=SMALL)
    x = PAD + text_width(name, SMALL) + 18
    for value, text in figure.scale:
        fill = document.palette.sequential(_share(figure, value))
        size = text_width(text, SMALL) + 16
        document.rect(x, base - 14, size, 20, fill)
        document.text(x + 8, base, text, document.palette.on(fill), size=SMALL)
        x += size

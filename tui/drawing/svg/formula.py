"""Equations as SVG in two rows: symbols, and the live numbers exactly beneath them."""

from lessons.vocabulary.figures import Formula, FormulaLine
from tui.drawing.palette import Palette
from tui.drawing.svg.document import HALF, PAD, SIZE, Document, text_width
from tui.locale import Words

CELL = HALF * SIZE
ROW = 22.0
"""Pixels from the symbols to the numbers; two equations stand three rows apart."""


def draw(figure: Formula, palette: Palette, words: Words, width: float) -> str:
    """Draw the equations under each other, their first signs in one column."""
    document = Document(palette, "  ".join(_spoken(line, words) for line in figure.lines))
    names = [words.say(line.name) for line in figure.lines]
    start = PAD + max([text_width(name, SIZE) for name in names], default=0.0) + CELL
    right = start
    line = PAD + 11
    for equation, name in zip(figure.lines, names, strict=True):
        document.text(PAD, line, name, bold=True)
        place = start
        for term in equation.terms:
            symbol, number = words.say(term.symbol), words.say(term.number)
            place += term.gap * CELL
            word = term.symbol.startswith("@")
            tone = term.tone or "text"
            document.text(place, line, symbol, "muted" if word else tone, bold=term.bold and not word)
            document.text(place, line + ROW, number, tone, bold=term.bold)
            place += max(text_width(symbol), text_width(number), term.width * CELL)
        right = max(right, place)
        line += 3 * ROW
    return document.finish(right + PAD, line - 2 * ROW + PAD - 5, width)


def _spoken(line: FormulaLine, words: Words) -> str:
    symbols = [words.say(term.symbol) for term in line.terms]
    return " ".join(each for each in (words.say(line.name), *symbols) if each)

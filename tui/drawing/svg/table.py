"""A table as SVG: heads muted, no lines, the present row on a band."""

from lessons.vocabulary.figures import Table
from tui.drawing.palette import Palette
from tui.drawing.svg.document import HALF, PAD, SIZE, Document, text_width
from tui.locale import Words

GAP = 3 * HALF * SIZE
"""Pixels between columns."""

MARK = 2 * HALF * SIZE
"""Pixels before the first column, for the sign of the present row."""


def draw(figure: Table, palette: Palette, words: Words, width: float) -> str:
    """Draw a table as wide as its entries are."""
    document = Document(palette, words.say(figure.title))
    heading = document.heading(document.title)
    heads = [words.say(column.head) for column in figure.columns]
    rows = [[words.say(cell.text) for cell in row] for row in figure.rows]
    widths = [
        max(
            [
                text_width(head),
                column.width * HALF * SIZE,
                *(text_width(row[i]) for row in rows if i < len(row)),
            ]
        )
        for i, (head, column) in enumerate(zip(heads, figure.columns, strict=True))
    ]
    left = PAD + (MARK if figure.present is not None else 0.0)
    starts = [left + sum(widths[:i]) + GAP * i for i in range(len(widths))]
    natural = left + sum(widths) + GAP * (len(widths) - 1) + PAD
    step = 38.0 if figure.airy else 25.0
    line = PAD + (46 if document.title else 11)

    def entry(column: int, height: float, text: str, tone: str, bold: bool) -> None:
        right = figure.columns[column].right
        place = starts[column] + (widths[column] if right else 0.0)
        document.text(place, height, text, tone, bold=bold, anchor="end" if right else "start")

    if any(heads):
        for column, head in enumerate(heads):
            entry(column, line, head, "muted", False)
        line += step + 2
    for index, (row, cells) in enumerate(zip(rows, figure.rows, strict=True)):
        if index == figure.present:
            document.rect(0, line - 0.36 * SIZE - step / 2, max(natural, heading + PAD), step, "panel")
            document.text(PAD - 3, line, "▸", "accent")
        for column, (text, cell) in enumerate(zip(row, cells, strict=True)):
            entry(column, line, text, cell.tone or "text", cell.bold)
        line += step
    return document.finish(natural, line - step + PAD, width)

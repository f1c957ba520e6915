"""A network as SVG: its lines at the left, a row a layer, the columns beside."""

from lessons.vocabulary.network import Network
from tui.drawing import lanes
from tui.drawing.palette import Palette
from tui.drawing.svg.document import PAD, SIZE, Document, text_width
from tui.locale import Words

STEP = 22.0
"""Pixels from row to row."""

CELL = 9.0
"""Pixels of a cell of the lines."""

GAP = 20.0
INDENT = 14.0
BAR = 70.0


def draw(figure: Network, palette: Palette, words: Words, width: float) -> str:
    """Draw all rows, as high as they are."""
    document = Document(palette, words.say(figure.title))
    left = PAD + CELL * lanes.width(figure) + GAP
    names = [f"{MARKS[each.fold]}{words.say(each.label)}" for each in figure.stages]
    spans = [INDENT * each.level + text_width(name) for each, name in zip(figure.stages, names, strict=True)]
    start = left + max([text_width(words.say(figure.title)), *spans])
    top = PAD + 11.0
    edges = []
    for index, column in enumerate(figure.columns):
        texts = [column.text, *(each.cells[index] for each in figure.stages), *figure.total[index + 1 : index + 2]]
        size = max(text_width(words.say(text)) for text in texts)
        start += GAP
        edges.append((start, start + size))
        start += size + (BAR + GAP / 2 if index == figure.barred else 0.0)
    document.text(left, top, words.say(figure.title), "text", bold=True)
    for head, (near, far) in zip(figure.columns, edges, strict=True):
        document.text(far if head.right else near, top, words.say(head.text), "muted", anchor=anchor(head.right))
    scale = max((each.value for each in figure.stages if each.fold != "open"), default=0.0) or 1.0
    for index, (stage, row) in enumerate(zip(figure.stages, lanes.lanes(figure), strict=True)):
        line = top + STEP * (index + 1)
        middle = line - 0.36 * SIZE
        if index == figure.present:
            document.rect(0, middle - STEP / 2, start + PAD, STEP, "panel")
        _lines(document, row, middle, stage.fold, stage.weighted)
        tone = "muted" if stage.fold == "open" else "text"
        document.text(left + INDENT * stage.level, line, names[index], tone, bold=stage.fold == "folded")
        for column, (text, (near, far)) in enumerate(zip(stage.cells, edges, strict=True)):
            right = figure.columns[column].right
            entry = "text" if column == figure.barred else "muted"
            document.text(far if right else near, line, words.say(text), entry, anchor=anchor(right))
            if column == figure.barred and stage.fold != "open" and stage.value:
                document.rect(far + GAP / 2, middle - 3, max(BAR * stage.value / scale, 1.0), 6, "series-2")
    end = top + STEP * len(figure.stages)
    if figure.total:
        end += STEP
        document.text(left, end, words.say(figure.total[0]), "text", bold=True)
        for head, text, (near, far) in zip(figure.columns, figure.total[1:], edges, strict=True):
            place = far if head.right else near
            document.text(place, end, words.say(text), "text", bold=True, anchor=anchor(head.right))
    return document.finish(start + PAD, end + PAD, width)


MARKS = {"folded": "▸ ", "open": "▾ ", "layer": ""}


def anchor(right: bool) -> str:
    """Name the side of a text that its place is."""
    return "end" if right else "start"


def _lines(document: Document, row: lanes.Row, middle: float, fold: str, weighted: bool) -> None:
    for cell, ways in row.ways.items():
        x = PAD + CELL * (cell + 0.5)
        tone = "text" if cell in row.around else "line"
        for way, across, down in ((lanes.UP, 0, -1), (lanes.DOWN, 0, 1), (lanes.LEFT, -1, 0), (lanes.RIGHT, 1, 0)):
            if ways & way:
                document.line(x, middle, x + across * CELL / 2, middle + down * STEP / 2, tone, 1.5)
    if row.node is not None:
        x = PAD + CELL * (2 * row.node + 0.5)
        if fold == "folded":
            document.rect(x - 4, middle - 4, 8, 8, "text")
        else:
            document.circle(x, middle, 3.6, "text" if weighted else "surface", "text", 1.5)

"""Table as cells: heads, rows, a band under the present one."""

from lessons.vocabulary.figures import Table
from tui.drawing.canvas import Canvas, Look

GAP = 3
"""Cells between columns where there is room; at least 1."""


def height(figure: Table, width: int, look: Look) -> int:
    """Title, heads and rows, with blank rows between them where the table is airy."""
    rows = len(figure.rows) * (2 if figure.airy else 1)
    return rows + (1 if figure.title else 0) + (1 if any(column.head for column in figure.columns) else 0)


def draw(figure: Table, canvas: Canvas) -> None:
    """Draw the table from the top left."""
    widths = _widths(figure, canvas)
    room = canvas.width - sum(widths) - 2
    gap = max(1, min(GAP, room // max(len(widths) - 1, 1)))
    y = 0
    if figure.title:
        canvas.put(2, y, canvas.say(figure.title), canvas.ink("muted"))
        y += 1
    if any(column.head for column in figure.columns):
        _row(canvas, y, widths, gap, [
            (canvas.say(column.head), canvas.ink("muted"), column.right) for column in figure.columns
        ])  # fmt: skip
        y += 1
    pitch = 2 if figure.airy and y + 2 * len(figure.rows) <= canvas.height + 1 else 1
    if figure.airy and pitch == 2 and y + 2 * len(figure.rows) <= canvas.height:
        y += 1
    width = sum(widths) + gap * (len(widths) - 1) + 4
    for index, row in enumerate(figure.rows):
        if index == figure.present:
            canvas.fill(0, y, width, 1, canvas.colour("panel"))
            canvas.put(0, y, "▸", canvas.ink("accent"))
        _row(canvas, y, widths, gap, [
            (canvas.say(cell.text), canvas.ink(cell.tone or "text", bold=cell.bold), column.right)
            for cell, column in zip(row, figure.columns, strict=True)
        ])  # fmt: skip
        if index < len(figure.keys):
            canvas.spot(0, y, width, 1, figure.keys[index])
        y += pitch


def _widths(figure: Table, canvas: Canvas) -> list[int]:
    return [
        max(
            [column.width, canvas.measure(canvas.say(column.head))]
            + [canvas.measure(canvas.say(row[index].text)) for row in figure.rows]
        )
        for index, column in enumerate(figure.columns)
    ]


def _row(canvas: Canvas, y: int, widths: list[int], gap: int, cells: list[tuple[str, object, bool]]) -> None:
    x = 2
    for (text, ink, right), width in zip(cells, widths, strict=True):
        if right:
            canvas.put_right(x + width, y, text, ink)  # type: ignore[arg-type]
        else:
            canvas.put(x, y, text, ink)  # type: ignore[arg-type]
        x += width + gap

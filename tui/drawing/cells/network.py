"""Network as cells: lines, names and columns row by row; only the rows that are seen are drawn."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from lessons.vocabulary.network import Network, Stage
from tui.drawing import lanes
from tui.drawing.canvas import Canvas, Look
from tui.glyphs import translate

LEFT = 2
"""Cells before the lines, for the bar of the focus."""

RIGHT = 2
"""Cells after the columns, for the scroll bar and a gap."""

MOST_LINES = 15
"""Cells of lines that are drawn at most."""

NAMES = (8, 26)
"""Cells of the column of names, at least and at most."""

BAR = (6, 36)
"""Cells of a bar, at least and at most."""

MARKS = {"folded": "▸ ", "open": "▾ ", "layer": ""}


def height(figure: Network, width: int, look: Look) -> int:
    """Heads, rows and sums."""
    return len(figure.stages) + 1 + bool(figure.total)


def room(figure: Network, rows: int) -> int:
    """Rows of the network that can be seen at once."""
    return max(rows - 1 - (bool(figure.total) and rows > 3), 0)


def draw(figure: Network, canvas: Canvas) -> None:
    """Draw as much as there is room for, around the present row."""
    shown = room(figure, canvas.height)
    first = max(min((figure.present or 0) - shown // 2, len(figure.stages) - shown), 0)
    draw_from(figure, canvas, first, figure.present, focused=False)


@dataclass(frozen=True)
class Places:
    """Where the columns stand."""

    names: int
    """Where the names begin, and the cells that they have."""

    name_width: int
    columns: tuple[tuple[int, int, int], ...]
    """Number, place and width of those that are shown."""

    bar: tuple[int, int] | None
    """Place and width of the bars."""


def places(figure: Network, canvas: Canvas) -> Places:
    """Share the width among the columns that it has room for."""
    names, widths = _widths(figure, canvas.look.say, canvas.look.wide)
    start = LEFT + min(lanes.width(figure), MOST_LINES) + 2
    first = widths[figure.needs[0]] + 2 if figure.needs else 0  # names give way to this one
    free = canvas.width - start - RIGHT
    names = max(min(names, max(free - first, NAMES[0]), free), 1)
    left = free - names
    chosen: list[int] = []
    for column in figure.needs:
        if widths[column] + 2 <= left:
            chosen.append(column)
            left -= widths[column] + 2
    size = 0
    if figure.barred in chosen and left >= BAR[0] + 2 + len(chosen):
        size = min(left - 2 - len(chosen), BAR[1])
        left -= size + 2
    gap = 2 + min(left // max(len(chosen), 1), 3)
    found, bar, x = [], None, start + names
    for column in sorted(chosen):
        x += gap
        found.append((column, x, widths[column]))
        x += widths[column]
        if column == figure.barred and size:
            bar = (x + 2, size)
            x += size + 2
    return Places(start, names, tuple(found), bar)


@lru_cache(maxsize=16)
def _widths(figure: Network, say: Callable[[str], str], wide: bool) -> tuple[int, tuple[int, ...]]:
    """Cells of the names and of each column, over all rows, so that nothing jumps while it scrolls."""
    from rich.cells import cell_len

    def measure(text: str) -> int:
        return cell_len(translate(say(text), wide)) if text else 0

    names = max(
        [
            measure(figure.title),
            *map(measure, figure.total[:1]),
            *(2 * each.level + 2 + measure(each.label) for each in figure.stages),
        ]
    )
    columns = []
    for index, column in enumerate(figure.columns):
        texts = {each.cells[index] for each in figure.stages} | {figure.total[index + 1] if figure.total else ""}
        columns.append(max([measure(column.text), *map(measure, texts)]))
    return min(max(names, NAMES[0]), NAMES[1]), tuple(columns)


def draw_from(figure: Network, canvas: Canvas, first: int, present: int | None, focused: bool) -> None:
    """Draw the rows from `first` on, with the heads above them and the sums below."""
    at = places(figure, canvas)
    canvas.put(at.names, 0, cut(canvas.say(figure.title), at.name_width, canvas), canvas.ink("text", bold=True))
    for column, x, size in at.columns:
        head = figure.columns[column]
        put(canvas, x, 0, size, canvas.say(head.text), head.right, "muted")
    shown = room(figure, canvas.height)
    scale = max((each.value for each in figure.stages if each.fold != "open"), default=0.0) or 1.0
    rows = lanes.lanes(figure)
    for y, index in enumerate(range(first, min(first + shown, len(figure.stages))), start=1):
        stage = figure.stages[index]
        here = index == present
        if here:
            canvas.fill(0, y, canvas.width, 1, canvas.colour("focus" if focused else "boost"))
            if focused:
                canvas.put(0, y, "▐", canvas.ink("accent"))
            elif canvas.look.palette.shaded:
                canvas.put(0, y, "▸", canvas.ink("accent"))
        canvas.spot(0, y, canvas.width, 1, f"row:{stage.name}")
        _lines(canvas, y, rows[index], stage)
        _name(figure, canvas, y, stage, at, here)
        for column, x, size in at.columns:
            tone = "faint" if stage.fold == "open" else "text" if column == figure.barred else "muted"
            put(canvas, x, y, size, canvas.say(stage.cells[column]), figure.columns[column].right, tone)
        if at.bar is not None and stage.fold != "open" and stage.value:
            x, size = at.bar
            canvas.put(x, y, "─" * size, canvas.ink("line"))
            filled = max(round(size * stage.value / scale), 1)
            canvas.put(x, y, "━" * filled, canvas.ink("accent" if here else "series-2"))
    if figure.total and canvas.height > 3:
        _total(figure, canvas, min(len(figure.stages), shown) + 1, at)
    _scroll_bar(figure, canvas, first, shown)


def _lines(canvas: Canvas, y: int, row: lanes.Row, stage: Stage) -> None:
    for cell, ways in row.ways.items():
        if cell < MOST_LINES:
            canvas.put(LEFT + cell, y, lanes.GLYPHS[ways], canvas.ink("text" if cell in row.around else "faint"))
    if row.node is not None and 2 * row.node < MOST_LINES:
        mark = "▪" if stage.fold == "folded" else "●" if stage.weighted else "○"
        canvas.put(LEFT + 2 * row.node, y, mark, canvas.ink("text", bold=True))


def _name(figure: Network, canvas: Canvas, y: int, stage: Stage, at: Places, here: bool) -> None:
    x = at.names + 2 * stage.level
    left = at.names + at.name_width - x
    mark = MARKS[stage.fold]
    if mark and left > 2:
        canvas.put(x, y, mark, canvas.ink("accent"))
        canvas.spot(x, y, 2, 1, f"fold:{stage.name}")
        x, left = x + 2, left - 2
    tone = "muted" if stage.fold == "open" else "text"
    canvas.put(x, y, cut(canvas.say(stage.label), left, canvas), canvas.ink(tone, bold=here or stage.fold == "folded"))


def _total(figure: Network, canvas: Canvas, y: int, at: Places) -> None:
    text = cut(canvas.say(figure.total[0]), at.name_width, canvas)
    canvas.put(at.names, y, text, canvas.ink("text", bold=True))
    for column, x, size in at.columns:
        right = figure.columns[column].right
        put(canvas, x, y, size, canvas.say(figure.total[column + 1]), right, "text", bold=True)


def _scroll_bar(figure: Network, canvas: Canvas, first: int, shown: int) -> None:
    """Show at the right edge which part of the network this is."""
    count = len(figure.stages)
    if count <= shown or shown <= 0:
        return
    size = max(round(shown * shown / count), 1)
    top = 1 + round((shown - size) * first / (count - shown))
    canvas.fill(canvas.width - 1, top, 1, size, canvas.colour("line"))
    if canvas.look.palette.shaded:
        for y in range(top, top + size):
            canvas.put(canvas.width - 1, y, "▐", canvas.ink("muted"))


def put(canvas: Canvas, x: int, y: int, size: int, text: str, right: bool, tone: str, bold: bool = False) -> None:
    """Write an entry at the side of its column."""
    if right:
        canvas.put_right(x + size, y, text, canvas.ink(tone, bold=bold))
    else:
        canvas.put(x, y, text, canvas.ink(tone, bold=bold))


def cut(text: str, width: int, canvas: Canvas) -> str:
    """Leave out the beginning of a name that is too long: its end tells it from its neighbours."""
    if canvas.measure(text) <= width:
        return text
    sign = canvas.measure("…")
    while text and canvas.measure(text) > width - sign:
        text = text[1:]
    return f"…{text}" if width >= sign else ""

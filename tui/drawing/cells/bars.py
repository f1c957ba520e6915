"""Bars as cells: a name, a line as long as the value, the value, perhaps another number before it."""

from lessons.vocabulary.figures import Bars
from lessons.vocabulary.numbers import plain
from tui.drawing.canvas import Canvas, Look

NAMES = 3
"""Names take the third part of the width at most where there are two numbers."""


def height(figure: Bars, width: int, look: Look) -> int:
    """A row a bar, the title, and the line where some are cut off."""
    return len(figure.names) + (2 if figure.title else 0) + (1 if _is_cut(figure) else 0)


def _is_cut(figure: Bars) -> bool:
    return figure.cut is not None and figure.cut < len(figure.names)


def draw(figure: Bars, canvas: Canvas) -> None:
    """Draw one bar a row; the chosen one in violet and bold, those cut off under a line."""
    top = 0
    places: list[int | None] = list(range(len(figure.names)))
    if _is_cut(figure):
        places.insert(figure.cut or 0, None)
    if figure.title:
        canvas.put(
            0, 0, canvas.say(figure.title), canvas.ink("text" if figure.heads else "muted", bold=bool(figure.heads))
        )
        top = 2 if canvas.height >= len(places) + 2 or (figure.heads and canvas.height > 12) else 1
    names = [canvas.say(name) for name in figure.names]
    texts = [canvas.say(_number(figure, index)) for index in range(len(names))]
    before = [] if figure.beside is None else [plain(float(value), figure.digits) for value in figure.beside]
    marked = figure.cursor is not None or figure.beside is not None
    start = 2 if marked else 0
    left = start + max(map(canvas.measure, names), default=0) + 1
    if before:
        left = min(max(left, start + 10), max(canvas.width // NAMES, start + 6))
    valued = max(
        [*map(canvas.measure, texts), *(canvas.measure(canvas.say(head)) for head in figure.heads[-1:])], default=0
    )
    right = canvas.width - valued - 1
    besides = right
    if before:
        heads = [canvas.measure(canvas.say(head)) for head in figure.heads[:1]]
        right -= max([*map(canvas.measure, before), *heads]) + 1
    for head, x in zip(figure.heads, (besides, canvas.width) if before else (canvas.width,), strict=False):
        canvas.put_right(x, 0, canvas.say(head), canvas.ink("muted"))
    room = canvas.height - top
    for row, index in enumerate(_shown(figure, places, room), top):
        if index is None:
            _cut(figure, canvas, row)
            continue
        chosen, held = index == figure.chosen, index == figure.cursor
        off = _is_cut(figure) and index >= (figure.cut or 0)
        if held:
            canvas.fill(0, row, canvas.width, 1, canvas.colour("focus"))
        if marked and (held or chosen):
            canvas.put(0, row, "▐" if held else "▸", canvas.ink("accent"))
        ink = canvas.ink(
            "accent" if held or (chosen and not marked) else "faint" if off else "text" if marked else "muted",
            bold=chosen,
        )
        canvas.put(start, row, _short(canvas, names[index], left - start - 1), ink)
        if not off:
            _bar(figure, canvas, row, left, right, float(figure.values[index]), chosen)
        if before:
            canvas.put_right(besides, row, before[index], canvas.ink("faint"))
        tone = "faint" if off or (not chosen and not before) else "text"
        canvas.put_right(canvas.width, row, texts[index], canvas.ink(tone, bold=chosen))
        canvas.spot(0, row, canvas.width, 1, f"bar:{index}")


def _number(figure: Bars, index: int) -> str:
    if figure.written:
        return figure.written[index]
    off = _is_cut(figure) and index >= (figure.cut or 0)
    return "0" if off else plain(float(figure.values[index]), figure.digits)


def _short(canvas: Canvas, name: str, room: int) -> str:
    while canvas.measure(name) > room and len(name) > 1:
        name = name[:-2] + "…"
    return name


def _shown(figure: Bars, places: list[int | None], room: int) -> list[int | None]:
    """The rows that there is room for: those around the one that the keys are on, else the first and the chosen one."""
    if len(places) <= room:
        return places
    if figure.cursor is not None and figure.cursor in places:
        first = max(0, min(places.index(figure.cursor) - room + 2, len(places) - room))
        return places[first : first + room]
    if figure.chosen is not None and figure.chosen not in places[:room]:
        return [*places[: room - 1], figure.chosen]
    return places[:room]


def _bar(figure: Bars, canvas: Canvas, row: int, left: int, right: int, value: float, chosen: bool) -> None:
    length = right - left - (1 if figure.beside is not None else 0)
    share = (value - figure.low) / ((figure.high - figure.low) or 1.0)
    filled = round(min(max(share, 0), 1) * length) if value == value else 0
    if figure.beside is None:
        canvas.put(left, row, "─" * length, canvas.ink("line"))
        tone = "accent" if chosen else "series-2"
    else:
        filled = max(filled, 1 if value > 0 else 0)
        tone = "accent" if chosen else "run"
    canvas.put(left, row, "━" * filled, canvas.ink(tone))


def _cut(figure: Bars, canvas: Canvas, row: int) -> None:
    """The line under which bars are cut off, and what has done it."""
    text = f" {canvas.say(figure.cut_name)} " if figure.cut_name else ""
    canvas.put(2, row, "╌" * max(canvas.width - 2, 0), canvas.ink("line"))
    canvas.put(6, row, text, canvas.ink("muted"))

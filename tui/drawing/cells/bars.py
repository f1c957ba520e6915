"""Bars as cells: a name, a line as long as the value, the value."""

from lessons.vocabulary.figures import Bars
from lessons.vocabulary.numbers import plain
from tui.drawing.canvas import Canvas, Look


def height(figure: Bars, width: int, look: Look) -> int:
    """A row a bar, and the title."""
    return len(figure.names) + (2 if figure.title else 0)


def draw(figure: Bars, canvas: Canvas) -> None:
    """Draw one bar a row; the chosen one in violet and bold."""
    top = 0
    if figure.title:
        canvas.put(0, 0, canvas.say(figure.title), canvas.ink("muted"))
        top = 2 if canvas.height >= len(figure.names) + 2 else 1
    names = [canvas.say(name) for name in figure.names]
    texts = [plain(float(value), figure.digits) for value in figure.values]
    left = max(map(canvas.measure, names), default=0) + 1
    right = canvas.width - max(map(canvas.measure, texts), default=0) - 1
    for index, (name, value, text) in enumerate(zip(names, figure.values.tolist(), texts, strict=True)):
        row = top + index
        chosen = index == figure.chosen
        ink = canvas.ink("accent" if chosen else "muted", bold=chosen)
        canvas.put(0, row, name, ink)
        length = right - left
        share = (value - figure.low) / ((figure.high - figure.low) or 1.0)
        filled = round(min(max(share, 0), 1) * length) if value == value else 0
        canvas.put(left, row, "─" * length, canvas.ink("line"))
        canvas.put(left, row, "━" * filled, canvas.ink("accent" if chosen else "series-2"))
        canvas.put_right(canvas.width, row, text, canvas.ink("text" if chosen else "faint", bold=chosen))
        canvas.spot(0, row, canvas.width, 1, f"bar:{index}")

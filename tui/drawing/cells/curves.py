"""Curves as braille, with the present values standing on the axes."""

import math
from itertools import pairwise

import numpy as np

from lessons.vocabulary.figures import Axis, Curves, Level, Line
from lessons.vocabulary.numbers import large, plain, power, signed
from tui.drawing.canvas import Canvas, Frame, Look
from tui.drawing.cells.marks import draw_marks

COUNTED = 100
"""An axis of whole numbers that goes so far is one of things counted: steps say."""


def height(figure: Curves, width: int, look: Look) -> int:
    """Twelve rows, or fewer where the figure is narrow."""
    return max(8, min(12, width // 3))


def limit_text(axis: Axis, value: float) -> str:
    """Write a limit or tick; axes that pass through zero carry signs."""
    if axis.log:
        return power(value)
    text = signed(value, axis.digits) if axis.low < 0 and value != 0 else plain(value, axis.digits)
    return text


def _height(figure: Curves, y: float) -> str:
    return large(y) if figure.y.log else plain(y)


class Plot:
    """The place of a plot on a canvas: gutters outside, dots inside."""

    def __init__(self, figure: Curves, canvas: Canvas) -> None:
        self.figure, self.canvas = figure, canvas
        self.left = self._gutter()
        self.top = 1 if figure.title else 0
        self.bottom = canvas.height - (1 if canvas.look.axis else 0)
        self.rows = max(self.bottom - self.top, 1)
        self.named = _named(figure, self.rows) if len(figure.lines) > 1 else []
        """The lines whose names stand at their ends, from the highest end to the lowest; those of one row together."""

        ends = [sum(canvas.measure(canvas.say(line.name)) + 1 for line in row) for row in self.named]
        self.right = canvas.width - max(ends, default=0)
        self.columns = max(self.right - self.left, 1)

    def _gutter(self) -> int:
        axis = self.figure.y
        texts = [limit_text(axis, value) for value in (axis.low, axis.high, *axis.ticks)]
        if self.figure.point:
            texts.append(_height(self.figure, self.figure.point[1]))
        texts += [_level_text(axis, level) for level in self.figure.levels]
        return max(max(map(self.canvas.measure, texts)) + 1, self.canvas.look.gutter)

    def x_dot(self, value: float) -> float:
        """Dot column of an x value."""
        return 2 * self.left + self.figure.x.share(value) * (2 * self.columns - 1)

    def y_dot(self, value: float) -> float:
        """Dot row of a y value, clamped to the plot."""
        axis = self.figure.y
        share = 1 - axis.share(value) if axis.log else (axis.high - value) / ((axis.high - axis.low) or 1.0)
        share = min(max(share, 0), 1)
        return 4 * self.top + share * (4 * self.rows - 1)

    def row(self, value: float) -> int:
        """Cell row of a y value."""
        return min(round(self.y_dot(value)) // 4, self.bottom - 1)

    def inside(self, x: int) -> bool:
        """Tell whether a dot column lies in the plot."""
        return 2 * self.left <= x < 2 * self.right


def draw(figure: Curves, canvas: Canvas) -> None:
    """Draw title, axes, guides, lines and the present point."""
    plot = Plot(figure, canvas)
    if figure.title:
        canvas.put(max(plot.left - 4, 0) if figure.point else 0, 0, canvas.say(figure.title), canvas.ink("muted"))
    _axes(plot)
    canvas.spot(plot.left, plot.top, plot.columns, plot.rows, "curves")  # under the guides
    for level in figure.levels:
        if math.isfinite(level.value):
            _level(plot, level)
    point = figure.point if _is_known(figure.point) else None
    if point:
        _guides(plot, *point)
    for line in figure.lines:
        if len(line.x):
            _line(plot, line)
    if len(figure.lines) > 1:
        _names(plot)
    if figure.marks:
        draw_marks(plot, figure.marks)
    if figure.ghost and _is_known(figure.ghost):
        _mark(plot, figure.ghost, "○", "muted")
    if point:
        _mark(plot, point, "●", "accent")
        _present_values(plot, *point)
    axes = figure.x, figure.y
    canvas.frames["curves"] = Frame(
        plot.left, plot.top, plot.columns, plot.rows, axes[0].low, axes[0].high, axes[1].low, axes[1].high
    )


def _is_known(point: tuple[float, float] | None) -> bool:
    return point is not None and all(map(math.isfinite, point))


def _axes(plot: Plot) -> None:
    figure, canvas = plot.figure, plot.canvas
    colour = canvas.colour("line")
    base = round(plot.y_dot(min(max(0.0, figure.y.low), figure.y.high)))
    for x in range(2 * plot.left, 2 * plot.right):
        canvas.dot(x, base, colour)
    if figure.x.low < 0 < figure.x.high:
        middle = round(plot.x_dot(0))
        for y in range(4 * plot.top, 4 * plot.bottom):
            canvas.dot(middle, y, colour)
    faint = canvas.ink("faint")
    for value in (figure.y.high, *figure.y.ticks, figure.y.low):
        canvas.put_right(plot.left - 1, plot.row(value), limit_text(figure.y, value), faint)
    name = canvas.say(figure.x.name) + (f"  {figure.x.unit}" if figure.x.unit else "")
    low, high = limit_text(figure.x, figure.x.low), limit_text(figure.x, figure.x.high)
    canvas.put(plot.left, plot.bottom, low, faint)
    canvas.put_right(plot.right, plot.bottom, high, faint)
    for tick in figure.x.ticks:
        canvas.put_middle(plot.x_dot(tick) / 2, plot.bottom, limit_text(figure.x, tick), faint)
    above = min(base // 4 - 1, plot.bottom - 1)
    room = canvas.measure(name)
    if figure.x.low >= 0:
        canvas.put_right(plot.right - canvas.measure(high) - 2, plot.bottom, name, canvas.ink("muted"))
    elif above >= plot.top and room < plot.columns:
        canvas.put_right(plot.right, above, name, canvas.ink("muted"))


def _level_text(axis: Axis, level: Level) -> str:
    text = large(level.value) if axis.log else plain(level.value, 2 if axis.high - axis.low < 10 else 1)
    return f"{level.name} {text}".strip()


def _level(plot: Plot, level: Level) -> None:
    canvas, row = plot.canvas, round(plot.y_dot(level.value))
    colour = canvas.colour(level.tone)
    for x in range(2 * plot.left, 2 * plot.right):
        if x % 4 < 2:
            canvas.dot(x, row, colour)
    text = plot.row(level.value)
    canvas.put(0, text, " " * plot.left)
    canvas.put_right(plot.left - 1, text, _level_text(plot.figure.y, level), canvas.ink(level.tone, bold=True))
    if level.setting:
        canvas.spot(0, text, plot.right, 1, level.setting)


def _guides(plot: Plot, x: float, y: float) -> None:
    canvas, colour = plot.canvas, plot.canvas.colour("accent")
    column, row = round(plot.x_dot(x)), round(plot.y_dot(y))
    base = round(plot.y_dot(min(max(0.0, plot.figure.y.low), plot.figure.y.high)))
    for place in range(2 * plot.left, min(column, 2 * plot.right), 3):
        canvas.dot(place, row, colour)
    low, high = sorted((row, base))
    for place in range(low, high, 2):
        if plot.inside(column):
            canvas.dot(column, place, colour)


def _names(plot: Plot) -> None:
    """Write the lines' names at their ends, those that would lie over each other under each other."""
    rows = _apart([plot.row(_end(lines[0])) for lines in plot.named], plot.top, plot.bottom - 1)
    for row, lines in zip(rows, plot.named, strict=True):
        x = plot.right + 1
        for line in lines:
            ink = plot.canvas.ink(line.tone or "series-1", bold=True)
            x = plot.canvas.put(x, row, plot.canvas.say(line.name), ink) + 1


def _end(line: Line) -> float:
    """The last known height of a line."""
    return float(line.y[np.flatnonzero(~np.isnan(line.y))[-1]])


def _named(figure: Curves, rows: int) -> list[list[Line]]:
    """Sort the lines that have a name and an end from the highest end to the lowest, a row each.

    Where there are fewer rows than names, neighbours share one.
    """
    lines = [line for line in figure.lines if line.name and not np.isnan(line.y).all()]
    lines.sort(key=_end, reverse=True)
    count = min(len(lines), rows)
    starts = [round(row * len(lines) / count) for row in range(count)] if count else []
    return [lines[start:end] for start, end in pairwise([*starts, len(lines)])]


def _apart(wanted: list[int], low: int, high: int) -> list[int]:
    """Give each a row of its own, near the wanted one and in the same order; too many lie over each other."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    rows = list(wanted)
    for before, index in pairwise(order):
        rows[index] = max(rows[index], rows[before] + 1)
    last = high
    for index in reversed(order):
        rows[index] = max(min(rows[index], last), low)
        last = rows[index] - 1
    return rows


def _line(plot: Plot, line: Line) -> None:
    canvas = plot.canvas
    colour = canvas.colour(line.tone or "series-1")
    if line.stroke == "spikes":
        _spikes(plot, line, colour)
        return
    columns = np.arange(2 * plot.left, 2 * plot.right)
    axis = plot.figure.x
    shares = (columns - 2 * plot.left) / (2 * plot.columns - 1)
    at = axis.low * (axis.high / axis.low) ** shares if axis.log else axis.low + shares * (axis.high - axis.low)
    values = _between(plot.figure, at, line)
    if line.stroke == "steps":
        values = line.y[np.clip(np.searchsorted(line.x, at, side="right") - 1, 0, len(line.y) - 1)]
    previous: int | None = None
    for x, value in zip(columns.tolist(), values.tolist(), strict=True):
        if math.isnan(value):
            previous = None
            continue
        y = round(plot.y_dot(value))
        if not (line.stroke == "dashed" and x % 8 >= 5) and not (line.stroke == "dots" and x % 3):
            _rise(canvas, x, previous, y, colour, 2 if line.stroke == "steps" else 1)
        previous = y


def _between(figure: Curves, at: np.ndarray, line: Line) -> np.ndarray:
    """Give a line's height at places of the x axis: straight between its points, as the axes are spaced."""
    x, y = line.x, line.y
    if figure.x.log:
        at, x = np.log(at), np.log(x)
    if not figure.y.log:
        return np.interp(at, x, y, left=np.nan, right=np.nan)
    return np.exp(np.interp(at, x, np.log(y), left=np.nan, right=np.nan))


def _rise(canvas: Canvas, x: int, previous: int | None, y: int, colour: str, pitch: int) -> None:
    """Set the dots of one column, from the last column's height to this one's."""
    canvas.dot(x, y, colour)
    if previous is None or abs(previous - y) <= 1:
        return
    way = 1 if y > previous else -1
    for between in range(previous + way, y, way * pitch):
        canvas.dot(x, between, colour)


def _spikes(plot: Plot, line: Line, colour: str) -> None:
    base = round(plot.y_dot(max(plot.figure.y.low, min(0.0, plot.figure.y.high))))
    for x, y in zip(line.x.tolist(), line.y.tolist(), strict=True):
        if math.isnan(y) or y == 0:
            continue
        column, low = round(plot.x_dot(x)), round(plot.y_dot(y))
        for place in range(*sorted((low, base))):
            if plot.inside(column):
                plot.canvas.dot(column, place, colour)


def _mark(plot: Plot, point: tuple[float, float], glyph: str, tone: str) -> None:
    axis = plot.figure.x
    if axis.low <= point[0] <= axis.high:
        column = min(int(plot.x_dot(point[0]) / 2), plot.right - 1)
        plot.canvas.put(column, plot.row(point[1]), glyph, plot.canvas.ink(tone, bold=True))


def _present_values(plot: Plot, x: float, y: float) -> None:
    canvas = plot.canvas
    ink = canvas.ink("accent", bold=True)
    axis = plot.figure.x
    counted = axis.counted or (not axis.digits and axis.high >= COUNTED)
    text = signed(x) if axis.low < 0 else plain(x, 0 if counted else 2)
    text = large(x) if axis.log else text
    size = canvas.measure(text)
    start = round(min(max(plot.x_dot(x) / 2 - size / 2, plot.left), plot.right - size))
    _clear(canvas, start - 1, plot.bottom, size + 2)
    canvas.put(start, plot.bottom, text, ink)
    row = plot.row(y)
    canvas.put(0, row, " " * (plot.left - 1))
    canvas.put_right(plot.left - 1, row, _height(plot.figure, y), ink)


def _clear(canvas: Canvas, x: int, y: int, width: int) -> None:
    """Blank whole words that the cells cut, so that no half number stays."""
    row = canvas.row_text(y)
    left, right = max(x, 0), min(x + width, len(row))
    while 0 < left < len(row) and row[left - 1] != " ":
        left -= 1
    while 0 < right < len(row) and row[right] != " ":
        right += 1
    canvas.put(left, y, " " * (right - left))

"""Curves of runs over each other, thinned by extremes, each named at its end; a cursor reads them all at one place."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tui.drawing.canvas import Canvas, Frame
from tui.drawing.run_marks import chip
from tui.run_words import fit

STROKES: tuple[Callable[[int], bool], ...] = (
    lambda dot: True,
    lambda dot: dot % 8 < 5,
    lambda dot: dot % 3 == 0,
    lambda dot: dot % 10 < 6 or dot % 10 == 8,
)
"""Which of its dots a line shows: all, dashes, every third, dashes and dots; so lines differ without colours too."""


@dataclass(frozen=True, eq=False)
class RunLine:
    """One curve."""

    name: str
    x: np.ndarray
    """Where its points lie, ascending, shape (n,)."""

    y: np.ndarray
    """Their values, shape (n,)."""

    tone: str = "series-1"
    mark: int = 0
    """The number of its chip; 0 for none."""

    stroke: int = 0
    """Place in STROKES."""

    measured: np.ndarray | None = None
    """The values as they were measured, where `y` is smoothed: what is told is what was measured."""

    def at(self, x: float | None) -> float:
        """Its value at a place, that of the last point before it; at its end for None, NaN outside."""
        if not len(self.y):
            return math.nan
        values = self.y if self.measured is None else self.measured
        if x is None:
            return float(values[-1])
        place = int(np.searchsorted(self.x, x, side="right")) - 1
        return float(values[place]) if place >= 0 and x <= self.x[-1] else math.nan


@dataclass(frozen=True, eq=False)
class RunPlot:
    """Curves with their axes; all limits are in data, the y axis may be logarithmic."""

    lines: tuple[RunLine, ...]
    x_name: str
    x_high: float
    y_low: float
    y_high: float
    x_text: Callable[[float], str]
    """Writes a place on the x axis."""

    y_text: Callable[[float], str]
    """Writes a value."""

    tick_text: Callable[[float], str]
    """Writes a limit or a tick of the y axis."""

    log: bool = False
    cursor: float | None = None
    """Place of the cursor, 0…1 of the x axis; None for none."""

    def height_of(self, values: np.ndarray) -> np.ndarray:
        """Where values lie between the limits of the y axis, 0…1, or beyond; NaN for those that have no place."""
        if self.log:
            with np.errstate(divide="ignore", invalid="ignore"):
                low, high = math.log10(self.y_low), math.log10(self.y_high)
                shares: np.ndarray = (np.log10(values) - low) / (high - low)
        else:
            shares = (values - self.y_low) / (self.y_high - self.y_low)
        return shares

    def ticks(self) -> list[float]:
        """Values at which the y axis is named: both limits and one between, decades where it is logarithmic."""
        if not self.log:
            return [self.y_high, (self.y_low + self.y_high) / 2, self.y_low]
        low, high = round(math.log10(self.y_low)), round(math.log10(self.y_high))
        step = max(math.ceil((high - low) / 4), 1)
        return [10.0**power for power in range(high, low - 1, -step)]


def smoothed(values: np.ndarray, weight: float) -> np.ndarray:
    """Average exponentially: each value with `weight` of what came before, without the pull of the beginning."""
    if not weight:
        return values
    kept, share, found = 0.0, 1.0, []
    for value in values.tolist():
        kept = weight * kept + (1 - weight) * value
        share *= weight
        found.append(kept / (1 - share))
    return np.array(found)


def thinned(columns: np.ndarray, rows: np.ndarray) -> list[tuple[int, int, int, int, int]]:
    """Take of all points in one column the first, the least, the greatest and the last: (column, first, …)."""
    if not len(columns):
        return []
    starts = np.flatnonzero(np.r_[True, columns[1:] != columns[:-1]])
    ends = np.r_[starts[1:], len(columns)] - 1
    found = (columns[starts], rows[starts], np.minimum.reduceat(rows, starts), np.maximum.reduceat(rows, starts))
    return list(zip(*(each.tolist() for each in (*found, rows[ends])), strict=True))


def draw(plot: RunPlot, canvas: Canvas) -> None:
    """Draw axes, cursor, curves, and names and values at their ends."""
    gutter = max(canvas.measure(plot.tick_text(value)) for value in plot.ticks()) + 2
    margin = min(max(canvas.width // 3 - 2, 16), 40)
    left, right = gutter, max(canvas.width - margin, gutter + 4)
    area = Area(plot, canvas, left, right, canvas.height - 1)
    area.axes()
    area.cursor()
    for line in reversed(plot.lines):
        area.line(line)
    area.ends()
    canvas.spot(left, 0, area.columns, area.rows, "plot")
    canvas.frames["plot"] = Frame(left, 0, area.columns, area.rows, 0, 1, plot.y_low, plot.y_high)


class Area:
    """The place of the plot on a canvas."""

    def __init__(self, plot: RunPlot, canvas: Canvas, left: int, right: int, rows: int) -> None:
        self.plot, self.canvas = plot, canvas
        self.left, self.right, self.rows = left, right, max(rows, 1)
        self.columns = right - left
        self._dots = 0
        """Dots of the present line so far, which its stroke is counted in."""

    def dot_row(self, share: float) -> int:
        """Dot row of a height 0…1."""
        return round((1 - share) * (4 * self.rows - 1))

    def axes(self) -> None:
        """Draw both axes and write their limits."""
        plot, canvas, faint = self.plot, self.canvas, self.canvas.ink("faint")
        ticks = plot.ticks()
        for value, share in zip(ticks, plot.height_of(np.array(ticks)).tolist(), strict=True):
            canvas.put_right(self.left - 2, self.dot_row(share) // 4, plot.tick_text(value), faint)
        canvas.put(self.left, self.rows, plot.x_text(0), faint)
        canvas.put_right(self.right, self.rows, plot.x_text(plot.x_high), faint)
        canvas.put_middle((self.left + self.right) / 2, self.rows, plot.x_name, canvas.ink("muted"))

    def cursor(self) -> None:
        """Draw the cursor as a dotted line, its place on the axis."""
        plot, canvas = self.plot, self.canvas
        if plot.cursor is None:
            return
        column = self.left * 2 + round(plot.cursor * (2 * self.columns - 1))
        for y in range(0, 4 * self.rows, 2):
            canvas.dot(column, y, canvas.colour("accent"))
        text = plot.x_text(plot.cursor * plot.x_high)
        size = canvas.measure(text)
        start = min(max(column // 2 - size // 2, self.left), self.right - size)
        name = canvas.measure(plot.x_name)
        middle = round((self.left + self.right - name) / 2)
        if start < middle + name + 1 and start + size > middle - 1:
            canvas.put(middle, self.rows, " " * name)
        for edge, value in ((self.left, 0.0), (self.right - canvas.measure(plot.x_text(plot.x_high)), plot.x_high)):
            if start < edge + canvas.measure(plot.x_text(value)) + 1 and start + size > edge - 1:
                canvas.put(edge, self.rows, " " * canvas.measure(plot.x_text(value)))
        canvas.put(start, self.rows, text, canvas.ink("accent", bold=True))

    def line(self, line: RunLine) -> None:
        """Draw one curve; what lies outside the axes is left out."""
        share = self.plot.height_of(line.y)
        across = line.x / (self.plot.x_high or 1.0)
        good = np.isfinite(share) & (across <= 1.0)
        columns = 2 * self.left + np.rint(across[good] * (2 * self.columns - 1)).astype(int)
        rows = np.rint((1 - share[good]) * (4 * self.rows - 1)).clip(-(10**6), 10**6).astype(int)
        before: tuple[int, int] | None = None
        self._dots = 0
        for column, first, low, high, last in thinned(columns, rows):
            if before is not None:
                self._join(line, *before, column, first)
            for y in range(max(low, 0), min(high, 4 * self.rows - 1) + 1):
                self._dot(line, column, y)
            before = column, last
        if before is not None and self.canvas.look.palette.shaded and line.mark:
            x, y = before[0] // 2 + 1, min(max(before[1] // 4, 0), self.rows - 1)
            if x < self.right - 1:  # at the right edge its chip says it
                self.canvas.put(x, y, str(line.mark), self.canvas.ink("text", bold=True))

    def _join(self, line: RunLine, x: int, y: int, to_x: int, to_y: int) -> None:
        """Draw from one point to the next, each column from the height before to its own."""
        previous = y
        for column in range(x + 1, to_x + 1):
            here = round(y + (to_y - y) * (column - x) / (to_x - x))
            way = 1 if here > previous else -1
            for between in range(previous + way, here, way) if abs(here - previous) > 1 else ():
                self._dot(line, column, between)
            if column < to_x:
                self._dot(line, column, here)
            previous = here

    def _dot(self, line: RunLine, x: int, y: int) -> None:
        self._dots += 1
        if 0 <= y < 4 * self.rows and STROKES[line.stroke](self._dots):
            self.canvas.dot(x, y, self.canvas.colour(line.tone))

    def ends(self) -> None:
        """Write chip, name and value of each curve at the right, near its end and never over each other."""
        plot, canvas = self.plot, self.canvas
        place = None if plot.cursor is None else plot.cursor * plot.x_high
        rows = []
        for line in plot.lines:
            share = plot.height_of(line.y[-1:])
            height = float(share[0]) if share.size and math.isfinite(share[0]) else 0.0
            rows.append(min(max((1 - height) * (self.rows - 0.25), 0.0), self.rows - 1))
        x, edge = self.right + 2, canvas.width
        for line, row in zip(plot.lines, apart(rows, self.rows), strict=True):
            start = x
            if line.mark:
                chip(canvas, x, row, line.mark)
                start = x + 4
            ink = canvas.ink(line.tone, bold=True)
            value = line.at(place)
            text = plot.y_text(value)
            canvas.put_right(edge, row, text, ink)
            room = edge - canvas.measure(text) - 2 - start
            tone = canvas.ink("text" if line.mark else line.tone)
            canvas.put(start, row, fit(line.name, room, canvas.measure), tone)


def apart(rows: list[float], count: int) -> list[int]:
    """Give labels at these heights, in rows, a row each: in their order, within `count` rows if they fit."""
    order = sorted(range(len(rows)), key=lambda index: rows[index])
    placed: dict[int, int] = {}
    last = -1
    for index in order:
        last = placed[index] = max(int(rows[index]), last + 1)
    limit = max(count, len(rows)) - 1
    for index in reversed(order):
        placed[index] = min(placed[index], limit)
        limit = placed[index] - 1
    return [placed[index] for index in range(len(rows))]

"""Plane as cells: a half-block map, points of two classes, decision lines as braille."""

import math

import numpy as np

from lessons.vocabulary.figures import Axis, Boundary, Plane
from lessons.vocabulary.numbers import plain, signed
from tui.drawing.canvas import Canvas, Frame, Ink, Look
from tui.drawing.cells.maps import fit
from tui.drawing.palette import mix

LONG_NAME = 4
"""Cells that an axis' name may take beside the map."""


def height(figure: Plane, width: int, look: Look) -> int:
    """As high as makes the map square, at most 18 rows."""
    return max(8, min(18, (width - 6) // 2 + 3))


class Place:
    """Where the map lies on the canvas; it is square as far as cells allow."""

    def __init__(self, figure: Plane, canvas: Canvas) -> None:
        self.figure = figure
        marks = [canvas.measure(mark_text(figure.y, value)) for value in _marks(figure.y)]
        name = canvas.measure(canvas.say(figure.y.name))
        self.name_above = name > LONG_NAME
        """Whether the vertical axis has its name above the map, since it is too long to stand beside it."""
        self.left = max([0 if self.name_above else name, *marks]) + 1
        self.top = 1 if figure.title or self.name_above else 0
        legend = 1 if any(figure.class_names) and not figure.tinted else 0
        self.rows = max(2, min(canvas.height - self.top - 1 - legend, (canvas.width - self.left) // 2 or 1))
        self.columns = max(4, min(canvas.width - self.left, 2 * self.rows + 1))
        self.bottom = self.top + self.rows

    def cell(self, x: float, y: float) -> tuple[float, float]:
        """Place in cells of a point in data coordinates."""
        across = (x - self.figure.x.low) / ((self.figure.x.high - self.figure.x.low) or 1.0)
        down = (self.figure.y.high - y) / ((self.figure.y.high - self.figure.y.low) or 1.0)
        return self.left + across * self.columns, self.top + down * self.rows

    def cells(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Places in cells of points of shape (n, 2), as `cell` gives them."""
        low, high = (self.figure.x.low, self.figure.y.low), (self.figure.x.high, self.figure.y.high)
        shares = (points - low) / np.where(np.subtract(high, low) == 0, 1.0, np.subtract(high, low))
        return self.left + shares[:, 0] * self.columns, self.top + (1 - shares[:, 1]) * self.rows

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a place in cells lies on the map."""
        return self.left <= x < self.left + self.columns and self.top <= y < self.bottom


def _marks(axis: Axis) -> tuple[float, ...]:
    return axis.ticks or (axis.low, axis.high)


def mark_text(axis: Axis, value: float) -> str:
    """Write a limit or tick; axes that lie evenly about zero carry signs."""
    return signed(value, axis.digits) if axis.low == -axis.high and value else plain(value, axis.digits)


def draw(figure: Plane, canvas: Canvas) -> None:
    """Draw the map, then lines, sides and points over it, axes and class names around it."""
    place = Place(figure, canvas)
    end = canvas.put(place.left, 0, canvas.say(figure.title), canvas.ink("muted")) if figure.title else place.left
    if figure.tinted and figure.values is not None:
        _scale(place, canvas, end)
    if figure.values is not None:
        fitted = fit(figure.values, place.columns, place.rows, canvas.look.wide)
        canvas.pixels(place.left, place.top, "large", fitted)
    else:
        canvas.fill(place.left, place.top, place.columns, place.rows, canvas.colour("zero"))
    canvas.spot(place.left, place.top, place.columns, place.rows, "plane")
    canvas.frames["plane"] = Frame(
        place.left, place.top, place.columns, place.rows,
        figure.x.low, figure.x.high, figure.y.low, figure.y.high,
    )  # fmt: skip
    if figure.free is not None:
        for x0, y0, x1, y1 in figure.free.tolist():
            _segment(place, canvas, (x0, y0), (x1, y1), canvas.colour("accent"), 1, 3)
    if figure.arrows is not None:
        _arrows(place, canvas, figure.arrows)
    for boundary in figure.boundaries:
        _boundary(place, canvas, boundary)
    _sides(place, canvas)
    _points(place, canvas)
    _axes(place, canvas)


HEAD = 0.25
"""Share of an arrow that is its head."""

SCALE = 13
"""Cells of the bar that shows the map's colours."""


def _scale(place: Place, canvas: Canvas, end: int) -> None:
    """Draw the map's colours from −1 to +1 above its right end, where there is room."""
    right = place.left + place.columns
    left = right - SCALE - 3
    name = canvas.measure(canvas.say(place.figure.y.name)) + 3 if place.name_above else 0
    if left - 3 <= end + name or canvas.look.palette.shaded:
        return
    canvas.put(left - 3, 0, "−1", canvas.ink("neg", bold=True))
    canvas.pixels(left, 0, "large", np.tile(np.linspace(-1, 1, SCALE), (2, 1)))
    canvas.put(right - 2, 0, "+1", canvas.ink("pos", bold=True))


def _segment(
    place: Place,
    canvas: Canvas,
    start: tuple[float, float],
    end: tuple[float, float],
    colour: str,
    thick: int,
    pitch: int = 1,
) -> None:
    (x0, y0), (x1, y1) = place.cell(*start), place.cell(*end)
    steps = max(2, round(max(abs(x1 - x0) * 2, abs(y1 - y0) * 4)))
    steep = abs(y1 - y0) * 4 > abs(x1 - x0) * 2
    for step in range(0, steps + 1, pitch):
        share = step / steps
        x, y = x0 + (x1 - x0) * share, y0 + (y1 - y0) * share
        for extra in range(thick):
            across, down = (x * 2 + extra, y * 4) if steep else (x * 2, y * 4 + extra)
            column, row = int(across) >> 1, int(down) >> 2
            if place.holds(column, row):
                canvas.flatten(column, row)
                canvas.dot(int(across), int(down), colour)


def _arrows(place: Place, canvas: Canvas, arrows: np.ndarray) -> None:
    """Each as a faint line, whose end, where it leads, is bright."""
    for x0, y0, x1, y1 in arrows[np.isfinite(arrows).all(axis=1)].tolist():
        _segment(place, canvas, (x0, y0), (x1, y1), canvas.colour("faint"), 1)
    for x0, y0, x1, y1 in arrows[np.isfinite(arrows).all(axis=1)].tolist():
        neck = x1 - (x1 - x0) * HEAD, y1 - (y1 - y0) * HEAD
        _segment(place, canvas, neck, (x1, y1), canvas.colour("accent"), 1)


def _boundary(place: Place, canvas: Canvas, line: Boundary) -> None:
    ends = _clip(line, place.figure)
    if ends is None:
        return
    _segment(place, canvas, *ends, canvas.colour(line.tone or "text"), 2)
    if line.name:
        x, y = place.cell(*ends[1])
        column = min(max(int(x), place.left), place.left + place.columns - 2)
        row = min(max(int(y), place.top), place.bottom - 1)
        canvas.put(column, row, canvas.say(line.name), canvas.ink(line.tone or "text", bold=True))


def _clip(line: Boundary, figure: Plane) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Find where the line meets the plane's frame."""
    found = []
    for x in (figure.x.low, figure.x.high):
        if abs(line.w2) > 1e-12:
            y = (line.h - line.w1 * x) / line.w2
            if figure.y.low - 1e-9 <= y <= figure.y.high + 1e-9:
                found.append((x, y))
    for y in (figure.y.low, figure.y.high):
        if abs(line.w1) > 1e-12:
            x = (line.h - line.w2 * y) / line.w1
            if figure.x.low - 1e-9 <= x <= figure.x.high + 1e-9:
                found.append((x, y))
    found = sorted(set(found))
    return (found[0], found[-1]) if len(found) > 1 and math.dist(found[0], found[-1]) > 1e-6 else None


def _sides(place: Place, canvas: Canvas) -> None:
    """Write each side's word in the corner that lies deepest on that side."""
    figure = place.figure
    if figure.values is None or not any(figure.sides) or place.rows < 9:
        return
    low, high = figure.sides
    rows, columns = figure.values.shape
    at_top, at_bottom = rows // 12, rows - 1 - rows // 12
    corners = {
        (0, 0): figure.values[at_top, columns // 8],
        (1, 0): figure.values[at_top, -1 - columns // 8],
        (0, 1): figure.values[at_bottom, columns // 8],
        (1, 1): figure.values[at_bottom, -1 - columns // 8],
    }
    taken = [tuple(map(int, place.cell(*point.tolist()))) for point in figure.points]
    for text, sign in ((low, -1), (high, 1)):
        word = canvas.say(text)
        size = canvas.measure(word)
        for (right, down), value in sorted(corners.items(), key=lambda item, sign=sign: -sign * item[1]):
            x = place.left + place.columns - size - 1 if right else place.left + 1
            y = place.bottom - 1 if down else place.top + 1
            covered = any(x - 1 <= column <= x + size and row == y for column, row in taken)
            if word and sign * value > 0 and not covered:
                _word(canvas, x, y, word)
                break


def _word(canvas: Canvas, x: int, y: int, word: str) -> None:
    for column in range(x, x + canvas.measure(word)):
        canvas.flatten(column, y)
    canvas.put(x, y, word, Ink(canvas.look.palette.on(canvas.background(x, y)), "", True))


def _points(place: Place, canvas: Canvas) -> None:
    """Draw the examples, the present one last; where many lie in one cell, the last of them."""
    figure = place.figure
    seen: dict[tuple[int, int], int] = {}
    for index, (column, row) in _cells_of(place).items():
        if not figure.tinted:
            canvas.spot(column - 1, row, 3, 1, f"point:{index}")
            _point(place, canvas, index, column, row)
        else:
            seen.pop((column, row), None)
            seen[column, row] = index
    for (column, row), index in seen.items():
        _point(place, canvas, index, column, row)


def _cells_of(place: Place) -> dict[int, tuple[int, int]]:
    """Give the cell of each point that is a number, the present one last."""
    figure = place.figure
    if not len(figure.points):
        return {}
    across, down = place.cells(figure.points)
    known = np.isfinite(across) & np.isfinite(down)
    columns = np.clip(np.where(known, across, 0), place.left, place.left + place.columns - 1).astype(int).tolist()
    rows = np.clip(np.where(known, down, 0), place.top, place.bottom - 1).astype(int).tolist()
    found = {index: (columns[index], rows[index]) for index in np.flatnonzero(known).tolist()}
    if figure.present in found:
        found[figure.present] = found.pop(figure.present)
    return found


def _point(place: Place, canvas: Canvas, index: int, column: int, row: int) -> None:
    figure, palette = place.figure, canvas.look.palette
    canvas.flatten(column, row)
    if index == figure.present:
        for around in (column - 1, column, column + 1):
            if place.holds(around, row):
                canvas.put(around, row, " ")
        canvas.fill(max(column - 1, place.left), row, 3, 1, canvas.colour("focus"))
    positive = bool(figure.classes[index])
    if index == figure.present:
        tone = canvas.colour("accent")
    elif figure.tinted and not palette.shaded:
        tone = mix(canvas.colour("pos" if positive else "neg"), canvas.colour("foreground"), 0.5)
    else:
        tone = palette.on(canvas.background(column, row))
    small = figure.tests is not None and bool(figure.tests[index])
    glyph = ("•" if positive else "◦") if small else "●" if positive else "○"
    canvas.put(column, row, glyph, Ink(tone, "", True))
    wrong = figure.wrong is not None and bool(figure.wrong[index])
    if wrong and place.holds(column + 1, row) and len(figure.points) < 20:
        canvas.flatten(column + 1, row)
        canvas.put(column + 1, row, "✗", Ink(palette.on(canvas.background(column + 1, row)), "", True))


def _axes(place: Place, canvas: Canvas) -> None:
    figure, faint, muted = place.figure, canvas.ink("faint"), canvas.ink("muted")
    for value in _marks(figure.y):
        row = min(max(int(place.cell(figure.x.low, value)[1]), place.top), place.bottom - 1)
        canvas.put_right(place.left - 1, row, mark_text(figure.y, value), faint)
    if place.name_above:
        title = canvas.measure(canvas.say(figure.title)) + 3 if figure.title and figure.tinted else 0
        canvas.put(place.left + title, 0, canvas.say(figure.y.name), muted)
    else:
        below = 1 if figure.tinted else 0  # else it would lie over the upper limit
        canvas.put_right(place.left - 1, place.top + below, canvas.say(figure.y.name), muted)
    right = place.left + place.columns
    for value in _marks(figure.x):
        column = min(place.cell(value, figure.y.low)[0], right - 1)
        text = mark_text(figure.x, value)
        start = min(max(round(column - canvas.measure(text) / 2), place.left), right - canvas.measure(text))
        canvas.put(start, place.bottom, text, faint)
    name = canvas.say(figure.x.name)
    if right + canvas.measure(name) + 1 <= canvas.width:
        canvas.put(right + 1, place.bottom, name, muted)
    else:
        canvas.put_right(right, place.bottom, name, muted)
    if figure.tinted:
        _classes_between(place, canvas)
    elif place.bottom + 1 < canvas.height and any(figure.class_names):
        hollow, filled = map(canvas.say, figure.class_names)
        end = canvas.put(place.left, place.bottom + 1, f"● {filled}", muted)
        canvas.put(end + 3, place.bottom + 1, f"○ {hollow}", muted)


def _classes_between(place: Place, canvas: Canvas) -> None:
    """Name the classes between the limits of the axis, where there is room."""
    figure, muted = place.figure, canvas.ink("muted")
    hollow, filled = map(canvas.say, figure.class_names)
    room = place.columns - 2 * max(canvas.measure(mark_text(figure.x, value)) for value in _marks(figure.x)) - 6
    name = canvas.measure(canvas.say(figure.x.name))
    right = place.left + place.columns
    room -= name + 2 if right + name + 1 > canvas.width else 0
    size = canvas.measure(filled) + canvas.measure(hollow) + 7
    if size <= room:
        start = place.left + max((place.columns - size) // 2 - (name if room < place.columns - 16 else 0), 5)
        end = canvas.put(start, place.bottom, f"● {filled}", muted)
        canvas.put(end + 3, place.bottom, f"○ {hollow}", muted)

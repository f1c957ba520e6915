"""A plane as SVG: its map, its points of two classes and its straight lines, cut at the frame."""

import math

import numpy as np

from lessons.vocabulary.figures import Boundary, Plane
from tui.drawing.palette import Palette
from tui.drawing.svg.axes import Frame, margin, marks, write_beside, write_under
from tui.drawing.svg.document import HALF, PAD, SIZE, SMALL, TITLE_LINE, Document, points, text_width
from tui.drawing.svg.maps import bar, bar_width, draw_map
from tui.locale import Words

SIDE = 0.6
"""Side of the square by the figure's width."""

SCALE = ("−1", "+1")


def draw(figure: Plane, palette: Palette, words: Words, width: float) -> str:
    """Draw a square plane."""
    document = Document(palette, words.say(figure.title))
    heading = document.heading(document.title)
    present = _present_point(figure)
    beside = marks(figure.y, words, present and present[1])
    left = PAD + margin(beside)
    side = min(SIDE * width, width - left - PAD)
    top = PAD + (50 if figure.y.name else 34)
    if figure.values is not None and heading + 24 + bar_width(SCALE) > left + side:
        top += 24
    frame = Frame(left=left, top=top, right=left + side, bottom=top + side, x=figure.x, y=figure.y)
    _ground(document, frame, figure)
    for boundary in figure.boundaries:
        _boundary(document, frame, boundary, words.say(boundary.name))
    for x1, y1, x2, y2 in np.asarray(figure.free).tolist() if figure.free is not None else ():
        document.line(frame.across(x1), frame.up(y1), frame.across(x2), frame.up(y2), "muted", 1.4, "5 4")
    for x1, y1, x2, y2 in np.asarray(figure.arrows).tolist() if figure.arrows is not None else ():
        document.line(frame.across(x1), frame.up(y1), frame.across(x2), frame.up(y2), "muted", 1)
        document.circle(frame.across(x2), frame.up(y2), 1.8, "accent")
    if present:
        place, height = frame.across(present[0]), frame.up(present[1])
        document.guide(frame.left, height, place, height)
        document.guide(place, height, place, frame.bottom)
    _sides(document, frame, figure, words)
    _points(document, frame, figure)
    document.text(frame.left, frame.top - 10, words.say(figure.y.name), "muted", size=SMALL)
    write_beside(document, frame, beside)
    write_under(document, frame, marks(figure.x, words, present and present[0]), frame.bottom + 21)
    _classes(document, frame, figure, words)
    return document.finish(frame.right + PAD, frame.bottom + 43 + PAD - 5, width)


def _present_point(figure: Plane) -> tuple[float, float] | None:
    if figure.present is None or not 0 <= figure.present < len(figure.points):
        return None
    x, y = (float(each) for each in figure.points[figure.present])
    return (x, y) if math.isfinite(x) and math.isfinite(y) else None


def _ground(document: Document, frame: Frame, figure: Plane) -> None:
    """Draw the map with its colour bar, or an empty plane with its axes."""
    side = frame.right - frame.left
    if figure.values is not None:
        draw_map(document, "large", figure.values, frame.left, frame.top, side, side)
        line = TITLE_LINE + (frame.top - (PAD + (50 if figure.y.name else 34)))
        bar(document, frame.right, line, "large", SCALE)
        return
    document.rect(frame.left, frame.top, side, side, "zero")
    if frame.x.low < 0 < frame.x.high:
        document.line(frame.across(0), frame.top, frame.across(0), frame.bottom)
    if frame.y.low < 0 < frame.y.high:
        document.line(frame.left, frame.up(0), frame.right, frame.up(0))


def clipped(boundary: Boundary, frame: Frame) -> tuple[float, float, float, float] | None:
    """Cut the line w₁x₁ + w₂x₂ = h at the frame; data coordinates of both ends, the upper one first."""
    w1, w2, h = boundary.w1, boundary.w2, boundary.h
    if not all(map(math.isfinite, (w1, w2, h))) or (w1 == 0 and w2 == 0):
        return None
    x, y = frame.x, frame.y
    found: list[tuple[float, float]] = []
    if w2:
        found += [(edge, (h - w1 * edge) / w2) for edge in (x.low, x.high)]
    if w1:
        found += [((h - w2 * edge) / w1, edge) for edge in (y.low, y.high)]
    slack = 1e-9 * (x.high - x.low + y.high - y.low)
    within = [(a, b) for a, b in found if x.low - slack <= a <= x.high + slack and y.low - slack <= b <= y.high + slack]
    if len(within) < 2:
        return None
    within.sort(key=lambda end: (-end[1], end[0]))
    return (*within[0], *within[-1])


def _boundary(document: Document, frame: Frame, boundary: Boundary, name: str) -> None:
    ends = clipped(boundary, frame)
    if ends is None:
        return
    x1, y1, x2, y2 = frame.across(ends[0]), frame.up(ends[1]), frame.across(ends[2]), frame.up(ends[3])
    document.line(x1, y1, x2, y2, "zero", 6)
    document.line(x1, y1, x2, y2, boundary.tone or "text", 2.4)
    if name:
        length = math.hypot(x2 - x1, y2 - y1) or 1.0
        along = min(0.5, 34 / length)
        place, height = x1 + (x2 - x1) * along, y1 + (y2 - y1) * along
        left = place > (frame.left + frame.right) / 2
        document.text(
            place - 12 if left else place + 12,
            height + 0.36 * SIZE,
            name,
            boundary.tone or "text",
            anchor="end" if left else "start",
            halo="zero",
        )


def _sides(document: Document, frame: Frame, figure: Plane, words: Words) -> None:
    """Write what each side is in the corner that lies deepest in it."""
    corners = {(across, up): _depth(figure, across, up) for across, up in ((1, 1), (0, 0), (0, 1), (1, 0))}
    for sign, text in zip((-1, 1), map(words.say, figure.sides), strict=True):
        if not text:
            continue
        across, up = max(corners, key=lambda corner: sign * corners[corner])
        width = text_width(text)
        document.text(
            frame.right - width - 14 if across else frame.left + 14,
            frame.top + 26 if up else frame.bottom - 16,
            text,
            bold=True,
            halo=_corner_colour(document, figure, across, up),
        )


def _depth(figure: Plane, across: int, up: int) -> float:
    """How far a corner lies on the positive side."""
    if figure.values is not None and figure.values.size:
        part = _corner(figure.values, across, up)
        return float(np.nan_to_num(part).mean())
    if figure.boundaries:
        line = figure.boundaries[0]
        x = figure.x.high if across else figure.x.low
        y = figure.y.high if up else figure.y.low
        return line.w1 * x + line.w2 * y - line.h
    return across + up - 1.0


def _corner(values: np.ndarray, across: int, up: int) -> np.ndarray:
    rows, columns = max(1, values.shape[0] // 8), max(1, values.shape[1] // 5)
    part = values[:rows] if up else values[-rows:]
    return part[:, -columns:] if across else part[:, :columns]


def _corner_colour(document: Document, figure: Plane, across: int, up: int) -> str:
    if figure.values is None or not figure.values.size:
        return "zero"
    mean = float(np.nan_to_num(_corner(figure.values, across, up)).mean())
    return document.palette.signed(mean, large=True)


def _points(document: Document, frame: Frame, figure: Plane) -> None:
    """Draw discs and rings, smaller where there are many, and crosses over all at those answered wrongly."""
    count = len(figure.points)
    radius = 6.5 if count <= 12 else 4.6 if count <= 120 else 3.4
    size = 4.0 if count <= 12 else 3.0
    crosses = []
    for index, ((x, y), kind) in enumerate(zip(np.asarray(figure.points).tolist(), figure.classes, strict=True)):
        place, height = frame.across(x), frame.up(y)
        if not (frame.left <= place <= frame.right and frame.top <= height <= frame.bottom):
            continue
        present = index == figure.present
        if present:
            document.circle(place, height, radius + 6, "zero", "accent", 2.4)
        if kind:
            document.circle(place, height, radius, "series-1", "zero", 1.2)
        else:
            document.circle(place, height, radius - 0.7, "zero", "series-1", 1.8)
        if figure.wrong is not None and bool(figure.wrong[index]):
            gap = (radius + 6 if present else radius - 1) * 0.71 + size + 1
            crosses.append((place + gap, height - gap))
    for x, y in crosses:
        cross = points([(x - size, y - size), (x + size, y + size)])
        cross += points([(x - size, y + size), (x + size, y - size)])
        document.path(cross, "zero", 4.6)
        document.path(cross, "error", 2.2)


def _classes(document: Document, frame: Frame, figure: Plane, words: Words) -> None:
    """Say under the frame what discs and rings are, and name the x axis at its far end."""
    line = frame.bottom + 43
    name = words.say(figure.x.name)
    document.text(frame.right, line, name, "muted", size=SMALL, anchor="end")
    if not len(figure.points):
        return
    place = frame.left + 5
    hollow, filled = map(words.say, figure.class_names)
    for text, full in ((filled, True), (hollow, False)):
        document.circle(place, line - 4.5, 4.6 if full else 4.0, "series-1" if full else "none", "series-1", 1.6)
        document.text(place + 12, line, text, "muted", size=SMALL)
        place += 12 + text_width(text, SMALL) + 3 * HALF * SIZE

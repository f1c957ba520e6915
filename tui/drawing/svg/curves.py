"""Curves as SVG: series named at their ends, the present values on the axes, no grid and no legend."""

import math

import numpy as np

from lessons.vocabulary.figures import Curves, Line
from tui.drawing.palette import Palette
from tui.drawing.svg.axes import LINE, Frame, Mark, fine, margin, marks, spread, write_beside, write_under, written
from tui.drawing.svg.document import PAD, SIZE, SMALL, Document, points, text_width
from tui.locale import Words

SHAPE = 0.44
"""Height of the frame by the figure's width."""


BESIDE = tuple((down, right) for down in (0, -1, 1, -2, 2) for right in (True, False))
"""Where a named point's name may stand, the best first: lines below its dot, and whether at its right."""


def draw(figure: Curves, palette: Palette, words: Words, width: float) -> str:
    """Draw curves as wide as the figure may be."""
    document = Document(palette, words.say(figure.title))
    document.heading(document.title)
    present = figure.point if figure.point and all(map(math.isfinite, figure.point)) else None
    beside = marks(figure.y, words, present and present[1])
    beside[1:1] = [
        Mark(level.value, written(figure.y, level.value, words, fine(figure.y)), level.tone, True)
        for level in figure.levels
    ]
    names = [
        words.say(name) for name in (*(line.name for line in figure.lines), *(each.name for each in figure.levels))
    ]
    right = max([text_width(name) + 12 for name in names if name], default=0.0)
    top = PAD + (50 if figure.y.name else 34)
    frame = Frame(
        left=PAD + margin(beside),
        top=top,
        right=width - PAD - right,
        bottom=top + SHAPE * width,
        x=figure.x,
        y=figure.y,
    )
    _axes(document, frame, words)
    for level in figure.levels:
        height = frame.up(level.value)
        document.line(frame.left, height, frame.right, height, level.tone, 1.4)
    document.window(frame.left - 3, frame.top - 3, frame.right - frame.left + 6, frame.bottom - frame.top + 6)
    for line in figure.lines:
        _line(document, frame, line)
    document.close()
    if present:
        _present(document, frame, present)
    _marks(document, frame, figure, words)
    if figure.ghost:
        document.circle(frame.across(figure.ghost[0]), frame.up(figure.ghost[1]), 5, "none", "accent", 1.8)
    write_beside(document, frame, beside)
    write_under(document, frame, marks(figure.x, words, present and present[0]), frame.bottom + 21)
    end = _far_name(document, frame, figure, words)
    _ends(document, frame, figure, names)
    return document.finish(width, end + PAD - 5, width)


def _axes(document: Document, frame: Frame, words: Words) -> None:
    """Draw each axis through zero where zero is within the limits, else at the low end."""
    x, y = frame.x, frame.y
    ground = frame.up(0.0 if y.low <= 0 <= y.high else y.low)
    upright = frame.across(0.0 if x.low <= 0 <= x.high else x.low)
    document.line(frame.left, ground, frame.right, ground)
    document.line(upright, frame.top, upright, frame.bottom)
    for tick in x.ticks:
        document.line(frame.across(tick), ground, frame.across(tick), ground + 5)
    for tick in y.ticks:
        document.line(upright - 5, frame.up(tick), upright, frame.up(tick))
    name = words.say(y.name)
    start = min(max(upright - text_width(name, SMALL) / 2, frame.left), frame.right)
    document.text(start, frame.top - 10, name, "muted", size=SMALL)


def _line(document: Document, frame: Frame, line: Line) -> None:
    """Draw one series by its stroke."""
    x, y = _thinned(line, frame)
    across = [frame.across(each) for each in x.tolist()]
    up = [frame.up(each) for each in y.tolist()]
    tone = line.tone or "series-1"
    if line.stroke == "dots":
        for place, height in zip(across, up, strict=True):
            document.circle(place, height, 2.2, tone)
    elif line.stroke == "spikes":
        ground = frame.up(min(max(0.0, frame.y.low), frame.y.high))
        pairs = [(place, height) for place, height in zip(across, up, strict=True) if math.isfinite(place + height)]
        document.path("".join(points([(place, ground), (place, height)]) for place, height in pairs), tone, 1.5)
    elif line.stroke == "steps":
        pairs = []
        for index, (place, height) in enumerate(zip(across, up, strict=True)):
            if index:
                pairs.append((place, up[index - 1]))
            pairs.append((place, height))
        document.path(points(_joined(pairs)), tone, 2.2)
    else:
        pairs = list(zip(across, up, strict=True))
        document.path(points(pairs), tone, 2.2, "7 5" if line.stroke == "dashed" else "")


def _joined(pairs: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Drop the points within a level stretch."""
    kept = pairs[:1]
    for before, here, after in zip(pairs, pairs[1:], pairs[2:], strict=False):
        if not before[1] == here[1] == after[1]:
            kept.append(here)
    return kept + pairs[1:][-1:]


def _thinned(line: Line, frame: Frame) -> tuple[np.ndarray, np.ndarray]:
    """Keep of many points the first, the least, the greatest and the last of each pixel column."""
    x, y = np.asarray(line.x, float), np.asarray(line.y, float)
    columns = round(frame.right - frame.left)
    if len(x) <= 4 * columns or not (np.isfinite(x).all() and (np.diff(x) >= 0).all()):
        return x, y
    place = np.floor((x - frame.x.low) / ((frame.x.high - frame.x.low) or 1.0) * columns)
    kept: set[int] = set()
    for part in np.split(np.arange(len(x)), np.flatnonzero(np.diff(place)) + 1):
        values = np.where(np.isfinite(y[part]), y[part], y[part][np.isfinite(y[part])][:1].sum())
        kept |= {int(part[0]), int(part[values.argmin()]), int(part[values.argmax()]), int(part[-1])}
        kept |= {int(part[index]) for index in np.flatnonzero(~np.isfinite(y[part]))[:1]}
    order = sorted(kept)
    return x[order], y[order]


def _present(document: Document, frame: Frame, point: tuple[float, float]) -> None:
    """Draw the present point, within the frame, with its guides to both edges."""
    place = min(max(frame.across(point[0]), frame.left), frame.right)
    height = min(max(frame.up(point[1]), frame.top), frame.bottom)
    document.guide(frame.left, height, place, height)
    document.guide(place, height, place, frame.bottom)
    document.circle(place, height, 5.5, "accent", "surface", 2)


def _marks(document: Document, frame: Frame, figure: Curves, words: Words) -> None:
    """Draw named points, each name where it is free beside its dot; one that has no room is left out."""
    dots = [(frame.across(mark.x), frame.up(mark.y)) for mark in figure.marks]
    taken = [(x - 5, y - 5, x + 5, y + 5) for x, y in dots]
    for mark, (x, y) in zip(reversed(figure.marks), reversed(dots), strict=True):
        document.circle(x, y, 4, "surface" if mark.hollow else mark.tone, mark.tone, 1.8)
    for index, (mark, (x, y)) in enumerate(zip(figure.marks, dots, strict=True)):
        name = words.say(mark.name)
        width = text_width(name)
        for down, right in BESIDE:
            left, middle = (x + 10 if right else x - 10 - width), y + down * (LINE + 2)
            box = (left, middle - LINE / 2, left + width, middle + LINE / 2)
            inside = frame.left <= left and box[2] <= frame.right and frame.top <= box[1] and box[3] <= frame.bottom
            others = taken[:index] + taken[index + 1 :]
            if inside and not any(
                box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3] for other in others
            ):
                document.text(left, middle + 0.36 * SIZE, name, mark.tone, bold=mark.tone == "accent")
                taken.append(box)
                break


def _far_name(document: Document, frame: Frame, figure: Curves, words: Words) -> float:
    """Name the x axis at its far end, above it if no curve is there, else under the limits; give the end."""
    name = words.say(figure.x.name)
    width = text_width(name, SMALL)
    ground = frame.up(0.0 if frame.y.low <= 0 <= frame.y.high else frame.y.low)
    left, top = frame.right - width - 8, ground - 24
    free = ground - top < frame.bottom - frame.top and left > frame.left
    for line in figure.lines:
        for x, y in zip(np.asarray(line.x).tolist(), np.asarray(line.y).tolist(), strict=True):
            free = free and not (frame.across(x) >= left - 6 and top - 4 <= frame.up(y) <= ground + 2)
    if figure.point:
        free = free and frame.across(figure.point[0]) < left - 8
    if free or not name:
        document.text(frame.right - width, ground - 9, name, "muted", size=SMALL)
        return frame.bottom + 21
    document.text(frame.right - width, frame.bottom + 39, name, "muted", size=SMALL)
    return frame.bottom + 39


def _ends(document: Document, frame: Frame, figure: Curves, names: list[str]) -> None:
    """Write each series' name at its end, and each level's, without overlap."""
    found: list[tuple[float, float, str, str]] = []
    for line, name in zip(figure.lines, names, strict=False):
        seen = np.flatnonzero(np.isfinite(line.x) & np.isfinite(line.y))
        if name and len(seen):
            place = min(frame.across(float(line.x[seen[-1]])), frame.right)
            found.append((place, frame.up(float(line.y[seen[-1]])), name, line.tone or "series-1"))
    for level, name in zip(figure.levels, names[len(figure.lines) :], strict=True):
        if name and math.isfinite(level.value):
            found.append((frame.right, frame.up(level.value), name, level.tone))
    heights = spread([each[:2] for each in found], frame.top, frame.bottom)
    for (place, _, name, tone), height in zip(found, heights, strict=True):
        document.text(place + 10, height + 0.36 * SIZE, name, tone)

"""Axes that Curves and Plane share: where data lie, and what is written along the edges without overlap."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from lessons.vocabulary.figures import Axis
from lessons.vocabulary.numbers import plain, power, signed
from tui.drawing.svg.document import SIZE, SMALL, Document, text_width
from tui.locale import Words

LINE = 17.0
"""Least distance of two texts, one above the other."""


@dataclass(frozen=True)
class Frame:
    """A rectangle in pixels and the axes over it."""

    left: float
    top: float
    right: float
    bottom: float
    x: Axis
    y: Axis

    def across(self, value: float) -> float:
        """Place a value of the x axis."""
        return self.left + self.x.share(value) * (self.right - self.left)

    def up(self, value: float) -> float:
        """Place a value of the y axis."""
        return self.bottom - self.y.share(value) * (self.bottom - self.top)


@dataclass(frozen=True)
class Mark:
    """A text that stands at a value on an axis, or at a place beside the frame."""

    place: float
    text: str
    tone: str = "faint"
    bold: bool = False
    size: float = SMALL

    @property
    def width(self) -> float:
        """Pixels that the text takes."""
        return text_width(self.text, self.size)


def written(axis: Axis, value: float, words: Words, digits: int | None = None) -> str:
    """Write a value of an axis: with its sign where the axis has both, with its unit."""
    digits = axis.digits if digits is None else digits
    text = power(value) if axis.log else (signed if axis.low < 0 < axis.high and value else plain)(value, digits)
    unit = words.say(axis.unit)
    return f"{text} {unit}" if unit else text


def fine(axis: Axis) -> int:
    """Decimals of a single value on an axis: two, and fewer where the axis is long."""
    span = abs(axis.high - axis.low)
    return max(axis.digits, min(2, math.ceil(2 - math.log10(span / 2)))) if span else axis.digits


def marks(axis: Axis, words: Words, present: float | None = None) -> list[Mark]:
    """List what stands along an axis, the most important first: the present value, the limits, the ticks."""
    found = []
    if present is not None:
        found.append(Mark(present, written(axis, present, words, fine(axis)), "accent", True, SIZE))
    found += [Mark(value, written(axis, value, words)) for value in (axis.low, axis.high, *axis.ticks)]
    return found


def margin(found: Iterable[Mark]) -> float:
    """Pixels that texts beside a frame need, with a gap; 0 for none."""
    widths = [mark.width for mark in found if mark.text]
    return max(widths) + 10 if widths else 0.0


def write_under(document: Document, frame: Frame, found: Iterable[Mark], line: float) -> list[tuple[float, float]]:
    """Write marks of the x axis on a base line; give the stretches that are taken."""
    taken: list[tuple[float, float]] = []
    for mark in found:
        low, high = frame.left, max(frame.left, frame.right - mark.width)
        start = min(max(frame.across(mark.place) - mark.width / 2, low), high)
        if all(start > end + 10 or start + mark.width < begin - 10 for begin, end in taken):
            document.text(start, line, mark.text, mark.tone, size=mark.size, bold=mark.bold)
            taken.append((start, start + mark.width))
    return taken


def write_beside(document: Document, frame: Frame, found: Iterable[Mark]) -> None:
    """Write marks of the y axis at the left of the frame."""
    taken: list[float] = []
    for mark in found:
        middle = min(max(frame.up(mark.place), frame.top + 4), frame.bottom - 4)
        if all(abs(middle - other) >= LINE for other in taken):
            document.text(
                frame.left - 10,
                middle + 0.36 * mark.size,
                mark.text,
                mark.tone,
                size=mark.size,
                bold=mark.bold,
                anchor="end",
            )
            taken.append(middle)


def spread(places: list[tuple[float, float]], top: float, bottom: float) -> list[float]:
    """Move apart the heights of texts that start near one x, in their order, within limits if they can be."""
    moved = [height for _, height in places]
    stacks: dict[int, list[int]] = {}
    for index in sorted(range(len(places)), key=moved.__getitem__):
        stacks.setdefault(round(places[index][0] / 40), []).append(index)
    for stack in stacks.values():
        for before, after in pairwise(stack):
            moved[after] = max(moved[after], moved[before] + LINE)
        limit = bottom
        for index in reversed(stack):
            moved[index] = max(min(moved[index], limit), top)
            limit = moved[index] - LINE
    return moved

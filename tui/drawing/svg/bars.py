"""Bars as SVG: a name, its bar on a thin track, its value; the answer in violet."""

import math

import numpy as np

from lessons.vocabulary.figures import Bars
from lessons.vocabulary.numbers import plain, signed
from tui.drawing.palette import Palette
from tui.drawing.svg.document import PAD, SIZE, SMALL, Document, text_width
from tui.locale import Words

ROW = 25.0
"""Pixels from a bar to the next."""

TRACK = 340.0
"""Greatest length of a bar."""


def draw(figure: Bars, palette: Palette, words: Words, width: float) -> str:
    """Draw one horizontal bar a name, from zero where there are both signs."""
    document = Document(palette, words.say(figure.title))
    document.heading(document.title)
    names = [words.say(name) for name in figure.names]
    both = figure.low < 0 < figure.high
    numbers = [words.say(text) for text in figure.written] or [
        (signed if both else plain)(float(v), figure.digits) for v in np.asarray(figure.values)
    ]
    before = [] if figure.beside is None else [plain(float(v), figure.digits) for v in np.asarray(figure.beside)]
    named = max([text_width(name) for name in names], default=0.0)
    valued = max([text_width(text) for text in numbers], default=0.0)
    besides = max([text_width(text) for text in before], default=0.0)
    valued += besides + 20 if before else 0.0
    start = PAD + named + 14
    track = max(60.0, min(TRACK, width - start - valued - 16 - PAD))
    span = (figure.high - figure.low) or 1.0
    zero = start + track * (min(max(0.0, figure.low), figure.high) - figure.low) / span
    top = PAD + 40
    for head in figure.heads:
        edge = start + track + 16 + (besides if before and head is figure.heads[0] else valued)
        document.text(edge, PAD + 11, words.say(head), "muted", anchor="end")
    for index, (name, text, value) in enumerate(zip(names, numbers, np.asarray(figure.values).tolist(), strict=True)):
        chosen = index == figure.chosen
        middle = top + index * ROW
        line = middle + 0.36 * SIZE
        tone = "accent" if chosen else "text"
        document.text(PAD, line, name, tone, bold=chosen)
        off = figure.cut is not None and index >= figure.cut
        if off and index == figure.cut:
            document.line(PAD, middle - ROW / 2, start + track + 16 + valued, middle - ROW / 2, "faint", dash="3 3")
        document.line(start, middle, start + track, middle)
        if before:
            document.text(start + track + 16 + besides, line, before[index], "faint", anchor="end")
        if math.isfinite(value):
            end = start + track * (min(max(value, figure.low), figure.high) - figure.low) / span
            fill = "accent" if chosen else ("pos" if value > 0 else "neg") if both else "series-2"
            document.rect(min(zero, end), middle - 3.5, abs(end - zero), 7, fill)
        shown = chosen or (both and value)
        document.text(start + track + 16 + valued, line, text, tone if shown else "faint", bold=chosen, anchor="end")
    bottom = top + (len(names) - 1) * ROW
    if both:
        document.line(zero, top - 10, zero, bottom + 10, "faint")
    if not figure.written and (figure.low, figure.high) != (0.0, 1.0):
        digits = 0 if figure.low == round(figure.low) and figure.high == round(figure.high) else 2
        write = signed if both else plain
        bottom += 26
        document.text(start, bottom, write(figure.low, digits), "faint", size=SMALL)
        document.text(start + track, bottom, write(figure.high, digits), "faint", size=SMALL, anchor="end")
        bottom -= 12
    return document.finish(start + track + 16 + valued + PAD, bottom + 12 + PAD, width)

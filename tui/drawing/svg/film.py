"""A film as SVG: images in a row, a line over the present one, a caption under each."""

from lessons.vocabulary.film import Film
from tui.drawing.palette import Palette
from tui.drawing.svg.document import PAD, SMALL, Document
from tui.drawing.svg.maps import draw_map
from tui.locale import Words

GAP, LARGEST = 8.0, 112.0
"""Pixels between images, and the greatest side of one."""

LEAST = 48.0
"""The least side; a longer film takes several rows."""


def draw(figure: Film, palette: Palette, words: Words, width: float) -> str:
    """Draw all frames."""
    document = Document(palette, words.say(figure.title))
    heading = document.heading(document.title, words.say(figure.note))
    room, count = width - 2 * PAD, max(1, len(figure.frames))
    across = min(count, max(1, int((room + GAP) // (LEAST + GAP))))
    rows, columns = figure.frames.shape[-2:]
    wide = min(LARGEST, (room + GAP) / across - GAP)
    high = wide * rows / max(columns, 1)
    line = high + 34
    for place, frame in enumerate(figure.frames):
        row, column = divmod(place, across)
        x, y = PAD + column * (wide + GAP), PAD + 34 + row * line
        present = place == figure.present
        if present:
            document.rect(x, y - 6, wide, 3, "accent")
        draw_map(document, figure.map, frame, x, y, wide, high, figure.low, figure.high)
        caption = figure.captions[place] if place < len(figure.captions) else ""
        tone = "accent" if present else "faint"
        document.text(x + wide / 2, y + high + 15, caption, tone, size=SMALL, bold=present, anchor="middle")
    lines = -(-len(figure.frames) // across)
    full = PAD + across * (wide + GAP) - GAP
    right = words.say(figure.right)
    if right:
        full = max(full, heading + 24 + 8 * len(right))
        document.text(full, PAD + 12, right, "text", bold=True, anchor="end")
    return document.finish(full + PAD, PAD + 34 + lines * line + PAD - 10, width)

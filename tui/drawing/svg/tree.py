"""Tree as SVG: branches as wide as their probability, the way taken in violet."""

from lessons.vocabulary.tree import Fan, Tree, share_text
from tui.drawing.palette import Palette, mix
from tui.drawing.svg.document import PAD, SIZE, SMALL, Document, text_width
from tui.locale import Words

ROW, REACH, WIDEST = 30.0, 110.0, 11.0
"""Pixels from a word to the next, that a fan's branches take, and of the widest branch."""


def draw(figure: Tree, palette: Palette, words: Words, width: float) -> str:
    """Draw root and fans from left to right."""
    document = Document(palette, words.say(figure.title))
    document.heading(document.title)
    rows = max((_rows(fan) for fan in figure.fans), default=1)
    top = PAD + 44
    bottom = top + (rows - 1) * ROW
    y = (top + bottom) / 2
    x = PAD + text_width(figure.root) + 10
    document.text(PAD, y + 0.36 * SIZE, figure.root, "accent", bold=True)
    if figure.before:
        document.text(PAD, y - 16, figure.before, "faint", size=SMALL)
    for fan in figure.fans:
        x, y = _fan(document, figure, fan, x, y, (top, bottom))
    return document.finish(x + PAD, bottom + PAD + 12, width)


def _rows(fan: Fan) -> int:
    return len(fan.branches) + bool(fan.rest)


def _fan(
    document: Document, figure: Tree, fan: Fan, x: float, y: float, limits: tuple[float, float]
) -> tuple[float, float]:
    """Draw a fan from a point on; gives where the branch that is followed ends."""
    palette, rows = document.palette, _rows(fan)
    if not rows:
        return x, y
    span = (rows - 1) * ROW
    first = max(limits[0], min(y - span / 2, limits[1] - span))
    start = x + REACH
    named = max([text_width(branch.label) for branch in fan.branches] + [text_width(fan.rest)])
    end = start + 8 + named + 12 + text_width(share_text(1.0, figure.digits))
    ends = [*((branch.share, branch.seen) for branch in fan.branches), *([(fan.rest_share, False)] if fan.rest else [])]
    order = sorted(range(rows), key=lambda index: index == fan.followed)
    for index in order:
        share, solid = ends[index]
        share = min(max(share, 0.0), 1.0) if share == share else 0.0
        on = fan.picked and index == fan.followed
        ground = palette.colour("surface")
        tone = "accent" if on else mix(ground, palette.colour("run"), 0.35 + 0.65 * share**0.5)
        level, half = first + index * ROW, x + REACH / 2
        way = f"M{x:.1f} {y:.1f}C{half:.1f} {y:.1f} {half:.1f} {level:.1f} {start:.1f} {level:.1f}"
        document.path(way, tone, 1 + (WIDEST - 1) * share, "" if solid else "4 4", cap="butt")
    for index, branch in enumerate(fan.branches):
        on = fan.picked and index == fan.followed
        line = first + index * ROW + 0.36 * SIZE
        document.text(start + 8, line, branch.label, "accent" if on else "text", bold=on)
        document.text(
            end, line, share_text(branch.share, figure.digits), "text" if on else "muted", bold=on, anchor="end"
        )
    if fan.rest:
        line = first + span + 0.36 * SIZE
        document.text(start + 8, line, fan.rest, "faint")
        document.text(end, line, share_text(fan.rest_share, figure.digits), "faint", anchor="end")
    return end + 10, first + (fan.followed or 0) * ROW

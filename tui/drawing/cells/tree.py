"""Tree as cells: what may come next as braille branches as thick as their probability, the way taken in violet."""

from dataclasses import dataclass

from lessons.vocabulary.tree import Branch, Fan, Tree, share_text
from tui.drawing.canvas import Canvas, Look
from tui.drawing.cells.graph import curve
from tui.drawing.palette import mix

REACHES = (9, 7, 5)
"""Cells that the branches of a fan take: fewer where else the way would not be seen from its root."""

LONGEST = 16
"""Cells of a word at most; what is longer ends in …"""

STEPS = 8
"""Steps of a branch's colour."""

TOP = 2
"""Rows above the tree: title, and one free."""


@dataclass(frozen=True)
class Column:
    """A fan's place: where its branches begin, its words stand and its numbers end."""

    fan: Fan
    left: int
    words: int
    right: int


def height(figure: Tree, width: int, look: Look) -> int:
    """Enough for the fullest fan."""
    return TOP + max((2 * _rows(fan) - 1 for fan in figure.fans), default=1)


def draw(figure: Tree, canvas: Canvas) -> None:
    """Draw title and root, and behind it as many fans as find room, the present one and the next among them."""
    canvas.put(0, 0, canvas.say(figure.title), canvas.ink("muted"))
    first, reach = layout(figure, canvas)
    root = _root(figure, first)
    row = TOP + max(canvas.height - TOP - 1, 0) // 2
    x = _draw_root(figure, root, first, row, canvas)
    for place, column in enumerate(_columns(figure, first, x, reach, canvas), start=first):
        row = _draw_fan(figure, place, column, row, canvas)


def layout(figure: Tree, canvas: Canvas) -> tuple[int, int]:
    """The first fan that is drawn, and the reach of all: so that the present one and the next find room."""
    wanted = min(figure.at + 1, len(figure.fans) - 1)
    for first in range(wanted + 1):
        x = canvas.measure(_clipped(_root(figure, first), canvas)) + (2 if first else 0)
        for reach in REACHES:
            if first + len(_columns(figure, first, x, reach, canvas)) > wanted:
                return first, reach
    return max(wanted, 0), REACHES[-1]


def _root(figure: Tree, first: int) -> str:
    """What stands at the left end: the root, or the branch behind which the first drawn fan stands."""
    if not first:
        return figure.root
    before = figure.fans[first - 1]
    return before.branches[before.followed or 0].label


def _draw_root(figure: Tree, root: str, first: int, row: int, canvas: Canvas) -> int:
    present = figure.at == first - 1
    text = _clipped(root, canvas)
    x = 0
    if first:
        x = canvas.put(0, row, "… ", canvas.ink("faint"))
    end = x + canvas.measure(text)
    if present:
        canvas.fill(max(x - 1, 0), row, end - x + 2, 1, canvas.colour("focus"))
    canvas.put(x, row, text, canvas.ink("accent", bold=True))
    if figure.before and not first:
        canvas.put(0, row - 1, _clipped(figure.before, canvas), canvas.ink("faint"))
    if end > x:
        canvas.spot(x, row, end - x, 1, f"level:{first}")
    return end


def _rows(fan: Fan) -> int:
    return len(fan.branches) + bool(fan.rest)


def _clipped(text: str, canvas: Canvas) -> str:
    if canvas.measure(text) <= LONGEST:
        return text
    while text and canvas.measure(text) > LONGEST - 1:
        text = text[:-1]
    return f"{text}…"


def _columns(figure: Tree, first: int, x: int, reach: int, canvas: Canvas) -> list[Column]:
    """Place fans from a column on, as many as there is room for."""
    number = figure.digits + 2
    found: list[Column] = []
    for fan in figure.fans[first:]:
        words = max((canvas.measure(_clipped(branch.label, canvas)) for branch in fan.branches), default=0)
        left = x + 1
        start = left + reach + 1
        right = start + max(words, canvas.measure(fan.rest)) + 1 + number
        if right > canvas.width:
            break
        found.append(Column(fan, left, start, right))
        x = right
    return found


def _draw_fan(figure: Tree, place: int, column: Column, parent: int, canvas: Canvas) -> int:
    """Draw a fan behind a row, and give the row of the branch that is followed."""
    fan, rows = column.fan, _rows(column.fan)
    if not rows:
        return parent
    room = canvas.height - TOP
    gap = next((gap for gap in (3, 2) if (rows - 1) * gap < room and rows * gap <= max(10, rows * 2)), 1)
    span = (rows - 1) * gap
    top = max(TOP, min(parent - span // 2, canvas.height - 1 - span))
    order = sorted(range(rows), key=lambda index: (index == fan.followed, -abs(index - rows / 2)))
    for index in order:  # the way taken lies above the others
        y = top + index * gap
        if y >= canvas.height:
            continue
        share = fan.branches[index].share if index < len(fan.branches) else fan.rest_share
        on = index == fan.followed and fan.picked
        solid = index < len(fan.branches) and fan.branches[index].seen
        _draw_branch(canvas, column, parent, y, share, on, solid)
    for index, branch in enumerate(fan.branches):
        y = top + index * gap
        if y < canvas.height:
            _draw_word(figure, place, column, branch, index, y, canvas)
    if fan.rest and top + span < canvas.height:
        canvas.put(column.words, top + span, fan.rest, canvas.ink("faint"))
        canvas.put_right(column.right, top + span, share_text(fan.rest_share, figure.digits), canvas.ink("faint"))
    return top + (fan.followed or 0) * gap


def _draw_branch(canvas: Canvas, column: Column, parent: int, y: int, share: float, on: bool, solid: bool) -> None:
    ground = canvas.colour(canvas.look.ground)
    share = min(max(share, 0.0), 1.0) if share == share else 0.0
    strength = 0.3 + 0.7 * round(share**0.5 * STEPS) / STEPS
    colour = canvas.colour("accent") if on else mix(ground, canvas.colour("run"), strength)
    thick = 1 + round(3 * share)
    start, end = 4 * parent + 1.5, 4 * y + 1.5
    curve(canvas, 2 * column.left, 2 * (column.words - 1), start, end, thick, solid, colour)


def _draw_word(figure: Tree, place: int, column: Column, branch: Branch, index: int, y: int, canvas: Canvas) -> None:
    fan = column.fan
    on = index == fan.followed and fan.picked
    if on and place == figure.at:
        canvas.fill(column.words - 1, y, column.right - column.words + 2, 1, canvas.colour("focus"))
    tone = "accent" if on else "text" if index == fan.followed or branch.share >= 0.1 else "muted"
    canvas.put(column.words, y, _clipped(branch.label, canvas), canvas.ink(tone, bold=on))
    number = share_text(branch.share, figure.digits)
    canvas.put_right(column.right, y, number, canvas.ink("text" if on else "muted", bold=on))
    canvas.spot(column.words - 1, y, column.right - column.words + 1, 1, f"pick:{place}:{branch.name}")

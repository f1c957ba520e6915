"""Tokens as cells: a text whose pieces are tinted by their numbers, the number under the one that is looked at."""

from collections.abc import Sequence

from lessons.vocabulary.figures import Tokens
from tui.drawing.canvas import Canvas, Ink, Look
from tui.drawing.lines import Run, lines

AIRY = 2
"""Rows from a line to the next where there is room: the number of the present piece stands between them."""

LEAST = 0.005
"""Share of the scale below which a piece has no tint."""

GAP = 3
"""Cells between the name of a scale and its steps."""

PLAIN = 0.5
"""Share of the scale from which a piece is underlined, where there are no tints."""


def height(figure: Tokens, width: int, look: Look) -> int:
    """Title, the lines with a blank row after each, and the scale."""
    canvas = Canvas(width, 0, look)
    count = len(lines(figure.pieces, width, canvas.measure))
    return (2 if figure.title else 0) + AIRY * count + (_scale_rows(figure, canvas) if figure.scale else 0)


def draw(figure: Tokens, canvas: Canvas) -> None:
    """Draw the text from the top; what has no room there goes out above."""
    top = 0
    if figure.title:
        canvas.put(0, 0, canvas.say(figure.title), canvas.ink("muted"))
        top = 2 if canvas.height > 8 else 1
    bottom = canvas.height
    if figure.scale and canvas.height >= top + 5:
        bottom -= _scale_rows(figure, canvas)
        _scale(figure, canvas, canvas.height - 1)
    rows = lines(figure.pieces, canvas.width, canvas.measure)
    room = max(bottom - top, 1)
    pitch = AIRY if AIRY * len(rows) - 1 <= room else 1
    first = _first(figure, rows, room // pitch if pitch == 1 else len(rows))
    if first:
        canvas.put_right(canvas.width, top, "▴", canvas.ink("faint"))
    y = top
    held = _held(figure, rows)
    for row in rows[first:]:
        if y >= bottom:
            break
        for run in row:
            _run(figure, canvas, run, y)
        airy = pitch == AIRY and y + 1 < bottom
        if airy and held is not None and figure.note and any(run is held for run in row):
            indent = len(held.text) - len(held.text.lstrip(" "))
            x = max(0, min(held.x + indent, canvas.width - canvas.measure(figure.note)))
            canvas.put(x, y + 1, figure.note, canvas.ink("accent", bold=True))
        y += pitch
    if figure.open and rows:
        x = rows[-1][-1].x + rows[-1][-1].width if rows[-1] else 0
        y = top + (len(rows) - 1 - first) * pitch
        if y < bottom:
            accent = figure.present is None
            canvas.put(x, y, " ", Ink("", canvas.colour("accent" if accent else "line")))
            canvas.spot(x, y, 1, 1, f"token:{len(figure.pieces)}")


def _held(figure: Tokens, rows: list[list[Run]]) -> Run | None:
    """The present piece, or the longer part of it where it stands on two lines."""
    found = [run for row in rows for run in row if run.piece == figure.present]
    return max(found, key=lambda run: len(run.text.strip()), default=None)


def _first(figure: Tokens, rows: list[list[Run]], room: int) -> int:
    """The first line that is shown; it moves by half of what is shown, so that most lines stay where they are."""
    if len(rows) <= room or (figure.present is None and not figure.open):
        return 0
    step = max(room // 2, 1)
    wanted = next(
        (number for number, row in enumerate(rows) if any(run.piece == figure.present for run in row)),
        len(rows) - 1,
    )
    last = step * -(-(len(rows) - room) // step)
    return min(last, step * max(0, -(-(wanted + 1 - room) // step)))


def _run(figure: Tokens, canvas: Canvas, run: Run, y: int) -> None:
    index = run.piece
    canvas.spot(run.x, y, run.width, 1, f"token:{index}")
    word = run.text.lstrip(" ")
    if not word and figure.pieces[index].strip(" "):
        return  # the space before a word that stands on the next line
    if word and len(word) < len(run.text):  # the tint begins with the word, so that pieces stand apart
        before = len(run.text) - len(word)
        run = Run(index, word, run.x + before, run.width - before)
    shaded = canvas.look.palette.shaded
    if index == figure.present:
        ink = canvas.ink("on-accent", bold=True, bg=canvas.colour("accent"))
        canvas.put(run.x, y, run.text, ink._replace(reverse=shaded))
        return
    if run.text.endswith("⏎"):
        canvas.put(run.x, y, run.text[:-1], _ink(figure, canvas, index))
        canvas.put(run.x + run.width - 1, y, "⏎", canvas.ink("faint"))
        return
    canvas.put(run.x, y, run.text, _ink(figure, canvas, index))
    if shaded and figure.given <= index and _share(figure, index) >= PLAIN:
        canvas.underline(run.x, y, run.width)


def _share(figure: Tokens, index: int) -> float:
    return min(max((float(figure.values[index]) - figure.low) / ((figure.high - figure.low) or 1.0), 0.0), 1.0)


def _ink(figure: Tokens, canvas: Canvas, index: int) -> Ink:
    if index < figure.unseen:
        return canvas.ink("faint")
    if index < figure.given:
        return canvas.ink("text", bold=True)
    return _tinted(canvas, _share(figure, index))


def _tinted(canvas: Canvas, share: float) -> Ink:
    if canvas.look.palette.shaded or share < LEAST:
        return canvas.ink("text")
    tint = canvas.look.palette.sequential(share)
    return Ink(canvas.look.palette.on(tint), tint)


def _scale_rows(figure: Tokens, canvas: Canvas) -> int:
    """Rows that the scale takes with the blank one above it: its name has one of its own where they don't fit."""
    return 2 if _beside(figure, canvas) else 3


def _beside(figure: Tokens, canvas: Canvas) -> bool:
    """Whether the whole scale has room beside its name."""
    name = canvas.measure(canvas.say(figure.scale_name))
    return name + GAP * bool(name) + _width(figure.scale, canvas) <= canvas.width


def _width(scale: Sequence[tuple[float, str]], canvas: Canvas) -> int:
    return sum(canvas.measure(text) + 2 for _, text in scale)


def _thinned(scale: Sequence[tuple[float, str]], canvas: Canvas) -> list[tuple[float, str]]:
    """The steps of a scale that have room: both ends, and of those between them the ones that stand farthest apart."""
    left = list(scale)
    while len(left) > 2 and _width(left, canvas) > canvas.width:
        gaps = {place: round(left[place + 1][0] - left[place - 1][0]) for place in range(len(left) - 2, 0, -1)}
        del left[min(gaps, key=gaps.__getitem__)]
    return left


def _scale(figure: Tokens, canvas: Canvas, y: int) -> None:
    """Under the text, what the tints say."""
    beside = _beside(figure, canvas)
    x = canvas.put(0, y if beside else y - 1, canvas.say(figure.scale_name), canvas.ink("muted"))
    x = x + GAP * bool(x) if beside else 0
    for value, text in _thinned(figure.scale, canvas):
        share = min(max((value - figure.low) / ((figure.high - figure.low) or 1.0), 0.0), 1.0)
        if x + canvas.measure(text) + 2 > canvas.width:
            break
        ink = _tinted(canvas, share)
        after = canvas.put(x, y, f" {text} ", ink)
        if canvas.look.palette.shaded and share >= PLAIN:
            canvas.underline(x + 1, y, after - x - 2)
        x = after

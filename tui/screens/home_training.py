"""What home says of the runs: the newest that is running, and where all of them are."""

from tui.drawing.canvas import Canvas
from tui.locale import Words
from tui.runs_watch import Glance

BAR = 20
"""Cells of the bar that shows how far the training is."""


def told(seen: Glance) -> tuple[object, ...]:
    """All that is said of the runs, rounded as it is shown."""
    status = seen.newest.status if seen.newest is not None else None
    left = round(status.seconds_left) if status is not None and status.seconds_left is not None else None
    return seen.running, seen.total, seen.percent, left, seen.newest and seen.newest.record


def draw_training(canvas: Canvas, left: int, y: int, roomy: bool, seen: Glance, words: Words) -> int:
    """Draw it below row y, in two rows where it is roomy; gives its last row, or y where there are no runs."""
    top = y + (2 if roomy else 1)
    if not seen.total or top + (3 if roomy else 1) > canvas.height - 2:
        return y
    canvas.put(left, top, words.text("home.training" if seen.running else "command.runs"), canvas.ink("muted"))
    all_runs = words.text("home.all_runs", count=seen.total)
    below = roomy and bool(seen.running)
    right = canvas.width - (2 if below else canvas.measure(all_runs) + 6)
    end = _newest(canvas, left + 11, top, right, seen, words)
    x, row = (left + 11, top + 1) if below else (end, top)
    if x + canvas.measure(all_runs) + 4 <= canvas.width:
        x = canvas.put(x, row, "t", canvas.ink("accent", bold=True))
        x = canvas.put(x + 1, row, all_runs, canvas.ink("muted"))
    canvas.spot(left, top, max(x - left, 10), row - top + 1, "runs")
    return row


def _newest(canvas: Canvas, x: int, y: int, right: int, seen: Glance, words: Words) -> int:
    """Draw the name, how far it is, the time left and what has come out, as far as there is room."""
    if seen.newest is None or seen.newest.record is None or seen.newest.status is None:
        return x
    from tui import run_words

    status = seen.newest.status
    name = run_words.fit(run_words.name_of(seen.newest.record, words), 30, canvas.measure)
    x = canvas.put(x, y, name, canvas.ink("text", bold=True)) + 2
    if canvas.width >= 72:
        canvas.put(x, y, "─" * BAR, canvas.ink("line"))
        canvas.put(x, y, "━" * round(BAR * status.progress), canvas.ink("run"))
        x += BAR + 2
    x = canvas.put(x, y, f"{seen.percent} %", canvas.ink("text", bold=True)) + 3
    for part in (run_words.saying(seen.newest, words), run_words.named_result(status, words)):
        if part and x + canvas.measure(part) <= right:
            x = canvas.put(x, y, part, canvas.ink("muted")) + 3
    return x

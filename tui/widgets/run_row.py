"""One row of the table of runs, and the columns that share its width."""

from typing import TYPE_CHECKING

from tui import run_words
from tui.drawing.canvas import Canvas
from tui.locale import Words

if TYPE_CHECKING:
    from engine.training.folder import Listed
    from engine.training.record import RunRecord, Status

LEFT = 6
"""Column in which the names begin; before them stand focus and state."""

RIGHT = ("result", "time")
"""Columns whose texts end at their right edge."""


def columns(width: int) -> dict[str, tuple[int, int]]:
    """Give each column that has room at a width its place and its width."""
    wanted = [("start", 12, 96), ("time", 7, 0), ("result", 8, 0), ("says", 13, 56)]
    wanted += [("bar", 14 if width >= 112 else 10 if width >= 96 else 8, 70), ("lab", 20, 112)]
    x = width - 6
    found = {"chip": (x, 3)}
    for name, size, least in wanted:
        if width >= least:
            x -= size + 2
            found[name] = (x, size)
    found["name"] = (LEFT, max(x - 2 - LEFT, 1))
    return found


def draw(canvas: Canvas, y: int, run: "Listed", chosen: bool, now: float, words: Words) -> None:
    """Draw how a run stands, its name, how far it is and what came out; or what is wrong with it."""
    places = columns(canvas.width)
    if run.record is None or run.status is None:
        _unreadable(canvas, y, run, places["chip"][0] - 2, words)
        return
    record, status = run.record, run.status
    tone = run_words.TONES[status.state]
    canvas.put(3, y, run_words.GLYPHS[status.state], canvas.ink(tone, bold=True))
    if "bar" in places:
        _bar(canvas, *places["bar"], y, status)
    muted = canvas.ink("muted")
    inks = {
        "name": canvas.ink("text", bold=chosen),
        "says": canvas.ink("error") if status.state == "failed" else muted,
        "result": canvas.ink("text"),
    }
    for name, text in _texts(run, record, status, now, words).items():
        if name in places:
            x, size = places[name]
            shown = run_words.fit(text, size, canvas.measure)
            put = canvas.put_right if name in RIGHT else canvas.put
            put(x + size if name in RIGHT else x, y, shown, inks.get(name, muted))


def _texts(run: "Listed", record: "RunRecord", status: "Status", now: float, words: Words) -> dict[str, str]:
    return {
        "name": run_words.name_of(record, words),
        "lab": record.lab,
        "says": run_words.saying(run, words),
        "result": run_words.result(status),
        "time": run_words.clock(status.seconds),
        "start": run_words.started(record.created, now, words),
    }


def _unreadable(canvas: Canvas, y: int, run: "Listed", right: int, words: Words) -> None:
    """Say what is wrong with a run that can't be read."""
    canvas.put(3, y, "!", canvas.ink("error", bold=True))
    name = run_words.name_of(run.record, words) if run.record else run.id
    x = canvas.put(LEFT, y, run_words.fit(name, 24, canvas.measure), canvas.ink("text")) + 2
    text = run_words.problem_text(run.problem, run.values, words)
    canvas.put(x, y, run_words.fit(text, right - x, canvas.measure), canvas.ink("error"))


def seen(status: "Status | None") -> object:
    """What a row shows of a status."""
    if status is None:
        return None
    left = None if status.seconds_left is None else round(status.seconds_left)
    values = run_words.result(status)
    return status.state, round(status.progress * 100), values, int(status.seconds), left, status.reason


def _bar(canvas: Canvas, x: int, size: int, y: int, status: "Status") -> None:
    """Draw how far a run is, to half a cell."""
    halves = round(min(max(status.progress, 0.0), 1.0) * 2 * size)
    tone = {"finished": "muted", "queued": "muted", "stopped": "muted"}.get(status.state, run_words.TONES[status.state])
    canvas.put(x, y, "─" * size, canvas.ink("line"))
    canvas.put(x, y, "━" * (halves // 2), canvas.ink(tone))
    if halves % 2 and not canvas.look.wide:
        canvas.put(x + halves // 2, y, "╸", canvas.ink(tone))

"""Following a run in the foreground: its points, how it stands on a terminal, and Ctrl+C."""

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from msgspec.structs import replace

from engine.training import launch
from engine.training.folder import Run
from engine.training.metrics import Metrics, Point
from engine.training.record import ALIVE, RunProblem, Status
from tui.command_line.output import console
from tui.command_line.run_lines import live
from tui.errors import why
from tui.locale import Words
from tui.store.preferences import Preferences

POLL = 0.1
"""Seconds between two looks at a run's folder."""


class Left(Exception):
    """Somebody has pressed Ctrl+C twice and does not want to wait."""


def follow(
    run: Run,
    words: Words,
    draw: Callable[[Run, Status], None],
    say: Callable[[str], None],
    pressed: list[int],
    on_point: Callable[[Point], None],
) -> Status:
    """Follow a run until it has ended; the first Ctrl+C asks it to stop, the second raises Left.

    Raises RunProblem `unreadable`.
    """
    metrics = Metrics(run.metrics_path)
    seen, asked, reached = None, False, -1.0
    while True:
        status = run.status()  # read before the points, so that none comes after the end
        if metrics.read():
            new = [measured for measured in metrics.points if measured.get("step", reached) > reached]
            for measured in new:
                on_point(measured)
            reached = new[-1]["step"] if new else reached
        draw(run, status)
        if status.state not in ALIVE:
            return replace(status, values=status.values or metrics.last())
        if (status.state, status.reason) != seen and not pressed:
            _tell(run, status, seen is not None and seen[0] == "paused", words, say)
        seen = (status.state, status.reason)
        if pressed and not asked:
            asked = True
            with suppress(RunProblem):  # it may just have ended
                launch.stop(run)
            say(words.text("cli.runs.stopping", id=run.id))
        if len(pressed) > 1:
            raise Left
        time.sleep(POLL)


def _tell(run: Run, status: Status, was_paused: bool, words: Words, say: Callable[[str], None]) -> None:
    """Say that somebody else, or a full disk, has let the run pause, and that it goes on."""
    if status.state == "paused":
        say(why(status.reason, words) if status.reason else words.text("cli.runs.paused", id=run.id))
    elif was_paused:
        say(words.text("cli.runs.goes_on", id=run.id))


@contextmanager
def interruptions() -> Iterator[list[int]]:
    """Count the presses of Ctrl+C instead of ending."""
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: pressed.append(number))
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def shown(
    words: Words, preferences: Preferences, as_json: bool
) -> Iterator[tuple[Callable[[Run, Status], None], Callable[[str], None]]]:
    """Show on a terminal's stderr how a run stands; gives what draws that and what says something above it."""
    out = console(preferences, stderr=True)

    def say(text: str) -> None:
        out.print(f"nnlab: {text}", markup=False, soft_wrap=True)

    if not out.is_terminal or (as_json and sys.stdout.isatty()):
        yield lambda run, status: None, say
        return
    from rich.progress import BarColumn, Progress, TextColumn
    from rich.table import Column

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=16),
        TextColumn("{task.fields[told]}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis")),
    )
    bar = Progress(*columns, console=out, transient=True, redirect_stdout=False, redirect_stderr=False)
    with bar:
        task = bar.add_task("", total=1.0, told="")

        def draw(run: Run, status: Status) -> None:
            bar.update(task, description=run.id, completed=status.progress, told=live(status, words))

        yield draw, say

"""`nnlab runs`: what each of its commands does with the runs' folders; numpy and torch stay out."""

import sys
import time
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from engine.training import launch
from engine.training.folder import Listed, Run, find, listed
from engine.training.metrics import Metrics
from engine.training.record import RunProblem, State
from tui.command_line.output import console, print_json
from tui.command_line.run_json import line, whole
from tui.command_line.run_table import details, print_rows, table
from tui.errors import Refused, clipped, explain, why
from tui.locale import Words
from tui.run_words import settings_of
from tui.store.preferences import Preferences

if TYPE_CHECKING:
    from rich.console import Console

PATIENCE = 30.0
"""Seconds that a command waits for a run to do as it was asked."""

WAKING = 2.0
"""Seconds that a paused run has to go on."""

POLL = 0.05
"""Seconds between two looks."""

DIGITS = 6
"""Most digits of a number of processes."""

LONGEST_NAME = 80
"""Characters of a run's name."""

ENDED: tuple[State, ...] = ("stopped", "finished", "failed", "interrupted")


def whole_of(run: Run) -> Listed:
    """Read a run. Raises RunProblem `missing`, `unreadable`, `too_new`."""
    return with_values(Listed(id=run.id, record=run.record(), status=run.status()), run)


def with_values(found: Listed, run: Run) -> Listed:
    """Take the last values from the curves where there are too many of them for the status."""
    status = found.status
    if status is None or status.values or not status.step:
        return found
    metrics = Metrics(run.metrics_path)
    metrics.read()
    return replace(found, status=replace(status, values=metrics.last()))


def list_runs(runs: Path, words: Words, preferences: Preferences, as_json: bool) -> int:
    """Print all runs, the newest first; one that can't be read says so and hinders no other."""
    found = [with_values(each, Run(runs / each.id)) for each in listed(runs)]
    if as_json:
        for each in found:
            print_json(line(each))
        return 0
    out = console(preferences)
    if not found:
        out.print(words.text("cli.runs.none"), soft_wrap=True, markup=False)
        return 0
    out.print(table([each for each in found if not each.problem], words, bool(preferences.wide), out.width))
    for each in found:
        if each.problem:
            _say(out, explain(RunProblem(each.problem, **each.values), words))
        elif each.status and each.status.reason and each.status.state in ("paused", "failed"):
            _say(out, f"{each.id}  {why(each.status.reason, words)}")
    return 0


def show(runs: Path, name: str, words: Words, preferences: Preferences, as_json: bool) -> int:
    """Print all of a run. Raises RunProblem."""
    run = find(runs, name)
    if as_json:
        print_json(whole(whole_of(run), run))
    else:
        print_run(run, words, preferences)
    return 0


def print_run(run: Run, words: Words, preferences: Preferences) -> None:
    """Print a run as a table of names and values. Raises RunProblem."""
    print_rows(details(whole_of(run), run, words, bool(preferences.wide)), console(preferences))


def pause(runs: Path, name: str, words: Words, preferences: Preferences, as_json: bool) -> int:
    """Let a run pause, and wait until it does. Raises OSError, RunProblem."""
    run = find(runs, name)
    launch.pause(run)
    return _settled(run, ("paused", *ENDED), words, preferences, as_json)


def stop(runs: Path, name: str, words: Words, preferences: Preferences, as_json: bool) -> int:
    """Let a run stop, and wait for its checkpoint. Raises OSError, RunProblem."""
    run = find(runs, name)
    launch.stop(run)
    return _settled(run, ENDED, words, preferences, as_json)


def processes_of(text: str) -> int:
    """The number of processes that a text names. Raises Refused."""
    if not (text.isascii() and text.isdecimal() and len(text) <= DIGITS and int(text)):
        raise Refused("cli.processes_wrong", text=clipped(text))
    return int(text)


def resume(runs: Path, name: str, as_json: bool, processes: int | None = None) -> int:
    """Let a run go on, in so many processes if that is said, and print its id alone. Raises OSError, RunProblem."""
    run = find(runs, name)
    if processes is not None and processes > 1 and "processes" not in settings_of(run.record().lab):
        raise RunProblem("one_process", id=run.id)
    launch.resume(run, processes=processes)
    _wait(run, ("queued", "running", *ENDED), WAKING)  # what asks next should not find it paused still
    if as_json:
        print_json(line(whole_of(run)))
    else:
        print(run.id, flush=True)
    return 0


def delete(runs: Path, names: Collection[str], words: Words, preferences: Preferences, as_json: bool, yes: bool) -> int:
    """Delete runs, all or none of them where one goes on or is unknown. Raises OSError, RunProblem."""
    chosen = list(dict.fromkeys(find(runs, name) for name in names))
    for run in chosen:
        if run.alive():
            raise RunProblem("alive", id=run.id)
    ids = ", ".join(run.id for run in chosen)
    if not yes and not _agreed(words.text("cli.runs.delete.ask", ids=ids)):
        return 1
    for run in chosen:
        run.delete()
        if as_json:
            print_json({"id": run.id, "deleted": True})
    if not as_json:
        _say(console(preferences), words.text("cli.runs.deleted", ids=ids))
    return 0


def rename(runs: Path, identity: str, name: str, words: Words, preferences: Preferences, as_json: bool) -> int:
    """Call a run otherwise. Raises OSError, RunProblem, Refused."""
    run = find(runs, identity)
    if len(name) > LONGEST_NAME:
        raise Refused("error.run_name", length=LONGEST_NAME)
    run.rename(name)
    return _report(run, words, preferences, as_json)


def _settled(run: Run, states: Collection[State], words: Words, preferences: Preferences, as_json: bool) -> int:
    """Wait until a run has one of these states, and report it, or that it has not yet."""
    if _wait(run, states, PATIENCE) or as_json:
        return _report(run, words, preferences, as_json)
    state = words.text(f"run.state.{run.status().state}")
    _say(console(preferences, stderr=True), words.text("cli.runs.asked", id=run.id, state=state))
    return 0


def _wait(run: Run, states: Collection[State], seconds: float) -> bool:
    """Wait until a run has one of these states; tells whether it has."""
    until = time.monotonic() + seconds
    while run.status().state not in states:
        if time.monotonic() > until:
            return False
        time.sleep(POLL)
    return True


def _report(run: Run, words: Words, preferences: Preferences, as_json: bool) -> int:
    found = whole_of(run)
    if as_json:
        print_json(line(found))
    else:
        out = console(preferences)
        out.print(table([found], words, bool(preferences.wide), out.width))
    return 0


def _agreed(question: str) -> bool:
    """Ask on a terminal; a script has agreed by calling."""
    import click

    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return True
    return click.confirm(question, err=True)


def _say(out: "Console", text: str) -> None:
    out.print(text, soft_wrap=True, markup=False)

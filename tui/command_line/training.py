"""`nnlab run` of a training: starts a run, and follows it in the foreground or lets it go."""

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from engine.training import launch
from engine.training.folder import Run
from engine.training.metrics import Point
from lessons.vocabulary.settings import Settings
from tui.command_line.following import Left, follow, interruptions, shown
from tui.command_line.output import print_json
from tui.command_line.run_json import last_line, line, point
from tui.command_line.run_lines import ended
from tui.command_line.runs import print_run, whole_of
from tui.errors import Refused
from tui.locale import Words
from tui.store.preferences import Preferences

if TYPE_CHECKING:
    from lessons.vocabulary.lab import Lab

FAILED, INTERRUPTED = 1, 130
"""Exit statuses besides 0."""


def trains(lab: "Lab", settings: Settings) -> bool:
    """Tell whether running these settings is a run."""
    return bool(lab.training) and lab.trains(settings)


def train(
    lab: "Lab",
    settings: Settings,
    runs: Path,
    words: Words,
    preferences: Preferences,
    as_json: bool,
    folder: Path | None,
    detach: bool,
) -> int:
    """Start a run, and follow it unless it is to be let go; returns the exit status.

    Raises OSError, RunProblem, or Refused where nothing would be trained.
    """
    if not trains(lab, settings):
        raise Refused("error.not_trained", lab=lab.name)
    if not detach:
        return foreground(lab, settings, runs, words, preferences, as_json, folder)
    if folder is not None:
        raise Refused("error.detached_save")
    run = start(lab, settings, runs, preferences)
    if as_json:
        print_json(line(whole_of(run)))
    else:
        print(run.id, flush=True)
    return 0


def start(lab: "Lab", settings: Settings, runs: Path, preferences: Preferences) -> Run:
    """Start a run that computes with all cores, or with the threads that are set. Raises OSError."""
    return launch.start(
        runs,
        lab=lab.name,
        settings=lab.trained(settings),
        whole=lab.trained(settings, whole=True),
        function=lab.training,
        threads=launch.threads_for(getattr(settings, "threads", 0), beside_screen=False),
        processes=getattr(settings, "processes", 1),
        seed=getattr(settings, "seed", None),
        device=preferences.device or "",
    )


def foreground(
    lab: "Lab",
    settings: Settings,
    runs: Path,
    words: Words,
    preferences: Preferences,
    as_json: bool,
    folder: Path | None,
) -> int:
    """Start a run, follow it to its end, print and save; returns the exit status. Raises OSError, RunProblem."""
    with interruptions() as pressed, shown(words, preferences, as_json) as (draw, say):
        run = start(lab, settings, runs, preferences)
        try:
            status = follow(run, words, draw, say, pressed, _print_point if as_json else _ignore)
        except Left:
            say(words.text("cli.runs.going_on", id=run.id))
            return INTERRUPTED
    if as_json:
        summary = _summary(lab, run)
        line_ = last_line(lab.name, settings, run, status)
        print_json({name: value for name, value in line_.items() if name not in summary} | summary)
    else:
        print_run(run, words, preferences)
    if status.state == "finished":
        if folder is not None:
            _save(lab, settings, run, folder, words, preferences, as_json)
        return 0
    print(f"nnlab: {ended(run, status, words)}", file=sys.stderr)
    return INTERRUPTED if pressed and status.state == "stopped" else FAILED


def _summary(lab: "Lab", run: Run) -> dict[str, Any]:
    """What the lab says of a finished run."""
    if not lab.summary:
        return {}
    module, _, function = lab.summary.partition(":")
    found: dict[str, Any] = getattr(import_module(module), function)(run)
    return found


def _print_point(measured: Point) -> None:
    print_json(point(measured))


def _ignore(measured: Point) -> None:
    """Leave a point out: without JSON only the table at the end is printed."""


def _save(
    lab: "Lab",
    settings: Settings,
    run: Run,
    folder: Path,
    words: Words,
    preferences: Preferences,
    as_json: bool,
) -> None:
    """Look into the finished run and save what is seen. Raises OSError."""
    from tui.command_line.run import observations, report_saved, save

    named = {lab.run: run.id} if lab.run else {}
    looking: Any = msgspec.structs.replace(settings, **lab.newest, **named)
    *_, last = observations(lab, looking)
    report_saved(save(last, folder, words, preferences), folder, words, preferences, as_json)

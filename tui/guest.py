"""A guest's home: made for one sitting, with the owner's preferences, and removed at its end with all that came of it.

Nothing of the owner's is written to but the cache, which can be made again, and the queue, in which a guest's runs wait
like all others. A sitting that was killed leaves its home; the next one removes it.
"""

import json
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from tui.store.places import Places
from tui.store.preferences import preferences_path

PREFIX = "nnlab-guest-"
NAME = re.compile(rf"{PREFIX}\w+")
OWNER = "owner.json"

STOPPING = 5.0
"""Seconds that runs have to stop by themselves."""


@contextmanager
def home(kept: Places, queue: Path) -> Iterator[dict[str, str]]:
    """Make a guest's home; gives the variables that lead there. Raises OSError where none can be made.

    `kept` are the owner's places, `queue` is where the owner's runs wait.
    """
    remove_left_behind()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    try:
        (folder / OWNER).write_text(json.dumps([os.getpid(), _started(os.getpid())]), encoding="utf-8")
        (folder / "config").mkdir(mode=0o700)
        with suppress(OSError):
            shutil.copyfile(preferences_path(kept), folder / "config" / "preferences.json")
        found = {
            "NNLAB_GUEST": "1",
            "NNLAB_HOME": str(folder),
            "NNLAB_RUNS": str(folder / "state" / "runs"),
            "NNLAB_CACHE": str(kept.cache),
        }
        yield found | ({"NNLAB_QUEUE": str(queue)} if queue.parent.is_dir() else {})
    finally:
        _remove(folder)


@contextmanager
def set_in(environ: dict[str, str] | os._Environ[str], values: Mapping[str, str]) -> Iterator[None]:
    """Set variables for a while."""
    before = {name: environ.get(name) for name in values}
    environ |= values
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                environ.pop(name, None)
            else:
                environ[name] = value


def remove_left_behind() -> None:
    """Remove homes of this user whose sitting was killed, and stop what they have left running."""
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            if NAME.fullmatch(entry.name) and _is_left_behind(Path(entry.path)):
                _remove(Path(entry.path))


def _is_left_behind(folder: Path) -> bool:
    """Tell whether a folder is this user's own, no link, and its process is gone."""
    try:
        found = os.lstat(folder)
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
            return False
        pid, started = json.loads((folder / OWNER).read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError):
        return False  # also one that is just being made
    return _started(pid) != started


def _started(pid: int) -> str | None:
    from engine.training.ownership import process_start

    return process_start(pid)


def _remove(folder: Path) -> None:
    runs = folder / "state" / "runs"
    if runs.is_dir():
        _stop_all(runs)
    shutil.rmtree(folder, ignore_errors=True)


def _stop_all(runs: Path) -> None:
    """End all runs of a guest: first they are asked to, then they are made to."""
    import signal
    import time

    from engine.training import launch
    from engine.training.folder import Run, listed
    from engine.training.ownership import read_owner
    from engine.training.record import RunProblem

    alive = [run for run in (Run(runs / each.id) for each in listed(runs)) if run.alive()]
    for run in alive:
        with suppress(RunProblem, OSError):
            launch.stop(run)
    until = time.monotonic() + STOPPING
    while (alive := [run for run in alive if run.alive()]) and time.monotonic() < until:
        time.sleep(0.05)
    for run in alive:
        owner = read_owner(run.lock_path)
        with suppress(OSError):
            if owner is not None and run.alive():
                os.kill(owner.pid, signal.SIGKILL)
    launch.reap()

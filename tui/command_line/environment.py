"""What commands put into the environment, where the engine and the processes of runs read it."""

import os
from collections.abc import Mapping
from pathlib import Path

from engine.process.patience import PATIENT
from tui.store.places import Places, absolute
from tui.store.preferences import Preferences


def queueing(places: Places, preferences: Preferences, environ: Mapping[str, str]) -> dict[str, str]:
    """Say how many runs compute at once, and where they wait; the environment comes before the preferences."""
    queue = places.queue or (absolute(preferences.queue) if preferences.queue else None)
    found = {"NNLAB_RUNS_AT_ONCE": environ.get("NNLAB_RUNS_AT_ONCE") or str(preferences.runs_at_once)}
    return found | ({"NNLAB_QUEUE": str(queue)} if queue else {})


def prepare(places: Places, preferences: Preferences) -> Path:
    """Name the folders of runs, of progress and of the queue, how many runs compute at once, and the cache.

    Returns the folder of runs.
    """
    folder = os.environ.get("NNLAB_RUNS") or str(places.runs)
    # a run's process begins elsewhere, so a relative path would be another folder there
    os.environ["NNLAB_RUNS"] = os.path.abspath(os.path.expanduser(folder))
    os.environ.setdefault("NNLAB_CACHE", str(places.cache))
    os.environ["NNLAB_PROGRESS"] = str(places.progress)
    for name, value in PATIENT.items():
        os.environ.setdefault(name, value)
    os.environ |= queueing(places, preferences, os.environ)
    return Path(os.environ["NNLAB_RUNS"])

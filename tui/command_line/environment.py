"""What commands put into the environment, where the engine and the processes of runs read it."""

import os
from pathlib import Path

from engine.process.patience import PATIENT
from tui.store.places import Places
from tui.store.preferences import Preferences


def prepare(places: Places, preferences: Preferences) -> Path:
    """Name the folders of runs and of progress, how many runs may compute at once, and the cache, unless somebody has.

    Returns the folder of runs.
    """
    folder = os.environ.get("NNLAB_RUNS") or str(places.runs)
    # a run's process begins elsewhere, so a relative path would be another folder there
    os.environ["NNLAB_RUNS"] = os.path.abspath(os.path.expanduser(folder))
    os.environ.setdefault("NNLAB_CACHE", str(places.cache))
    os.environ["NNLAB_PROGRESS"] = str(places.progress)
    for name, value in PATIENT.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("NNLAB_RUNS_AT_ONCE", str(preferences.runs_at_once))
    return Path(os.environ["NNLAB_RUNS"])

"""Where nnlab keeps its files: the platform's own folders, or all beneath `NNLAB_HOME`."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lessons.notice import Notice, failure

NAME = "nnlab"


@dataclass(frozen=True)
class Places:
    """The folders, none of which need exist; `made` makes one when it is written to."""

    config: Path
    """Preferences."""

    state: Path
    """Where the learner was, and the progress."""

    cache: Path
    """Whatever can be made again."""

    log: Path
    """The log file."""

    other_runs: Path | None = None
    """Where the runs are kept instead, which `NNLAB_RUNS` names."""

    @property
    def runs(self) -> Path:
        """Folder of the runs, one folder each."""
        return self.other_runs or self.state / "runs"

    @property
    def progress(self) -> Path:
        """Folder of the journals of exercises."""
        return self.state / "progress"


def places(environ: Mapping[str, str] = os.environ) -> Places:
    """Find the folders; `NNLAB_HOME` moves all of them, `NNLAB_RUNS` that of the runs."""
    runs = Path(os.path.abspath(os.path.expanduser(environ["NNLAB_RUNS"]))) if environ.get("NNLAB_RUNS") else None
    if home := environ.get("NNLAB_HOME"):
        root = Path(os.path.abspath(os.path.expanduser(home)))
        return Places(root / "config", root / "state", root / "cache", root / "state" / "log", runs)
    import platformdirs

    return Places(
        platformdirs.user_config_path(NAME, appauthor=False),
        platformdirs.user_state_path(NAME, appauthor=False),
        platformdirs.user_cache_path(NAME, appauthor=False),
        platformdirs.user_log_path(NAME, appauthor=False),
        runs,
    )


def made(folder: Path) -> Notice | None:
    """Make a folder that only its owner reads; returns why that can't be done, if so."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        return failure(error, folder)
    return None

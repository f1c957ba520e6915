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

    queue: Path | None = None
    """Where runs wait for their turn instead, which `NNLAB_QUEUE` names."""

    @property
    def runs(self) -> Path:
        """Folder of the runs, one folder each."""
        return self.other_runs or self.state / "runs"

    @property
    def progress(self) -> Path:
        """Folder of the journals of exercises."""
        return self.state / "progress"


def places(environ: Mapping[str, str] = os.environ) -> Places:
    """Find the folders; `NNLAB_HOME` moves all of them, `NNLAB_RUNS`, `NNLAB_CACHE` and `NNLAB_QUEUE` one each."""
    runs, queue, cache = (_named(environ, name) for name in ("NNLAB_RUNS", "NNLAB_QUEUE", "NNLAB_CACHE"))
    if home := environ.get("NNLAB_HOME"):
        root = Path(os.path.abspath(os.path.expanduser(home)))
        return Places(root / "config", root / "state", cache or root / "cache", root / "state" / "log", runs, queue)
    import platformdirs

    return Places(
        platformdirs.user_config_path(NAME, appauthor=False),
        platformdirs.user_state_path(NAME, appauthor=False),
        cache or platformdirs.user_cache_path(NAME, appauthor=False),
        platformdirs.user_log_path(NAME, appauthor=False),
        runs,
        queue,
    )


def absolute(path: str) -> Path:
    """Read a path as it is typed; processes that are started elsewhere find it too."""
    return Path(os.path.abspath(os.path.expanduser(path)))


def may_write(folder: Path) -> bool:
    """Tell whether files can be put into a folder."""
    return folder.is_dir() and os.access(folder, os.R_OK | os.W_OK | os.X_OK)


def _named(environ: Mapping[str, str], name: str) -> Path | None:
    return absolute(environ[name]) if environ.get(name) else None


def made(folder: Path) -> Notice | None:
    """Make a folder that only its owner reads; returns why that can't be done, if so."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        return failure(error, folder)
    return None

"""`nnlab` in a process of its own, whose lab trains a line in the real process of a run: `real.py run trained …`."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.training import launch
from engine.training.folder import Run
from lessons.vocabulary.settings import settings_from
from tui.cli import main
from tui.command_line import request

HERE = Path(__file__).parent


def spawn(run: Run, environ: Any = None) -> None:
    """Start the process of a run, which may call the functions of `tiny` too."""
    path = os.pathsep.join((str(HERE), *filter(None, sys.path)))
    with run.log_path.open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "engine.training.worker", str(run.folder), "tiny"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env=os.environ | {"PYTHONPATH": path},
        )
    launch._children.append(process)


if __name__ == "__main__":
    import conftest

    trained = replace(conftest.LAB, training="tiny.line:training")
    launch._spawn = spawn
    request.request = lambda name, pairs: (  # type: ignore[assignment]
        trained,
        settings_from(trained.settings, dict(pair.split("=") for pair in pairs)),
    )
    sys.exit(main(sys.argv[1:]))

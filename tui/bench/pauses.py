"""nnlab with a watch on its event loop: each time the loop answers late is written to a file."""

import asyncio
import gc
import os
import time
from collections.abc import Sequence
from pathlib import Path

TICK = 0.005
"""Seconds between two looks."""

LATE = 0.02
"""Seconds late from which a pause is noted."""

FILE = "pauses.txt"


async def watch(file: Path) -> None:
    """Note each pause: when it ended, by the monotonic clock, and how long it was, in seconds."""
    with file.open("a", encoding="ascii", buffering=1) as out:
        before = time.monotonic()
        while True:
            await asyncio.sleep(TICK)
            now = time.monotonic()
            late = now - before - TICK
            if late > LATE:
                out.write(f"{now:.4f} {late:.4f}\n")
            before = now


def read(folder: Path, start: float, end: float) -> float:
    """The longest pause within a time, in seconds; 0 if none was noted."""
    lines = (folder / FILE).read_text(encoding="ascii").splitlines()
    noted = [tuple(map(float, line.split())) for line in lines if line.count(" ") == 1]
    return max((late for now, late in noted if start <= now and now - late <= end), default=0.0)


def main(arguments: Sequence[str]) -> None:
    """Open nnlab so, with the garbage collection of its usual start."""
    os.environ.setdefault("TEXTUAL_FPS", "240")
    gc.disable()
    from tui import app, typesetting, wire

    class Watched(app.NnlabApp):
        """The program and its watch."""

        CSS_PATH = [str(Path(app.__file__).parent / path) for path in app.NnlabApp.CSS_PATH]

        def on_mount(self) -> None:
            super().on_mount()
            self._watch = asyncio.get_running_loop().create_task(watch(Path(os.environ["NNLAB_HOME"]) / FILE))

    wire.install()
    typesetting.install()
    Watched().run()

"""nnlab with a watch on its event loop: each time the loop answers late is written to a file."""

import asyncio
import gc
import os
import time
from collections.abc import Sequence
from pathlib import Path

TICK = 0.005
"""Seconds between two looks."""

LATE = 0.0
"""Seconds late from which a look is noted: every one, since most of them tell how late it mostly is."""

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


def _noted(folder: Path, start: float, end: float) -> list[float]:
    lines = (folder / FILE).read_text(encoding="ascii").splitlines()
    noted = [tuple(map(float, line.split())) for line in lines if line.count(" ") == 1]
    return [late for now, late in noted if start <= now and now - late <= end]


def lateness(folder: Path, start: float, end: float) -> tuple[float, float]:
    """How late the loop answers within a time, in seconds: for 95 of 100 looks at most, and at the worst."""
    noted = sorted(_noted(folder, start, end))
    return (noted[int(0.95 * len(noted))], noted[-1]) if noted else (0.0, 0.0)


def read(folder: Path, start: float, end: float) -> float:
    """The longest pause within a time, in seconds; 0 if none was noted."""
    return max(_noted(folder, start, end), default=0.0)


def main(arguments: Sequence[str]) -> None:
    """Open nnlab so, with the garbage collection of its usual start."""
    os.environ.setdefault("TEXTUAL_FPS", "240")
    gc.disable()
    from tui import app, pieces, typesetting, wire

    class Watched(app.NnlabApp):
        """The program and its watch."""

        CSS_PATH = [str(Path(app.__file__).parent / path) for path in app.NnlabApp.CSS_PATH]

        def on_mount(self) -> None:
            self._watch = asyncio.get_running_loop().create_task(watch(Path(os.environ["NNLAB_HOME"]) / FILE))

    wire.install()
    pieces.install()
    typesetting.install()
    Watched().run()

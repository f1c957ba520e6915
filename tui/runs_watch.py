"""Looks at the folder of the runs, once a second while one goes on, beside the event loop; header, home and the list
share it.

Nothing of the engine is imported before the first look, which comes after the first paint.
"""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.runs_reading import Reader

if TYPE_CHECKING:
    from textual.signal import Signal

    from engine.training.folder import Listed
    from tui.app import NnlabApp

EVERY = 1.0
"""Seconds between two looks while a run goes on, or the list is shown."""

SELDOM = 10.0
"""Seconds between two looks otherwise: on a server many learners look at a folder in which nothing happens."""


GOING = ("queued", "running", "paused")
"""States of a run whose process is there."""


class Glance(NamedTuple):
    """What stands in the header and at home."""

    running: int = 0
    total: int = 0
    newest: "Listed | None" = None
    """The newest one that is running."""

    @property
    def percent(self) -> int:
        """How far it is."""
        return int(100 * self.newest.status.progress) if self.newest and self.newest.status else 0


def glance(runs: Sequence["Listed"]) -> Glance:
    """Sum a list of runs up."""
    running = [each for each in runs if each.status is not None and each.status.state == "running"]
    return Glance(len(running), len(runs), running[0] if running else None)


@dataclass
class View:
    """What the list of runs shows, kept while the learner is elsewhere."""

    chosen: str = ""
    """Id of the run that the cursor is on."""

    marks: tuple[str, ...] = ()
    """Ids of the runs that are compared, in the order of their numbers."""

    over: str = "examples"
    """What the x axis is: examples, step, epoch or seconds."""

    what: str = ""
    """What the y axis is; empty for the first that there is."""

    smooth: str = "light"
    """How much the curves are smoothed: off, light or strong."""

    log: str = ""
    """`on` for a logarithmic y axis."""

    cursor: float | None = None
    """Where the cursor stands on the x axis, 0…1 of its length; None for at the ends of the curves."""


@dataclass
class RunsWatch:
    """The runs as they were at the last look."""

    runs: Path
    """Folder of all runs."""

    changed: "Signal[Any]"
    """Published when a look has found something else than the one before."""

    listed: "tuple[Listed, ...] | None" = None
    """All runs, the newest first; None before the first look."""

    glance: Glance = field(default_factory=Glance)
    """The same in short."""

    view: View = field(default_factory=View)
    """What the list shows of them."""

    shown: bool = False
    """Whether the list is on the screen."""

    def __post_init__(self) -> None:
        self.reader = Reader(self.runs)
        self._lock = asyncio.Lock()
        self._wanted = asyncio.Event()
        self._looking: asyncio.Task[None] | None = None

    def start(self, app: "NnlabApp") -> None:
        """Look now, and from now on."""
        app.run_worker(self.look(), group="runs", exit_on_error=False)
        self._looking = asyncio.create_task(self._look_again(), name="runs")

    def stop(self) -> None:
        """Look no more."""
        if self._looking is not None:
            self._looking.cancel()

    def soon(self) -> None:
        """Look within a second: something is being done with a run."""
        self._wanted.set()

    @property
    def lively(self) -> bool:
        """Whether much may happen: a run goes on, or the learner looks at the list of them."""
        return self.shown or any(each.status is not None and each.status.state in GOING for each in self.listed or ())

    async def _look_again(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            if not self.lively:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._wanted.wait(), SELDOM - EVERY)
            self._wanted.clear()
            try:
                await self.look()
            except Exception:
                logging.getLogger("nnlab").exception("looking at the runs")

    async def look(self) -> None:
        """Look once, in a thread, after a look that is not done yet."""
        async with self._lock:
            found = await asyncio.to_thread(self.reader.read)
        if found != self.listed:
            self.listed = found
            self.glance = glance(found)
            self.changed.publish(None)

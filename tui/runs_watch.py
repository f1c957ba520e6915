"""Looks at the folder of the runs about once a second, beside the event loop; header, home and the list share it.

Nothing of the engine is imported before the first look, which comes after the first paint.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.runs_reading import Reader

if TYPE_CHECKING:
    from textual.signal import Signal

    from engine.training.folder import Listed
    from tui.app import NnlabApp

EVERY = 1.0
"""Seconds between two looks."""


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

    def __post_init__(self) -> None:
        self.reader = Reader(self.runs)
        self._lock = asyncio.Lock()

    def start(self, app: "NnlabApp") -> None:
        """Look now, and from now on."""

        def look() -> None:
            if not self._lock.locked():
                app.run_worker(self.look(), group="runs", exit_on_error=False)

        look()
        app.set_interval(EVERY, look)

    async def look(self) -> None:
        """Look once, in a thread, after a look that is not done yet."""
        async with self._lock:
            found = await asyncio.to_thread(self.reader.read)
        if found != self.listed:
            self.listed = found
            self.glance = glance(found)
            self.changed.publish(None)

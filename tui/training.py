"""A lab's training as the learner has it: starts, pauses and follows the run that the lab looks into.

The run is a process of its own, and its folder is all that is known of it; files are touched in threads only.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from engine.training import launch
from engine.training.folder import Run, find
from engine.training.record import ALIVE, RunProblem, RunRecord, Status
from lessons.notice import Notice, failure

if TYPE_CHECKING:
    from tui.session import LabSession

LOOK_SECONDS = 0.25
"""Time between two looks at a run that goes on."""


@dataclass(frozen=True)
class Seen:
    """What a look at the run's folder has found."""

    record: RunRecord
    status: Status
    kept: tuple[int, int]
    """Size of its curves and number of networks kept: when these change there is another picture to make."""


class LabTraining:
    """The training of one lab's session."""

    def __init__(self, session: "LabSession", runs: Path, environ: Callable[[], dict[str, str]]) -> None:
        """Follow nothing yet; `environ` is added to the environment of a run that is started."""
        self.session = session
        self.runs = runs
        self.environ = environ
        self.seen: Seen | None = None
        self.problem: Notice | None = None
        """Why the last thing that was asked for could not be done."""

        self._watch: asyncio.Task[None] | None = None
        self._asked: asyncio.Task[None] | None = None

    @property
    def run_id(self) -> str:
        """The run that the lab looks into; empty where it is none of the learner's."""
        return str(getattr(self.session.settings, self.session.lab.run))

    @property
    def status(self) -> Status | None:
        """How the run stands, once it has been looked at."""
        return self.seen.status if self.seen is not None and self.seen.record.id == self.run_id else None

    @property
    def going_on(self) -> bool:
        """Whether the run computes or waits to."""
        return self.status is not None and self.status.state in ("queued", "running")

    @property
    def changed(self) -> bool:
        """Whether the lab's settings are not those of the run that it looks into, however many processes train it."""
        if self.seen is None or self.seen.record.id != self.run_id:
            return False
        wanted, trained = ({**each, "processes": 1} for each in (self._wanted(), self.seen.record.settings))
        return wanted != trained

    @property
    def _processes(self) -> int:
        """In how many processes the learner wants to train."""
        return int(getattr(self.session.settings, "processes", 1))

    def _wanted(self) -> dict[str, Any]:
        return self.session.lab.trained(self.session.settings)

    # What the learner asks for

    def toggle(self) -> None:
        """Start a run, pause it, or let it go on."""
        self._do(self._toggle())

    def restart(self) -> None:
        """Start another run with the present settings; the one that goes on is stopped."""
        self._do(self._restart())

    def _do(self, asked: Any) -> None:
        """Do one thing after another: a key held down must not start ten runs."""
        if self._asked is not None and not self._asked.done():
            asked.close()
            return
        self._asked = asyncio.create_task(self._tried(asked), name="run")

    async def settled(self) -> None:
        """Wait until what was asked for is done."""
        if self._asked is not None:
            await asyncio.wait([self._asked])

    async def _tried(self, asked: Any) -> None:
        self.problem = None
        try:
            await asked
        except RunProblem as problem:
            self.problem = Notice(
                f"run.problem.{problem.kind}", {name: str(each) for name, each in problem.values.items()}
            )
        except OSError as error:
            self.problem = failure(error, error.filename or self.runs)
        self.session.on_change("run")
        self.follow()

    async def _toggle(self) -> None:
        await self._look()
        status = self.status
        run = Run(self.runs / self.run_id) if status is not None else None
        if run is None or status is None:
            await self._start()
        elif status.state in ("queued", "running"):
            await asyncio.to_thread(launch.pause, run)
        elif status.state == "paused" or (status.state in ("stopped", "interrupted", "failed") and not self.changed):
            await asyncio.to_thread(launch.resume, run, self.environ(), self._processes)
        else:
            await self._start()

    async def _restart(self) -> None:
        await self._look()
        if self.going_on and self.status is not None and not self.status.step and not self.changed:
            return  # the key is held down: this one has hardly begun
        if self.status is not None and self.status.state in ALIVE:
            await asyncio.to_thread(launch.stop, Run(self.runs / self.run_id))
        await self._start()

    async def _start(self) -> None:
        session, lab = self.session, self.session.lab
        settings = session.settings
        run = await asyncio.to_thread(
            launch.start,
            self.runs,
            lab=lab.name,
            settings=self._wanted(),
            whole=lab.trained(settings, whole=True),
            function=lab.training,
            threads=launch.threads_for(int(getattr(settings, "threads", 0)), beside_screen=True),
            processes=self._processes,
            seed=getattr(settings, "seed", None),
            device=self.environ().get("NNLAB_DEVICE", ""),
            environ=self.environ(),
        )
        await self._look_at(run)
        session.look_into(run.id)

    # Following

    def follow(self) -> None:
        """Look at the run again and again, as long as it goes on."""
        if self.run_id and (self._watch is None or self._watch.done()):
            self._watch = asyncio.create_task(self._following(), name="following a run")

    def leave(self) -> None:
        """Look no more; the run goes on."""
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None

    async def _following(self) -> None:
        while self.run_id:
            before = self.seen
            await self._look()
            seen = self.seen
            if seen != before:
                self.session.on_change("run")
            if seen is not None and (before is None or seen.kept != before.kept):
                self.session.refresh()
            if self.status is None or self.status.state not in ALIVE:
                return
            await asyncio.sleep(LOOK_SECONDS)

    async def _look(self) -> None:
        if self.run_id:
            try:
                await self._look_at(await asyncio.to_thread(find, self.runs, self.run_id))
            except RunProblem:
                self.seen = None

    async def _look_at(self, run: Run) -> None:
        self.seen = await asyncio.to_thread(_look, run, self.seen)


def _look(run: Run, before: Seen | None) -> Seen | None:
    try:
        record = before.record if before is not None and before.record.id == run.id else run.record()
        size = run.metrics_path.stat().st_size if run.metrics_path.exists() else 0
        status = msgspec.structs.replace(run.status(), time=0.0)  # a heartbeat alone is no news
        return Seen(record, status, (size, len(run.weights_steps())))
    except (RunProblem, OSError):
        return None

"""Reads the folders of runs: what stands in the list, and the curves of those that are shown. Made for threads.

A run whose files have not changed is not read again, so that a thousand finished runs cost two looks at the file
system each.
"""

import os
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from engine.training.diagnosis import Finding
    from engine.training.folder import Listed, Run
    from engine.training.metrics import Metrics, Point

SIZE_EVERY = 10.0
"""Seconds after which the size of a run that is alive is taken again."""

CURVES_KEPT = 12
"""Runs whose curves stay in memory."""

FOR_DIAGNOSIS = 300
"""Points that are looked at for what goes wrong."""


class Reader:
    """Reads all runs, each anew only when its files have changed or its process may have."""

    def __init__(self, runs: Path) -> None:
        self.runs = runs
        self._known: dict[str, tuple[object, Listed]] = {}
        self._sizes: dict[str, tuple[float, bool, int]] = {}

    def read(self) -> tuple["Listed", ...]:
        """List the runs, the newest first; one that can't be read is there with what is wrong with it."""
        from engine.training.folder import newest_first
        from engine.training.record import ID

        found: dict[str, tuple[object, Listed]] = {}
        with suppress(OSError), os.scandir(self.runs) as entries:
            for entry in entries:
                if ID.fullmatch(entry.name) and entry.is_dir():
                    found[entry.name] = self._read(Path(entry.path))
        self._known = found
        return tuple(newest_first(listed for _, listed in found.values()))

    def _read(self, folder: Path) -> tuple[object, "Listed"]:
        from engine.training.folder import Run, read
        from engine.training.record import ALIVE

        signature = _signature(folder)
        known = self._known.get(folder.name)
        if (
            known is not None
            and known[0] == signature
            and (known[1].status is None or known[1].status.state not in ALIVE)
        ):
            return known
        listed = read(Run(folder))
        return signature, known[1] if known is not None and known[1] == listed else listed

    def size(self, runs: Sequence["Listed"]) -> int:
        """Bytes that all runs take together; those that are alive are measured again now and then."""
        from engine.training.folder import Run
        from engine.training.record import ALIVE

        now = time.monotonic()
        for each in runs:
            alive = each.status is not None and each.status.state in ALIVE
            before = self._sizes.get(each.id)
            if before is None or (before[1] and (not alive or now - before[0] > SIZE_EVERY)):
                self._sizes[each.id] = now, alive, Run(self.runs / each.id).size()
        return sum(self._sizes[each.id][2] for each in runs)


def _signature(folder: Path) -> object:
    """What changes when a run's files do."""
    found = []
    for name in ("run.json", "status.json"):
        try:
            state = os.stat(folder / name)
            found.append((state.st_mtime_ns, state.st_size, state.st_ino))
        except OSError:
            found.append((0, 0, 0))
    return found


class CurveReader:
    """Reads the curves of the runs that are shown, and later what has been added since."""

    def __init__(self, runs: Path) -> None:
        self.runs = runs
        self._metrics: dict[str, Metrics] = {}
        self._points: dict[str, tuple[Point, ...]] = {}
        self._findings: dict[str, tuple[Finding, ...]] = {}

    def read(self, ids: Sequence[str]) -> dict[str, "Read"]:
        """Read what is new of these; what has not changed comes back as the same objects."""
        from engine.training.folder import Run
        from engine.training.metrics import Metrics

        found = {}
        for identity in ids:
            run = Run(self.runs / identity)
            metrics = self._metrics.pop(identity, None) or Metrics(run.metrics_path)
            self._metrics[identity] = metrics  # the last one read is the last one forgotten
            changed = False
            with suppress(OSError):
                changed = metrics.read()
            if changed or identity not in self._points:
                self._points[identity] = tuple(metrics.points)
            steps = run.resume_steps()
            if changed or identity not in self._findings:
                self._findings[identity] = self._diagnose(run)
            points, findings = self._points[identity], self._findings[identity]
            found[identity] = Read(points, steps[-1] if steps else None, metrics.torn, findings)
        for identity in list(self._metrics)[:-CURVES_KEPT]:
            del self._metrics[identity], self._points[identity], self._findings[identity]
        return found

    def _diagnose(self, run: "Run") -> "tuple[Finding, ...]":
        """Say what goes wrong in a run; of very many points some hundreds tell as much."""
        from engine.training.diagnosis import diagnose
        from engine.training.record import RunProblem
        from tui.run_words import settings_of

        try:
            record = run.record()
        except RunProblem:
            return ()
        known = settings_of(record.lab)
        settings = {name: setting.default for name, setting in known.items()} | record.settings
        points = self._points[run.id]
        some = (*points[:: max(len(points) // FOR_DIAGNOSIS, 1)], *points[-1:])
        return tuple(diagnose(some, settings, {name: setting.high for name, setting in known.items()}))


class Read(NamedTuple):
    """What was read of a run beside its record and status."""

    points: "tuple[Point, ...]"
    kept: int | None
    """The step from which it can go on; None for none."""

    torn: int
    """Lines of its curves that could not be read."""

    findings: "tuple[Finding, ...]" = ()
    """What goes wrong in it, as far as its curves tell."""

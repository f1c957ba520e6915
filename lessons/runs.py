"""What the labs that train share where they look into a run: whether it is there, its settings, curves and speed."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any, TypeVar

from engine.training.folder import Run, find, root
from engine.training.metrics import Metrics, Point
from engine.training.record import RunProblem
from lessons.vocabulary.settings import SettingError, Settings, settings_from

Found = TypeVar("Found")
Kind = TypeVar("Kind", bound=Settings)

_metrics: dict[str, Metrics] = {}


@dataclass(frozen=True, eq=False)
class Source:
    """Base of one kept model of one training; what its key says is loaded once."""

    key: tuple[Any, ...]
    """What tells it from all others."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Source) and other.key == self.key

    def __hash__(self) -> int:
        return hash(self.key)


def looked_into(name: str, of_run: Callable[[Run], Found | None]) -> tuple[Found | None, bool]:
    """What a run of this name has kept, None where it has kept nothing yet; and whether there is no such run."""
    if not name:
        return None, False
    try:
        return of_run(find(root(), name)), False
    except (RunProblem, KeyError):
        return None, True


def settings_of(kind: type[Kind], run: Run) -> Kind:
    """The settings that a run was started with. Raises RunProblem."""
    try:
        return settings_from(kind, run.record().settings)
    except SettingError:
        raise RunProblem("unreadable", id=run.id, file="run.json") from None


def curves(run: Run) -> list[Point]:
    """The points of a run's curves; what has been read before is not read again."""
    known = _metrics.setdefault(str(run.folder), Metrics(run.metrics_path))
    known.read()
    return known.points


def speed(run: Run, of: str, each: float = 1.0) -> float | None:
    """`each` of what a point counts, learned in a second; None before there are two points.

    It is the median over the stretches between points, since some hold a measurement too.
    """
    speeds = [
        each * (after[of] - before[of]) / (after["seconds"] - before["seconds"])
        for before, after in pairwise(curves(run))
        if after["seconds"] > before["seconds"] and after[of] > before[of]
    ]
    return round(median(speeds), 1) if speeds else None

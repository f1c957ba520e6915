"""`nnlab runs export`: all points of a run's curves, as CSV or as TensorBoard's event files."""

import csv
import io
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from engine.training.folder import find
from engine.training.metrics import HEADS, Metrics, Point
from tui.command_line.output import console, print_json
from tui.command_line.run_json import line, point
from tui.command_line.runs import whole_of
from tui.errors import Refused
from tui.locale import Words
from tui.store.preferences import Preferences

Form = Literal["csv", "tensorboard"]
FORMS: tuple[Form, ...] = ("csv", "tensorboard")


def export(
    runs: Path, name: str, form: Form, output: Path | None, words: Words, preferences: Preferences, as_json: bool
) -> int:
    """Write a run's points; returns the exit status. Raises OSError, RunProblem, Refused.

    CSV goes to standard output where no file is named; with JSON the run's line holds the points instead.
    """
    run = find(runs, name)
    found = whole_of(run)
    metrics = Metrics(run.metrics_path)
    metrics.read()
    if form == "tensorboard":
        output = output or Path(run.id)
        assert found.record is not None
        write_events(metrics, output, found.record.created)
    elif output is not None:
        _write(output, as_csv(metrics))
    elif not as_json:
        sys.stdout.write(as_csv(metrics))
        return 0
    if as_json:
        written: dict[str, Any] = {"output": str(output)} if output else {"points": list(map(point, metrics.points))}
        print_json(line(found) | written)
    else:
        told = words.text("cli.runs.exported", count=f"{len(metrics.points):,}", path=output)
        console(preferences).print(told, soft_wrap=True, markup=False)
    return 0


def as_csv(metrics: Metrics) -> str:
    """Write a line a point, under a line of names; a curve that was not measured there leaves its cell empty."""
    names = [*_heads(metrics.points), *metrics.names()]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    for measured in map(point, metrics.points):
        writer.writerow([measured.get(name, "") for name in names])
    return text.getvalue()


def _heads(points: Iterable[Point]) -> list[str]:
    present = {name for measured in points for name in measured}
    return [name for name in HEADS if name in present or name == "step"]


def _write(path: Path, text: str) -> None:
    from tui.store.files import replacing

    with replacing(path) as file:
        file.write(text.encode())


def write_events(metrics: Metrics, folder: Path, created: float) -> None:
    """Write TensorBoard's event files. Raises OSError, or Refused where tensorboardX is missing."""
    try:
        from tensorboardX import SummaryWriter
    except ImportError:
        raise Refused("error.export_installed") from None
    if folder.exists() and not folder.is_dir():
        raise Refused("error.export_output", path=folder)
    folder.mkdir(parents=True, exist_ok=True)
    with SummaryWriter(str(folder)) as writer:
        for measured in map(point, metrics.points):
            moment = created + measured.get("seconds", 0.0)
            for name, value in measured.items():
                if name not in HEADS:  # TensorBoard groups curves by what stands before the stroke
                    writer.add_scalar(name.replace(".", "/"), value, measured.get("step"), walltime=moment)

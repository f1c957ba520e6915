"""Writes the curves of a run as a table that spreadsheets read."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.training.folder import Run


def export(run: "Run", folder: Path | None = None) -> Path:
    """Write `<id>.csv` into a folder, the present one by default, and never over another file. Raises OSError."""
    from engine import writing
    from engine.training.metrics import Metrics
    from tui.command_line.exporting import as_csv

    metrics = Metrics(run.metrics_path)
    metrics.read()
    folder = folder or Path.cwd()
    path, number = folder / f"{run.id}.csv", 1
    while path.exists():
        number += 1
        path = folder / f"{run.id}-{number}.csv"
    writing.replace(path, as_csv(metrics).encode())
    return path

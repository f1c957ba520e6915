"""`nnlab runs export`: all points of the curves, as CSV, JSON and TensorBoard's files."""

import csv
import io
import json
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.training.folder import Run

Make = Callable[..., Run]


def test_csv_has_a_line_a_point_and_empty_cells(nnlab: Any, make: Make) -> None:
    status, stdout, stderr = nnlab("runs", "export", make().id)
    rows = list(csv.DictReader(io.StringIO(stdout)))
    assert (status, stderr) == (0, "")
    assert list(rows[0]) == ["step", "epoch", "examples", "seconds", "test_loss", "test_accuracy"]
    assert [row["step"] for row in rows] == ["0", "10", "20"] and rows[0]["test_accuracy"] == ""
    assert float(rows[2]["test_loss"]) == 2 / 3 and rows[1]["seconds"] == "0.25"


def test_csv_goes_to_a_file(nnlab: Any, make: Make, tmp_path: Path) -> None:
    path = tmp_path / "curves.csv"
    status, stdout, _ = nnlab("runs", "export", make().id, "--output", str(path))
    assert status == 0 and path.read_text().count("\n") == 4 and "wrote 3 points" in stdout.replace("\n", "")
    status, stdout, stderr = nnlab("runs", "export", make().id, "--output", str(tmp_path / "no" / "curves.csv"))
    assert (status, stdout, stderr.count("\n")) == (1, "", 1)


def test_json_holds_the_points_or_names_the_file(nnlab: Any, make: Make, tmp_path: Path) -> None:
    run = make()
    (line,) = map(json.loads, nnlab("runs", "export", run.id, "--json")[1].splitlines())
    assert line["id"] == run.id and [point["step"] for point in line["points"]] == [0, 10, 20]
    path = tmp_path / "curves.csv"
    (line,) = map(json.loads, nnlab("runs", "export", run.id, "--json", "--output", str(path))[1].splitlines())
    assert line["output"] == str(path) and "points" not in line and path.exists()


def test_a_run_without_points_has_the_names_alone(nnlab: Any, make: Make) -> None:
    assert nnlab("runs", "export", make(points=0).id) == (0, "step\n", "")


def test_event_files_without_tensorboardx_are_one_line(
    nnlab: Any, make: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "tensorboardX", None)
    folder = tmp_path / "logs"
    status, stdout, stderr = nnlab("runs", "export", make().id, "--format", "tensorboard", "--output", str(folder))
    assert (status, stdout) == (2, "") and "pip install tensorboardX" in stderr and not folder.exists()


def test_each_value_is_a_scalar_of_its_step(
    nnlab: Any, make: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    written: list[tuple[Any, ...]] = []

    class Writer:
        def __init__(self, folder: str) -> None:
            self.folder = folder

        def __enter__(self) -> "Writer":
            return self

        def __exit__(self, *error: object) -> None:
            written.append(("closed", self.folder))

        def add_scalar(self, tag: str, value: float, step: int, walltime: float) -> None:
            written.append((tag, value, step, walltime))

    fake = types.ModuleType("tensorboardX")
    fake.SummaryWriter = Writer  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tensorboardX", fake)
    run = make()
    with run.metrics_path.open("a") as file:
        file.write('{"step": 30, "seconds": 2.5, "gradient.C1": 0.125}\n')
    folder = tmp_path / "logs"
    status, _, _ = nnlab("runs", "export", run.id, "--format", "tensorboard", "--output", str(folder))
    assert status == 0 and written[-1] == ("closed", str(folder)) and len(written) == 7
    assert written[-2] == ("gradient/C1", 0.125, 30, run.record().created + 2.5)
    (tmp_path / "file").write_text("")
    status, _, stderr = nnlab("runs", "export", run.id, "--format", "tensorboard", "--output", str(tmp_path / "file"))
    assert status == 2 and "TensorBoard needs a folder" in stderr


def test_real_event_files_are_written_where_it_is_installed(nnlab: Any, make: Make, tmp_path: Path) -> None:
    pytest.importorskip("tensorboardX")
    folder = tmp_path / "logs"
    assert nnlab("runs", "export", make().id, "--format", "tensorboard", "--output", str(folder))[0] == 0
    (events,) = folder.glob("events.out.tfevents.*")
    assert b"test_accuracy" in events.read_bytes()

"""Every lab that trains, looking into a run: one that is not there, one with a damaged network, and how fast it was."""

from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine.training.checkpoint import CheckpointProblem
from engine.training.folder import Run
from engine.training.record import RunRecord, Status
from lessons import runs
from lessons.catalogue import lab_names, load
from lessons.vocabulary.settings import settings_from
from tui.errors import explain, of_model
from tui.locale import words

LABS = [name for name in lab_names() if load(name).training]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A run of no lab yet, in the folder where runs are looked for."""
    monkeypatch.setattr(runs, "root", lambda: tmp_path)
    made = Run(tmp_path / "run-000001")
    made.checkpoints.mkdir(parents=True)
    return made


def record(made: Run, lab: str) -> None:
    what = RunRecord(id=made.id, lab=lab, settings={}, function="t:none", seed=0, created=0.0, threads=1, versions={})
    (made.folder / "run.json").write_bytes(msgspec.json.encode(what))
    made.write_status(Status(state="finished", step=7))


def see(name: str, run: str) -> Any:
    module, _, function = load(name).experiment.partition(":")
    return getattr(import_module(module), function)(settings_from(load(name).settings, {"run": run}))


@pytest.mark.parametrize("name", LABS)
def test_a_network_that_is_cut_off_is_told_by_its_file_in_both_languages(name: str, kept: Run) -> None:
    record(kept, name)
    kept.weights_path(7).write_bytes(b"cut off")
    with pytest.raises(CheckpointProblem) as problem:
        see(name, kept.id)
    for language in ("en", "ja"):
        said = explain(problem.value, words(language))
        assert "weights-000000007.safetensors" in said
        assert of_model("CheckpointProblem", problem.value.values, words(language)) == said


@pytest.mark.parametrize("name", LABS)
def test_a_run_that_is_gone_leaves_what_comes_with_the_program(name: str, kept: Run) -> None:
    assert see(name, "gone-000000").missing


def test_the_speed_is_that_of_most_stretches(kept: Run) -> None:
    points = [(0, 0.0), (10, 1.0), (20, 2.0), (30, 9.0), (30, 9.5)]
    kept.metrics_path.write_text(
        "".join(f'{{"step": {step}, "epoch": 0, "examples": {step * 4}, "seconds": {at}}}\n' for step, at in points)
    )
    assert runs.speed(kept, "step", 3.0) == 30.0 and runs.speed(kept, "examples") == 40.0


def test_without_points_there_is_no_speed(kept: Run) -> None:
    assert runs.speed(kept, "step") is None

"""A lab's training as the learner has it, without a screen: when the same run goes on, and when another begins."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine.training import launch
from engine.training.folder import Run, create
from engine.training.record import Status
from lessons.convolution.labs.lenet5 import LAB, Lenet5Settings
from tui.training import LabTraining


class Session:
    """As much of a session as a training needs."""

    def __init__(self, settings: Lenet5Settings) -> None:
        self.lab, self.settings = LAB, settings
        self.looked: list[str] = []

    def on_change(self, what: str) -> None:
        """Nobody looks."""

    def refresh(self) -> None:
        """Nothing is drawn."""

    def look_into(self, run_id: str) -> None:
        """Take note of the run that was begun."""
        self.looked.append(run_id)


@pytest.mark.parametrize(
    ("state", "changes", "resumed"),
    [
        ("interrupted", {"processes": 1}, 1),
        ("interrupted", {"processes": 2}, 2),
        ("stopped", {"processes": 1}, 1),
        ("interrupted", {"processes": 1, "epochs": 4}, None),
        ("finished", {"processes": 1}, None),
    ],
)
async def test_a_run_goes_on_with_either_number_of_processes_where_nothing_else_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state: Any, changes: dict[str, Any], resumed: int | None
) -> None:
    run = create(tmp_path, lab=LAB.name, settings={"epochs": 3, "processes": 2}, function="", threads=2, processes=2)
    run.write_status(Status(state=state, step=9))
    asked: list[int] = []

    def start(runs: Path, **given: Any) -> Run:
        return create(runs, lab=LAB.name, settings=given["settings"], function="", threads=1)

    monkeypatch.setattr(launch, "resume", lambda run, environ, processes: asked.append(processes))
    monkeypatch.setattr(launch, "start", start)
    session = Session(msgspec.structs.replace(Lenet5Settings(epochs=3, run=run.id), **changes))
    training = LabTraining(session, tmp_path, lambda: {})  # type: ignore[arg-type]
    training.toggle()
    await training.settled()
    training.leave()
    assert asked == ([resumed] if resumed is not None else [])
    assert len(session.looked) == (resumed is None)

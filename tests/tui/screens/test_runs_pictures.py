"""Pictures of the list of runs: fixed folders, a fixed clock, no machine in them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from learner import app_of, press, settle
from made_runs import NOW, MadeRuns
from textual.pilot import Pilot

from engine.training.folder import Run
from tui.app import NnlabApp
from tui.screens.runs import RunsScreen

PICTURES = {
    "compare-120-ja": ((120, 40), "ja", "night", ("x", "down", "x", "down", "x", "up", "up")),
    "compare-80-en": ((80, 24), "en", "night", ("x", "down", "x", "left", "left")),
    "failed-120-en-paper": ((120, 40), "en", "paper", ("down",) * 4),
}


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MadeRuns]:
    """One run of each kind; file systems differ in what a folder takes."""
    monkeypatch.setattr(Run, "size", lambda run: 51_500_000)
    made = MadeRuns(tmp_path / "state" / "runs")
    made.several()
    yield made
    made.release()


@pytest.mark.parametrize("name", PICTURES)
def test_picture(name: str, snap_compare: Callable[..., bool], tmp_path: Path, runs: MadeRuns) -> None:
    size, language, theme, keys = PICTURES[name]
    environ = {"NNLAB_HOME": str(tmp_path), "LANG": "ja_JP.UTF-8" if language == "ja" else "C.UTF-8"}
    app = NnlabApp(environ=environ | {"COLORTERM": "truecolor", "TERM": "xterm"})
    app.set_theme_choice(theme)

    async def use(pilot: Pilot[int]) -> None:
        await app_of(pilot).runs.look()
        await pilot.app.push_screen(RunsScreen(NOW.timestamp))
        await settle(pilot)
        await press(pilot, *keys)

    assert snap_compare(app, terminal_size=size, run_before=use)
    assert app._exception is None

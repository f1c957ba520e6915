"""Pictures of the learner's own record: a fixed journal, fixed runs, a fixed day."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from learner import press, settle
from made_runs import NOW, MadeRuns
from textual.pilot import Pilot

from lessons import catalogue
from lessons.address import parse
from lessons.catalogue import load
from lessons.progress import Answered, Event, Hint, Journal, Opened, Solved
from tui.app import NnlabApp
from tui.keeping import Keeping

DAY = 86400.0

PICTURES = {
    "sections-120-ja": ("rule=begun", (120, 40), "ja", "night", ()),
    "results-120-en": ("view=results", (120, 40), "en", "night", ("tab", "tab", "down")),
    "recall-120-en-paper": ("view=recall&rule=fading&days=5", (120, 40), "en", "paper", ()),
    "sections-80-en": ("rule=missed&section=neuron", (80, 24), "en", "night", ()),
    "results-80-ja": ("view=results&measure=last", (80, 24), "ja", "night", ()),
}


def events() -> list[Event]:
    """What somebody did in eight labs up to the day of the pictures."""
    found: list[Event] = []
    labs = [lab for lab in catalogue.lab_names() if lab != "summary.progress"][:8]
    for place, lab in enumerate(labs):
        time = NOW.timestamp() - DAY * 2 * (len(labs) - 1 - place)
        found.append(Opened(lab=lab, time=time))
        for number, exercise in enumerate(load(lab).exercises[: (3, 4, 1, 0, 2)[place % 5]]):
            value = f"0.9{number}" if exercise.kind == "reach" else None
            found.append(Solved(lab=lab, exercise=exercise.name, time=time, address=lab, value=value))
        if place % 3 == 1:
            found.append(Hint(lab=lab, exercise=load(lab).exercises[0].name, n=2, time=time))
    for number in range(7):
        about = {"section": ("introduction", "neuron")[number % 2], "question": f"q{number}", "choice": "a"}
        found.append(Answered(lab="summary.quiz", right=number not in (1, 3), time=NOW.timestamp() - DAY, **about))
    return found


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with that record and a few runs; opening the lab notes nothing, for that would be another day."""
    monkeypatch.setattr(Keeping, "opened", lambda keeping, lab: None)
    journal = Journal(tmp_path / "state" / "progress")
    journal.unsaved += events()
    assert journal.save() is None
    made = MadeRuns(tmp_path / "state" / "runs")
    made.add(1, best=0.97)
    made.add(2, best=0.938, settings={"rate": 0.01}, ago=timedelta(minutes=14))
    made.add(3, best=0.955, name="渦、6-4", settings={"batch": 64}, ago=timedelta(hours=3))
    return tmp_path


@pytest.mark.parametrize("name", PICTURES)
def test_picture(name: str, snap_compare: Callable[..., bool], home: Path) -> None:
    query, size, language, theme, keys = PICTURES[name]
    environ = {"NNLAB_HOME": str(home), "LANG": "ja_JP.UTF-8" if language == "ja" else "C.UTF-8"}
    environ |= {"COLORTERM": "truecolor", "TERM": "xterm"}
    app = NnlabApp(parse(f"summary.progress?{query}"), environ=environ)
    app.set_theme_choice(theme)

    async def use(pilot: Pilot[int]) -> None:
        await settle(pilot)
        await press(pilot, *keys)
        await settle(pilot)

    assert snap_compare(app, terminal_size=size, run_before=use)
    assert app._exception is None

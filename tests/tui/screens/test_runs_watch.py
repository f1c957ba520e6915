"""What is read of the runs' folders, and what is not read again."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_runs import MadeRuns

from engine.training.folder import Run
from tui import runs_watch
from tui.runs_reading import CURVES_KEPT, CurveReader, Reader
from tui.runs_watch import RunsWatch, glance
from tui.screens.home import HomeScreen


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[MadeRuns]:
    made = MadeRuns(tmp_path / "runs")
    yield made
    made.release()


def test_no_folder_is_no_runs(tmp_path: Path) -> None:
    assert Reader(tmp_path / "nowhere").read() == ()


def test_a_file_that_has_not_changed_is_not_opened_again(runs: MadeRuns, monkeypatch: pytest.MonkeyPatch) -> None:
    runs.several()
    reader = Reader(runs.folder)
    first = reader.read()
    opened: list[str] = []
    whole = Run.status
    monkeypatch.setattr(Run, "status", lambda run: opened.append(run.id) or whole(run))
    again = reader.read()
    assert sorted(opened) == ["lenet5-000001", "other-000004"], "those that are alive"
    assert again == first and all(one is other for one, other in zip(first, again, strict=True))


def test_what_has_changed_or_gone_is_seen(runs: MadeRuns) -> None:
    run = runs.add(1)
    reader = Reader(runs.folder)
    reader.read()
    run.rename("other")
    assert [each.record and each.record.name for each in reader.read()] == ["other"]
    run.delete()
    assert reader.read() == ()


def test_the_glance_counts_and_takes_the_newest_that_runs(runs: MadeRuns) -> None:
    runs.several()
    seen = glance(Reader(runs.folder).read())
    assert (seen.running, seen.total, seen.percent) == (1, 8, 78)
    assert seen.newest is not None and seen.newest.id == "lenet5-000001"
    assert glance(()).percent == 0


def test_curves_are_read_on_and_unchanged_ones_stay_the_same_objects(runs: MadeRuns) -> None:
    run = runs.add(1, progress=0.5)
    reader = CurveReader(runs.folder)
    first = reader.read([run.id])[run.id]
    assert len(first.points) == 16 and first.kept == 250 and first.torn == 0
    assert reader.read([run.id])[run.id].points is first.points
    runs.append(run, 400, 500, 0.9)
    assert len(reader.read([run.id])[run.id].points) == 21


def test_only_some_curves_stay_in_memory(runs: MadeRuns) -> None:
    ids = [runs.add(number).id for number in range(CURVES_KEPT + 3)]
    reader = CurveReader(runs.folder)
    for identity in ids:
        reader.read([identity])
    assert list(reader._metrics) == ids[3:]


def test_a_loss_that_rises_is_found(runs: MadeRuns) -> None:
    run = runs.add(1, settings={"rate": 0.5})
    points = [{"step": step, "epoch": step / 100, "train_loss": 1.0 + step} for step in range(1000)]
    run.metrics_path.write_text("".join(json.dumps(point) + "\n" for point in points))
    (finding,) = CurveReader(runs.folder).read([run.id])[run.id].findings
    assert (finding.kind, finding.setting, finding.values["value"]) == ("diverges", "rate", 0.5)


def test_the_size_is_that_of_all_folders(runs: MadeRuns) -> None:
    run = runs.add(1)
    reader = Reader(runs.folder)
    assert reader.size(reader.read()) == run.size() > 8192


async def test_home_does_nothing_while_a_lab_covers_it(opened, runs: MadeRuns, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened() as pilot:
        app = pilot.app
        home = app.screen_stack[1 if isinstance(app.screen_stack[1], HomeScreen) else 0]
        assert isinstance(home, HomeScreen)
        painted: list[object] = []
        monkeypatch.setattr(home.contents, "repaint", lambda **how: painted.append(how))
        app.runs.reader = Reader(runs.folder)
        runs.add(1)
        await app.runs.look()
        await pilot.pause()
        assert not painted
        await pilot.press("escape")
        await pilot.pause()
        painted.clear()
        runs.add(2)
        await app.runs.look()
        await pilot.pause()
        assert painted


def test_it_looks_seldom_where_nothing_happens(runs: MadeRuns) -> None:
    watch = RunsWatch(runs.folder, changed=None)  # type: ignore[arg-type]
    assert not watch.lively
    watch.shown = True
    assert watch.lively, "while the list is on the screen"
    watch.shown = False
    runs.add(9)
    watch.listed = Reader(runs.folder).read()
    assert len(watch.listed) == 1 and not watch.lively, "where all have ended"
    runs.several()
    watch.listed = Reader(runs.folder).read()
    assert watch.lively, "while a run goes on"


async def test_what_waits_for_a_look_gets_one_soon(opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs_watch, "EVERY", 0.01)
    async with opened("") as pilot:
        looks = []
        monkeypatch.setattr(type(pilot.app.runs), "look", lambda watch: looks.append(1) or asyncio.sleep(0))
        await asyncio.sleep(0.1)
        assert len(looks) <= 1
        pilot.app.runs.soon()
        await asyncio.sleep(0.1)
        assert 1 <= len(looks) <= 2

"""The list of runs, used as a learner does."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from learner import app_of, click, drag, place_of, press, settle, shown, text_of
from made_runs import LAB, NAN, MadeRuns
from textual.pilot import Pilot

from engine.training import launch
from engine.training.folder import Run
from tui.screens.home import HomeScreen
from tui.screens.runs import RunsScreen
from tui.screens.section import SectionScreen
from tui.widgets.entry import Entry
from tui.widgets.header import Header
from tui.widgets.run_curves import RunCurves
from tui.widgets.run_table import RunTable

pytestmark = pytest.mark.asyncio


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[MadeRuns]:
    """Runs in the home of the program under test."""
    made = MadeRuns(tmp_path / "state" / "runs")
    yield made
    made.release()


async def look(pilot: Pilot[int]) -> None:
    """Look at the folders again, as happens each second."""
    await app_of(pilot).runs.look()
    await settle(pilot)


async def open_runs(pilot: Pilot[int]) -> RunTable:
    await press(pilot, "t")
    assert isinstance(pilot.app.screen, RunsScreen)
    return pilot.app.screen.query_one(RunTable)


def chosen(pilot: Pilot[int]) -> str:
    return app_of(pilot).runs.view.chosen


async def test_t_opens_it_everywhere_and_esc_goes_back(opened, runs: MadeRuns) -> None:
    runs.several()
    async with opened("") as pilot:
        await open_runs(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, HomeScreen)
        app_of(pilot).open_address("neuron.unit")
        await settle(pilot)
        await open_runs(pilot)
        await press(pilot, "t")
        assert isinstance(pilot.app.screen, SectionScreen)


async def test_over_a_lab_with_curves_of_its_own_the_whole_plot_is_seen(opened, runs: MadeRuns) -> None:
    runs.several()
    async with opened(LAB, size=(80, 24)) as pilot:
        await open_runs(pilot)
        await look(pilot)
        curves = pilot.app.screen.query_one(RunCurves)
        assert curves.region.height > 8
        assert curves.region.bottom <= pilot.app.screen.query_one("#compare").region.bottom


async def test_all_runs_stand_there_the_newest_first_and_a_broken_one_says_so(opened, runs: MadeRuns) -> None:
    runs.several()
    async with opened("") as pilot:
        await open_runs(pilot)
        rows = text_of(pilot, "RunTable").splitlines()[2:]
        assert [row.split()[0] for row in rows] == ["▐", "✓", "✓", "▪", "✗", "!", "▫", "!"]
        assert "default" in rows[0] and "3 s left" in rows[0] and "95.5 %" in rows[0] and "0:13" in rows[0]
        assert "rate 0.01" in rows[1] and "93.8 %" in rows[1]
        assert "interrupted" in rows[5]
        assert "lenet5-000008" in rows[7] and "run.json" in rows[7]
        assert text_of(pilot, "RunsHead").split()[-8:-2] == ["running", "1", "paused", "1", "total", "8"]


async def test_without_runs_it_says_how_to_begin(opened) -> None:
    async with opened("") as pilot:
        await open_runs(pilot)
        assert "space" in text_of(pilot, "RunTable")
        await press(pilot, "space", "b", "x", "N", "delete", "E", "c", "enter", "left", "v", "down", "X")
        assert isinstance(pilot.app.screen, RunsScreen)


async def test_up_to_four_are_compared(opened, runs: MadeRuns) -> None:
    for number in range(6):
        runs.add(number, ago=timedelta(minutes=number), settings={"batch": number + 1})
    async with opened("") as pilot:
        await open_runs(pilot)
        await press(pilot, "x", "down", "x")
        assert "compare" in text_of(pilot, "RunAxes")
        facts = text_of(pilot, "RunFacts").splitlines()
        assert any(row.split()[-2:] == ["1", "2"] for row in facts[1:]), facts
        assert "batch 1" in text_of(pilot, "RunCurves") and "batch 2" in text_of(pilot, "RunCurves")
        await press(pilot, "down", "x", "down", "x", "down", "x")
        assert len(app_of(pilot).runs.view.marks) == 4
        assert "4" in text_of(pilot, "#footer")
        await press(pilot, "up", "x")
        assert len(app_of(pilot).runs.view.marks) == 3
        await press(pilot, "X")
        assert app_of(pilot).runs.view.marks == ()


async def test_space_pauses_and_lets_go_on_and_b_stops(opened, runs: MadeRuns, monkeypatch) -> None:
    running = runs.add(1, "running", alive=True, progress=0.5)
    runs.add(2, "stopped", ago=timedelta(hours=1), progress=0.5)
    resumed: list[tuple[str, str]] = []
    monkeypatch.setattr(launch, "resume", lambda run, environ: resumed.append((run.id, environ["NNLAB_RUNS"])))
    async with opened("") as pilot:
        await open_runs(pilot)
        await press(pilot, "space")
        assert running.command().want == "pause"
        await press(pilot, "b")
        assert running.command().want == "stop"
        await press(pilot, "down", "space")
        assert resumed == [("lenet5-000002", str(runs.folder))]
        await press(pilot, "b")
        assert "lenet5-000002" in text_of(pilot, "#footer")  # it is not alive


async def test_a_name_is_typed_in_place(opened, runs: MadeRuns) -> None:
    run = runs.add(1)
    async with opened("") as pilot:
        await open_runs(pilot)
        await press(pilot, "N", "delete", "m", "i", "n", "e", "space", "x", "enter")
        await look(pilot)
        assert run.record().name == "mine x"
        assert "mine x" in text_of(pilot, "RunTable")
        await press(pilot, "N", "z", "down", "escape")
        assert isinstance(pilot.app.screen, RunsScreen) and run.record().name == "mine x"
        await press(pilot, "N")
        pilot.app.screen.query_one(Entry).value = "n" * 61
        await press(pilot, "enter")
        assert "60" in text_of(pilot, "#footer") and pilot.app.screen.query(Entry)


async def test_deleting_asks_once_and_not_at_all_for_one_that_is_alive(opened, runs: MadeRuns) -> None:
    alive = runs.add(1, "running", alive=True)
    gone = runs.add(2, ago=timedelta(hours=1))
    kept = runs.add(3, ago=timedelta(hours=2))
    async with opened("") as pilot:
        await open_runs(pilot)
        await press(pilot, "delete", "delete")
        assert alive.folder.exists() and "stop it" in text_of(pilot, "#footer")
        await press(pilot, "down", "delete")
        assert gone.folder.exists() and "delete again" in text_of(pilot, "#footer")
        await press(pilot, "down", "up", "delete")
        assert gone.folder.exists(), "another key ends the question"
        await press(pilot, "delete")
        assert not gone.folder.exists()
        assert chosen(pilot) == kept.id and kept.folder.exists()
        assert gone.id not in shown(pilot)


async def test_export_writes_a_table_beside_and_never_over_another(
    opened, runs: MadeRuns, monkeypatch, tmp_path
) -> None:
    runs.add(1)
    monkeypatch.chdir(tmp_path)
    async with opened("") as pilot:
        await open_runs(pilot)
        await press(pilot, "E", "E")
        first, second = (tmp_path / f"lenet5-000001{end}.csv" for end in ("", "-2"))
        assert first.read_text() == second.read_text()
        head, *rows = first.read_text().splitlines()
        assert head.startswith("step,epoch,examples,seconds,train_loss") and len(rows) == 31
        assert str(second)[:30] in text_of(pilot, "#footer")


async def test_enter_opens_the_lab_looking_into_the_run(opened, runs: MadeRuns, monkeypatch) -> None:
    run = runs.add(1, settings={"rate": 0.01})
    async with opened("neuron.unit") as pilot:
        copied: list[str] = []
        monkeypatch.setattr(pilot.app, "copy_text", copied.append)
        await open_runs(pilot)
        await press(pilot, "c")
        assert copied == [f"{LAB}?rate=0.01&run={run.id}"]
        opened_at: list[str] = []
        monkeypatch.setattr(pilot.app, "open_address", opened_at.append)
        await press(pilot, "enter")
        assert opened_at == copied
        assert isinstance(pilot.app.screen, SectionScreen)


async def test_a_run_of_an_unknown_lab_stays_and_says_so(opened, runs: MadeRuns) -> None:
    runs.add(1, lab="neuron.other")
    async with opened("") as pilot:
        await open_runs(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, RunsScreen) and "neuron.other" in text_of(pilot, "#footer")


async def test_the_mouse_chooses_marks_and_opens(opened, runs: MadeRuns, monkeypatch) -> None:
    runs.add(1)
    second = runs.add(2, ago=timedelta(hours=1), settings={"rate": 0.01})
    async with opened("") as pilot:
        table = await open_runs(pilot)
        _, y = place_of(table, f"run:{second.id}")
        await pilot.click(table, offset=(10, y))
        await settle(pilot)
        assert chosen(pilot) == second.id
        await click(pilot, "RunTable", f"mark:{second.id}")
        assert app_of(pilot).runs.view.marks == (second.id,)
        opened_at: list[str] = []
        monkeypatch.setattr(pilot.app, "open_address", opened_at.append)
        await pilot.click(table, offset=(10, y), times=2)
        await settle(pilot)
        assert len(opened_at) == 1 and second.id in opened_at[0]


async def test_it_follows_a_run_and_leaves_alone_what_has_not_changed(opened, runs: MadeRuns) -> None:
    run = runs.add(1, "running", alive=True, progress=0.4, best=0.9)
    async with opened("") as pilot:
        table = await open_runs(pilot)
        curves = pilot.app.screen.query_one(RunCurves)
        assert curves.plot is not None and curves.plot.x_high == 24000
        before = table.canvas, curves.canvas, curves.plot
        run.write_status(run.written_status().__copy__())
        await look(pilot)
        assert (table.canvas, curves.canvas, curves.plot) == before
        runs.append(run, 325, 600, 0.9)
        status = run.written_status()
        run.write_status(type(status)(**{**_fields(status), "step": 600, "examples": 19200, "progress": 0.8}))
        await look(pilot)
        assert curves.plot is not before[2] and curves.plot.lines[0].x[-1] == 19200
        assert curves.plot.x_high == 24000, "the axis was long enough from the start"


def _fields(status) -> dict[str, object]:
    return {name: getattr(status, name) for name in status.__struct_fields__}


async def test_the_cursor_reads_all_curves_at_one_place(opened, runs: MadeRuns) -> None:
    runs.add(1, best=0.97)
    async with opened("") as pilot:
        await open_runs(pilot)
        curves = pilot.app.screen.query_one(RunCurves)
        at_end = text_of(pilot, "RunCurves")
        await press(pilot, "right")
        assert curves.plot is not None and curves.plot.cursor == 0
        assert "10.0 %" in text_of(pilot, "RunCurves") and "97.0 %" not in text_of(pilot, "RunCurves")
        place = curves.canvas.frames["plot"]
        await drag(pilot, curves, (place.x + 5, 3), (place.x + place.width // 2, 3))
        assert 0.4 < (curves.plot.cursor or 0) < 0.6
        await press(pilot, "backspace")
        assert text_of(pilot, "RunCurves") == at_end


async def test_axes_are_chosen_by_keys_and_by_clicks(opened, runs: MadeRuns) -> None:
    runs.add(1)
    async with opened("") as pilot:
        await open_runs(pilot)
        view = app_of(pilot).runs.view
        await press(pilot, "v")
        assert view.what == "loss" and "training" in text_of(pilot, "RunCurves")
        await press(pilot, "tab", "right")
        assert view.over == "step" and "750" in text_of(pilot, "RunCurves")
        await press(pilot, "down", "right", "right", "down", "right", "down", "right")
        assert (view.what, view.smooth, view.log) == ("gradient", "strong", "on")
        assert "0.001" in text_of(pilot, "RunCurves") and "F6" in text_of(pilot, "RunCurves")
        await click(pilot, "RunAxes", "log:on")
        await click(pilot, "RunAxes", "over:seconds")
        assert (view.log, view.over) == ("", "seconds") and "0:17" in text_of(pilot, "RunCurves")


async def test_it_says_why_a_run_failed_what_is_kept_and_what_to_do(opened, runs: MadeRuns) -> None:
    runs.add(1, "failed", settings={"rate": 0.5}, progress=0.35, reason=NAN)
    runs.add(2, "running", ago=timedelta(hours=1), progress=0.5)
    async with opened("") as pilot:
        await open_runs(pilot)
        what, kept, do = text_of(pilot, "RunNotice").splitlines()
        assert "NaN" in what and "262" in what and "250" in kept and "0.5" in do and "0.1" in do
        await press(pilot, "down")
        assert "cut off" in text_of(pilot, "RunNotice") and "space" in text_of(pilot, "RunNotice")


async def test_torn_curves_and_lost_folders_leave_the_rest_working(opened, runs: MadeRuns) -> None:
    run = runs.add(1)
    other = runs.add(2, ago=timedelta(hours=1))
    with run.metrics_path.open("a") as file:
        file.write('{"step": 1\nnothing\n')
    async with opened("") as pilot:
        await open_runs(pilot)
        assert "2 points" in text_of(pilot, "RunNotice")
        run.delete()
        await look(pilot)
        assert chosen(pilot) == other.id and "rate" not in text_of(pilot, "RunTable")


async def test_header_and_home_say_what_is_training(opened, runs: MadeRuns) -> None:
    runs.add(1, "running", alive=True, progress=0.62, best=0.9, seconds_left=20)
    async with opened("neuron.unit") as pilot:
        await look(pilot)
        assert "1 training 62 %" in text_of(pilot, "#header")
        await click(pilot, "#header", "runs")
        assert isinstance(pilot.app.screen, RunsScreen)
        await press(pilot, "escape", "escape")
        assert "62 %" in text_of(pilot, "#home") and "all training (1)" in text_of(pilot, "#home")
        runs.release()
        await look(pilot)
        assert "62 %" not in text_of(pilot, "#home")
        await click(pilot, "#home", "runs")
        assert isinstance(pilot.app.screen, RunsScreen)


async def test_the_merged_header_says_it_too(opened, runs: MadeRuns) -> None:
    runs.add(1, "running", alive=True, progress=0.62)
    async with opened("neuron.unit", size=(80, 24)) as pilot:
        await look(pilot)
        assert pilot.app.screen.query_one(Header).merged and "62 %" in text_of(pilot, "#header")


async def test_beside_a_training_the_name_of_the_lab_keeps_its_place(opened, runs: MadeRuns) -> None:
    runs.add(1, "running", alive=True, progress=0.62)
    async with opened("convolution.lenet5", size=(80, 24), language="ja") as pilot:
        await look(pilot)
        assert "5.2 LeNet-5" in text_of(pilot, "#header") and "62 %" in text_of(pilot, "#header")


async def test_the_footer_says_what_a_key_does_for_the_chosen_run_and_for_the_axes(opened, runs: MadeRuns) -> None:
    runs.add(1, "running", alive=True, progress=0.5)
    runs.add(2, ago=timedelta(hours=1))
    runs.add(3, "stopped", ago=timedelta(hours=2), progress=0.5)
    async with opened("") as pilot:
        await open_runs(pilot)
        for state, said in (("running", "space pause"), ("finished", ""), ("stopped", "space continue")):
            footer = text_of(pilot, "#footer")
            assert said in footer if said else "space" not in footer, state
            assert "enter open" in footer
            await press(pilot, "down")
        await press(pilot, "tab")
        assert "enter next" in text_of(pilot, "#footer") and "enter open" not in text_of(pilot, "#footer")
        before = app_of(pilot).runs.view.over
        await press(pilot, "enter")
        assert app_of(pilot).runs.view.over != before and isinstance(pilot.app.screen, RunsScreen)


async def test_a_thousand_runs_are_there_and_only_the_visible_ones_are_drawn(opened, runs: MadeRuns) -> None:
    first = runs.add(0, settings={"rate": 0.01})
    record, status = (first.folder / "run.json").read_text(), (first.folder / "status.json").read_bytes()
    for number in range(1, 1000):
        folder = runs.folder / f"lenet5-{number:06d}"
        folder.mkdir()
        (folder / "run.json").write_text(record.replace(first.id, folder.name))
        (folder / "status.json").write_bytes(status)
    async with opened("") as pilot:
        await look(pilot)
        begun = time.perf_counter()
        table = await open_runs(pilot)
        assert time.perf_counter() - begun < 5
        assert len(table.runs or ()) == 1000 and table.size.height == 12
        await press(pilot, "end", "pagedown", "up", "home", "pagedown")
        assert table.index == 10
        known = {each.id: each for each in table.runs or ()}
        (runs.folder / "lenet5-000500" / "status.json").write_bytes(status.replace(b"finished", b"stopped "))
        await look(pilot)
        assert sum(known[each.id] is not each for each in table.runs or ()) <= 1, "only what has changed is read again"


@pytest.mark.parametrize("size", [(80, 24), (60, 14), (40, 10), (200, 60)])
async def test_every_size_has_its_place(opened, runs: MadeRuns, size: tuple[int, int]) -> None:
    runs.several()
    async with opened("", size=size) as pilot:
        await open_runs(pilot)
        await press(pilot, "x", "down", "x", "end", "left")
        await pilot.resize_terminal(120, 40)
        await settle(pilot)
        assert text_of(pilot, "RunTable").count("\n") == 9
        assert Run(runs.folder / "lenet5-000002").folder.exists()

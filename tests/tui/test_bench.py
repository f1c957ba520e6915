"""The bench: its terminal reads what programs write, its figures are printed, and the goals in bytes are met."""

import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui import bench
from tui.bench import class_measures, measures, pauses, programs
from tui.bench.measures import Measure
from tui.bench.report import Result
from tui.bench.terminal import Program, Shown


def test_the_terminal_reads_places_wide_characters_and_sequences_in_pieces() -> None:
    shown = Shown(8, 2)
    for piece in ("\x1b[?104", "9h\x1b[1;38;2;1;", "2;3mab\x1b[", "2;3H日", "本\x1b]8;;x\x1b", "\\y\r+"):
        shown.feed(piece)
    assert shown.rows == ["ab      ", "+ 日本y "]
    assert not shown.full
    shown.feed("\x1b[H........\x1b[2H........")
    assert shown.full
    shown.feed("\x1b[?1049l")
    assert shown.text.strip() == ""


def test_a_program_is_given_its_size_keys_signals_and_tells_how_it_ended(tmp_path: Path) -> None:
    code = "import os; print(os.get_terminal_size()); print('got', input()); import signal; signal.pause()"
    with Program([sys.executable, "-c", code], programs.environ(tmp_path), (50, 20)) as started:
        started.wait_for("columns=50, lines=20")
        pressed = started.press("key\r")
        assert started.wait_for("got key") >= pressed
        assert started.received == len(started.written) > 0
        with pytest.raises(TimeoutError, match="got key"):
            started.wait_for("never", 0.05)
        started.signal(signal.SIGTERM)
        assert started.ended() == -signal.SIGTERM


def three() -> Iterator[Result]:
    yield Result("first_paint", 1.25, "×", 1.3, 2)
    yield Result("memory_screens", 130.4, "MB", 120)
    yield Result("torch_in_screens", None, "", 0)


def fails() -> Iterator[Result]:
    raise TimeoutError("not within 20 s; the screen shows\nnothing")
    yield


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = ("first_paint", "memory_screens", "torch_in_screens")
    monkeypatch.setattr(measures, "MEASURES", (Measure(figures, three), Measure(("slider_move",), fails)))


def test_json_is_an_object_a_line_with_goal_and_whether_it_is_met(
    made_up: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench.main(["memory_screens", "first_paint", "torch_in_screens"], as_json=True) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == {"name": "first_paint", "value": 1.25, "unit": "×", "goal": 1.3, "met": True}
    assert [(line["name"], line["met"]) for line in lines[1:]] == [
        ("memory_screens", False),
        ("torch_in_screens", None),
    ]


def test_names_limit_it_and_unknown_ones_are_one_line(made_up: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["memory_screens"], as_json=True) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
    assert bench.main(["memory"], as_json=True) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1 and "first_paint, memory_screens" in said.err


def test_the_table_shows_all_and_what_failed_is_one_line(made_up: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main([], as_json=False) == 1
    said = capsys.readouterr()
    assert "1.25 ×" in said.out and "≤ 1.30 ×" in said.out and "130 MB" in said.out
    assert said.out.splitlines()[-1] == "1 of 3 goals missed"
    assert said.err == "nnlab: slider_move could not be measured: not within 20 s; the screen shows\n"


def test_every_figure_has_a_name_in_both_languages() -> None:
    from tui.locale import LANGUAGES, words

    for language in LANGUAGES:
        for measure in measures.MEASURES:
            assert all(words(language).has(f"bench.{figure}") for figure in measure.figures)


def test_a_slider_over_ssh_keeps_to_its_bytes() -> None:
    results = {result.name: result for result in measures.slider_bytes(seconds=1.5, moves=6)}
    assert set(results) == {"slider_step_bytes", "slider_held_bytes", "slider_drag_bytes"}
    assert all(result.met and result.value for result in results.values()), results


def test_pauses_are_read_within_their_time(tmp_path: Path) -> None:
    (tmp_path / pauses.FILE).write_text("10.0 0.03\n10.5 0.2\n20.0 0.5\n")
    assert pauses.read(tmp_path, 9.0, 11.0) == 0.2
    assert pauses.read(tmp_path, 12.0, 19.0) == 0.0


def test_the_screens_process_has_no_torch_in_its_memory() -> None:
    results = {result.name: result for result in measures.screens_memory()}
    assert results["torch_in_screens"].value in (0, None)
    assert results["memory_screens"].met is not False


@pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="reads the processor's time from Linux's /proc")
def test_idle_copies_are_compared_with_empty_apps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(class_measures, "SETTLED", 1.0)
    ratio, memory = class_measures.idle_copies(copies=1, seconds=1.0)
    assert (ratio.name, memory.name) == ("idle_copies", "idle_memory")
    assert ratio.value is not None and 0 < ratio.value < 100
    assert memory.value is not None and memory.met


def test_the_processors_time_of_a_process_grows_as_it_works() -> None:
    before = class_measures.worked(os.getpid())
    sum(range(2_000_000))
    assert 0.001 < class_measures.worked(os.getpid()) - before < 10

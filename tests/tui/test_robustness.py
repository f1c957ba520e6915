"""What goes wrong, and what then happens: the engine dies, files are broken, signals come, the terminal is odd."""

import asyncio
import json
import os
import re
import signal
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tui.app import NnlabApp
from tui.bench.programs import NNLAB, at_home, environ, home, program
from tui.bench.terminal import Program
from tui.screens.section import SectionScreen
from tui.session import LabSession
from tui.store.places import places
from tui.widgets.footer import FooterLine

ANSWERS = "\x1b[?2026;2$y\x1b[?2048;2$y"
"""A terminal says that it holds updates, and reports its size and the mouse's pixels."""

OFF = {1000, 1002, 1003, 1004, 1006, 1015, 1016, 1049, 2004, 2026, 2048}
ON = {7, 25}


@pytest.fixture
def folder() -> Iterator[Path]:
    with home() as made:
        yield made


def modes(written: bytes) -> dict[int, bool]:
    """The private modes that a byte stream has set, as it leaves them."""
    return {
        int(number): state == "h"
        for numbers, state in re.findall(r"\x1b\[\?([\d;]+)([hl])", written.decode(errors="replace"))
        for number in numbers.split(";")
    }


def assert_left_as_found(nnlab: Program) -> None:
    left = modes(bytes(nnlab.written))
    assert left[1049] is False
    assert not {mode for mode in OFF if left.get(mode)}
    assert all(left.get(mode, True) for mode in ON)
    pushed, popped = (bytes(nnlab.written).count(code) for code in (b"\x1b[>25u", b"\x1b[<u"))
    assert popped >= pushed


# The engine


async def until(holds: object, seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < deadline, "it did not come"
        await asyncio.sleep(0.01)


async def open_lab(pilot: Pilot[int], address: str) -> LabSession:
    app = pilot.app
    assert isinstance(app, NnlabApp)
    assert app.open_address(address)
    await pilot.pause()
    screen = app.screen
    assert isinstance(screen, SectionScreen) and screen.session is not None
    await until(lambda: screen.session.observation is not None)
    return screen.session


async def test_when_the_engine_is_killed_another_one_goes_on_with_the_same_settings() -> None:
    app = NnlabApp()
    async with app.run_test(size=(120, 40)) as pilot:
        session = await open_lab(pilot, "neuron.unit?w1=0.5")
        killed, before = app.engine.pid, session.observation
        assert killed is not None
        os.kill(killed, signal.SIGKILL)
        await until(lambda: app.engine.alive and app.engine.pid != killed)
        await pilot.pause()
        assert "engine" in app.screen.query_one(FooterLine)._news
        assert session.settings.w1 == 0.5 and session.observation is before  # type: ignore[attr-defined]
        session.set("w1", -0.5)
        await until(lambda: session.observation is not before)
        assert session.problem is None
        assert session.observation.a == pytest.approx(-0.5 - 0.3 + 0.36)  # type: ignore[union-attr]


async def test_a_picture_that_was_awaited_when_the_engine_died_still_comes() -> None:
    app = NnlabApp()
    async with app.run_test(size=(120, 40)) as pilot:
        session = await open_lab(pilot, "neuron.unit")
        pid = app.engine.pid
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)  # it takes the request and never answers
        session.set("w1", 1.5)
        await until(lambda: session.busy)
        os.kill(pid, signal.SIGKILL)
        await until(lambda: session.shown_settings == session.settings and not session.busy)
        assert session.settings.w1 == 1.5  # type: ignore[attr-defined]


# Files


@pytest.mark.parametrize("broken", [b"{", b"\xff\xfe\x00", b"[1, 2]"], ids=["cut", "binary", "list"])
async def test_broken_files_are_kept_aside_and_the_screen_says_so(broken: bytes) -> None:
    found = places()
    files = [found.config / "preferences.json", found.state / "state.json"]
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(broken)
    app = NnlabApp()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert app.theme_choice == "night" and app.keeping.last_lab is None
        news = app.screen.query_one(FooterLine)._news
        assert "broken-1" in news
    for file in files:
        assert file.with_name(f"{file.stem}.broken-1.json").read_bytes() == broken


async def test_a_broken_journal_costs_only_itself() -> None:
    folder = places().progress
    folder.mkdir(parents=True)
    (folder / "somewhere-1-1.jsonl").write_bytes(b'{"kind": "opened"\xff\n' * 3)
    before = {path.read_bytes() for path in folder.iterdir()}
    app = NnlabApp()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert not app.keeping.progress.is_solved("neuron.unit", "sign")
        assert before <= {path.read_bytes() for path in folder.iterdir()}


# Signals


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_as_it_was_found(number: signal.Signals, folder: Path) -> None:
    with program(NNLAB, folder, "open", "neuron.unit") as nnlab:
        before = termios.tcgetattr(nnlab.handle)
        nnlab.wait_for("f (  0.86 − 0.40 )")
        nnlab.press(ANSWERS)
        nnlab.wait(lambda: modes(bytes(nnlab.written)).get(1016, False))
        nnlab.press("\x1b[C")
        nnlab.wait_for("?w1=0.9")
        assert termios.tcgetattr(nnlab.handle) != before
        nnlab.signal(number)
        assert nnlab.ended() == 128 + number
        assert termios.tcgetattr(nnlab.handle) == before
        assert_left_as_found(nnlab)
    assert "w1=0.9" in (folder / "state" / "state.json").read_text()


FAILING = """
import sys, tui.app
from tui.cli import main
def fail(self):
    raise ZeroDivisionError("seven")
tui.app.NnlabApp.action_theme = fail
sys.exit(main(sys.argv[1:]))
"""


def test_an_exception_leaves_one_line_and_the_terminal_as_it_was_found(folder: Path) -> None:
    with program(FAILING, folder) as nnlab:
        before = termios.tcgetattr(nnlab.handle)
        at_home(nnlab)
        nnlab.press("T")
        assert nnlab.ended() == 1
        assert termios.tcgetattr(nnlab.handle) == before
        assert_left_as_found(nnlab)
        log = folder / "state" / "log" / "nnlab.log"
        after = bytes(nnlab.written).decode().rpartition("\x1b[?1049l")[0].rpartition("\x1b[?1049l")[2]
        said = re.sub(r"\x1b(\[[0-9;?<>]*[a-zA-Z]|7)", "", after).strip()
        assert said.count("\n") == 0 and str(log) in said and "Traceback" not in said
        assert "ZeroDivisionError: seven" in log.read_text()


def test_suspended_the_terminal_is_the_shells_and_back_all_is_drawn_again(folder: Path) -> None:
    with program(NNLAB, folder) as nnlab:
        before = termios.tcgetattr(nnlab.handle)
        at_home(nnlab)
        nnlab.press(ANSWERS)
        nnlab.wait(lambda: modes(bytes(nnlab.written)).get(1016, False))
        nnlab.wait_for("0.1.0")
        nnlab.press("\x1a")
        nnlab.wait(lambda: os.waitpid(nnlab.pid, os.WUNTRACED | os.WNOHANG)[0] == nnlab.pid)
        nnlab.still(0.2)
        assert_left_as_found(nnlab)
        assert termios.tcgetattr(nnlab.handle) == before
        assert nnlab.shown.text.strip() == ""
        nnlab.signal(signal.SIGCONT)
        at_home(nnlab)
        nnlab.press("2")
        nnlab.wait_for("f (  0.86 − 0.40 )")
        nnlab.press("\x11")
        assert nnlab.ended() == 0
        assert_left_as_found(nnlab)


# Terminals


def test_a_terminal_made_small_says_so_and_large_again_shows_all(folder: Path) -> None:
    with program(NNLAB, folder, "open", "neuron.unit") as nnlab:
        nnlab.wait_for("f (  0.86 − 0.40 )")
        nnlab.still(0.5)
        shown = nnlab.shown.text
        for size in ((40, 10), (80, 24)):
            nnlab.resize(*size)
            nnlab.wait_for("40×10" if size == (40, 10) else "+0.80")
            assert nnlab.status is None
        nnlab.resize(120, 40)
        nnlab.wait(lambda: nnlab.shown.text == shown)


@pytest.mark.parametrize(
    ("changes", "colours"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": ""}, "256"),
        ({"TERM": "screen", "COLORTERM": ""}, "16"),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, "none"),
    ],
)
def test_every_usual_terminal_is_served_with_the_colours_it_has(
    changes: dict[str, str], colours: str, folder: Path
) -> None:
    with program(NNLAB, folder, changes=changes, size=(80, 24)) as nnlab:
        at_home(nnlab)
        nnlab.press("2")
        nnlab.wait_for("Exercise")
        written = bytes(nnlab.written).decode()
        assert ("38;2;" in written) is (colours == "none")  # NO_COLOR keeps greys
        assert ("38;5;" in written) is (colours == "256")
        for number, red, green, blue in re.findall(r"38;(2);(\d+);(\d+);(\d+)", written):
            assert red == green == blue, number


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"TERM": "dumb"}, "TERM"),
        ({"PYTHONIOENCODING": "ascii"}, "UTF-8"),
        ({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, "UTF-8"),
    ],
)
def test_a_terminal_that_can_not_show_the_screens_gets_one_clear_line(
    changes: dict[str, str], said: str, folder: Path
) -> None:
    with program(NNLAB, folder, changes=changes) as nnlab:
        assert nnlab.ended() == 1
        text = bytes(nnlab.written).decode()
        assert text.startswith("nnlab: ") and text.count("\n") == 1 and said in text and "\x1b" not in text


def test_the_environment_of_a_measured_program_is_its_own(folder: Path) -> None:
    found = environ(folder, {"NO_COLOR": "1"})
    assert found["NNLAB_HOME"] == str(folder) and found["NO_COLOR"] == "1"
    assert json.loads((folder / "config" / "preferences.json").read_text()) == {"language": "en"}

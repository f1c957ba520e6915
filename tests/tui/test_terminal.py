"""What the terminal can do is read as Textual reads it; the terminal is asked, and left, in good order."""

import io
import os
import pty
import termios
import threading

import pytest
from rich.color import ColorSystem
from rich.console import Console
from textual.app import App
from textual.events import CursorPosition

from tests.tui.screens import RecordingDriver, Terminal
from tui import terminal

DEPTHS = {
    ColorSystem.TRUECOLOR: "truecolor",
    ColorSystem.EIGHT_BIT: "256",
    ColorSystem.STANDARD: "16",
    None: "none",
}


@pytest.mark.parametrize(
    ("environ", "depth"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "truecolor"),
        ({"TERM": "xterm-256color"}, "256"),
        ({"TERM": "screen"}, "16"),
        ({"TERM": "linux"}, "16"),
        ({"TERM": "xterm"}, "16"),
        ({"TERM": "screen.xterm-256color"}, "256"),
        ({"TERM": "dumb"}, "none"),
    ],
)
def test_the_depth_is_the_one_that_textual_sends(environ: dict[str, str], depth: str) -> None:
    assert terminal.colour_depth(environ, isatty=True) == depth
    console = Console(force_terminal=True, legacy_windows=False, _environ=environ)
    assert DEPTHS[console._color_system] == depth


def test_wishes_stand_above_what_the_terminal_says() -> None:
    rich = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    assert terminal.colour_depth(rich | {"NO_COLOR": "1", "TEXTUAL_COLOR_SYSTEM": "256"}, True) == "none"
    assert terminal.colour_depth(rich | {"TEXTUAL_COLOR_SYSTEM": "256"}, True) == "256"
    assert terminal.colour_depth({"TERM": "screen", "TEXTUAL_COLOR_SYSTEM": "truecolor"}, True) == "truecolor"
    assert terminal.colour_depth(rich | {"TEXTUAL_COLOR_SYSTEM": "standard"}, True) == "16"
    assert terminal.colour_depth(rich, isatty=False) == "none"


def test_the_screens_open_only_in_a_terminal_that_moves_its_cursor_and_reads_utf8() -> None:
    good = {"TERM": "xterm-256color"}
    assert terminal.refusal(good, "utf-8", True) is None
    assert terminal.refusal(good, "UTF8", True) is None
    assert terminal.refusal(good, "utf-8", False) == "terminal.not_a_tty"
    assert terminal.refusal({"TERM": "dumb"}, "utf-8", True) == "terminal.dumb"
    assert terminal.refusal(good, "iso-8859-1", True) == "terminal.not_utf8"
    assert terminal.refusal(good, None, True) == "terminal.not_utf8"


def ask(answer: bytes | None) -> tuple[int | None, bool]:
    """The width that a terminal with this answer reports, and whether its settings are as before."""
    master, slave = pty.openpty()

    def reply() -> None:
        heard = b""
        while b"\x1b[6n" not in heard:
            heard += os.read(master, 1024)
        if answer is not None:
            os.write(master, answer)

    before = termios.tcgetattr(slave)
    thread = threading.Thread(target=reply)
    thread.start()
    with os.fdopen(slave, "r", closefd=False) as source, os.fdopen(slave, "w", closefd=False) as target:
        width = terminal.probe_width(source, target)
    thread.join()
    unchanged = termios.tcgetattr(slave) == before
    os.close(master)
    os.close(slave)
    return width, unchanged


@pytest.mark.parametrize(
    ("answer", "width"), [(b"\x1b[5;2R", 1), (b"x\x1b[5;3R", 2), (b"\x1b[5;9R", None), (None, None)]
)
def test_the_width_of_ambiguous_characters_is_asked_for(answer: bytes | None, width: int | None) -> None:
    assert ask(answer) == (width, True)


def test_what_is_no_terminal_is_not_asked() -> None:
    assert terminal.probe_width(io.StringIO(), io.StringIO()) is None


async def test_inside_the_app_the_answer_is_an_event() -> None:
    widths: list[int | None] = []

    class Asking(App[None]):
        def on_cursor_position(self, event: CursorPosition) -> None:
            widths.append(terminal.ambiguous_width(event.x))

    app = Asking(driver_class=RecordingDriver)
    async with app.run_test(headless=False) as pilot:
        app._driver.write(terminal.probe_sequence())
        app._driver.send_message(CursorPosition(2, 0))
        await pilot.pause()
    assert widths == [2]


def test_the_probe_leaves_the_cursor_where_it_was() -> None:
    screen = Terminal(10, 3).feed("ab\r\nc" + terminal.probe_sequence()).screen
    assert (screen.cursor.x, screen.cursor.y) == (1, 1)


class Tty(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_terminal_is_left_as_it_was() -> None:
    target = Tty()
    terminal.restore(target)
    for code in ("?1003l", "?1006l", "?1016l", "?2004l", "?1049l", "?25h", "<u"):
        assert f"\x1b[{code}" in target.getvalue()
    assert target.getvalue().index("\x1b[<u") < target.getvalue().index("\x1b[?1049l")


def test_nothing_is_written_where_there_is_no_terminal() -> None:
    target = io.StringIO()
    terminal.restore(target)
    assert target.getvalue() == ""
    target.close()
    terminal.restore(target)


def test_under_tmux_the_clipboard_is_reached_through_it() -> None:
    assert terminal.clipboard_command({"TMUX": "/tmp/x,1,0"}) == ["tmux", "load-buffer", "-w", "-"]
    assert terminal.clipboard_command({}) is None

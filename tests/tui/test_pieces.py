"""Lines that nothing covers are drawn in one piece, so that wide characters stay whole."""

from collections.abc import Iterator

import pytest
from textual import _compositor as compositor
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.widgets import Label, Static

from tests.tui.screens import RecordingDriver, Terminal
from tui import pieces, wire

TEXT = "単語のかけらである。バイト対符号化"


@pytest.fixture
def drawn_in_pieces() -> Iterator[None]:
    assert wire.install() and pieces.install() and pieces.install()
    yield
    pieces.uninstall()
    wire.uninstall()


class Covered(App[None]):
    """A text over a row of widgets, whose edges lie within its characters, and a note over the text."""

    CSS = """
    Screen { layers: below above top; }
    #row Label { width: 7; }
    #text { layer: above; width: 38; height: 3; background: black; }
    #note { layer: top; width: 3; height: 1; offset: 9 1; display: none; }
    """

    def compose(self) -> ComposeResult:
        with Horizontal(id="row"):
            for number in range(6):
                yield Label(f"{number} below\n" * 5)
        yield Static(f"{TEXT}\n{TEXT}\n{TEXT}", id="text")
        yield Static("top", id="note")


def rows(app: App[None]) -> list[str]:
    """What the terminal shows that has read all that the app wrote."""
    size = app.size
    terminal = Terminal(size.width, size.height).feed("".join(app._driver.written_data))  # type: ignore[union-attr]
    return ["".join(str(cell[0]) for cell in row) for row in terminal.cells()]


async def test_a_text_over_the_edges_of_others_keeps_its_wide_characters(drawn_in_pieces: None) -> None:
    app = Covered(driver_class=RecordingDriver)
    async with app.run_test(headless=False, size=(44, 6)) as pilot:
        await pilot.pause()
        assert all(TEXT in row for row in rows(app)[:3])
        app.query_one("#text", Static).update(f"{TEXT[1:]}\n{TEXT[1:]}\n{TEXT}")
        await pilot.pause()
        assert [TEXT[1:] in row for row in rows(app)[:2]] == [True, True] and "単" not in rows(app)[0]
        app.query_one("#note").display = True
        await pilot.pause()
        covered = rows(app)[1]
        assert "top" in covered and "符号化" in covered and "below" not in covered[:36]
        app.query_one("#note").display = False
        await pilot.pause()
        assert TEXT[1:] in rows(app)[1]


async def test_without_it_they_would_be_lost() -> None:
    app = Covered(driver_class=RecordingDriver)
    async with app.run_test(headless=False, size=(44, 6)) as pilot:
        await pilot.pause()
        assert TEXT not in rows(app)[0]


def test_another_textual_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def other(self: object, crop: object) -> None: ...

    monkeypatch.setattr(compositor.Compositor, "_render_chops", other)
    assert not pieces.install() and compositor.Compositor._render_chops is other

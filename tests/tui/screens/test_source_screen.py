import sys

import pytest

from lessons import catalogue
from tui.screens.source import CodeView, SourceScreen
from tui.source_text import code


@pytest.mark.parametrize("lab", catalogue.lab_names())
def test_every_lab_shows_a_function_that_exists(lab: str) -> None:
    for source in catalogue.load(lab).source:
        shown = code(source)
        assert 0 <= shown.first <= shown.last < len(shown.lines), source
        first = "".join(text for text, _, _ in shown.lines[shown.first])
        assert first.startswith(("def ", "class ", "@", "async def "))


def test_the_text_is_whole_and_nothing_is_imported() -> None:
    before = set(sys.modules)
    shown = code("engine.network.separability:separable")
    assert "engine.network.separability" in before or "engine.network.separability" not in sys.modules
    import engine

    text = (
        open(engine.__path__[0] + "/network/separability.py", encoding="utf-8").read()  # noqa: SIM115
    )
    assert "\n".join("".join(piece for piece, _, _ in line) for line in shown.lines) == text.rstrip("\n")
    assert shown.name == "engine/network/separability.py"


async def test_the_function_stands_at_the_top_with_a_bar(opened) -> None:
    async with opened() as pilot:
        section = pilot.app.screen
        await pilot.press("s")
        await pilot.pause()
        screen = pilot.app.screen
        view = screen.query_one(CodeView)
        assert isinstance(screen, SourceScreen) and view.code is not None
        assert view.scroll_offset.y == view.code.first - 1
        assert "▐" in view.render_line(1).text and "def output" in view.render_line(1).text
        assert "▐" not in view.render_line(0).text
        await pilot.press("j", "2")
        await pilot.pause()
        assert screen.name_shown == "engine/network/activations.py"
        await pilot.press("escape")
        assert pilot.app.screen is section

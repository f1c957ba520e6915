from textual.widgets import Input

from tui.screens.open_address import Answer, OpenScreen, RunLine
from tui.screens.section import SectionScreen


async def test_it_opens_what_is_typed_on_the_screen_beneath(opened) -> None:
    async with opened() as pilot:
        await pilot.press("o")
        await pilot.pause()
        entry = pilot.app.screen.query_one(Input)
        assert entry.value == "neuron.unit"
        entry.value = "unit?w1=-0.5"
        await pilot.pause()
        assert pilot.app.screen.query_one(RunLine).line == "nnlab run neuron.unit w1=-0.5"
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, SectionScreen) and len(pilot.app.screen_stack) == 2
        assert pilot.app.session("neuron.unit").settings.w1 == -0.5


async def test_what_cannot_be_stays_with_its_reason(opened) -> None:
    async with opened() as pilot:
        await pilot.press("o")
        await pilot.pause()
        pilot.app.screen.query_one(Input).value = "neuron.unit?w1=9"
        await pilot.press("enter")
        await pilot.pause()
        answer = pilot.app.screen.query_one(Answer)
        assert isinstance(pilot.app.screen, OpenScreen) and "w1" in answer.text
        await pilot.press("backspace")
        await pilot.pause()
        assert answer.text == ""
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, SectionScreen)


async def test_the_line_for_a_shell_is_copied(opened, monkeypatch) -> None:
    async with opened() as pilot:
        copied: list[str] = []
        monkeypatch.setattr(pilot.app, "copy_text", copied.append)
        await pilot.press("o", "tab", "c")
        await pilot.pause()
        assert copied == ["nnlab run neuron.unit"]
        assert pilot.app.screen.query_one(Answer).tone == "success"

from textual.widgets import Input

from tui.screens.help import HelpScreen, Keys, Legend


async def test_it_shows_keys_of_screen_and_of_every_widget(opened) -> None:
    async with opened() as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        lines = "\n".join(pilot.app.screen.query_one(Keys).canvas.lines())
        for text in ("Run", "Change", "Program", "a tenth of a step", "copy the address", "⇧tab", "choose a"):
            assert text in lines
        assert "one step, choose an" in lines  # sliders and the exercise share the arrows
        legend = "\n".join(pilot.app.screen.query_one(Legend).canvas.lines())
        assert "orange negative, dashed" in legend


async def test_typing_filters_and_esc_closes(opened) -> None:
    async with opened() as pilot:
        await pilot.press("question_mark")
        await pilot.press(*"tenth")
        await pilot.pause()
        lines = [line for line in pilot.app.screen.query_one(Keys).canvas.lines() if line]
        assert [line.split()[0] for line in lines] == ["Change", "⇧←→"]
        pilot.app.screen.query_one(Input).value = "ｔｅｎｔｈ"  # an input method left on
        await pilot.pause()
        assert [line for line in pilot.app.screen.query_one(Keys).canvas.lines() if line] == lines
        await pilot.press(*"zzz")
        await pilot.pause()
        assert pilot.app.screen.query_one(Keys).canvas.lines()[0] == "nothing found"
        await pilot.press("escape")
        assert not isinstance(pilot.app.screen, HelpScreen)


async def test_a_small_terminal_has_two_columns_and_scrolls(opened) -> None:
    async with opened(size=(80, 24), language="ja") as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        keys = pilot.app.screen.query_one("#keys")
        assert pilot.app.screen.query_one("#region").region.bottom <= 24
        assert len(pilot.app.screen.query_one(Keys)._layout(70)) == 2
        await pilot.press("pagedown")
        await pilot.pause()
        assert keys.scroll_offset.y > 0

from learner import app_of, press
from textual import events
from textual.command import CommandInput, CommandList
from textual.pilot import Pilot

from tui.palette_provider import NnlabCommands, NnlabPalette
from tui.screens.home import HomeScreen
from tui.screens.section import SectionScreen


async def found(pilot: Pilot[int], text: str) -> NnlabPalette:
    """Open the palette and type."""
    await pilot.press("colon", *text)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    palette = pilot.app.screen
    assert isinstance(palette, NnlabPalette)
    return palette


async def test_entries_are_what_can_be_done_here(opened) -> None:
    async with opened() as pilot:
        texts = [text for text, _, _ in NnlabCommands(pilot.app.screen).entries()]
        assert {"next lab", "open 2.3 Neuron", "show in 日本語", "theme paper", "copy the address"} <= set(texts)
        assert "run or pause" not in texts  # this lab doesn't run
        assert len(texts) == len(set(texts))


async def test_both_its_keys_open_it(opened) -> None:
    async with opened() as pilot:
        for key in ("colon", "ctrl+p"):  # Textual gives the second one to its own palette, where "Quit" closes the app
            await press(pilot, key)
            assert isinstance(pilot.app.screen, NnlabPalette), key
            await press(pilot, "escape")


async def test_a_found_entry_is_done(opened) -> None:
    async with opened() as pilot:
        palette = await found(pilot, "theme paper")
        assert palette.query_one(CommandList).highlighted == 0
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        assert pilot.app.theme == "nnlab-paper" and isinstance(pilot.app.screen, SectionScreen)


async def test_an_entry_taken_twice_is_done_once(opened) -> None:
    async with opened() as pilot:
        for kind in ("click", "enter"):
            palette = await found(pilot, "next theme")
            before = app_of(pilot).theme_choice
            for _ in range(2):
                if kind == "click":
                    palette.query_one(CommandList).action_select()
                else:
                    palette.post_message(CommandInput.Submitted(palette.query_one(CommandInput), "next theme"))
            await pilot.pause()
            await pilot.pause()
            order = ("night", "paper", "clear", "night")
            assert app_of(pilot).theme_choice == order[order.index(before) + 1], kind
            assert isinstance(pilot.app.screen, SectionScreen)


async def test_a_double_click_beside_the_palette_closes_only_it(opened) -> None:
    async with opened(address="") as pilot:
        await found(pilot, "")
        for event in (events.MouseDown, events.MouseUp) * 2:
            at_once = event(None, 1, 39, 0, 0, 1, False, False, False, screen_x=1, screen_y=39)
            pilot.app._driver.process_message(at_once)
        await pilot.pause()
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_what_the_list_has_lost_can_be_clicked(opened) -> None:
    async with opened() as pilot:
        commands = (await found(pilot, "theme paper")).query_one(CommandList)
        style = commands.get_visual_style().rich_style
        click = events.Click(commands, 0, 0, 0, 0, 1, False, False, False, style=style.from_meta({"option": 7}))
        commands.post_message(click.stop())
        await pilot.pause()
        assert pilot.app._exception is None and isinstance(pilot.app.screen, NnlabPalette)


async def test_page_keys_leave_a_list_without_rows_alone(opened) -> None:
    async with opened() as pilot:
        palette = await found(pilot, "")
        commands = palette.query_one(CommandList)
        palette._list_visible = False
        await pilot.pause()
        entries = list(commands.options)
        commands.clear_options().add_options(entries)  # as they come before the list is laid out
        commands.highlighted = 0
        await press(pilot, "pageup", "pagedown")
        assert pilot.app.screen is palette and commands.highlighted == 0

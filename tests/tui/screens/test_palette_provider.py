from textual.command import CommandList

from tui.palette_provider import NnlabCommands, NnlabPalette
from tui.screens.section import SectionScreen


async def test_entries_are_what_can_be_done_here(opened) -> None:
    async with opened() as pilot:
        texts = [text for text, _, _ in NnlabCommands(pilot.app.screen).entries()]
        assert {"next lab", "open 2.3 Neuron", "show in 日本語", "theme paper", "copy the address"} <= set(texts)
        assert "run or pause" not in texts  # this lab doesn't run
        assert len(texts) == len(set(texts))


async def test_a_found_entry_is_done(opened) -> None:
    async with opened() as pilot:
        pilot.app.push_screen(NnlabPalette())
        await pilot.pause()
        await pilot.press(*"theme paper")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert pilot.app.screen.query_one(CommandList).highlighted == 0
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        assert pilot.app.theme == "nnlab-paper" and isinstance(pilot.app.screen, SectionScreen)

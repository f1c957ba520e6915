from pathlib import Path

import pytest
from msgspec.structs import fields
from textual.widgets import Input

from tui.screens.choose_folder import ChooseFolder
from tui.screens.open_address import Answer
from tui.screens.preferences import CHOICES, Choice, Folders, PreferencesScreen, kept, shown
from tui.store.preferences import Preferences


def test_every_preference_has_a_row_and_every_choice_can_be_kept() -> None:
    assert set(CHOICES) == {field.name for field in fields(Preferences)}
    for name, choices in CHOICES.items():
        for choice in choices:
            assert shown(Preferences(**{name: kept(name, choice)}), name) == choice


async def test_a_choice_applies_at_once_and_is_kept(opened) -> None:
    async with opened() as pilot:
        app = pilot.app
        app.action_preferences()
        await pilot.pause()
        await pilot.press("down", "right", "right")  # theme: auto, night, paper
        await pilot.pause()
        assert app.theme == "nnlab-paper" and app.keeping.preferences.theme == "paper"
        await pilot.press("up", "right")
        await pilot.pause()
        assert app.language == "ja"
        assert app.screen.query_one("#setting-theme", Choice).name_of("paper") == "白紙"
        await pilot.press("escape")
        assert not isinstance(app.screen, PreferencesScreen)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_all_of_it_fits(opened, size: tuple[int, int], language: str) -> None:
    async with opened(size=size, language=language) as pilot:
        pilot.app.action_preferences()
        await pilot.pause()
        folders = pilot.app.screen.query_one(Folders)
        assert folders.region.bottom <= size[1]
        path = str(pilot.app.places.state)
        assert folders.canvas.lines()[1].endswith(path[-30:])
        assert all(choice.size.height == 1 for choice in pilot.app.screen.query(Choice))


async def test_an_unlisted_device_stays_a_choice(opened) -> None:
    async with opened() as pilot:
        pilot.app.prefer(device="cuda:1")
        pilot.app.action_preferences()
        await pilot.pause()
        device = pilot.app.screen.query_one("#setting-device", Choice)
        assert device.value == "cuda:1"
        device.action_limit(-1)
        await pilot.pause()
        assert pilot.app.keeping.preferences.device is None


async def test_a_folder_of_a_group_is_typed_and_only_one_that_is_there_is_taken(opened, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    async with opened() as pilot:
        app = pilot.app
        app.action_preferences()
        await pilot.pause()
        queue = app.screen.query_one("#setting-queue", Choice)
        queue.focus()
        await pilot.press("end")
        await pilot.pause()
        assert isinstance(app.screen, ChooseFolder) and queue.value == "own"
        entry = app.screen.query_one(Input)
        entry.value = str(tmp_path / "nowhere")
        await pilot.press("enter")
        await pilot.pause()
        answer = app.screen.query_one(Answer)
        assert answer.text == app.words.text("queue.missing", path=tmp_path / "nowhere")
        assert app.keeping.preferences.queue is None
        entry.value = str(shared)
        await pilot.press("enter")
        await pilot.pause()
        assert app.keeping.preferences.queue == str(shared) and queue.value == str(shared)
        assert app.run_environ()["NNLAB_QUEUE"] == str(shared)
        await pilot.press("home")
        await pilot.pause()
        assert app.keeping.preferences.queue is None and "NNLAB_QUEUE" not in app.run_environ()

from tui.screens.first_start import FirstStart
from tui.screens.home import HomeScreen
from tui.screens.section import SectionScreen


async def test_language_then_lab_then_an_arrow_moves_something(opened) -> None:
    async with opened(address="", ask=True, language="ja") as pilot:
        app = pilot.app
        assert isinstance(app.screen, FirstStart) and app.screen.page.language == "ja"
        await pilot.press("down", "enter")
        await pilot.pause()
        assert app.keeping.preferences.language == "en"
        assert any("scrolls the lesson" in line for line in app.screen.page.canvas.lines())
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, SectionScreen)
        session = app.session("neuron.unit")
        await session.settled()
        await pilot.pause()
        await pilot.press("right")
        await pilot.pause()
        assert session.settings.w1 == 0.9


async def test_a_letter_takes_a_language_and_esc_leaves(opened) -> None:
    async with opened(address="", ask=True, language="en") as pilot:
        await pilot.press("j")
        await pilot.pause()
        assert pilot.app.language == "ja"
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_skipping_keeps_what_the_environment_says(opened) -> None:
    async with opened(address="", ask=True, language="ja") as pilot:
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.keeping.preferences.language == "ja"


async def test_where_the_lesson_is_a_tab_its_key_is_named(opened) -> None:
    async with opened(address="", ask=True, size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert any("opens and closes the lesson" in line for line in pilot.app.screen.page.canvas.lines())

from tui.screens.lab_settings import Below, LabSettingsScreen, Presets
from tui.screens.section import SectionScreen
from tui.widgets.slider import Slider


async def test_presets_and_settings_reach_the_lab(opened) -> None:
    async with opened() as pilot:
        session = pilot.app.session("neuron.unit")
        await pilot.press("p")
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, LabSettingsScreen)
        assert str(screen.query_one(Presets).get_option_at_index(0).prompt) == "the weights of AND"
        await pilot.press("enter")
        await pilot.pause()
        assert session.address == "neuron.unit?f=step&x2=1&x3=0&w1=1&w2=1&w3=0&h=1.5"
        slider = screen.query_one("#setting-h", Slider)
        assert slider.value == 1.5
        slider.focus()
        await pilot.press("right")
        await pilot.pause()
        assert session.settings.h == 1.6
        assert "h=1.6" in "".join(screen.query_one(Below).canvas.lines())
        await pilot.press("r")
        await pilot.pause()
        assert session.address == "neuron.unit" and slider.value == 0.4
        await pilot.press("u")
        await pilot.pause()
        assert session.settings.h == 1.6
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, SectionScreen)


async def test_a_typed_value_keeps_the_letters_to_itself(opened) -> None:
    async with opened() as pilot:
        session = pilot.app.session("neuron.unit")
        await pilot.press("p")
        await pilot.pause()
        pilot.app.screen.query_one("#setting-h", Slider).focus()
        await pilot.press("enter", "p", "r")
        await pilot.pause()
        assert any("✗" in line for line in pilot.app.screen.query_one(Below).canvas.lines())
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, LabSettingsScreen) and session.address == "neuron.unit"


async def test_it_stands_at_the_left_and_fits(opened) -> None:
    async with opened(size=(80, 24), language="ja") as pilot:
        await pilot.press("p")
        await pilot.pause()
        region = pilot.app.screen.query_one("#region").region
        assert (region.x, region.height) == (0, 24) and region.width < 60

from tui.screens.jump import LETTERS, JumpScreen, Label, labels
from tui.widgets.chips import Chips


def test_no_label_begins_another() -> None:
    for count in (0, 5, 26, 27, 60, 400):
        made = labels(count)
        assert len(set(made)) == len(made) == count
        assert not any(one != other and other.startswith(one) for one in made for other in made)
    assert labels(9) == list("asdfghjkl")
    assert sum(len(text) == 1 for text in labels(30)) == len(LETTERS) - 1


async def test_a_letter_focuses_a_control(opened) -> None:
    async with opened() as pilot:
        section = pilot.app.screen
        slider = section.query_one("#setting-w3")
        await pilot.press("g")
        label = next(each for each in pilot.app.screen.query(Label) if each.region.offset == slider.region.offset)
        await pilot.press(*label.text)
        await pilot.pause()
        assert pilot.app.screen is section and slider.has_focus


async def test_letters_click_on_chips_and_tabs(opened) -> None:
    async with opened() as pilot:
        section = pilot.app.screen
        chips = section.query_one("#setting-f", Chips)
        spot = next(each for each in chips.canvas.spots if each.name == "tanh")
        await pilot.press("g")
        place = (chips.region.x + spot.x, chips.region.y + spot.y)
        label = next(each for each in pilot.app.screen.query(Label) if each.region.offset == place)
        await pilot.press(*label.text)
        await pilot.pause()
        assert chips.value == "tanh" and pilot.app.session("neuron.unit").settings.f == "tanh"


async def test_esc_and_other_keys_do_no_harm(opened) -> None:
    async with opened() as pilot:
        section = pilot.app.screen
        await pilot.press("g", "1", "space")
        assert isinstance(pilot.app.screen, JumpScreen)
        await pilot.press("escape")
        assert pilot.app.screen is section

"""Ways through a section: links, labs, sections, the lesson, languages, themes, sizes."""

from learner import app_of, click, lab, press, section, settle, shown, text_of

from tui.screens.home import HomeScreen
from tui.widgets.exercise import ExerciseStrip
from tui.widgets.lesson import LessonPage


def page(pilot) -> LessonPage:
    return section(pilot).query_one(LessonPage)


def link_to(pilot, address: str) -> tuple[int, int]:
    """Find a link of the lesson on the screen, in cells of the page."""
    place = next(each for each in page(pilot)._places if each.address == address)
    return place.x, place.line - page(pilot).scroll_offset.y


async def test_a_link_sets_the_lab_beside_it(opened) -> None:
    async with opened() as pilot:
        page(pilot).focus()
        await press(pilot, "down", "enter")
        assert lab(pilot).address == "neuron.unit?f=step" and "=  1.00" in text_of(pilot, "#formula")
        await press(pilot, "down", "enter")
        assert lab(pilot).address == "neuron.unit?f=step&h=0.9" and page(pilot).has_focus
        await pilot.click(page(pilot), offset=link_to(pilot, "neuron.unit?w2=0.5"))
        await settle(pilot)
        assert lab(pilot).address == "neuron.unit?w2=0.5"
        await press(pilot, "u")
        assert lab(pilot).address == "neuron.unit?f=step&h=0.9"


async def test_a_link_to_another_lab_opens_it(opened) -> None:
    async with opened() as pilot:
        page(pilot).focus()
        await press(pilot, "j", "up")
        target = page(pilot)._places[-1].address
        name = target.partition("?")[0]
        assert name != "neuron.unit"
        await press(pilot, "enter")
        assert lab(pilot).lab.name == name and lab(pilot).address == target
        assert section(pilot).query_one("#tabs").lab == name


async def test_where_they_are_tabs_a_link_brings_the_lab(opened) -> None:
    async with opened(size=(80, 24)) as pilot:
        assert not page(pilot).display
        await press(pilot, "l")
        assert page(pilot).display and page(pilot).has_focus and not section(pilot).query_one("#lab").display
        await press(pilot, "down", "enter")
        assert lab(pilot).address == "neuron.unit?f=step" and section(pilot).query_one("#lab").display
        await click(pilot, "#header", "tab_lesson")
        assert page(pilot).display
        await pilot.click(page(pilot), offset=link_to(pilot, "neuron.unit?f=step&h=0.9"))
        await settle(pilot)
        assert lab(pilot).settings.h == 0.9 and not page(pilot).display
        await click(pilot, "#header", "tab_lesson")
        await click(pilot, "#header", "tab_bench")
        assert not page(pilot).display


async def test_labs_by_digit_bracket_and_tab(opened) -> None:
    async with opened() as pilot:
        for key, name in (("1", "synapse"), ("4", "gates"), ("left_square_bracket", "unit"), ("7", "unit"),
                          ("right_square_bracket", "gates"), ("2", "threshold")):  # fmt: skip
            await press(pilot, key)
            assert lab(pilot).lab.name == f"neuron.{name}", key
            assert page(pilot).lab == name and "▐" in page(pilot).render_line(1).text
        await click(pilot, "#tabs", "neuron.synapse")
        assert lab(pilot).lab.name == "neuron.synapse" and section(pilot).focused.id == "setting-w"
        await press(pilot, "left_square_bracket")
        assert lab(pilot).lab.name == "introduction.nerve_cell"


async def test_a_section_can_be_left_while_its_lab_changes(opened) -> None:
    async with opened() as pilot:
        left = section(pilot)
        left.show_lab("neuron.gates")
        await pilot.app.pop_screen()
        await left._mounting  # what is raised in it would be lost
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_sections_by_brace_and_arrow(opened) -> None:
    async with opened(address="neuron.gates") as pilot:
        await press(pilot, "left_curly_bracket")
        assert section(pilot).section.name == "introduction" and "1/10" in text_of(pilot, "#header")
        await press(pilot, "left_curly_bracket")
        assert section(pilot).section.name == "introduction" and "no section" in text_of(pilot, "#footer")
        await click(pilot, "#header", "next_section")
        assert lab(pilot).lab.name == "neuron.gates"  # where the learner was
        await click(pilot, "#header", "previous_section")
        assert section(pilot).section.name == "introduction"
        await click(pilot, "#header", "home")
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_the_lesson_opens_and_closes_at_every_width(opened) -> None:
    async with opened() as pilot:
        assert page(pilot).display and page(pilot).size.width >= 45
        await press(pilot, "l")
        assert not page(pilot).display and section(pilot).query_one("#lab").size.width >= 118
        await press(pilot, "l")
        assert page(pilot).display
        await pilot.resize_terminal(100, 40)
        await settle(pilot)
        assert not page(pilot).display
        await press(pilot, "l")
        assert page(pilot).display and page(pilot).has_focus and page(pilot).region.x == 0
        assert section(pilot).query_one("#lab").size.width >= 98  # the drawer lies over it
        await press(pilot, "escape")
        assert not page(pilot).display and section(pilot).focused.id == "setting-w1"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_the_language_changes_in_place(opened) -> None:
    async with opened() as pilot:
        await press(pilot, "right", "e", "h", "j", "j", "j")
        before = page(pilot).scroll_offset.y
        assert before > 0 and "Hint 1" in shown(pilot)
        await press(pilot, "L")
        assert "演習" in shown(pilot) and "ニューロン" in text_of(pilot, "#tabs") and "Hint" not in shown(pilot)
        strip = section(pilot).query_one(ExerciseStrip)
        assert strip.opened and strip.attempt.state.hints == 1
        share = page(pilot).scroll_offset.y / page(pilot).virtual_size.height
        await press(pilot, "L")
        assert abs(page(pilot).scroll_offset.y - before) <= 2 and abs(share - before / page(pilot)._page.height) < 0.05
        await press(pilot, "e", "L")
        assert lab(pilot).address == "neuron.unit" and lab(pilot).past
        assert app_of(pilot).keeping.preferences.language == "ja"


async def test_themes_follow_each_other(opened) -> None:
    async with opened() as pilot:
        grounds = set()
        for name in ("paper", "clear", "night"):
            await press(pilot, "T")
            assert app_of(pilot).theme_choice == name
            segments = list(section(pilot).query_one("#formula").render_line(0))
            grounds.add((segments[0].style.color.name, segments[0].style.bgcolor.name))
        assert len(grounds) == 2  # clear has night's text and ground
        assert lab(pilot).address == "neuron.unit"


async def test_every_size_keeps_all_that_was_done(opened) -> None:
    async with opened() as pilot:
        await press(pilot, "home", "e", "h")
        strip = section(pilot).query_one(ExerciseStrip)
        for size in ((80, 24), (100, 30), (40, 10), (60, 20), (120, 40)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            assert lab(pilot).address == "neuron.unit" and strip.opened and strip.attempt.state.hints == 1
            assert all(len(line) <= size[0] for line in shown(pilot).splitlines())
        assert "50" not in text_of(pilot, "#footer") and "Hint 1" in shown(pilot) and page(pilot).display
        await press(pilot, "e", "u")
        assert lab(pilot).settings.w1 == -2.0

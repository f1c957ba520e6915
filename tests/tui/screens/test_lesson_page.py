"""The lesson as a page: set by the rules at every width, again on resize, with links that work on every line."""

from functools import cache

import pytest
from learner import lab, press, section, settle
from rich.cells import cell_len

import tui.widgets.lesson as lesson_widget
from lessons import catalogue
from lessons.text import Lesson, lesson, parse
from tui.drawing.canvas import Look
from tui.drawing.palette import palette
from tui.locale import LANGUAGES, words
from tui.widgets.lesson import LEFT, MEASURE, LessonPage, _Layout

NEVER_FIRST = "、。，．）」』ー？！っゃゅょァィゥェォッャュョ々"
NEVER_LAST = "（「『"
SECTIONS = [each.name for each in catalogue.sections()]
LONG = "とても長いリンクの文章であり、どの幅でも二行にまたがる"


@cache
def laid_out(name: str, language: str, measure: int) -> _Layout:
    return layout(lesson(name, language), language, measure)


def layout(text: Lesson, language: str, measure: int) -> _Layout:
    made = _Layout(Look(palette("night"), words(language).say, ground="background"), measure, -1)
    for part in text.parts:
        made.part(part.heading, part.lab or part.heading, part.blocks, False)
    return made


def set_lines(made: _Layout) -> list[tuple[str, bool]]:
    """Give the page's lines, and whether each is running text."""
    found = []
    for pieces in made.lines:
        words_only = [piece for piece in pieces if piece[1] != "▸"]
        ends = [x + cell_len(text) for x, text, *_ in words_only]
        plain = all(token in ("text", "accent") and not italic for *_, token, _, italic in words_only)
        joined = all(end == piece[0] for end, piece in zip(ends, words_only[1:], strict=False))  # no table
        found.append(("".join(text for _, text, *_ in words_only), plain and joined))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SECTIONS)
def test_no_line_begins_or_ends_with_what_must_not_at_any_width(name: str, language: str) -> None:
    for width in range(10, 121):
        measure = min(MEASURE, max(width - LEFT - 2, 10))
        for line, running in set_lines(laid_out(name, language, measure)):
            if running:
                assert line[:1] not in NEVER_FIRST or not line, (width, line)
                assert line[-1:] not in NEVER_LAST or not line, (width, line)
                assert cell_len(line) <= measure or " " not in line, (width, line)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SECTIONS)
def test_tables_figures_and_formulas_fit_the_measure(name: str, language: str) -> None:
    made = laid_out(name, language, MEASURE)
    canvas = made.finish(LEFT + MEASURE + 2)
    for pieces in made.lines:
        for x, text, *_ in pieces:
            assert x + cell_len(text) <= LEFT + MEASURE + 1, text
    assert all(line.strip() == "" or line.startswith((" ▐", "   ")) for line in canvas.lines())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SECTIONS)
@pytest.mark.parametrize("measure", [10, 27, 41])
def test_every_word_of_the_lesson_is_set_and_every_link_has_its_cells(name: str, language: str, measure: int) -> None:
    made = laid_out(name, language, measure)
    text = "".join(line for line, _ in set_lines(made)).replace(" ", "")
    spans = [
        span for part in lesson(name, language).parts for block in part.blocks for span in block.spans
        if block.kind in ("paragraph", "item")
    ]  # fmt: skip
    assert all(span.text.replace(" ", "") in text for span in spans)
    links = [span for span in spans if span.link]
    assert sorted({place.number for place in made.places}) == list(range(len(links)))
    for number, link in enumerate(links):
        places = [place for place in made.places if place.number == number]
        assert {place.address for place in places} == {link.link}
        assert sum(place.width for place in places) >= cell_len(link.text.replace(" ", "").replace("\xa0", ""))


def test_a_link_broken_over_lines_has_one_number() -> None:
    text = parse(f"# t\n\n## h {{#unit}}\n\n- [{LONG}](lab:neuron.unit?w1=0.5)と[短い](lab:neuron.unit)。")
    made = layout(text, "ja", 30)
    assert [place.number for place in made.places] == [0, 0, 0, 1]
    first, second, *_ = made.places
    assert second.line == first.line + 1 and first.x == second.x == LEFT + 2


async def test_both_lines_of_a_broken_link_can_be_clicked(opened, monkeypatch: pytest.MonkeyPatch) -> None:
    made = parse(f"# t\n\n## h {{#unit}}\n\n先に言葉がある。[{LONG}](lab:neuron.unit?w1=0.5)。")
    monkeypatch.setattr(lesson_widget, "lesson", lambda name, language: made)
    async with opened(language="ja") as pilot:
        page = section(pilot).query_one(LessonPage)
        places = list(page._places)
        assert len(places) == 2
        for place in places:
            await pilot.click(page, offset=(place.x + place.width - 1, place.line - page.scroll_offset.y))
            await settle(pilot)
            assert lab(pilot).address == "neuron.unit?w1=0.5"
            await press(pilot, "u")
            assert lab(pilot).address == "neuron.unit"
        await pilot.click(page, offset=(places[1].x + places[1].width + 2, places[1].line - page.scroll_offset.y))
        await settle(pilot)
        assert lab(pilot).address == "neuron.unit"
        page.focus()
        await press(pilot, "down", "enter")  # by keys it is one link
        assert page.chosen == 0 and lab(pilot).address == "neuron.unit?w1=0.5"
        await press(pilot, "down")
        assert page.chosen == 0


async def test_a_resize_sets_the_page_again_at_the_same_part(opened) -> None:
    async with opened(language="ja", size=(80, 24)) as pilot:
        await press(pilot, "l")
        page = section(pilot).query_one(LessonPage)
        await press(pilot, "j", "j")
        heading = page._tops["unit"]
        assert page.scroll_offset.y > heading - 3
        for width in (52, 66, 95, 80):
            await pilot.resize_terminal(width, 24)
            await settle(pilot)
            assert page._page_width == page.size.width
            shown = [page.render_line(y).text.strip() for y in range(page.size.height)]
            assert not any(line[:1] in NEVER_FIRST for line in shown if line)
            top = page.scroll_offset.y
            assert page._tops["unit"] - 2 <= top < page._tops["gates"], width
        assert abs(page.scroll_offset.y - page._tops["unit"]) < 12


async def test_a_chosen_link_is_brought_into_view(opened) -> None:
    async with opened() as pilot:
        page = section(pilot).query_one(LessonPage)
        page.focus()
        links = len({place.number for place in page._places})
        await pilot.press(*["down"] * links)
        await settle(pilot)
        last = page._places[-1]
        assert page.chosen == last.number
        assert page.scroll_offset.y <= last.line < page.scroll_offset.y + page.size.height
        await pilot.press(*["up"] * links)
        await settle(pilot)
        assert page.chosen == 0 and page.scroll_offset.y <= page._places[0].line

"""Screenshots set anew: every character in its own cell, and nothing around the screen."""

import re
from xml.etree import ElementTree

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Static

from tui.drawing.screenshot import HEIGHT, WIDTH, mended, size

LINES = ("ab 層 c", "▀▄", "x\u0304y", "<&>")


class Page(App[None]):
    """Four lines of text."""

    CSS = "Static { color: #112233; background: #445566; }"

    def compose(self) -> ComposeResult:
        for line in LINES:
            yield Static(line, markup=False)


@pytest.fixture
async def picture() -> str:
    app = Page()
    async with app.run_test(size=(20, 6)) as pilot:
        await pilot.pause()
        return mended(app.export_screenshot())


def elements(picture: str, tag: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(picture).iter(f"{{http://www.w3.org/2000/svg}}{tag}"))


def places(picture: str, text: str) -> list[int]:
    found = next(each for each in elements(picture, "text") if each.text == text)
    return [int(place) for place in found.get("x", "").split()]


async def test_characters_stand_in_their_cells(picture: str) -> None:
    assert places(picture, "ab層c") == [0, WIDTH, 3 * WIDTH, 6 * WIDTH]


async def test_a_mark_stands_on_its_letter(picture: str) -> None:
    found = places(picture, "x\u0304y")
    assert (found[0], found[2]) == (0, WIDTH)


async def test_blocks_are_rectangles(picture: str) -> None:
    drawn = [each.attrib for each in elements(picture, "rect") if each.get("fill") == "#112233"]
    assert [(int(each["x"]), int(each["y"]), int(each["height"])) for each in drawn] == [
        (0, HEIGHT, HEIGHT // 2),
        (WIDTH, HEIGHT + HEIGHT // 2, HEIGHT // 2),
    ]


async def test_only_the_screen_is_left(picture: str) -> None:
    assert size(picture) == (20 * WIDTH, 6 * HEIGHT)
    assert not elements(picture, "circle")
    assert not re.search("https?://(?!www.w3.org)", picture)
    grounds = [each for each in elements(picture, "rect") if int(each.get("height", 0)) == HEIGHT]
    for row in range(6):
        widths = [int(each.get("width", 0)) for each in grounds if int(each.get("y", 0)) == row * HEIGHT]
        assert sum(widths) == 20 * WIDTH
    assert all(int(each.get("y", 0)) < 6 * HEIGHT for each in elements(picture, "text"))


def test_another_svg_is_refused() -> None:
    with pytest.raises(ValueError, match="no exported screenshot"):
        mended('<svg xmlns="http://www.w3.org/2000/svg"/>')

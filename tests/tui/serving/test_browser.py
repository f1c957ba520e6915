"""nnlab in headless Chromium: its home screen is seen, in both languages, and nothing comes from outside."""

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

import chromium
import pytest
from served import served, shown, wait_until

from tui.drawing.palette import palette
from tui.locale import words

SIZE = (1280, 800)
SCREEN = (400, 100)
"""More columns and rows than the page has."""


@pytest.mark.skipif(not chromium.PROGRAM, reason="needs Chromium")
@pytest.mark.parametrize("language", ["ja", "en"])
async def test_a_browser_shows_home_and_answers_keys(tmp_path: Path, language: str) -> None:
    say = words(language).text
    with served(tmp_path / "home", language=language) as server:
        async with chromium.tab(*SIZE) as tab:
            await tab.open(server.address)
            for _ in range(400):
                if say("home.subtitle") in shown(await tab.screen(*SCREEN)).replace("\0", ""):
                    break
                await asyncio.sleep(0.1)
            text = shown(await tab.screen(*SCREEN))
            assert say("home.subtitle") in text and say("neuron.title") in text
            await asyncio.sleep(0.5)
            picture = await tab.picture()
            await tab.press("2")
            for _ in range(400):
                if say("neuron.synapse.goal") in shown(await tab.screen(*SCREEN)):
                    break
                await asyncio.sleep(0.1)
            assert say("neuron.synapse.goal") in shown(await tab.screen(*SCREEN))
            assert await tab.value("document.documentElement.lang") == language
            host = urlsplit(server.address).netloc
            assert {urlsplit(asked).netloc for asked in tab.asked} == {host}
            assert any(urlsplit(asked).path == "/ws" for asked in tab.asked)
            assert tab.refused == []
        await wait_until(lambda: not server.copies())
    _is_home(picture)


def _is_home(picture: "chromium.Image.Image") -> None:
    """The page is nearly all the theme's ground, with text in the theme's colours on it."""
    night = palette("night", "truecolor").tokens
    counted = {colour: count for count, colour in picture.getcolors(SIZE[0] * SIZE[1]) or ()}

    def pixels(token: str) -> int:
        return counted[tuple(bytes.fromhex(night[token].removeprefix("#")))]

    total = SIZE[0] * SIZE[1]
    assert pixels("background") > 0.7 * total
    assert pixels("foreground") > 200 and pixels("muted") > 200
    assert pixels("focus") > 0.005 * total  # the band over the chosen section

"""The program on a headless terminal, with its files in an empty folder."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from lessons.address import parse
from tui.app import NnlabApp

Opened = Callable[..., AbstractAsyncContextManager[Pilot[int]]]


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """Open the program at an address, and wait for the lab's first picture."""

    @asynccontextmanager
    async def open_app(
        address: str = "neuron.unit",
        size: tuple[int, int] = (120, 40),
        language: str = "en",
        ask: bool = False,
    ) -> AsyncIterator[Pilot[int]]:
        environ = {"NNLAB_HOME": str(tmp_path), "LANG": "ja_JP.UTF-8" if language == "ja" else "C.UTF-8"}
        environ |= {"COLORTERM": "truecolor", "TERM": "xterm-256color"}
        app = NnlabApp(parse(address) if address else None, ask, environ=environ)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            for session in app.sessions.values():
                await session.settled()
            await pilot.pause()
            yield pilot

    return open_app

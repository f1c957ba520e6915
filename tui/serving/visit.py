"""One page that is open in a browser: the nnlab behind it, and how that ends."""

import asyncio
import shlex
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from contextlib import suppress

from textual_serve.app_service import AppService

LEFT_OUT = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY", "TMUX", "TMUX_PANE", "LINES")
"""Variables that tell of the terminal in which the server was started."""

FIXED = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}

SMALLEST, LARGEST = 2, 500
"""Columns and rows that a page can have; its browser says how many it wants."""

PATIENCE = 10.0
"""Seconds that nnlab may take to keep all and end, before it is made to."""


def bounded(cells: int) -> int:
    """Keep a number of columns or rows to what a screen can have."""
    return min(max(int(cells), SMALLEST), LARGEST)


class Visit(AppService):
    """A process of nnlab that reads keys from a browser and writes its screen to it."""

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        built: Mapping[str, str] = super()._build_environment(bounded(width), bounded(height))
        return {name: value for name, value in built.items() if name not in LEFT_OUT} | FIXED

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        """Start nnlab, in a session of its own so that a Ctrl+C for the server does not reach it half-way."""
        self._process = await asyncio.create_subprocess_exec(
            *shlex.split(self.command),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=self._build_environment(width, height),
            start_new_session=True,
        )
        self._stdin = self._process.stdin
        return self._process

    async def set_terminal_size(self, width: int, height: int) -> None:
        """Tell nnlab how large the page is now."""
        await super().set_terminal_size(bounded(width), bounded(height))

    async def on_data(self, payload: bytes) -> None:
        """Hand on what nnlab draws; once the browser is gone it is read all the same, so that nnlab can end."""
        with suppress(ConnectionError, RuntimeError):
            await super().on_data(payload)

    async def on_meta(self, data: bytes) -> None:
        """Hand on what nnlab says beside its picture."""
        with suppress(ConnectionError, RuntimeError):
            await super().on_meta(data)

    async def stop(self) -> None:
        """Let nnlab keep where the learner is, and end; its runs go on."""
        reading, self._task = self._task, None
        if reading is None or self._process is None:
            return
        await self._download_manager.cancel_app_downloads(app_service_id=self.app_service_id)
        with suppress(OSError):
            await self.send_meta({"type": "quit"})
        for end in (lambda: None, self._process.terminate, self._process.kill):
            with suppress(ProcessLookupError):
                end()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._process.wait(), PATIENCE)
                break
        reading.cancel()
        await asyncio.wait([reading])

"""`nnlab serve` as it is used: the server in a process of its own, and what a browser has on its screen."""

import asyncio
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pyte

from tui.bench.programs import NNLAB, environ

PATIENCE = 20.0
WIDTH, HEIGHT = 120, 40


@dataclass
class Served:
    """A server that runs."""

    process: "subprocess.Popen[str]"
    home: Path
    said: str = ""
    """What it has said of where it is."""

    @property
    def address(self) -> str:
        """Where nnlab is, as the server has said it."""
        found = re.search(r"http://\S+", self.said)
        assert found, self.said
        return found[0]

    def copies(self) -> list[int]:
        """The processes of nnlab that it has started, and that are still there."""
        return [pid for pid in processes(self.home) if pid != self.process.pid]


def processes(home: Path) -> list[int]:
    """Those that live in a home and run the program, not an engine or a run."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                environment = (entry / "environ").read_bytes()
                line = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if f"NNLAB_HOME={home}\0".encode() in environment and (b"tui.cli\0" in line or b"from tui.cli" in line):
                found.append(int(entry.name))
    return found


@contextmanager
def served(home: Path, *arguments: str, language: str = "en", state: object = None) -> Iterator[Served]:
    """Serve nnlab at a free port, from a home where the language is chosen; it is ended if it is still there."""
    (home / "config").mkdir(parents=True, exist_ok=True)
    (home / "state").mkdir(exist_ok=True)
    (home / "config" / "preferences.json").write_text(json.dumps({"language": language}), encoding="utf-8")
    if state is not None:
        (home / "state" / "state.json").write_text(json.dumps(state), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-c", NNLAB, *arguments, "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environ(home) | {"NNLAB_ENGINE_TORCH": "0"},
        text=True,
    )
    started = Served(process, home)
    assert process.stdout is not None
    try:
        started.said = process.stdout.readline() + process.stdout.readline()
        yield started
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        process.stdout.close()


@dataclass
class Page:
    """A page that is open, as far as its websocket goes; what comes is shown on a terminal's screen."""

    socket: aiohttp.ClientWebSocketResponse
    screen: pyte.Screen = field(default_factory=lambda: pyte.Screen(WIDTH, HEIGHT))

    def __post_init__(self) -> None:
        self._stream = pyte.ByteStream(self.screen)

    @property
    def text(self) -> str:
        """What the screen shows."""
        return shown(self.screen)

    async def press(self, keys: str) -> None:
        """Type."""
        await self.socket.send_json(["stdin", keys])

    async def wait_for(self, text: str) -> None:
        """Read until the screen shows a text."""
        deadline = time.monotonic() + PATIENCE
        while text not in self.text:
            left = deadline - time.monotonic()
            assert left > 0, self.text
            try:
                message = await self.socket.receive(timeout=left)
            except TimeoutError:
                continue
            assert message.type == aiohttp.WSMsgType.BINARY, (message, self.text)
            self._stream.feed(message.data)

    def vanish(self) -> None:
        """Go away without a word, as a browser that is killed or a cable that is pulled."""
        transport = self.socket._response.connection.transport  # type: ignore[union-attr]
        transport.abort()  # type: ignore[union-attr]


def shown(screen: pyte.Screen) -> str:
    """The text of a screen; the second cell of a wide letter is left out."""
    return "\n".join(
        "".join(screen.buffer[y][x].data for x in range(screen.columns)).rstrip() for y in range(screen.lines)
    )


async def opened(session: aiohttp.ClientSession, server: Served) -> Page:
    """Open a page."""
    return Page(await session.ws_connect(f"{server.address}ws?width={WIDTH}&height={HEIGHT}", max_msg_size=0))


async def wait_until(happened: Callable[[], Any], seconds: float = PATIENCE) -> None:
    """Look now and then, until something has happened."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.05)


def left_in(home: Path) -> Any:
    """Where the learner was, as it is kept."""
    path = home / "state" / "state.json"
    return json.loads(path.read_text(encoding="utf-8"))["labs"] if path.exists() else {}


def is_there(pid: int) -> bool:
    """Tell whether a process is there."""
    return os.path.exists(f"/proc/{pid}")

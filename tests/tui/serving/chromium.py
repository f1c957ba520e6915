"""Headless Chromium, driven through its own protocol: opens a page, notes what it asks for, and takes its picture."""

import asyncio
import base64
import re
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any

import aiohttp
import pyte
from PIL import Image

PROGRAM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)

LISTEN = """
const Native = WebSocket;
window.received = [];
window.WebSocket = class extends Native {
  constructor(...all) {
    super(...all);
    this.addEventListener("message", (event) => {
      if (typeof event.data != "string") window.received.push(...new Uint8Array(event.data));
    });
  }
};
"""
"""Keeps what the page's terminal is sent, so that it can be read as text too."""


class Tab:
    """One tab of the browser."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._count = 0
        self.asked: list[str] = []
        """Addresses that the page has asked for."""

        self.refused: list[str] = []
        """What did not come, or went wrong in the page."""

    async def call(self, method: str, **values: Any) -> Any:
        """Do something, and note what is told meanwhile."""
        self._count += 1
        await self._socket.send_json({"id": self._count, "method": method, "params": values})
        while True:
            told = (await self._socket.receive(timeout=60)).json()
            if told.get("id") == self._count:
                assert "error" not in told, told
                return told["result"]
            if told.get("method") == "Network.requestWillBeSent":
                self.asked.append(told["params"]["request"]["url"])
            if told.get("method") == "Network.webSocketCreated":
                self.asked.append(told["params"]["url"])
            if told.get("method") in ("Network.loadingFailed", "Runtime.exceptionThrown"):
                self.refused.append(str(told["params"]))

    async def open(self, address: str) -> None:
        """Go to an address."""
        for domain in ("Network", "Page", "Runtime"):
            await self.call(f"{domain}.enable")
        await self.call("Page.addScriptToEvaluateOnNewDocument", source=LISTEN)
        await self.call("Page.navigate", url=address)

    async def value(self, expression: str) -> Any:
        """Ask the page."""
        found = await self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return found["result"].get("value")

    async def press(self, key: str) -> None:
        """Type a letter into the page."""
        for kind in ("keyDown", "keyUp"):
            await self.call("Input.dispatchKeyEvent", type=kind, key=key, text=key if kind == "keyDown" else "")

    async def screen(self, width: int, height: int) -> pyte.Screen:
        """What the page's terminal shows."""
        screen = pyte.Screen(width, height)
        pyte.ByteStream(screen).feed(bytes(await self.value("window.received || []") or []))
        return screen

    async def picture(self) -> Image.Image:
        """The page as it looks."""
        taken = await self.call("Page.captureScreenshot")
        return Image.open(BytesIO(base64.b64decode(taken["data"]))).convert("RGB")


@asynccontextmanager
async def tab(width: int = 1280, height: int = 800) -> AsyncIterator[Tab]:
    """Start the browser with an empty tab."""
    with tempfile.TemporaryDirectory(prefix="nnlab-chromium-", ignore_cleanup_errors=True) as profile:
        options = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-port=0")
        browser = await asyncio.create_subprocess_exec(
            PROGRAM,
            *options,
            f"--user-data-dir={profile}",
            f"--window-size={width},{height}",
            stderr=subprocess.PIPE,
        )
        try:
            assert browser.stderr is not None
            while not (found := re.search(rb"ws://([^/\s]+)/devtools", await browser.stderr.readline())):
                pass
            host = found[1].decode()
            async with aiohttp.ClientSession() as session:
                async with session.put(f"http://{host}/json/new?about:blank") as made:
                    address = (await made.json(content_type=None))["webSocketDebuggerUrl"]
                async with session.ws_connect(address, max_msg_size=0) as socket:
                    opened = Tab(socket)
                    await opened.call(
                        "Emulation.setDeviceMetricsOverride",
                        width=width,
                        height=height,
                        deviceScaleFactor=1,
                        mobile=False,
                    )
                    yield opened
        finally:
            browser.terminate()
            await browser.wait()

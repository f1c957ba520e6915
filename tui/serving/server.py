"""The server: one page, its websocket, and an nnlab for each. It asks nobody who they are."""

import logging
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web
from textual_serve.server import Server, to_int

from tui.drawing.palette import palette
from tui.locale import Words
from tui.serving.visit import Visit

HEARTBEAT = 15
"""Seconds between two questions whether a browser is still there."""

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Hosts that only this machine reaches."""

LETTERS = (8, 60)
"""Smallest and greatest size of letters, which the page's address may ask for."""

POLICY = "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
"""Nothing comes from outside, and nothing goes there."""

PAGE = Path(__file__).with_name("page.html")


class NnlabServer(Server):
    """Serves nnlab; `open` are the pages that are open."""

    def __init__(self, command: str, words: Words, theme: str, local: bool, guests: bool = False) -> None:
        """`local` is whether only this machine is to reach it, `guests` whether nothing is kept."""
        super().__init__(command)
        self.words, self.theme, self.local, self.guests = words, theme, local, guests
        self.open: set[web.WebSocketResponse] = set()

    async def on_startup(self, app: web.Application) -> None:
        """Print nothing: the command says where nnlab is."""

    async def on_shutdown(self, app: web.Application) -> None:
        """Close all pages, so that each nnlab keeps where its learner is."""
        for websocket in tuple(self.open):
            with suppress(ConnectionError, RuntimeError):
                await websocket.close()

    async def handle_index(self, request: web.Request) -> web.Response:
        """Give the page."""
        self._refuse_strangers(request)
        tokens, words = palette(self.theme, "truecolor").tokens, self.words
        low, high = LETTERS
        text = PAGE.read_text(encoding="utf-8")
        for name, value in {
            "language": words.language,
            "background": tokens["background"],
            "foreground": tokens["foreground"],
            "accent": tokens["accent"],
            "ended": words.text(f"serve.page.ended{'_guest' if self.guests else ''}"),
            "again": words.text("serve.page.again"),
            "size": str(min(max(to_int(request.query.get("fontsize", ""), 16), low), high)),
        }.items():
            text = text.replace(f"{{{name}}}", value)
        return web.Response(text=text, content_type="text/html", headers={"Content-Security-Policy": POLICY})

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Run an nnlab for a page until one of the two goes away."""
        self._refuse_strangers(request)
        websocket = web.WebSocketResponse(heartbeat=HEARTBEAT)
        await websocket.prepare(request)
        visit = Visit(
            self.command,
            write_bytes=websocket.send_bytes,
            write_str=websocket.send_str,
            close=websocket.close,
            download_manager=self.download_manager,
        )
        self.open.add(websocket)
        try:
            await visit.start(to_int(request.query.get("width", ""), 80), to_int(request.query.get("height", ""), 24))
            await self._process_messages(websocket, visit)
        except Exception as error:  # a message that is none, or no process to be had: this page ends, the others go on
            logging.getLogger("nnlab").error("a page ended", exc_info=error)
        finally:
            await visit.stop()
            self.open.discard(websocket)
            await websocket.close()
        return websocket

    def _refuse_strangers(self, request: web.Request) -> None:
        """Refuse pages of other sites, which a learner's browser may show too. Raises HTTPForbidden."""
        origin, host = request.headers.get("Origin"), request.host
        if origin is not None and urlsplit(origin).netloc != host:
            raise web.HTTPForbidden
        if self.local and urlsplit(f"//{host}").hostname not in LOOPBACK:
            raise web.HTTPForbidden  # another name that was made to mean this machine

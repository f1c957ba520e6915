"""`nnlab serve`: opens the server, says where it is and who can reach it, and closes it at Ctrl+C."""

import asyncio
import errno
import getpass
import ipaddress
import shlex
import signal
import socket
import sys
from collections.abc import Sequence

from tui.errors import Refused, clipped
from tui.locale import Words
from tui.store import logfile
from tui.store.places import Places

HOST, PORT = "127.0.0.1", 8000
HIGHEST = 65535

CLOSING = 30.0
"""Seconds that pages may take to close."""


def port_number(text: str) -> int:
    """Read a port. Raises Refused."""
    if not (text.isascii() and text.isdecimal() and int(text) <= HIGHEST):
        raise Refused("serve.port_wrong", port=clipped(text), highest=HIGHEST)
    return int(text)


def is_local(host: str) -> bool:
    """Tell whether only this machine reaches a host."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def serve(host: str, port: int, arguments: Sequence[str], theme: str, words: Words, places: Places) -> int:
    """Serve nnlab, opened with these arguments, until Ctrl+C; returns the exit status.

    Raises Refused where the host or the port can't be had.
    """
    try:
        import textual_serve  # noqa: F401
    except ImportError:
        print(f"nnlab: {words.text('serve.missing')}", file=sys.stderr)
        return 1
    logfile.start(places)
    return asyncio.run(_serve(host, port, arguments, theme, words))


async def _serve(host: str, port: int, arguments: Sequence[str], theme: str, words: Words) -> int:
    from aiohttp import web

    from tui.serving.server import NnlabServer

    command = shlex.join([sys.executable, "-P", "-m", "tui.cli", *arguments])
    guests = "--guest" in arguments
    server = NnlabServer(command, words, "night" if theme == "auto" else theme, is_local(host), guests)
    runner = web.AppRunner(await server._make_app(), access_log=None, shutdown_timeout=CLOSING)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except (OSError, UnicodeError) as error:  # a name that no host can have is the latter
            raise _refused(error, host, port) from error
        _tell(host, runner.addresses[0][1], words)
        await _interrupted()
        if server.open:
            print(words.text(f"serve.closing{'_guests' if guests else ''}", count=len(server.open)), flush=True)
    finally:
        await runner.cleanup()
    return 0


def _refused(error: OSError | UnicodeError, host: str, port: int) -> Refused:
    """Say why nothing can be served there."""
    if isinstance(error, (socket.gaierror, UnicodeError)) or error.errno == errno.EADDRNOTAVAIL:
        return Refused("serve.host_unknown", host=clipped(host))
    if error.errno == errno.EADDRINUSE:
        return Refused("serve.port_in_use", port=port, other=port + 1 if port < HIGHEST else port - 1)
    if error.errno == errno.EACCES:
        return Refused("serve.port_forbidden", port=port)
    return Refused("serve.failed", host=clipped(host), port=port, reason=error.strerror or type(error).__name__)


def _tell(host: str, port: int, words: Words) -> None:
    """Say where nnlab is, and that it asks nobody who they are."""
    shown = f"[{host}]" if ":" in host else host
    print(words.text("serve.at", address=f"http://{shown}:{port}/"))
    print(words.text("serve.local" if is_local(host) else "serve.open", user=_user()), flush=True)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "–"


async def _interrupted() -> None:
    """Wait until Ctrl+C, or a signal to end."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, ended.set)
    await ended.wait()

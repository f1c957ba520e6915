"""A page whose browser goes away, a server that is ended, pages of strangers: each nnlab keeps all and ends."""

import asyncio
import os
import signal
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer
from served import is_there, left_in, opened, served, wait_until

from engine.training import launch
from engine.training.folder import Run, listed
from tui.locale import words
from tui.serving.server import NnlabServer

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="finds processes in Linux's /proc")

SYNAPSE = {"labs": {"neuron.synapse": {"address": "neuron.synapse", "time": 1}}}
TRAINED = {"labs": {"convolution.lenet5": {"address": "convolution.lenet5?epochs=60", "time": 1}}}


async def test_a_browser_that_goes_away_takes_its_nnlab_along_and_loses_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with served(home, state=SYNAPSE) as server:
        async with aiohttp.ClientSession() as session:
            page, other = await opened(session, server), await opened(session, server)
            await page.wait_for("continue")
            await other.wait_for("continue")
            await wait_until(lambda: len(server.copies()) == 2)
            await page.press(" ")
            await page.wait_for("+0.50")
            await page.press("\x1b[C")
            await page.wait_for("+0.60")
            page.vanish()
            await wait_until(lambda: len(server.copies()) == 1)
            assert left_in(home)["neuron.synapse"]["address"] == "neuron.synapse?w=0.6"
            await other.press("2")  # the others go on
            await other.wait_for("+0.50")


async def test_its_runs_go_on_when_a_browser_goes_away(tmp_path: Path) -> None:
    home = tmp_path / "home"
    runs = home / "state" / "runs"
    with served(home, state=TRAINED) as server:
        async with aiohttp.ClientSession() as session:
            page = await opened(session, server)
            await page.wait_for("continue")
            await page.press(" ")
            await page.wait_for("epochs")
            await page.press(" ")
            await wait_until(lambda: listed(runs) and Run(runs / listed(runs)[0].id).alive())
            run = Run(runs / listed(runs)[0].id)
            page.vanish()
            await wait_until(lambda: not server.copies())
            assert run.alive()
            launch.stop(run)
            await wait_until(lambda: not run.alive())
            assert run.status().state == "stopped"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
async def test_when_the_server_ends_each_nnlab_keeps_all_and_ends(tmp_path: Path, number: signal.Signals) -> None:
    home = tmp_path / "home"
    with served(home, state=SYNAPSE) as server:
        async with aiohttp.ClientSession() as session:
            page = await opened(session, server)
            await page.wait_for("continue")
            await page.press(" ")
            await page.wait_for("+0.50")
            await page.press("\x1b[C")
            await page.wait_for("+0.60")
            os.kill(server.process.pid, number)
            await wait_until(lambda: not server.copies())
            assert server.process.stdout is not None
            rest = await asyncio.to_thread(server.process.stdout.read)
            await asyncio.to_thread(server.process.wait)
    assert left_in(home)["neuron.synapse"]["address"] == "neuron.synapse?w=0.6"
    if number == signal.SIGINT:
        assert server.process.returncode == 0
        assert rest == words("en").text("serve.closing", count=1) + "\n"


async def test_only_its_own_page_is_answered() -> None:
    server = NnlabServer("false", words("ja"), "paper", local=True)
    async with TestClient(TestServer(await server._make_app())) as client:
        page = await client.get("/", params={"fontsize": "24"})
        text = await page.text()
        assert page.status == 200 and 'lang="ja"' in text and 'data-font-size="24"' in text
        assert words("ja").text("serve.page.again") in text and "{" + "ended}" not in text
        assert "http" not in text.replace('socket.protocol.replace("http"', "")  # nothing comes from elsewhere
        assert page.headers["Content-Security-Policy"].startswith("default-src 'self'")
        host = f"127.0.0.1:{client.port}"
        for headers in (
            {"Origin": "http://elsewhere.example"},
            {"Origin": "null"},
            {"Host": f"name.example:{client.port}"},
        ):
            assert (await client.get("/ws", headers=headers)).status == 403, headers
            assert (await client.get("/", headers=headers)).status == 403, headers
        assert (await client.get("/", headers={"Origin": f"http://{host}"})).status == 200


@pytest.mark.parametrize("guests", [False, True])
async def test_its_page_says_at_the_end_what_is_kept(guests: bool) -> None:
    server = NnlabServer("false", words("en"), "night", local=True, guests=guests)
    async with TestClient(TestServer(await server._make_app())) as client:
        text = await (await client.get("/")).text()
    kept, gone = (words("en").text(f"serve.page.{name}") for name in ("ended", "ended_guest"))
    assert (gone in text, kept in text) == (guests, not guests)


async def test_a_message_that_is_none_ends_its_page_only(tmp_path: Path) -> None:
    with served(tmp_path / "home") as server:
        async with aiohttp.ClientSession() as session:
            page, other = await opened(session, server), await opened(session, server)
            await page.wait_for("begin")
            await page.socket.send_json(["resize", {"width": 10**9, "height": -3}])  # no size that a page has
            await page.socket.send_str("{")
            await wait_until(lambda: len(server.copies()) == 1)
            await other.wait_for("begin")


async def test_each_page_of_a_class_is_a_guest_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    home = tmp_path / "home"
    with served(home, "--guest", "--theme", "paper", state=SYNAPSE) as server:
        before = {path: path.read_bytes() for path in home.rglob("*.json")}
        async with aiohttp.ClientSession() as session:
            page = await opened(session, server)
            await page.wait_for(words("en").text("home.guest"))
            await wait_until(lambda: len(server.copies()) == 1)
            (pid,) = server.copies()
            (made,) = tmp_path.glob("nnlab-guest-*")
            await page.press("2")
            await page.wait_for("+0.50")
            await page.press("\x1b[C")
            await page.wait_for("+0.60")
            page.vanish()
            await wait_until(lambda: not is_there(pid))
            assert not made.exists()
        assert {path: path.read_bytes() for path in home.rglob("*.json")} == before

"""`nnlab serve` where it can't be: each is one sentence in the learner's language."""

import socket
import sys
from collections.abc import Callable

import pytest

from tui import cli
from tui.errors import clipped
from tui.locale import words
from tui.serving import command

Typed = Callable[..., tuple[int, str]]


@pytest.fixture(params=["en", "ja"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The learner's language."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, {"en": "en_US.UTF-8", "ja": "ja_JP.UTF-8"}[request.param])
    return str(request.param)


@pytest.fixture
def nnlab(capsys: pytest.CaptureFixture[str]) -> Typed:
    """Type a command line; gives the exit status and stderr, where nothing else was said."""

    def typed(*arguments: str) -> tuple[int, str]:
        status = cli.main(arguments)
        said = capsys.readouterr()
        assert said.out == ""
        return status, said.err

    return typed


def test_a_port_in_use(nnlab: Typed, language: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status, said = nnlab("serve", "--port", str(port))
    other = port + 1 if port < 65535 else port - 1
    assert (status, said) == (2, f"nnlab: {words(language).text('serve.port_in_use', port=port, other=other)}\n")


def test_a_host_that_is_not_here(nnlab: Typed, language: str) -> None:
    for host in ("192.0.2.1", "nowhere.invalid", "x" * 80):
        status, said = nnlab("serve", "--host", host, "--port", "0")
        assert (status, said) == (2, f"nnlab: {words(language).text('serve.host_unknown', host=clipped(host))}\n")


@pytest.mark.parametrize("port", ["x", "-1", "65536", "８０", "1.5"])
def test_a_port_that_is_none(nnlab: Typed, language: str, port: str) -> None:
    assert nnlab("serve", f"--port={port}") == (
        2,
        f"nnlab: {words(language).text('serve.port_wrong', port=port, highest=65535)}\n",
    )


def test_without_textual_serve(nnlab: Typed, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    assert nnlab("serve", "--port", "0") == (1, f"nnlab: {words(language).text('serve.missing')}\n")


def test_which_hosts_only_this_machine_reaches() -> None:
    assert all(map(command.is_local, ("127.0.0.1", "127.9.9.9", "localhost", "::1")))
    assert not any(map(command.is_local, ("0.0.0.0", "::", "192.168.1.5", "lab.example")))


def test_who_can_reach_it_is_said(capsys: pytest.CaptureFixture[str], language: str) -> None:
    say = words(language)
    for host, key in (("127.0.0.1", "serve.local"), ("0.0.0.0", "serve.open"), ("::1", "serve.local")):
        command._tell(host, 8000, say)
        where, who = capsys.readouterr().out.splitlines()
        assert f"http://{'[::1]' if host == '::1' else host}:8000/" in where
        assert who == say.text(key, user=command._user())

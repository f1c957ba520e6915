"""A terminal that goes away without a word: `make` and other parents keep the signal to themselves."""

import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tui.bench.programs import NNLAB, environ, home
from tui.bench.terminal import Program


def alive(folder: Path) -> bool:
    """Whether a process of this home is there whose terminal was taken away."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                if f"NNLAB_HOME={folder}\0".encode() in (entry / "environ").read_bytes():
                    return True
            except OSError:
                continue
    return False


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="finds the process in Linux's /proc")
def test_it_ends_when_the_terminal_is_gone_and_no_signal_comes() -> None:
    with home() as folder:
        line = 'trap : HUP; "$0" -c "$1" open neuron.unit; exit 0'
        shell = ["/bin/sh", "-c", line, sys.executable, NNLAB]
        nnlab = Program(shell, environ(folder, {"NNLAB_ENGINE_TORCH": "0"}))
        nnlab.wait_for("f (  0.86 − 0.40 )")
        os.close(nnlab.handle)
        nnlab.handle = -1
        deadline = time.monotonic() + 15
        while alive(folder) and time.monotonic() < deadline:
            time.sleep(0.1)
        gone = not alive(folder)
        os.waitpid(nnlab.pid, 0 if gone else os.WNOHANG)
        nnlab.status = 0
        assert gone


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="finds the process in Linux's /proc")
@pytest.mark.parametrize("signals", [(), (signal.SIGCONT,), (signal.SIGHUP, signal.SIGCONT)])
def test_it_ends_when_its_terminal_is_closed_whatever_is_signalled(signals: tuple[signal.Signals, ...]) -> None:
    """A terminal that closes sends SIGHUP; tmux sends SIGCONT after it, on which Textual begins anew."""
    with home() as folder:
        nnlab = Program([sys.executable, "-c", NNLAB, "open", "neuron.unit"], environ(folder))
        nnlab.wait_for("f (  0.86 − 0.40 )")
        for number in signals:
            os.kill(nnlab.pid, number)
        os.close(nnlab.handle)
        nnlab.handle = -1
        for number in signals:
            with suppress(ProcessLookupError):
                os.kill(nnlab.pid, number)
        deadline, ended = time.monotonic() + 15, 0
        while not ended and time.monotonic() < deadline:
            ended, _ = os.waitpid(nnlab.pid, os.WNOHANG)
            time.sleep(0.05)
        if not ended:
            nnlab.end()
        nnlab.status = 0
        assert ended and not alive(folder)

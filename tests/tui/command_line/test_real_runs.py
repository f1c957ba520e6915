"""The commands with the real process of a run, which trains a line in a moment."""

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from engine.training.folder import Run, listed
from engine.training.metrics import Metrics
from engine.training.record import Status
from tui.command_line.following import follow
from tui.locale import words

REAL = Path(__file__).parent / "real.py"
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that holds each training after its tenth step as long as it is there."""
    path = tmp_path / "holds"
    monkeypatch.setenv("NNLAB_TINY_HOLDS", str(path))
    return path


@pytest.fixture
def real(runs: Path, holds: Path) -> Iterator[Start]:
    """Start `nnlab` in a process and a session of its own; runs that are left over are ended."""
    started: list[subprocess.Popen[str]] = []

    def start(*typed: str, terminal: int | None = None) -> "subprocess.Popen[str]":
        stderr = subprocess.PIPE if terminal is None else terminal
        process = subprocess.Popen(
            [sys.executable, str(REAL), *typed],
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
    for each in listed(runs):
        if each.status is not None and each.status.pid and Run(runs / each.id).alive():
            with suppress(ProcessLookupError):
                os.kill(each.status.pid, signal.SIGKILL)


def lines(stdout: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stdout.splitlines()]


def ended(process: "subprocess.Popen[str]") -> tuple[int, str, str]:
    stdout, stderr = process.communicate(timeout=120)
    return process.returncode, stdout, stderr or ""


def until_held(process: "subprocess.Popen[str]") -> None:
    """Read points until the tenth step, where the training is held."""
    assert process.stdout is not None
    for line in process.stdout:
        if json.loads(line).get("step") == 10:
            return
    raise AssertionError("it ended before its tenth step")


def test_a_training_is_followed_to_its_end(real: Start) -> None:
    status, stdout, stderr = ended(real("run", "trained", "epochs=2", "--json"))
    assert (status, stderr) == (0, "")
    *points, last = lines(stdout)
    assert [point["step"] for point in points] == [0, 5, 10, 15, 20]
    assert (last["status"], last["step"], last["parameters"]) == ("finished", 20, 2)
    assert last["test_accuracy"] == points[-1]["test_accuracy"] and last["seconds"] > 0
    assert last["images_per_second"] > 0
    (shown,) = lines(ended(real("runs", "show", last["run"], "--json"))[1])
    assert (
        shown["metrics"] == last["metrics"]
        and shown["settings"] == {"epochs": 2, "seed": 7, "threads": 1}
        and shown["weights"] == [0, 10, 20]
    )


def test_interrupted_and_resumed_the_curve_is_that_of_one_never_interrupted(
    real: Start, holds: Path, runs: Path
) -> None:
    whole = lines(ended(real("run", "trained", "--json"))[1])
    holds.touch()
    process = real("run", "trained", "--json")
    until_held(process)
    process.send_signal(signal.SIGINT)
    status, stdout, stderr = ended(process)
    last = lines(stdout)[-1]
    assert (status, last["status"]) == (130, "stopped") and f"nnlab runs resume {last['run']}" in stderr
    holds.unlink()
    assert ended(real("runs", "resume", last["run"]))[:2] == (0, f"{last['run']}\n")
    assert finished(runs, last["run"]).values == whole[-1]["metrics"]
    metrics = Metrics(runs / last["run"] / "metrics.jsonl")
    metrics.read()
    assert metrics.curve("test_loss") == ([0, 5, 10, 15, 20, 25, 30], [point["test_loss"] for point in whole[:-1]])


def finished(runs: Path, identity: str) -> Status:
    """Follow a run to its end."""
    status = follow(Run(runs / identity), words("en"), lambda run, status: None, str, [], lambda point: None)
    assert status.state == "finished", status
    return status


def test_the_run_goes_on_when_the_terminal_is_closed(real: Start, holds: Path, runs: Path) -> None:
    holds.touch()
    process = real("run", "trained", "--json")
    until_held(process)
    process.send_signal(signal.SIGHUP)
    assert ended(process)[0] == -signal.SIGHUP
    (left,) = listed(runs)
    assert Run(runs / left.id).alive()
    holds.unlink()
    assert finished(runs, left.id).step == 30


def test_killed_it_is_interrupted_and_goes_on(real: Start, holds: Path, runs: Path) -> None:
    holds.touch()
    process = real("run", "trained", "--json")
    until_held(process)
    (running,) = lines(ended(real("runs", "list", "--json"))[1])
    assert running["status"] == "running"
    os.kill(running["pid"], signal.SIGKILL)
    status, stdout, stderr = ended(process)
    assert (status, lines(stdout)[-1]["status"]) == (1, "interrupted") and "nnlab runs resume" in stderr
    holds.unlink()
    assert ended(real("runs", "resume", running["id"]))[0] == 0
    assert finished(runs, running["id"]).step == 30


def test_a_terminal_shows_a_progress_line_and_stdout_stays_json(real: Start) -> None:
    ours, theirs = pty.openpty()
    process = real("run", "trained", "epochs=2", "--json", terminal=theirs)
    os.close(theirs)
    written = b""
    with suppress(OSError):  # the end of a terminal that nobody else has open
        while content := os.read(ours, 4096):
            written += content
    os.close(ours)
    status, stdout, _ = ended(process)
    last = lines(stdout)[-1]
    assert status == 0 and last["final"] and last["run"] in written.decode()

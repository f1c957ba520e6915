"""How many runs compute at once, and who is next."""

import json
import os
from pathlib import Path

import pytest
import tiny_training
from running import Fork, MakeRun, do, ended, until

from engine.training import launch
from engine.training.folder import Run
from engine.training.ownership import myself
from engine.training.slots import Slot, at_once

ENDLESS = 10**6


@pytest.mark.parametrize(("given", "places"), [({}, 2), ("3", 3), ("0", 1), ("many", 2), ("-1", 2)])
def test_the_number_of_places_comes_from_the_environment(given: object, places: int) -> None:
    assert at_once({"NNLAB_RUNS_AT_ONCE": given} if isinstance(given, str) else {}) == places


def tickets(queue: Path) -> list[str]:
    """Those who wait."""
    return [name for name in sorted(os.listdir(queue)) if not name.endswith(".lock")]


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    (tmp_path / "runs").mkdir(exist_ok=True)
    return tmp_path / "runs"


def test_who_came_first_goes_first(runs: Path) -> None:
    first, second, third = (Slot(runs / ".queue", name, 1) for name in ("c-1", "b-2", "a-3"))
    assert first.take(1.0)
    assert not third.take(3.0) and not second.take(2.0)
    first.leave()
    assert not third.take(3.0) and second.take(2.0)
    second.leave()
    assert third.take(3.0) and third.held and tickets(runs / ".queue") == []


def test_who_leaves_the_queue_keeps_nobody_waiting(runs: Path) -> None:
    first, second, third = (Slot(runs / ".queue", name, 1) for name in "abc")
    assert first.take(1.0) and not second.take(2.0) and not third.take(3.0)
    second.leave()
    first.leave()
    assert third.take(3.0)


@pytest.mark.parametrize(
    "ticket",
    [
        pytest.param({"pid": 2**22 + 1}, id="gone"),
        pytest.param({"started": "1"}, id="its number was given to another"),
        pytest.param({"boot": "another"}, id="before the machine was started anew"),
        pytest.param(None, id="torn"),
    ],
)
def test_tickets_of_the_dead_are_removed(runs: Path, ticket: dict[str, object] | None) -> None:
    slot = Slot(runs / ".queue", "run", 1)
    (runs / ".queue").mkdir()
    me = myself()
    owner = {name: getattr(me, name) for name in ("host", "boot", "pid", "started")}
    dead = runs / ".queue" / "0000000001.000000-dead"
    dead.write_text(json.dumps(owner | ticket) if ticket is not None else '{"host"')
    assert slot.take(2.0) and not dead.exists()


def test_tickets_of_another_host_are_no_matter(runs: Path) -> None:
    (runs / ".queue").mkdir()
    other = runs / ".queue" / "0000000001.000000-other"
    other.write_text(json.dumps({"host": "elsewhere", "boot": "", "pid": 1, "started": ""}))
    assert Slot(runs / ".queue", "run", 1).take(2.0) and other.exists()
    os.utime(other, (0, 0))
    assert not Slot(runs / ".queue", "next", 1).take(3.0) and not other.exists()


def test_a_third_run_is_queued_until_one_ends(make_run: MakeRun, fork: Fork) -> None:
    first, second = make_run(epochs=ENDLESS), make_run(epochs=ENDLESS)
    pids = [fork(run) for run in (first, second)]
    until(lambda: first.status().state == second.status().state == "running")
    third = make_run(epochs=1)
    waiting = fork(third)
    until(lambda: third.status().pid == waiting)
    assert third.status().state == "queued" and third.alive()
    os.kill(pids[1], 9)  # the system lets go of its place
    assert ended(waiting) == 0 and third.status().state == "finished"
    assert (first.status().state, third.resume_steps()) == ("running", [0, 8])


def queued(make_run: MakeRun) -> tuple[Run, Slot]:
    run = make_run(epochs=1)
    slot = Slot(run.folder.parent / ".queue", "other", 1)
    assert slot.take(0.0)
    return run, slot


def test_a_queued_run_pauses_and_goes_on(make_run: MakeRun, fork: Fork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NNLAB_RUNS_AT_ONCE", "1")
    run, slot = queued(make_run)
    pid = fork(run, slot.leave)  # a forked process holds what its parent does
    until(lambda: run.status().pid == pid)
    launch.pause(run)
    until(lambda: run.status().state == "paused")
    assert tickets(run.folder.parent / ".queue") == []
    launch.resume(run)
    until(lambda: run.status().state == "queued")
    slot.leave()
    assert ended(pid) == 0 and run.status().state == "finished"


def test_a_queued_run_stops_in_a_process_that_launch_has_started(
    make_run: MakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NNLAB_RUNS_AT_ONCE", "1")
    _, slot = queued(make_run)
    runs = slot.queue.parent
    run = launch.start(runs, lab="convolution.tiny", settings={}, function="engine.missing:training", threads=1)
    assert run.status().state == "queued"  # though nothing of its process is seen yet
    until(lambda: run.status().pid)
    assert run.alive() and run.status().state == "queued"
    launch.stop(run)
    until(lambda: run.status().state == "stopped")
    until(lambda: not (launch.reap() or launch._children))
    assert not run.alive() and run.log_path.read_bytes() == b""
    assert run.record().versions.keys() >= {"python", "torch", "numpy"}
    slot.leave()


def test_a_run_that_pauses_gives_its_place_to_another(make_run: MakeRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NNLAB_RUNS_AT_ONCE", "1")
    run = make_run(epochs=1)
    other = Slot(run.folder.parent / ".queue", "other", 1)
    states = []

    def rest(seconds: float) -> None:
        states.append(run.status().state)
        if states[-1] == "paused" and not other.held:
            assert other.take(0.0)
            launch.resume(run)
        elif states[-1] == "queued":
            other.leave()

    for module in ("wishes", "worker"):
        monkeypatch.setattr(f"engine.training.{module}.rest", rest)
    tiny_training.DOINGS[3] = lambda: launch.pause(run)
    assert do(run) == 0
    assert states == ["paused", "queued"] and run.status().state == "finished"

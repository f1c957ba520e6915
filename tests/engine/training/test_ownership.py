"""Whether a run's process is there: by its lock, its number and start time, or the heartbeat of another host."""

import os
import platform
import time

import msgspec
import pytest
from running import Fork, MakeRun, do, ended, until

from engine.training import ownership
from engine.training.folder import Run
from engine.training.ownership import Ownership, is_alive, myself, process_start, read_owner
from engine.training.record import Owner, RunProblem, Status


def own(run: Run, **changes: object) -> Owner:
    owner = msgspec.structs.replace(myself(), **changes)
    run.lock_path.write_bytes(msgspec.json.encode(owner))
    return owner


def set_status(run: Run, **changes: object) -> None:
    run.write_status(msgspec.structs.replace(Status(state="running", step=5, time=time.time()), **changes))


def test_an_owner_is_there_until_it_lets_go(make_run: MakeRun) -> None:
    run = make_run()
    assert not run.alive()
    owner = Ownership(run.lock_path, Status())
    assert run.alive() and read_owner(run.lock_path) == myself()
    with pytest.raises(RunProblem) as caught:
        Ownership(run.lock_path, Status())
    assert caught.value.kind == "owned" and caught.value.values["pid"] == os.getpid()
    owner.release()
    assert not run.alive()


def test_a_killed_process_leaves_an_interrupted_run(make_run: MakeRun, fork: Fork) -> None:
    run = make_run(epochs=10**6)
    pid = fork(run)
    until(lambda: run.status().state == "running" and run.status().images_per_second)
    os.kill(pid, 9)
    until(lambda: process_start(pid) is None)  # a zombie now, since nobody has waited for it
    assert os.path.exists(f"/proc/{pid}")
    status = run.status()
    assert (status.state, status.seconds_left) == ("interrupted", None)
    assert run.written_status().state == "running" and ended(pid) == -9


def test_a_number_that_was_given_to_another_process_is_not_its_owner(make_run: MakeRun) -> None:
    run = make_run()
    set_status(run)
    own(run, pid=os.getppid(), started="1")
    assert run.status().state == "interrupted"
    own(run, pid=os.getppid(), started=process_start(os.getppid()))
    assert run.status().state == "interrupted"  # it is there, but holds no lock
    own(run, boot="before")
    assert run.status().state == "interrupted"


def test_another_host_is_judged_by_the_heartbeat(make_run: MakeRun) -> None:
    run = make_run()
    own(run, host="elsewhere", boot="b", pid=1, started="7")
    set_status(run)
    assert run.alive() and run.status().state == "running"
    assert do(run) == 3 and run.status().step == 5  # nor does a second process write
    set_status(run, time=time.time() - ownership.SILENCE - 1)
    assert not run.alive() and run.status().state == "interrupted"
    assert do(run) == 0 and run.status().host == platform.node()


def test_a_queued_run_may_take_a_while_to_start(make_run: MakeRun) -> None:
    run = make_run()
    assert run.status().state == "queued" and not run.alive()
    set_status(run, state="queued", time=time.time() - ownership.SILENCE - 1)
    assert run.status().state == "interrupted"
    set_status(run, state="queued", pid=2**22 + 1)
    assert run.status().state == "interrupted"


@pytest.mark.parametrize("content", [b"", b"\0" * 512, b'{"host": "x"', b"[1]"])
def test_an_unreadable_lock_belongs_to_nobody(make_run: MakeRun, content: bytes) -> None:
    run = make_run()
    run.lock_path.write_bytes(content)
    assert not is_alive(run.lock_path, Status(time=time.time()))
    Ownership(run.lock_path, Status()).release()

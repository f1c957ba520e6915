"""What is said of several processes where they can't be started, or one of them ends."""

import os
import signal
import time
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from running import MakeRun
from torch.distributed.elastic.multiprocessing.errors import ChildFailedError, ProcessFailure

from engine.training import ranks, together
from engine.training.folder import Run
from engine.training.record import Reason, State, Status

PLACES = {"RANK": "1", "WORLD_SIZE": "2", "TORCHELASTIC_RUN_ID": "tiny"}


@pytest.fixture
def shared(make_run: MakeRun, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A run of two whose processes nobody starts; pytest keeps its standard input."""
    run = make_run()
    run.share(2)
    monkeypatch.setattr(together, "_hold_standard_input", lambda: None)
    return run


def ends(run: Run, monkeypatch: pytest.MonkeyPatch, state: State, rank: int | None, exitcode: int = 1) -> Status:
    """Let torchrun end, with one process failing, where the first one has last said how the run stands."""

    def launched(run: Run, *rest: Any) -> None:
        run.write_status(Status(state=state, step=5))
        if rank is not None:
            failure = ProcessFailure(local_rank=rank, pid=1, exitcode=exitcode, error_file="<N/A>")
            raise ChildFailedError("worker", {rank: failure})

    monkeypatch.setattr(together, "_launch", launched)
    together.train(run, run.record(), ["engine."])
    return run.written_status()


def test_a_killed_process_is_named_with_its_signal(shared: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    status = ends(shared, monkeypatch, "running", 1, -signal.SIGSEGV)
    assert (status.state, status.step) == ("interrupted", 5)
    assert status.reason == Reason("worker_died", {"worker": 2, "processes": 2, "signal": "SIGSEGV"})


def test_a_failed_process_is_named_with_its_exit_status(shared: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    reason = Reason("worker_failed", {"worker": 2, "processes": 2, "status": 1})
    assert ends(shared, monkeypatch, "stopped", 1).reason == reason  # SIGTERM has let the first one stop in order


@pytest.mark.parametrize("state", ["failed", "finished"])
def test_what_the_first_process_has_said_stays(shared: Run, monkeypatch: pytest.MonkeyPatch, state: State) -> None:
    assert ends(shared, monkeypatch, state, 0 if state == "failed" else None) == Status(state=state, step=5)


def test_where_torchrun_just_ends_the_run_is_interrupted(shared: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ends(shared, monkeypatch, "running", None).state == "interrupted"


@pytest.mark.parametrize("kind", ["cuda", "mps"])
def test_each_process_needs_a_gpu_of_its_own(shared: Run, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(together, "choose", lambda preference: SimpleNamespace(kind=kind, name="X1"))
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
    together.train(shared, shared.record(), ["engine."])
    status = shared.written_status()
    assert status.state == "failed"
    assert status.reason == Reason("too_few_gpus", {"found": 1, "processes": 2, "name": "X1"})


def test_a_place_is_what_torchrun_says(make_run: MakeRun, monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run()
    assert ranks.seat(run) is None
    for name, value in PLACES.items():
        monkeypatch.setenv(name, value)
    assert ranks.seat(run) == ranks.Seat(1, 2, 0)  # somebody has called torchrun by hand
    assert [ranks.threads_of(threads, 2) for threads in (1, 2, 5)] == [1, 1, 2]


@pytest.mark.parametrize(("kind", "found"), [("cuda", "cuda:1"), ("cpu", "cpu")])
def test_each_process_computes_on_a_gpu_of_its_own_or_on_the_processor(
    monkeypatch: pytest.MonkeyPatch, kind: str, found: str
) -> None:
    def choose(preference: str | None = None) -> SimpleNamespace:
        name = os.environ["NNLAB_DEVICE"]
        return SimpleNamespace(kind=name.partition(":")[0], torch_name=name)

    monkeypatch.setattr("engine.device.choose", choose)
    monkeypatch.setenv("NNLAB_DEVICE", kind)
    monkeypatch.setenv("LOCAL_RANK", "1")
    assert ranks.device_of(ranks.Seat(1, 2, 7), None) == found


def test_a_process_that_is_told_to_end_has_a_while_to_stop_in_order() -> None:
    pid = os.fork()
    if pid == 0:
        ranks.GRACE = 0.2
        told: list[float] = []
        ending = ranks.Ending(False, lambda: told.append(time.monotonic()))
        os.kill(os.getpid(), signal.SIGTERM)
        if not ending.within(5) or ending.within(0) is not True:
            os._exit(70)
        time.sleep(10)
        os._exit(71)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 1

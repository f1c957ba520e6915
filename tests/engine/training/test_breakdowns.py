"""What goes wrong while a run is under way: killed processes, broken files, full disks, NaN, too little memory."""

import errno
import os
import random
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import tiny_training
from running import Fork, MakeRun, curve, do, ended

from engine import writing
from engine.training import folder, loop
from engine.training.checkpoint import load, load_weights
from engine.training.folder import Run
from engine.training.metrics import Metrics
from engine.training.ownership import Ownership
from engine.training.record import Command, Reason, Status

STEPS = 24


@pytest.fixture
def whole(make_run: MakeRun) -> Run:
    """A run that nothing has disturbed."""
    run = make_run()
    do(run)
    return run


def same(run: Run, whole: Run) -> bool:
    """Tell whether two runs have come to exactly the same."""
    assert run.status().state == "finished", run.status()
    pairs = [(load_weights(run.weights_path(step)), load_weights(whole.weights_path(step))) for step in (0, 8, 16, 24)]
    equal = all(one.tensors["weight"].equal(other.tensors["weight"]) for one, other in pairs)
    return equal and curve(run) == curve(whole)


@pytest.mark.parametrize("step", sorted(random.Random(5).sample(range(1, STEPS + 1), 6)))
def test_a_run_killed_at_any_step_goes_on_with_the_same_curve(
    make_run: MakeRun, fork: Fork, whole: Run, tmp_path: Path, step: int
) -> None:
    run = make_run(kills_at=step, marker=str(tmp_path / "killed"))
    assert ended(fork(run)) == -signal.SIGKILL
    assert run.status().state == "interrupted"
    assert ended(fork(run)) == 0
    assert same(run, whole)


def test_a_run_killed_within_any_write_goes_on_with_the_same_curve(
    make_run: MakeRun, fork: Fork, whole: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "SAVED", 0.0)  # a checkpoint at each step
    chance = random.Random(1)
    run = make_run()

    def kill_soon() -> None:
        left = chance.randrange(4, 16)
        write = writing.write_all

        def write_half(handle: int, content: bytes) -> None:
            nonlocal left
            left -= 1
            if not left:
                write(handle, content[: len(content) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            write(handle, content)

        writing.write_all = write_half

    for _ in range(4):
        chance.random()
        assert ended(fork(run, kill_soon)) == -signal.SIGKILL
    assert ended(fork(run)) == 0
    assert same(run, whole)
    assert not list(run.checkpoints.glob(".*")) and len(run.resume_steps()) == 2


def stopped_at(run: Run, step: int) -> None:
    tiny_training.DOINGS[step] = lambda: run.want(Command("stop"))
    do(run)
    tiny_training.DOINGS.clear()
    run.want(Command("run"))


def test_a_truncated_checkpoint_is_passed_over(
    make_run: MakeRun, whole: Run, capfd: pytest.CaptureFixture[str]
) -> None:
    run = make_run()
    stopped_at(run, 11)
    assert run.resume_steps() == [8, 11]
    os.truncate(run.resume_path(11), 200)
    assert do(run) == 0
    assert "resume-000000011.safetensors is no whole checkpoint" in capfd.readouterr().err
    assert same(run, whole) and run.resume_steps() == [16, 24]


def test_where_all_checkpoints_are_broken_the_run_says_so(make_run: MakeRun) -> None:
    run = make_run()
    stopped_at(run, 11)
    before = run.metrics_path.read_bytes()
    for step in run.resume_steps():
        os.truncate(run.resume_path(step), 200)
    assert do(run) == 1
    status = run.status()
    assert (status.state, status.step) == ("failed", 11)
    assert status.reason == Reason("checkpoints_broken", {"path": str(run.checkpoints)})
    assert run.metrics_path.read_bytes() == before and run.resume_steps() == [8, 11]


def test_torn_and_later_lines_of_the_curves_are_cut(make_run: MakeRun, whole: Run) -> None:
    run = make_run()
    stopped_at(run, 11)
    with run.metrics_path.open("ab") as file:
        file.write(b'{"step": 12, "train_loss": 1}\n{"step": 14, "tra')
    curves = Metrics(run.metrics_path)
    curves.read()
    assert (curves.points[-1]["step"], curves.torn) == (12, 0)
    assert do(run) == 0 and same(run, whole)
    assert curves.read() and [point["step"] for point in curves.points] == list(range(0, 25, 2))


def test_lost_lines_of_the_curves_do_not_keep_a_run_from_going_on(make_run: MakeRun) -> None:
    run = make_run()
    stopped_at(run, 11)
    os.truncate(run.metrics_path, run.metrics_path.stat().st_size - 10)
    assert do(run) == 0
    assert [point["step"] for point in curve(run)] == [0, 2, 4, 6, 8, *range(12, 25, 2)]
    assert load(run.resume_path(24)).offset == run.metrics_path.stat().st_size


Full = Callable[..., list[str]]


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Iterator[Full]:
    """Let the disk be full for files of a kind, so many times; returns what could not be written."""
    refused: list[str] = []
    write = writing.write_all

    def start(kind: str, times: int = 3, number: int = errno.ENOSPC) -> list[str]:
        def write_or_not(handle: int, content: bytes) -> None:
            name = Path(os.readlink(f"/proc/self/fd/{handle}")).name.lstrip(".")
            if name.startswith(kind) and len(refused) < times:
                write(handle, content[:10])  # a part of it may still find room
                refused.append(name)
                raise OSError(number, os.strerror(number))
            write(handle, content)

        monkeypatch.setattr(writing, "write_all", write_or_not)
        return refused

    yield start


@pytest.mark.parametrize(
    "kind", ["metrics", "weights", "resume", "weights-000000008", "resume-000000016", "1", "status"]
)
def test_on_a_full_disk_a_run_pauses_and_goes_on_by_itself(
    make_run: MakeRun, whole: Run, full: Full, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    run = make_run()
    seen: list[Status] = []
    kept: list[bool] = []

    def rest(seconds: float) -> None:
        seen.append(run.written_status())
        kept.append(all(load(run.resume_path(step)).step.step == step for step in run.resume_steps()))

    monkeypatch.setattr("engine.training.wishes.rest", rest)
    refused = full(kind)
    assert do(run) == 0
    assert len(refused) == 3 and same(run, whole) and all(kept)
    if kind != "status":  # which is tried again with the next beat; nothing else waits for it
        assert {each.state for each in seen} == {"paused"}
        reasons = {each.reason.kind: each.reason.values["path"] for each in seen if each.reason}
        assert list(reasons) == ["disk_full"] and kind in reasons["disk_full"]
    assert run.status().reason is None and not list(run.checkpoints.glob(".*"))


@pytest.mark.parametrize(("number", "kind"), [(errno.EDQUOT, "disk_full"), (errno.EIO, "cannot_write")])
def test_a_run_that_cannot_write_stops_and_loses_nothing(
    make_run: MakeRun, whole: Run, full: Full, monkeypatch: pytest.MonkeyPatch, number: int, kind: str
) -> None:
    run = make_run()
    rests = []

    def rest(seconds: float) -> None:
        rests.append(run.status())
        if len(rests) == 25:  # it has been tried again twice
            run.want(Command("stop"))

    monkeypatch.setattr("engine.training.wishes.rest", rest)
    refused = full("resume-000000016", times=10**6, number=number)
    assert do(run) == 0 and len(refused) >= 3
    status = run.status()
    assert status.state == "stopped" and status.reason is not None
    assert (status.reason.kind, status.reason.values["path"]) == (kind, str(run.resume_path(16)))
    assert run.resume_steps() == [0, 8] and load(run.resume_path(8)).step.step == 8
    monkeypatch.undo()
    run.want(Command("run"))
    monkeypatch.setenv("NNLAB_DEVICE", "cpu")
    assert do(run) == 0 and same(run, whole)


def test_where_nothing_at_all_can_be_written_the_reader_infers_it(
    make_run: MakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make_run()
    owner = Ownership(run.lock_path, Status())
    run.write_status(Status(state="running", step=5, time=1.0))
    assert run.status().state == "running"
    monkeypatch.setattr(folder.shutil, "disk_usage", lambda path: SimpleNamespace(free=0))
    status = run.status()
    assert (status.state, status.reason) == ("paused", Reason("disk_full", {"path": str(run.folder)}))
    owner.release()


def test_the_process_of_a_run_that_was_removed_ends(make_run: MakeRun) -> None:
    run = make_run()
    away = run.folder.with_name("away")

    def remove() -> None:
        run.folder.rename(away)  # at once, for the heartbeat writes beside it
        shutil.rmtree(away)

    tiny_training.DOINGS[9] = remove
    assert do(run) == 0 and not run.folder.exists()


def test_the_last_status_is_written_as_soon_as_that_is_possible(make_run: MakeRun, full: Full) -> None:
    run = make_run(epochs=1)
    full("status", times=8)
    assert do(run) == 0 and run.status().state == "finished"


@pytest.mark.parametrize(
    ("trouble", "step", "last"), [({"nan_at": 12}, 12, 10), ({"broken_at": 15}, 16, 14), ({"broken_at": 8}, 8, 6)]
)
def test_nan_stops_a_run_at_its_last_good_checkpoint(
    make_run: MakeRun, whole: Run, trouble: dict[str, int], step: int, last: int
) -> None:
    run = make_run(**trouble)
    assert do(run) == 1
    status = run.status()
    assert status.state == "failed" and status.reason is not None and status.reason.kind == "nan"
    kept = status.reason.values["kept"]
    assert status.reason.values == {"step": step, "kept": kept, "setting": "rate", "value": 0.05, "suggested": 0.01}
    assert kept == run.resume_steps()[-1] < step and kept == (step - 1) // 8 * 8
    assert load(run.resume_path(kept)).state["weight"].isfinite().all()
    points = curve(run)
    assert points[-1]["step"] == last and points == curve(whole)[: len(points)]


def test_without_enough_memory_a_run_says_what_would_fit(make_run: MakeRun) -> None:
    run = make_run(batch=16, fits=5)
    assert do(run) == 1
    reason = run.status().reason
    assert reason == Reason("memory", {"setting": "batch", "value": 16, "suggested": 4, "device": "cpu"})
    hopeless = make_run(batch=2, fits=0)
    assert do(hopeless) == 1
    reason = hopeless.status().reason
    assert reason is not None and reason.values["suggested"] is None

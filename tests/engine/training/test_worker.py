"""A run's work: from its settings to the end of its curves, with pauses and stops in between."""

import os
import signal

import msgspec
import pytest
import tiny_training
from running import Fork, MakeRun, curve, do, ended, until

from engine.training import launch, loop
from engine.training.checkpoint import load, load_weights
from engine.training.folder import Run, listed
from engine.training.record import Command, Reason, RunProblem


def ask(run: Run, want: str) -> None:
    run.want(Command(want))  # type: ignore[arg-type]


def test_a_run_is_trained_to_its_end(make_run: MakeRun) -> None:
    run = make_run(epochs=2)
    assert do(run) == 0
    status = run.status()
    assert (status.state, status.step, status.epoch, status.examples, status.progress) == ("finished", 16, 2.0, 64, 1.0)
    assert status.facts == {"parameters": 3} and status.device == "cpu" and status.reason is None
    assert status.pid == os.getpid() and status.seconds_left is None
    assert status.images_per_second == pytest.approx(64 / status.seconds)
    points = curve(run)
    assert [point["step"] for point in points] == list(range(0, 17, 2))
    assert status.values == {name: points[-1][name] for name in ("train_loss", "gradient.output")}
    assert run.weights_steps() == [0, 8, 16] and run.resume_steps() == [8, 16]
    assert load_weights(run.weights_path(8)).epoch == 1.0
    assert load(run.resume_path(16)).offset == run.metrics_path.stat().st_size


def test_settings_are_read_by_the_functions_annotation(make_run: MakeRun) -> None:
    assert do(make_run(epochs="1", rate="0.1")) == 0
    assert do(make_run("tiny_training:plain", epochs=1)) == 0
    wrong = make_run(epochs="many")
    assert do(wrong) == 1
    reason = wrong.status().reason
    assert reason is not None and reason.kind == "error" and reason.values["kind"] == "ValidationError"


@pytest.mark.parametrize("function", ["os:getcwd", "tests.conftest:x", "tiny_trainingx:training"])
def test_only_functions_of_the_packages_are_called(make_run: MakeRun, function: str) -> None:
    run = make_run(function)
    assert do(run) == 1
    reason = run.status().reason
    assert reason is not None and reason.values["kind"] == "NotAllowed"


def test_an_error_is_told_and_its_traceback_logged(make_run: MakeRun, capfd: pytest.CaptureFixture[str]) -> None:
    run = make_run(raises_at=5)
    assert do(run) == 1
    status = run.status()
    assert status.state == "failed"
    assert status.reason == Reason("error", {"kind": "KeyError", "text": "'something that is missing'"})
    assert "in _misbehave" in capfd.readouterr().err
    assert [point["step"] for point in curve(run)] == [0, 2, 4]


def test_a_stopped_run_goes_on_with_the_same_curve(make_run: MakeRun) -> None:
    whole, run = make_run(), make_run()
    do(whole)
    tiny_training.DOINGS[11] = lambda: ask(run, "stop")
    assert do(run) == 0
    status = run.status()
    assert (status.state, status.step, status.reason) == ("stopped", 11, None)
    assert run.resume_steps()[-1] == 11
    tiny_training.DOINGS.clear()
    ask(run, "run")
    assert do(run) == 0
    assert curve(run) == curve(whole)
    assert run.status().seconds > status.seconds


def test_a_paused_run_waits_and_counts_no_seconds(make_run: MakeRun, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, run = make_run(), make_run()
    do(whole)
    seen = []

    def rest(seconds: float) -> None:
        seen.append(run.status())
        if len(seen) == 3:
            ask(run, "run")

    monkeypatch.setattr("engine.training.wishes.rest", rest)
    tiny_training.DOINGS[5] = lambda: ask(run, "pause")
    assert do(run) == 0
    assert {(each.state, each.step) for each in seen} == {("paused", 5)}
    assert len({each.seconds for each in seen}) == 1 and seen[0].images_per_second is None
    assert run.status().state == "finished" and curve(run) == curve(whole)


def test_a_paused_run_stops(make_run: MakeRun, monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run()
    monkeypatch.setattr("engine.training.wishes.rest", lambda seconds: ask(run, "stop"))
    tiny_training.DOINGS[5] = lambda: ask(run, "pause")
    assert do(run) == 0
    assert (run.status().state, run.resume_steps()[-1]) == ("stopped", 5)


def test_all_that_is_needed_is_saved_every_few_seconds(make_run: MakeRun, monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run(epochs=1)
    monkeypatch.setattr(loop, "SAVED", 0.0)
    steps = []
    tiny_training.DOINGS[4] = lambda: steps.extend(run.resume_steps())
    do(run)
    assert steps[-1] in (2, 3)  # the last one may still be under way


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT])
def test_a_closed_terminal_ends_nothing(make_run: MakeRun, fork: Fork, number: int) -> None:
    whole, run = make_run(), make_run()
    do(whole)
    tiny_training.DOINGS[6] = lambda: os.kill(os.getpid(), number)
    assert ended(fork(run)) == 0
    assert run.status().state == "finished" and curve(run) == curve(whole)


def test_sigterm_stops_after_a_checkpoint(make_run: MakeRun, fork: Fork) -> None:
    run = make_run()
    tiny_training.DOINGS[6] = lambda: os.kill(os.getpid(), signal.SIGTERM)
    assert ended(fork(run)) == 0
    status = run.status()
    assert (status.state, status.step, status.reason) == ("stopped", 6, Reason("terminated"))
    assert run.resume_steps()[-1] == 6


def test_another_process_pauses_resumes_and_stops(make_run: MakeRun, fork: Fork) -> None:
    run = make_run(epochs=10**6)
    pid = fork(run)
    until(lambda: run.status().state == "running" and run.metrics_path.exists())
    launch.pause(run)
    until(lambda: run.status().state == "paused")
    step = run.status().step
    assert run.alive() and run.resume_steps()[-1] == step and run.status().pid == pid
    launch.resume(run)
    until(lambda: run.status().state == "running" and run.status().step > step)
    launch.stop(run)
    until(lambda: run.status().state == "stopped")
    assert ended(pid) == 0 and not run.alive()


def test_a_second_process_is_refused(make_run: MakeRun, fork: Fork) -> None:
    run = make_run(epochs=10**6)
    first = fork(run)
    until(lambda: run.status().state == "running")
    assert ended(fork(run)) == 3
    log = run.log_path.read_text()
    assert log.count("\n") == 1 and f"'pid': {first}" in log
    with pytest.raises(RunProblem, match="alive"):
        run.delete()
    launch.stop(run)
    assert ended(first) == 0


def test_a_run_that_cannot_be_read_is_left_alone(make_run: MakeRun, capfd: pytest.CaptureFixture[str]) -> None:
    torn, newer, whole = make_run(), make_run(), make_run()
    (torn.folder / "run.json").write_bytes(b'{"format": 1, "id"')
    (newer.folder / "run.json").write_bytes(b'{"format": 99}')
    before = (newer.folder / "status.json").read_bytes()
    assert [do(torn), do(newer)] == [2, 2]
    assert capfd.readouterr().err.count("\n") == 2 and (newer.folder / "status.json").read_bytes() == before
    problems = {each.id: each.problem for each in listed(whole.folder.parent)}
    assert problems == {torn.id: "unreadable", newer.id: "too_new", whole.id: ""}
    assert do(whole) == 0


def test_a_broken_status_does_not_keep_a_run_from_going_on(make_run: MakeRun) -> None:
    run = make_run()
    (run.folder / "status.json").write_bytes(b"\0" * 100)
    assert do(run) == 0 and run.status().state == "finished"


def test_more_curves_than_a_status_holds_do_no_harm(make_run: MakeRun) -> None:
    run = make_run()
    status = run.written_status()
    run.write_status(msgspec.structs.replace(status, step=7, values={f"gradient.{n:03d}": 0.1 for n in range(600)}))
    assert (run.written_status().step, run.written_status().values) == (7, {})


def test_with_other_settings_a_run_goes_on_from_anothers_end(make_run: MakeRun) -> None:
    parent, whole = make_run(epochs=1), make_run(epochs=2)
    do(parent)
    do(whole)
    run = make_run(parent=parent, epochs=2)
    assert do(run) == 0
    assert curve(run) == curve(whole) and run.weights_steps() == [0, 8, 16]

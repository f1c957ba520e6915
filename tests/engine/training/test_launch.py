"""Starting runs, and what is asked of those that have ended."""

import subprocess

import pytest
from running import MakeRun, do

from engine.training import launch
from engine.training.folder import Run
from engine.training.record import Command, RunProblem, Status


@pytest.mark.parametrize(("wanted", "beside", "threads"), [(3, True, 3), (0, False, 4), (0, True, 3)])
def test_a_screen_keeps_a_core(monkeypatch: pytest.MonkeyPatch, wanted: int, beside: bool, threads: int) -> None:
    monkeypatch.setattr(launch, "cores", lambda: 4)
    assert launch.threads_for(wanted, beside) == threads


def test_a_finished_run_takes_no_commands(make_run: MakeRun) -> None:
    run = make_run(epochs=1)
    do(run)
    for ask, kind in ((launch.pause, "not_alive"), (launch.stop, "not_alive"), (launch.resume, "finished")):
        with pytest.raises(RunProblem) as caught:
            ask(run)
        assert caught.value.kind == kind
    assert run.command() == Command("run")


def test_a_run_that_goes_on_is_queued_at_once(make_run: MakeRun, monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run(raises_at=5)
    do(run)
    started = []
    monkeypatch.setattr(launch, "_spawn", lambda run, environ: started.append(run.status()))
    launch.resume(run)
    assert (started[0].state, started[0].reason, started[0].step) == ("queued", None, 4)


def test_a_run_that_has_just_stopped_is_awaited_before_it_goes_on(
    make_run: MakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make_run(raises_at=5)
    do(run)
    still_there = [True, True]
    monkeypatch.setattr(Run, "alive", lambda run: bool(still_there and still_there.pop()))
    started = []
    monkeypatch.setattr(launch, "_spawn", lambda run, environ: started.append(run.id))
    launch.resume(run)
    assert started == [run.id] and not still_there


def test_a_process_that_cannot_be_started_is_told(make_run: MakeRun, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    run = make_run()
    monkeypatch.setattr(subprocess, "Popen", refuse)
    with pytest.raises(OSError, match="unavailable"):
        launch.resume(run)
    status = run.status()
    assert status.state == "failed" and status.reason is not None and status.reason.kind == "not_started"


def test_more_processes_than_cores_are_refused(make_run: MakeRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "cores", lambda: 2)
    launch.check_processes(2)
    run = make_run(raises_at=5)
    for start in (lambda: launch.check_processes(3), lambda: launch.resume(run, processes=3)):
        with pytest.raises(RunProblem) as caught:
            start()
        assert (caught.value.kind, caught.value.values) == ("too_many_processes", {"wanted": 3, "most": 2})
    assert run.record().processes == 1


def test_a_run_goes_on_with_another_number_of_processes(make_run: MakeRun, monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run(raises_at=5)
    started = []
    monkeypatch.setattr(launch, "cores", lambda: 2)
    monkeypatch.setattr(launch, "_spawn", lambda run, environ: started.append(run.record().processes))
    for processes, settings in ((2, {"raises_at": 5, "processes": 2}), (None, None), (1, {"raises_at": 5})):
        run.write_status(Status(state="stopped"))
        launch.resume(run, processes=processes)
        assert settings is None or run.record().settings == settings
    assert started == [2, 2, 1]
    monkeypatch.setattr(Run, "alive", lambda run: True)
    with pytest.raises(RunProblem, match="other_processes"):
        launch.resume(run, processes=2)
    assert run.record().processes == 1

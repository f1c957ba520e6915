"""`nnlab run` of a training: a run all the same, followed in the foreground or let go."""

import json
import signal
from pathlib import Path
from typing import Any

import pytest

from engine.training import launch
from engine.training.folder import Run, listed
from engine.training.record import Status
from tui.command_line import following, training
from tui.command_line import run as run_module
from tui.command_line.run_lines import live
from tui.locale import words


def lines(stdout: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stdout.splitlines()]


def only(runs: Path) -> Run:
    (found,) = listed(runs)
    return Run(runs / found.id)


def test_each_point_is_a_line_and_the_last_line_is_final(nnlab: Any, lab: Any, fake: Path, runs: Path) -> None:
    fake.write_text("point point finished")
    status, stdout, stderr = nnlab("run", "trained", "epochs=5", "epoch=2", "--json")
    assert (status, stderr) == (0, "")
    *points, last = lines(stdout)
    assert [(point["step"], point["test_accuracy"]) for point in points] == [(0, 0.5), (10, 0.6)]
    assert last["final"] is True and last["lab"] == "neuron.trained" and last["run"] == only(runs).id
    assert last["settings"] == {"epochs": 5, "seed": 7, "threads": 1, "epoch": 2, "run": ""}
    assert (last["status"], last["step"], last["metrics"]) == ("finished", 10, {"test_accuracy": 0.6})
    assert (last["test_accuracy"], last["parameters"], last["seconds"]) == (0.6, 61706, 0.25)
    assert last["images_per_second"] == 3000.5 and isinstance(last["parameters"], int)


def test_a_run_keeps_what_trains_and_nothing_that_looks(nnlab: Any, lab: Any, fake: Path, runs: Path) -> None:
    fake.write_text("finished")
    nnlab("run", "trained", "epochs=5", "epoch=2", "seed=8", "threads=3", "--json")
    record = only(runs).record()
    assert record.settings == {"epochs": 5, "seed": 8, "threads": 3}
    assert (record.seed, record.threads, record.function) == (8, 3, "engine.any:training")


def test_a_run_in_two_processes_says_so(nnlab: Any, fake: Path, runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "cores", lambda: 2)
    fake.write_text("finished")
    assert nnlab("run", "lenet5", "processes=2", "threads=2", "--detach")[0] == 0
    run = only(runs)
    assert (run.record().processes, run.record().threads) == (2, 2)
    assert run.record().settings["processes"] == run.record().whole["processes"] == 2
    (shown,) = lines(nnlab("runs", "show", run.id, "--json")[1])
    assert shown["processes"] == 2
    rows = [row.split() for row in nnlab("runs", "show", run.id)[1].splitlines()]
    assert ["processes", "2"] in rows


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("lenet5 processes=3", "at most 2 processes here, one a core (3 were asked for)"),
        ("gpt processes=0", "processes goes from 1 to 16"),
        ("image_generation.diffusion train=true processes=2", "diffusion computes in one process"),
        ("neuron.gates processes=1", "gates computes in one process"),
    ],
)
def test_processes_that_can_not_be_are_refused_in_a_line(
    nnlab: Any, fake: Path, runs: Path, monkeypatch: pytest.MonkeyPatch, typed: str, said: str
) -> None:
    monkeypatch.setattr(launch, "cores", lambda: 2)
    status, stdout, stderr = nnlab("run", *typed.split())
    assert (status, stdout, stderr.count("\n")) == (2, "", 1) and said in stderr
    assert not listed(runs)


def test_without_json_a_table_stands_at_the_end(nnlab: Any, lab: Any, fake: Path, runs: Path) -> None:
    fake.write_text("point finished")
    status, stdout, stderr = nnlab("run", "trained", "epochs=5")
    assert (status, stderr) == (0, "")
    assert all(text in stdout for text in (only(runs).id, "finished", "epochs=5", "50.0 %", "61,706"))


def test_detached_the_id_alone_is_printed_at_once(nnlab: Any, lab: Any, fake: Path, runs: Path) -> None:
    fake.write_text("hold")
    status, stdout, stderr = nnlab("run", "trained", "--detach")
    assert (status, stdout, stderr) == (0, f"{only(runs).id}\n", "")
    assert only(runs).status().state in ("queued", "running")


@pytest.mark.parametrize(
    ("typed", "said"),
    [(("run=some-k3f9qa", "--detach"), "trains nothing"), (("--detach", "--save", "x"), "--save")],
)
def test_what_can_not_be_detached_is_refused(
    nnlab: Any, lab: Any, runs: Path, typed: tuple[str, ...], said: str
) -> None:
    status, stdout, stderr = nnlab("run", "trained", *typed)
    assert (status, stdout) == (2, "") and said in stderr and listed(runs) == []


def test_a_lab_that_only_answers_can_not_be_detached(nnlab: Any) -> None:
    status, stdout, stderr = nnlab("run", "neuron.unit", "--detach")
    assert (status, stdout) == (2, "") and "neuron.unit trains nothing" in stderr


def interrupting(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Press Ctrl+C when the first point is printed."""
    left = [times]

    def pressed(record: Any) -> None:
        printed(record)
        while left[0]:
            left[0] -= 1
            signal.raise_signal(signal.SIGINT)

    printed = training.print_json
    monkeypatch.setattr(training, "print_json", pressed)


def test_interrupted_it_stops_after_its_checkpoint(
    nnlab: Any, lab: Any, fake: Path, runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = signal.getsignal(signal.SIGINT)
    interrupting(monkeypatch, 1)
    fake.write_text("point hold")
    status, stdout, stderr = nnlab("run", "trained", "--json", "--save", "nowhere")
    assert status == 130 and lines(stdout)[-1]["status"] == "stopped"
    assert f"nnlab runs resume {only(runs).id}" in stderr and not Path("nowhere").exists()
    assert signal.getsignal(signal.SIGINT) is before


def test_interrupted_twice_nobody_waits(
    nnlab: Any, lab: Any, fake: Path, runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupting(monkeypatch, 2)
    fake.write_text("point deaf")
    status, stdout, stderr = nnlab("run", "trained", "--json")
    assert status == 130 and len(lines(stdout)) == 1 and "by itself" in stderr
    assert only(runs).alive() and only(runs).command().want == "stop"


def test_a_failed_run_says_why_and_what_to_change(nnlab: Any, lab: Any, fake: Path) -> None:
    fake.write_text("point failed")
    status, stdout, stderr = nnlab("run", "trained", "--json")
    assert status == 1 and lines(stdout)[-1]["reason"]["kind"] == "nan"
    assert stderr == "nnlab: Loss became NaN, so training was stopped. Set rate from 0.5 to 0.1 or less\n"


@pytest.mark.parametrize(("state", "said"), [("stopped", "stopped at step 0"), ("interrupted", "ended midway")])
def test_a_run_that_others_have_ended_is_a_failure(nnlab: Any, lab: Any, fake: Path, state: str, said: str) -> None:
    fake.write_text(f"point {state}")
    status, _, stderr = nnlab("run", "trained", "--json")
    assert status == 1 and said in stderr and "nnlab runs resume" in stderr


def test_a_run_that_fails_while_it_is_to_stop_has_failed(
    nnlab: Any, lab: Any, fake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupting(monkeypatch, 1)
    fake.write_text("point failed")
    assert nnlab("run", "trained", "--json")[0] == 1


def test_paused_by_somebody_else_it_is_followed_further(
    nnlab: Any, lab: Any, fake: Path, runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = following._tell

    def tell(run: Run, status: Any, *rest: Any) -> None:
        told(run, status, *rest)
        if status.state == "paused":
            launch.resume(run)

    monkeypatch.setattr(following, "_tell", tell)
    fake.write_text("point pause point finished")
    status, stdout, stderr = nnlab("run", "trained", "--json")
    assert status == 0 and [line["step"] for line in lines(stdout)] == [0, 20, 20]
    assert "is paused; to go on, nnlab runs resume" in stderr


def test_saving_looks_into_the_run(
    nnlab: Any, lab: Any, fake: Path, runs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def observed(lab: Any, settings: Any) -> Any:
        looked.append(settings.run)
        return once(lab, settings)

    looked: list[str] = []
    once = run_module.observations
    monkeypatch.setattr(run_module, "observations", observed)
    fake.write_text("point finished")
    status, stdout, stderr = nnlab("run", "trained", "--save", str(tmp_path / "out"))
    assert (status, stderr) == (0, "") and looked == [only(runs).id]
    assert (tmp_path / "out" / "observation.npz").exists() and str(tmp_path / "out") in stdout


def test_the_progress_line_is_in_both_languages() -> None:
    status = Status(
        state="running",
        step=1000,
        epoch=3.24,
        values={"test_accuracy": 0.971},
        images_per_second=3120.4,
        seconds_left=12.2,
    )
    assert live(status, words("ja")) == "エポック 3.2  テストの正解率 97.1 %  3,120 枚/秒  残り 12 秒"
    assert live(status, words("en")) == "epoch 3.2  test accuracy 97.1 %  3,120 images/s  12 s left"
    assert live(Status(), words("en")) == "queued" and live(Status(state="running"), words("en")) == "running"

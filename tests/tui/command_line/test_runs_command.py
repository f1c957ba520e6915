"""`nnlab runs`: what stands in the folders, as lines of JSON and as tables, and what is asked of runs."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine.training import launch
from engine.training.folder import Run
from engine.training.record import Reason, Status
from tui.command_line import runs as commands

Make = Callable[..., Run]


def lines(stdout: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stdout.splitlines()]


def test_list_has_a_line_a_run_the_newest_first_and_nothing_after(nnlab: Any, make: Make) -> None:
    older = make(settings={"rate": 0.5}, name="標準")
    newer = make(
        points=2,
        state="failed",
        reason=Reason("nan", {"step": 20, "setting": "rate", "value": 0.5, "suggested": 0.1}),
        pid=123,
    )
    status, stdout, stderr = nnlab("runs", "list", "--json")
    first, second = lines(stdout)
    assert (status, stderr) == (0, "") and (first["id"], second["id"]) == (newer.id, older.id)
    assert (second["lab"], second["name"], second["settings"]) == ("neuron.trained", "標準", {"rate": 0.5})
    assert (second["status"], second["step"], second["pid"]) == ("finished", 20, None)
    assert second["metrics"] == {"test_loss": pytest.approx(2 / 3), "test_accuracy": 0.5}
    assert (second["seconds"], second["images_per_second"], second["problem"]) == (38.4, 3120.4, None)
    assert first["reason"]["kind"] == "nan" and first["reason"]["values"]["suggested"] == 0.1


def test_a_table_says_how_each_stands(nnlab: Any, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    run = make(name="標準")
    make(settings={"rate": 0.5}, state="paused", reason=None, pid=1)
    make(state="failed", reason=Reason("memory", {"setting": "batch", "value": 64, "suggested": 16}), points=0)
    _, stdout, _ = nnlab("runs", "list")
    assert "✓ finished" in stdout and "標準" in stdout and run.id in stdout and "50.0 %" in stdout and "0:38" in stdout
    assert "! interrupted" in stdout and "rate=0.5" in stdout
    assert "✗ failed" in stdout and "Set batch from 64 to 16 or less" in stdout and "–" in stdout
    assert nnlab("runs")[1] == stdout


def test_an_empty_folder_is_no_error(nnlab: Any) -> None:
    assert nnlab("runs", "list", "--json") == (0, "", "")
    assert "no runs yet" in nnlab("runs", "list")[1]


def test_a_run_that_can_not_be_read_says_so_and_hinders_no_other(nnlab: Any, make: Make) -> None:
    good, torn, newer = make(), make(), make()
    (torn.folder / "run.json").write_text("{")
    (newer.folder / "run.json").write_text('{"format": 99}')
    _, stdout, _ = nnlab("runs", "list", "--json")
    found = {line["id"]: line for line in lines(stdout)}
    assert found[good.id]["problem"] is None and found[good.id]["status"] == "finished"
    assert found[torn.id]["problem"] == {"kind": "unreadable", "values": {"id": torn.id, "file": "run.json"}}
    assert found[newer.id]["problem"]["kind"] == "too_new" and found[newer.id]["settings"] is None
    _, stdout, _ = nnlab("runs", "list")
    assert good.id in stdout and f"run.json of run {torn.id} can't be read" in stdout and "newer nnlab" in stdout
    status, stdout, stderr = nnlab("runs", "show", newer.id)
    assert (status, stdout) == (2, "") and "format 99; this one reads up to 1" in stderr


def test_show_has_all_of_a_run(nnlab: Any, make: Make) -> None:
    run = make(settings={"rate": 0.5, "form": "1998"})
    run.weights_path(10).write_bytes(b"")
    with run.metrics_path.open("ab") as file:
        file.write(b"{torn\n")
    status, stdout, _ = nnlab("runs", "show", run.id[-6:])
    expected = (run.id, "rate=0.5 form=1998", "61,706", "test_accuracy", "50.0 %", "3,120 images/s", "python 3.11.9")
    assert status == 0 and [text for text in expected if text not in stdout] == []
    assert "unreadable lines" in stdout and str(run.folder) in stdout.replace("\n", "").replace(" ", "")
    (line,) = lines(nnlab("runs", "show", run.id, "--json")[1])
    assert (line["threads"], line["seed"], line["facts"], line["weights"]) == (2, 7, {"parameters": 61706}, [10])
    assert line["metrics"]["test_accuracy"] == 0.5 and line["folder"] == str(run.folder)


def test_show_says_what_goes_wrong_and_which_setting_to_change(nnlab: Any, make: Make) -> None:
    run = make(points=0, settings={"rate": 0.4})
    with run.metrics_path.open("w") as file:
        for step in range(9):
            file.write(json.dumps({"step": step, "epoch": step / 4, "train_loss": 2.0 + step}) + "\n")
    stdout = " ".join(nnlab("runs", "show", run.id)[1].split())
    assert "grown from 2.000 to 9.000: the steps are too large. Lower rate from 0.4 to 0.1" in stdout


@pytest.mark.parametrize("width", [80, 120])
def test_a_long_name_leaves_room_for_what_came_out(
    nnlab: Any, make: Make, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    make(name="a name that is longer than what is left for it in a row of a terminal of eighty columns"[:80])
    _, stdout, _ = nnlab("runs", "list")
    assert "50.0 %" in stdout and "0:38" in stdout and len(stdout.splitlines()) == 2


@pytest.mark.parametrize("width", [60, 80, 120])
def test_ids_are_whole_at_every_width(nnlab: Any, make: Make, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    run = make(name="とても長い名前" * 9)
    _, stdout, _ = nnlab("runs", "list")
    assert run.id in stdout and "✓ finished" in stdout and len(stdout.splitlines()) == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("show nothing", "there is no run nothing"),
        ("show trained", "fits several runs: trained-"),
        ("pause {id}", "is not going on; to continue it, nnlab runs resume"),
        ("stop {id}", "is not going on"),
        ("resume {id}", "has finished already"),
        ("resume {id} --processes 0", 'is a whole number from 1 on, not "0"'),
        ("resume {id} --processes ２", 'is a whole number from 1 on, not "２"'),
        ("delete {id} nothing", "there is no run nothing"),
        ("rename {id} " + "x" * 81, "at most 80 characters"),
        ("export {id} --format xml", "choose one of csv, tensorboard"),
        ("delete", "ID… is missing"),
        ("lst", "Did you mean list?"),
    ],
)
def test_a_mistake_is_one_line(nnlab: Any, make: Make, typed: str, said: str) -> None:
    run, other = make(), make()
    status, stdout, stderr = nnlab("runs", *typed.format(id=run.id).split(" "))
    assert (status, stdout, stderr.count("\n")) == (2, "", 1)
    assert said in stderr and run.folder.exists() and other.folder.exists()


def test_a_run_pauses_goes_on_and_stops(nnlab: Any, make: Make, fake: Path) -> None:
    run = make(points=1, state="stopped")
    fake.write_text("point pause hold")
    assert nnlab("runs", "resume", run.id) == (0, f"{run.id}\n", "")
    (line,) = lines(nnlab("runs", "pause", run.id, "--json")[1])
    assert line["status"] == "paused" and line["pid"] > 0
    assert nnlab("runs", "delete", run.id)[0] == 2 and run.folder.exists()
    (line,) = lines(nnlab("runs", "resume", run.id, "--json")[1])
    assert line["status"] == "running"
    (line,) = lines(nnlab("runs", "stop", run.id, "--json")[1])
    assert (line["id"], line["status"], line["pid"]) == (run.id, "stopped", None)


def test_a_run_goes_on_in_as_many_processes_as_is_said(
    nnlab: Any, make: Make, fake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch, "cores", lambda: 2)
    fake.write_text("point hold")
    alone = make(points=1, state="interrupted")
    assert "can go on in one process only" in nnlab("runs", "resume", alone.id, "--processes", "2")[2]
    monkeypatch.setattr(commands, "settings_of", lambda lab: {"processes": None})
    assert "at most 2 processes" in nnlab("runs", "resume", alone.id, "--processes", "3")[2]
    assert nnlab("runs", "resume", alone.id, "--processes", "2") == (0, f"{alone.id}\n", "")
    assert alone.record().processes == 2 and alone.record().settings == {"processes": 2}
    status, _, said = nnlab("runs", "resume", alone.id, "--processes", "1")
    assert status == 2 and "waits with processes=2; to change that, stop it first" in said
    assert nnlab("runs", "resume", alone.id, "--processes", "many")[0] == 2


def test_who_does_not_do_as_asked_is_told(nnlab: Any, make: Make, fake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "PATIENCE", 0.0)
    run = make(points=1, state="stopped")
    fake.write_text("deaf")
    launch.resume(run)
    status, stdout, stderr = nnlab("runs", "stop", run.id)
    assert (status, stdout) == (0, "") and "was asked to, and is still" in stderr


def test_delete_takes_several(nnlab: Any, make: Make) -> None:
    first, second, kept = make(), make(), make()
    status, stdout, _ = nnlab("runs", "delete", first.id, second.id, first.id, "--json")
    assert status == 0 and lines(stdout) == [{"id": run.id, "deleted": True} for run in (first, second)]
    assert not first.folder.exists() and not second.folder.exists() and kept.folder.exists()


def test_on_a_terminal_it_asks_before_it_deletes(nnlab: Any, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(commands, "_agreed", lambda question: bool(asked.append(question)))
    run = make()
    assert nnlab("runs", "delete", run.id)[0] == 1 and run.folder.exists() and run.id in asked[0]
    assert nnlab("runs", "delete", run.id, "--yes")[0] == 0 and not run.folder.exists()


def test_a_broken_run_can_be_deleted(nnlab: Any, make: Make) -> None:
    run = make()
    for name in ("run.json", "status.json"):
        (run.folder / name).write_text("{")
    assert nnlab("runs", "delete", run.id)[0] == 0 and not run.folder.exists()


def test_rename_gives_a_name(nnlab: Any, make: Make) -> None:
    run = make()
    (line,) = lines(nnlab("runs", "rename", run.id, "学習率 0.5", "--json")[1])
    assert line["name"] == "学習率 0.5" == run.record().name


def test_the_list_brings_neither_numpy_nor_torch(make: Make) -> None:
    run = make(settings={"rate": 0.5})
    script = (
        "import sys; from tui.cli import main; main(['runs', 'list', '--json']);"
        "heavy = ('numpy', 'torch', 'textual', 'lessons.neuron.labs.unit');"
        "print([name for name in heavy if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stderr.strip() == "[]" and run.id in done.stdout


def test_the_folder_and_the_number_of_runs_come_from_home_and_preferences(tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.mkdir()
    kept = config / "preferences.json"
    kept.write_text('{"runs_at_once": 3}')
    script = (
        "import os; from tui.cli import main; main(['runs', 'list']);"
        "print(os.environ['NNLAB_RUNS'], os.environ['NNLAB_RUNS_AT_ONCE'])"
    )
    environ = {name: value for name, value in os.environ.items() if not name.startswith("NNLAB_RUNS")}

    def last(**more: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            env=environ | {"NNLAB_HOME": str(tmp_path)} | more,
        )
        return done.stdout.splitlines()[-1]

    assert last() == f"{tmp_path}/state/runs 3"
    kept.write_text('{"runs_at_once": 9}')
    assert last().endswith("/state/runs 2")
    assert last(NNLAB_RUNS="elsewhere", NNLAB_RUNS_AT_ONCE="1") == f"{Path.cwd()}/elsewhere 1"


def test_ids_are_completed(make: Make, runs: Path) -> None:
    run = make(name="標準")
    done = subprocess.run(
        [sys.executable, "-m", "tui.cli"],
        capture_output=True,
        text=True,
        env=os.environ
        | {"_NNLAB_COMPLETE": "zsh_complete", "COMP_WORDS": "nnlab runs show trained-", "COMP_CWORD": "3"},
    )
    assert done.stdout.splitlines() == ["plain", run.id, "finished  標準"]


def test_what_is_printed_is_in_the_learners_language(nnlab: Any, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    make(state="failed", reason=Reason("nan", {"setting": "rate", "value": 0.5, "suggested": 0.1}))
    assert "損失が NaN になったので、学習を止めました。rate を 0.5 から 0.1 以下にしてください" in (
        nnlab("runs", "show", "trained")[1].replace("\n", "").replace("  ", "")
    )
    for command in ("list", "show", "pause", "resume", "stop", "delete", "rename", "export"):
        status, stdout, _ = nnlab("runs", command, "--help")
        assert status == 0 and stdout.startswith(f"使い方  nnlab runs {command}")


def test_a_status_of_more_curves_than_fit_is_read(nnlab: Any, make: Make) -> None:
    run = make()
    run.write_status(
        msgspec.structs.replace(Status(state="finished", step=20), values={f"gradient.{n}": 0.1 for n in range(999)})
    )
    (line,) = lines(nnlab("runs", "show", run.id, "--json")[1])
    assert line["metrics"]["test_accuracy"] == 0.5

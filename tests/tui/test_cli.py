"""The command line as somebody types it: results on stdout, one line on stderr, and the exit status."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from lessons.catalogue import load
from tui import cli
from tui.command_line import opening, run
from tui.command_line.output import plain_data

Type = Callable[..., tuple[int, str, str]]


@pytest.fixture
def nnlab(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Type:
    """Type a command line; gives the exit status, stdout and stderr."""
    for name in ("LC_ALL", "LC_MESSAGES", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NNLAB_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NNLAB_RUNS", str(tmp_path / "home" / "state" / "runs"))
    monkeypatch.setenv("NNLAB_RUNS_AT_ONCE", "2")
    monkeypatch.setenv("NNLAB_CACHE", str(tmp_path / "home" / "cache"))
    monkeypatch.setenv("LANG", "en_US.UTF-8")

    def typed(*arguments: str) -> tuple[int, str, str]:
        status = cli.main(arguments)
        return (status, *capsys.readouterr())

    return typed


def one_line(stderr: str) -> str:
    assert stderr.startswith("nnlab: ") and stderr.count("\n") == 1 and stderr.endswith("\n")
    return stderr.removeprefix("nnlab: ").rstrip()


@pytest.mark.parametrize(
    "typed",
    [
        ("neuron.unit", "w1=0.5", "h=−1", "--json"),
        ("--json", "neuron.unit", "h=-1", "w1=0.5"),
        ("neuron.unit?w1=2&h=-1", "--json", "w1=0.5"),
        ("unit", "h=-1", "--json", "w1=0.5"),
        ("2.3", "--json", "h=-1.0", "w1=0.50"),
    ],
)
def test_run_takes_labs_settings_and_options_in_any_order(nnlab: Type, typed: tuple[str, ...]) -> None:
    status, stdout, stderr = nnlab("run", *typed)
    assert (status, stderr) == (0, "")
    (line,) = stdout.splitlines()
    last = json.loads(line)
    assert last["final"] is True and last["lab"] == "neuron.unit"
    assert last["settings"]["w1"] == 0.5 and last["settings"]["h"] == -1 and last["settings"]["x1"] == 1
    assert last["a"] == pytest.approx(0.56) and last["y"] == pytest.approx(1 / (1 + np.exp(-1.56)))


def test_every_observation_is_a_line_and_the_last_is_final(nnlab: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    def three(lab: Any, settings: Any) -> Iterator[Any]:
        (once,) = list(observations(lab, settings))
        for y in (0.1, float("nan"), 0.3):
            yield msgspec.structs.replace(once, y=y, moved={"w1": y})

    observations = run.observations
    monkeypatch.setattr(run, "observations", three)
    status, stdout, _ = nnlab("run", "neuron.unit", "--json")
    lines = [json.loads(line) for line in stdout.splitlines()]
    assert status == 0 and [line["y"] for line in lines] == [0.1, None, 0.3]
    assert [line.get("final", False) for line in lines] == [False, False, True]
    assert lines[-1]["moved"] == {"w1": 0.3}


def test_what_a_network_can_not_answer_is_said_in_words(nnlab: Type) -> None:
    typed = ("run", "applications.panel", "own=true", "sentence=café", "tokens=1", "steps=1")
    status, stdout, stderr = nnlab(*typed)
    assert (status, stderr) == (0, "") and "Nothing is drawn yet" in stdout and "never seen é" in stdout
    last = json.loads(nnlab(*typed, "--json")[1])
    assert [trouble["kind"] for trouble in last["troubles"]] == ["nothing_drawn", "unknown_characters", "nothing_asked"]


def test_run_saves_numbers_arrays_and_pictures(nnlab: Type, tmp_path: Path) -> None:
    folder = tmp_path / "some" / "where"
    status, stdout, stderr = nnlab("run", "neuron.unit", "--save", str(folder))
    assert (status, stderr) == (0, "") and "0.61" in stdout and str(folder) in stdout
    assert {path.name for path in folder.iterdir()} >= {"activation.svg", "network.svg", "observation.npz"}
    with np.load(folder / "observation.npz") as saved:
        assert saved["y"].shape == () and saved["activation.lines.0.y"].shape == (401,)


def test_a_folder_that_can_not_be_made_is_one_line(nnlab: Type, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    status, stdout, stderr = nnlab("run", "neuron.unit", "--json", "--save", str(tmp_path / "file" / "x"))
    assert status == 1 and json.loads(stdout)["final"] and str(tmp_path / "file") in one_line(stderr)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("run neuron.unit w1=99", "w1 goes from −2 to 2; 99 is outside"),
        ("run neuron.unit w1=nan", "w1 takes a number from −2 to 2, not nan"),
        ("run neuron.unit w1=abc\x1b[2J", "w1 takes a number from −2 to 2, not abc·[2J"),
        ("run neuron.unit w1=", "w1 takes a number"),
        ("run neuron.unit w1", "w1 is not of the form name=value"),
        ("run neuron.unit w1=%ff", "not of the form name=value"),
        ("run neuron.unit weight1=1", "there is no setting weight1; there are f, x1,"),
        (
            "run neuron.unit f=Sigmoyd",
            "one of step, sign, sigmoid, tanh, relu, leaky_relu, gelu. Did you mean sigmoid?",
        ),
        ("run neuron.unti", "Did you mean neuron.unit?"),
        ("run neuron", "neuron is a section; choose a lab: neuron.synapse, neuron.threshold"),
        ("run a.b.c", "a.b.c is no lab address"),
        ("run", "SECTION.LAB|ADDRESS is missing"),
        ("run neuron.unit --jsn", "there are --json, --save, --detach, --help. Did you mean --json?"),
        ("run neuron.unit --w1=3", "Settings are written name=value"),
        ("run neuron.unit --save", "--save"),
        ("open nowhere", "there are introduction, neuron"),
        ("open neuron.unit?w1=3", "w1 goes from −2 to 2"),
        ("open neuron?w1=1", "is no lab address"),
        (
            "lst",
            "there are open, list, run, runs, report, doctor, bench, serve, completion. Did you mean list?",
        ),
        ("neuron.unit", "Did you mean nnlab open neuron.unit?"),
        ("completion tcsh", "choose one of bash, zsh, fish"),
    ],
)
def test_a_mistake_is_one_line_that_names_what_is_allowed(nnlab: Type, typed: str, said: str) -> None:
    status, stdout, stderr = nnlab(*typed.split(" "))
    assert (status, stdout) == (2, "")
    assert said in one_line(stderr)


def test_messages_and_help_are_in_the_learners_language(nnlab: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    assert "w1 は −2 から 2 までです" in one_line(nnlab("run", "neuron.unit", "w1=99")[2])
    for command in ((), ("open",), ("list",), ("run",), ("runs",), ("doctor",), ("bench",), ("completion",)):
        status, stdout, _ = nnlab(*command, "--help")
        assert status == 0 and stdout.startswith("使い方  nnlab") and "この説明を表示する" in stdout


def test_help_of_run_lists_the_settings_of_a_lab(nnlab: Type) -> None:
    _, stdout, _ = nnlab("run", "neuron.unit", "--help")
    for setting in load("neuron.unit").settings.__struct_fields__:
        assert f"\n  {setting}=" in stdout
    assert "−2 … 2" in stdout and "leaky_relu" in stdout


def test_list_names_every_lab_and_imports_none(tmp_path: Path) -> None:
    script = (
        "import sys; from tui.cli import main; main(['list', '--json']);"
        "heavy = ('numpy', 'torch', 'textual', 'lessons.neuron.labs.unit');"
        "print([name for name in heavy if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env=os.environ | {"NNLAB_HOME": str(tmp_path), "LANG": "en_US.UTF-8", "LC_ALL": ""},
    )
    labs = [json.loads(line) for line in done.stdout.splitlines()]
    unit = next(lab for lab in labs if lab["lab"] == "neuron.unit")
    assert (unit["number"], unit["section"], unit["solved"], unit["exercises"]) == ("2.3", "neuron", 0, 3)
    assert done.stderr.strip() == "[]"


def test_list_says_which_record_was_broken(nnlab: Type, tmp_path: Path) -> None:
    (records := tmp_path / "home" / "state" / "progress").mkdir(parents=True)
    (records / "a.jsonl").write_bytes(b'garbage\n{"event":"opened","lab":"neuron.unit"}\n')
    status, stdout, stderr = nnlab("list", "--json")
    assert status == 0 and '"lab": "neuron.unit"' in stdout
    assert "a.jsonl.broken-" in one_line(stderr)


def test_interruption_is_130_and_silent(nnlab: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(lab: Any, settings: Any) -> Iterator[Any]:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(run, "observations", interrupted)
    assert nnlab("run", "neuron.unit", "--json") == (130, "", "\n")


def test_an_unexpected_error_is_one_line_and_a_traceback_in_the_log(
    nnlab: Type, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fails(lab: Any, settings: Any) -> Iterator[Any]:
        raise ZeroDivisionError("seven")
        yield

    monkeypatch.setattr(run, "observations", fails)
    status, _, stderr = nnlab("run", "neuron.unit")
    log = tmp_path / "home" / "state" / "log" / "nnlab.log"
    assert status == 1 and str(log) in one_line(stderr)
    assert "Traceback" in log.read_text() and "ZeroDivisionError: seven" in log.read_text()


def shell(command: str, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    python = f"{sys.executable} -m tui.cli"
    return subprocess.run(
        ["bash", "-c", command.replace("nnlab", python)],
        capture_output=True,
        text=True,
        env=os.environ | {"NNLAB_HOME": str(tmp_path), "LANG": "en_US.UTF-8", "LC_ALL": ""},
    )


def test_a_closed_pipe_and_a_full_disk_leave_no_traceback(tmp_path: Path) -> None:
    closed = shell("nnlab list --json | true; exit ${PIPESTATUS[0]}", tmp_path)
    assert closed.stderr == "" and closed.returncode in (0, 1)
    if Path("/dev/full").exists():
        full = shell("nnlab run neuron.unit --json > /dev/full", tmp_path)
        assert full.returncode == 1 and "disk is full" in one_line(full.stderr)


def test_opening_without_a_terminal_is_one_line(nnlab: Type) -> None:
    for typed in ((), ("open", "neuron")):
        status, _, stderr = nnlab(*typed)
        assert status == 1 and "nnlab run" in one_line(stderr)


def test_open_hands_on_the_full_address_and_asks_nothing(nnlab: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[str | None, bool]] = []
    monkeypatch.setattr(
        opening, "open_program", lambda words, places, target, ask, tour=None: opened.append((target, ask)) or 0
    )
    for typed in ((), ("open", "2"), ("open", "unit"), ("open", "lab:neuron.unit?w1=0.50&h=0.4")):
        assert nnlab(*typed)[0] == 0
    assert opened == [(None, True), ("neuron", False), ("neuron.unit", False), ("neuron.unit?w1=0.50&h=0.4", False)]


def complete(tmp_path: Path, shell_name: str, words: list[str], index: int) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "tui.cli"],
        capture_output=True,
        text=True,
        env=os.environ
        | {"NNLAB_HOME": str(tmp_path), "LANG": "en_US.UTF-8", "_NNLAB_COMPLETE": f"{shell_name}_complete"}
        | {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(index)},
    )
    return [line.removeprefix("plain,") for line in done.stdout.splitlines()]


def test_labs_settings_and_values_are_completed(tmp_path: Path) -> None:
    assert complete(tmp_path, "bash", ["nnlab", "run", "neuron.u"], 2) == ["neuron.unit"]
    assert complete(tmp_path, "bash", ["nnlab", "open", "intro"], 2)[0] == "introduction"
    assert complete(tmp_path, "bash", ["nnlab", "run", "neuron.unit", "w"], 3) == ["w1=", "w2=", "w3="]
    assert complete(tmp_path, "zsh", ["nnlab", "run", "neuron.unit", "f=s"], 3)[1::3] == [
        "f=step",
        "f=sign",
        "f=sigmoid",
    ]
    words = ["nnlab", "run", "neuron.unit", "f", "=", "si"]  # as bash parts them
    assert complete(tmp_path, "bash", words, 5) == ["sign", "sigmoid"]
    assert complete(tmp_path, "bash", words[:5], 4)[:2] == ["step", "sign"]


def test_completion_scripts_name_their_command(nnlab: Type) -> None:
    assert "compopt -o nospace" in nnlab("completion", "bash")[1]
    assert "#compdef nnlab" in nnlab("completion", "zsh")[1]
    assert "complete --no-files --command nnlab" in nnlab("completion", "fish")[1]


def test_json_holds_plain_data_only() -> None:
    found = plain_data({"a": np.int64(3), "b": [np.float32(0.5), float("inf")], "c": (True, None), "d": np.arange(2)})
    assert json.dumps(found) == '{"a": 3, "b": [0.5, null], "c": [true, null], "d": [0, 1]}'


def test_the_command_line_is_light(tmp_path: Path) -> None:
    script = "import sys, tui.cli; print([m for m in ('textual', 'rich', 'numpy', 'torch') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout.strip() == "[]"

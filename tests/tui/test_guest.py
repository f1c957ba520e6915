"""A guest: nothing of the owner's is touched, nothing stays, no solution is shown."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.training import launch
from engine.training.folder import Run, create
from engine.training.ownership import process_start
from engine.training.record import Status
from tui import cli, guest
from tui.app import NnlabApp
from tui.attempt import HINTS
from tui.bench.programs import NNLAB, at_home, environ
from tui.bench.terminal import Program
from tui.locale import words
from tui.store.places import places
from tui.widgets.exercise import ExerciseStrip

SOLVED = {"event": "solved", "lab": "neuron.unit", "exercise": "predict", "address": "neuron.unit", "time": 1.0}

STAYS = """
import signal
from tui import guest
from tui.store.places import places

with guest.home(places(), places().runs / "queue"):
    print("in", flush=True)
    signal.pause()
"""


@pytest.fixture
def owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with preferences, progress, a place where the learner was, and a run."""
    folder = tmp_path / "owner"
    for name, content in {
        "config/preferences.json": {"language": "ja", "theme": "clear"},
        "state/state.json": {"labs": {"neuron.gates": {"address": "neuron.gates?gate=OR", "time": 1}}},
        "state/progress/old.jsonl": SOLVED,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(content) + "\n", encoding="utf-8")
    run = create(
        folder / "state" / "runs", lab="convolution.lenet5", settings={}, function="engine.none:none", threads=1
    )
    run.write_status(Status(state="finished", time=1.0))
    monkeypatch.setenv("NNLAB_HOME", str(folder))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """All that is in a folder, but for what can be made again."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "cache" not in path.parts
    }


def homes(folder: Path) -> list[Path]:
    """Homes of guests."""
    return list(folder.glob(f"{guest.PREFIX}*"))


def test_the_screens_of_a_guest_leave_everything_as_it_was(owner: Path) -> None:
    before = contents(owner)
    with Program(
        [sys.executable, "-c", NNLAB, "--guest"],
        environ(owner, {"NNLAB_ENGINE_TORCH": "0", "TMPDIR": os.environ["TMPDIR"]}),
    ) as nnlab:
        at_home(nnlab)
        nnlab.wait_for(words("ja").text("home.guest"))
        assert "0/5" in nnlab.shown.text  # nothing of the owner's progress is shown
        (made,) = homes(owner.parent)
        nnlab.press("2")
        nnlab.wait_for(words("ja").text("neuron.synapse.goal"))
        nnlab.press("\x1b[C")
        nnlab.press("h")
        nnlab.press("L")
        nnlab.wait_for(words("en").text("neuron.synapse.goal"))
        nnlab.press("\x11")
        assert nnlab.ended() == 0
    assert contents(owner) == before and not made.exists()


def test_a_command_of_a_guest_sees_and_leaves_nothing(owner: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(owner)
    assert cli.main(["--guest", "runs", "list", "--json"]) == 0
    assert capsys.readouterr().out == ""
    assert cli.main(["--guest", "run", "neuron.unit", "w1=0.5", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["lab"] == "neuron.unit"
    assert contents(owner) == before and homes(owner.parent) == []
    assert os.environ["NNLAB_HOME"] == str(owner) and "NNLAB_GUEST" not in os.environ


def test_runs_of_a_guest_wait_in_the_owners_queue_and_are_stopped_at_the_end(owner: Path) -> None:
    kept = places()
    with guest.home(kept, kept.runs / ".queue") as variables:
        assert variables["NNLAB_QUEUE"] == str(kept.runs / ".queue")
        run = launch.start(
            Path(variables["NNLAB_RUNS"]),
            lab="convolution.lenet5",
            settings={"epochs": 60},
            function="engine.vision.digit_training:training",
            threads=1,
            environ=variables | {"NNLAB_DEVICE": "cpu"},
        )
        until = time.monotonic() + 10
        while not run.alive():
            assert time.monotonic() < until
            time.sleep(0.02)
        pid = run.status().pid or run.written_status().pid
    launch.reap()
    assert not run.folder.exists() and homes(owner.parent) == []
    until = time.monotonic() + 10
    while pid and process_start(pid) is not None:  # it has let go of its run, and ends
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_home_that_was_left_behind_is_removed_by_the_next_guest(owner: Path) -> None:
    here = environ(owner, {"TMPDIR": os.environ["TMPDIR"]})
    with subprocess.Popen([sys.executable, "-c", STAYS], env=here, stdout=subprocess.PIPE) as killed:
        assert killed.stdout is not None and killed.stdout.readline() == b"in\n"
        (left,) = homes(owner.parent)
        guest.remove_left_behind()
        assert left.exists(), "its sitting goes on"
        killed.send_signal(signal.SIGKILL)
    strangers = owner.parent / f"{guest.PREFIX}link", owner.parent / f"{guest.PREFIX}open"
    strangers[0].symlink_to(owner, target_is_directory=True)
    strangers[1].mkdir(mode=0o777)
    strangers[1].chmod(0o777)
    (strangers[1] / guest.OWNER).write_text('[4194305, "1"]')
    before = contents(owner)
    guest.remove_left_behind()
    assert not left.exists() and all(each.exists() for each in strangers) and contents(owner) == before


def test_where_no_home_can_be_made_it_is_one_sentence(
    owner: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(prefix: str) -> str:
        raise OSError(28, "No space left on device", "/tmp")

    monkeypatch.setattr("tempfile.mkdtemp", full)
    assert cli.main(["--guest", "list"]) == 1
    said = capsys.readouterr()
    assert said.out == "" and said.err == f"nnlab: {words('ja').text('notice.disk_full', path='/tmp', reason='')}\n"


@pytest.mark.parametrize("shows", [False, True])
async def test_a_guest_is_shown_hints_and_no_solution(tmp_path: Path, shows: bool) -> None:
    variables = {"NNLAB_HOME": str(tmp_path), "LANG": "C.UTF-8"} | ({} if shows else {"NNLAB_GUEST": "1"})
    app = NnlabApp(environ=variables)
    async with app.run_test(size=(120, 40)) as pilot:
        app.open_address("neuron.unit?w1=0.5")
        await pilot.pause()
        session = app.session("neuron.unit")
        await session.settled()
        await pilot.press("e", *"h" * (HINTS + 2))
        await pilot.pause()
        await session.settled()
        assert session.attempt.state.hints == HINTS and session.attempt.state.shown is shows
        shown = app.screen.query_one(ExerciseStrip)
        assert shows or app.words.text("exercise.solution") not in "\n".join(shown.canvas.lines())


def test_the_run_that_was_there_is_still_finished(owner: Path) -> None:
    (run,) = (Run(path) for path in (owner / "state" / "runs").iterdir())
    with guest.home(places(), owner / "queue"):
        pass
    assert run.status().state == "finished"

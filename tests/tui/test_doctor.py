"""The doctor: each thing that can be wrong is found, and what to do about it is said."""

import json
import re
from pathlib import Path

import pytest

from tui import doctor
from tui.command_line import detached
from tui.command_line.torch_probe import probe
from tui.doctor import BAD, OK, WARN, Check
from tui.locale import LANGUAGES, words
from tui.store.places import places
from tui.store.preferences import Preferences


def notices(environ: dict[str, str], root: Path) -> list[str]:
    return [notice.key.removeprefix("doctor.detached.") for notice in detached.endings(environ, root)]


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.mark.parametrize(
    ("check", "state"),
    [
        (doctor.python_check((3, 11)), OK),
        (doctor.python_check((3, 10)), BAD),
        (doctor.size_check((80, 24)), OK),
        (doctor.size_check((79, 24)), WARN),
        (doctor.size_check((120, 23)), WARN),
        (doctor.glyphs_check(1, None), OK),
        (doctor.glyphs_check(2, None), OK),
        (doctor.glyphs_check(2, False), WARN),
        (doctor.glyphs_check(1, True), WARN),
        (doctor.glyphs_check(None, True), OK),
        (doctor.disk_check(Path("/"), lambda path: (0, 0, 10**10)), OK),
        (doctor.disk_check(Path("/no/such"), lambda path: (0, 0, 10**9)), WARN),
        (doctor.disk_check(Path("/"), lambda path: (0, 0, 10**7)), BAD),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_a_thing_is_well_or_says_what_to_do(check: Check, state: str) -> None:
    assert check.state == state
    assert state == OK or check.todo is not None


def test_a_folder_that_can_not_be_written_is_bad(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way")
    found = {check.name: check for check in doctor.folder_checks(places({"NNLAB_HOME": str(tmp_path)}))}
    assert [found[f"folder_{name}"].state for name in ("config", "state", "cache")] == [OK, BAD, OK]
    assert list((tmp_path / "config").iterdir()) == []


def test_torch_is_asked_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NNLAB_DEVICE", "cuda:9")
    found = probe(None)
    assert found.problem == "" and found.threads >= 1 and "cuda:9" in found.device_problem
    monkeypatch.setenv("NNLAB_DEVICE", "cpu")
    assert probe("cuda:9").device == "cpu"


def test_a_torch_that_fails_or_hangs_is_named() -> None:
    assert "libcudart" in probe(None, script="raise ImportError('libcudart.so: no such file')").problem
    assert probe(None, limit=0.2, script="import time; time.sleep(60)").problem == "> 0.2 s"
    assert probe(None, script="print('no answer')").problem == "no answer"


def test_nothing_ends_a_run_on_a_plain_machine(tmp_path: Path) -> None:
    put(tmp_path / "proc/1/comm", "systemd\n")
    put(tmp_path / "etc/systemd/logind.conf", "[Login]\n#KillUserProcesses=yes\nKillUserProcesses=no\n")
    assert notices({"USER": "ai", "XDG_SESSION_ID": "1"}, tmp_path) == []


def test_slurm_and_containers_end_runs(tmp_path: Path) -> None:
    put(tmp_path / ".dockerenv", "")
    put(tmp_path / "proc/1/comm", "bash\n")
    assert notices({"SLURM_JOB_ID": "42"}, tmp_path) == ["slurm", "container"]
    put(tmp_path / "proc/1/comm", "tini\n")
    assert notices({}, tmp_path) == []


def test_logind_is_read_as_systemd_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detached, "in_session", lambda environ: True)
    put(tmp_path / "usr/lib/systemd/logind.conf", "KillUserProcesses=no\n")
    put(tmp_path / "usr/lib/systemd/logind.conf.d/50-kill.conf", "KillUserProcesses=yes\n")
    assert notices({"USER": "ai"}, tmp_path) == ["logind"] and notices({"USER": "root"}, tmp_path) == []
    put(tmp_path / "etc/systemd/logind.conf.d/60-only.conf", "KillOnlyUsers=guest\n")
    assert notices({"USER": "ai"}, tmp_path) == [] and notices({"USER": "guest"}, tmp_path) == ["logind"]
    put(tmp_path / "etc/systemd/logind.conf.d/50-kill.conf", "")
    assert notices({"USER": "guest"}, tmp_path) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_check_has_its_words(language: str) -> None:
    source = "".join(Path(module.__file__).read_text() for module in (doctor, detached))
    keys = set(re.findall(r'Notice\("([a-z_.]+)"', source)) | set(re.findall(r'"@([a-z_.]+)"', source))
    keys |= {f"doctor.{name}" for name in re.findall(r'Check\("([a-z]+)"', source)}
    keys |= {f"doctor.folder_{name}" for name in ("config", "state", "cache")}
    assert len(keys) > 25
    assert [key for key in sorted(keys) if not words(language).has(key)] == []  # type: ignore[arg-type]


def test_the_doctor_looks_at_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doctor, "torch_checks", lambda preferences: iter([Check("torch", OK, "2.9")]))
    found = places({"NNLAB_HOME": str(tmp_path)})
    environ = {"TERM": "xterm-256color", "SSH_TTY": "/dev/pts/1"}
    assert doctor.show(words("en"), found, Preferences(wide=True), True, environ) == 0
    checks = {line["check"]: line for line in map(json.loads, capsys.readouterr().out.splitlines())}
    names = "python torch packages terminal colours size glyphs braille line folder_config folder_state"
    assert list(checks) == [*names.split(), "folder_cache", "disk", "log", "detached"]
    assert checks["line"]["value"].startswith("ssh") and checks["log"]["value"].startswith(str(tmp_path))
    assert doctor.show(words("ja"), found, Preferences(), False, {"TERM": "dumb"}) == 1
    assert "✗  端末" in capsys.readouterr().out


def test_a_queue_that_is_named_must_be_one_in_which_runs_can_wait(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    assert list(doctor.queue_checks(places({}), Preferences(), {})) == []
    (well,) = doctor.queue_checks(places({}), Preferences(queue=str(shared)), {})
    assert (well.state, well.value, well.todo) == (doctor.OK, str(shared), None) and not list(shared.iterdir())
    for text, state in (("3", doctor.OK), ("three", doctor.WARN), ("0", doctor.WARN)):
        (shared / "at-once").write_text(text)
        (told,) = doctor.queue_checks(places({}), Preferences(queue=str(shared)), {})
        assert told.state == state and (told.todo is None) == (state == doctor.OK)
    gone = {"NNLAB_QUEUE": str(tmp_path / "gone")}
    (bad,) = doctor.queue_checks(places(gone), Preferences(queue=str(shared)), gone)
    assert bad.state == doctor.BAD and bad.todo is not None and bad.todo.values["path"] == gone["NNLAB_QUEUE"]

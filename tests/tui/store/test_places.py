"""Folders: the platform's, or all beneath NNLAB_HOME."""

from pathlib import Path

import pytest

from tui.command_line.environment import queueing
from tui.store.places import made, places
from tui.store.preferences import Preferences


def test_home_moves_everything(tmp_path: Path) -> None:
    found = places({"NNLAB_HOME": str(tmp_path / "lab")})
    assert all(
        folder.is_relative_to(tmp_path / "lab") for folder in (found.config, found.state, found.cache, found.log)
    )
    assert not (tmp_path / "lab").exists()
    assert made(found.progress) is None and found.progress.is_dir()


def test_without_it_the_platforms_folders_are_taken() -> None:
    found = places({})
    assert found.config != found.state and "nnlab" in found.config.parts


def test_a_folder_that_cannot_be_made_is_a_notice(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    notice = made(tmp_path / "file" / "folder")
    assert notice is not None and notice.values["path"] == str(tmp_path / "file" / "folder")


def test_runs_cache_and_queue_may_lie_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    named = {"NNLAB_RUNS": "runs", "NNLAB_CACHE": "/cache", "NNLAB_QUEUE": "~/queue"}
    found = places({"NNLAB_HOME": str(tmp_path / "lab"), **named})
    assert (found.runs, found.cache, found.queue) == (tmp_path / "runs", Path("/cache"), Path.home() / "queue")
    assert places({"NNLAB_HOME": str(tmp_path / "lab"), "NNLAB_QUEUE": ""}).queue is None


def test_the_environment_comes_before_the_preferences(tmp_path: Path) -> None:
    chosen = Preferences(runs_at_once=4, queue=str(tmp_path))
    home = {"NNLAB_HOME": str(tmp_path / "lab")}
    assert queueing(places(home), chosen, home) == {"NNLAB_RUNS_AT_ONCE": "4", "NNLAB_QUEUE": str(tmp_path)}
    given = home | {"NNLAB_RUNS_AT_ONCE": "1", "NNLAB_QUEUE": "/srv/queue"}
    assert queueing(places(given), chosen, given) == {"NNLAB_RUNS_AT_ONCE": "1", "NNLAB_QUEUE": "/srv/queue"}
    assert "NNLAB_QUEUE" not in queueing(places(home), Preferences(), home)

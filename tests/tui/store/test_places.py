"""Folders: the platform's, or all beneath NNLAB_HOME."""

from pathlib import Path

from tui.store.places import made, places


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

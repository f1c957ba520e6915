"""A home that is full or can't be written: the program works, says so once, loses nothing, and keeps all later."""

import errno
import logging
from pathlib import Path

import pytest

from engine import writing
from lessons import progress
from lessons.notice import FAILURES, Notice
from tui import app as app_module
from tui.app import NnlabApp
from tui.keeping import Keeping
from tui.locale import words
from tui.store import logfile
from tui.store.places import places
from tui.widgets.footer import FooterLine

CAUSES = {errno.ENOSPC: "notice.disk_full", errno.EROFS: "notice.read_only", errno.EACCES: "notice.no_permission"}


class Disk:
    """What becomes of writing."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, cause: int) -> None:
        self.full = True
        replacing, append = writing.replacing, progress._append

        def refuse(path: Path) -> None:
            if self.full:
                raise OSError(cause, "no", str(path))

        def replaced(path: Path) -> object:
            refuse(path)
            return replacing(path)

        def appended(path: Path, events: object) -> None:
            refuse(path)
            append(path, events)  # type: ignore[arg-type]

        monkeypatch.setattr("tui.store.files.replacing", replaced)
        monkeypatch.setattr(progress, "_append", appended)


@pytest.mark.parametrize("cause", CAUSES)
@pytest.mark.parametrize("language", ["en", "ja"])
async def test_it_is_said_once_and_kept_as_soon_as_it_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cause: int, language: str
) -> None:
    disk = Disk(monkeypatch, cause)
    variables = {"NNLAB_HOME": str(tmp_path), "LANG": "ja_JP.UTF-8" if language == "ja" else "C.UTF-8"}
    app = NnlabApp(environ=variables)
    told: list[str] = []
    monkeypatch.setattr(app, "tell_text", lambda text, lasting=False: told.append(text))
    async with app.run_test(size=(120, 40)) as pilot:
        app.open_address("neuron.unit?w1=0.5")
        await pilot.pause()
        await app.session("neuron.unit").settled()
        for _ in range(3):
            app._keep()
            await app.workers.wait_for_complete([each for each in app.workers if each.group == "keep"])
            await pilot.pause()
        begin = words(language).text(CAUSES[cause], path="|", reason="").partition("|")[0]
        assert len(told) == 1 and told[0].startswith(begin)
        assert app.keeping.unwritten and app.keeping.unkept is not None
        disk.full = False
        app._keep()
        await app.workers.wait_for_complete([each for each in app.workers if each.group == "keep"])
        await pilot.pause()
        assert len(told) == 1 and not app.keeping.unwritten and app.keeping.unkept is None
    kept = Keeping(places(variables))
    assert kept.address_of("neuron.unit") == "neuron.unit?w1=0.5" and kept.last_lab == "neuron.unit"
    assert kept.progress.opened.keys() == {"neuron.unit"} and kept.notices == []


async def test_a_long_path_leaves_room_for_what_to_do(tmp_path: Path) -> None:
    app = NnlabApp(environ={"NNLAB_HOME": str(tmp_path), "LANG": "C.UTF-8"})
    async with app.run_test(size=(80, 24)) as pilot:
        app.tell(
            Notice("notice.disk_full", {"path": "/home/somebody/" + "very_long/" * 12 + "state.json", "reason": ""})
        )
        await pilot.pause()
        line = app.screen.query_one(FooterLine).canvas.lines()[0].rstrip()
        assert line.endswith("state.json was not written. Make room on it")


def test_what_could_not_be_kept_is_said_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(app: NnlabApp) -> int:
        app.keeping.unkept = Notice("notice.read_only", {"path": "/there", "reason": ""})
        return 0

    monkeypatch.setattr(app_module.NnlabApp, "run", run)
    monkeypatch.setattr(app_module.wire, "install", lambda: None)
    monkeypatch.setattr(app_module.typesetting, "install", lambda: None)
    assert app_module.run_app() == 0
    assert capsys.readouterr().err == f"nnlab: {words('en').text('notice.read_only', path='/there')}\n"


def test_a_log_on_a_full_disk_is_closed_without_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    logfile.start(places({"NNLAB_HOME": str(tmp_path)}))

    def full(handler: logging.Handler) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(type(logfile._given[0]), "close", full)
    logfile.stop()
    assert logfile._given == []


def test_every_failure_has_a_sentence() -> None:
    assert all(words(language).has(key) for key in FAILURES for language in ("en", "ja"))

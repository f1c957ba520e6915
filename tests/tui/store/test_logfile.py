"""The log: a file that stays small and never speaks on the screen."""

import logging
import warnings
from collections.abc import Iterator

import pytest

from tui.store import logfile
from tui.store.logfile import log_path
from tui.store.places import Places


@pytest.fixture(autouse=True)
def stopped() -> Iterator[None]:
    yield
    logfile.stop()


def test_warnings_and_tracebacks_go_into_the_file(places: Places, capfd: pytest.CaptureFixture[str]) -> None:
    assert logfile.start(places) is None
    logging.getLogger("nnlab").warning("a 人 note")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(True)
        warnings.warn("overflow", RuntimeWarning, stacklevel=1)
    text = log_path(places).read_text(encoding="utf-8")
    assert "a 人 note" in text and "overflow" in text
    assert capfd.readouterr() == ("", "")


def test_it_is_continued_in_a_new_file_when_it_is_long(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logfile, "SIZE", 2000)
    logfile.start(places)
    for _ in range(100):
        logging.getLogger("nnlab").warning("x" * 100)
    sizes = [path.stat().st_size for path in places.log.iterdir()]
    assert len(sizes) == 3 and max(sizes) <= 2000


def test_no_folder_and_no_disk_are_borne_silently(places: Places, capfd: pytest.CaptureFixture[str]) -> None:
    places.state.mkdir(parents=True)
    places.log.write_text("a file where the folder should be")
    notice = logfile.start(places)
    assert notice is not None and notice.values["path"] == str(places.log)
    logging.getLogger("nnlab").error("lost")
    assert capfd.readouterr() == ("", "")

"""The log: warnings and tracebacks in a file, never on the screen."""

import logging
from contextlib import suppress
from pathlib import Path

from lessons.notice import Notice
from tui.store.places import Places, made

SIZE = 500_000
"""Bytes after which the log is continued in a new file; two older ones are kept."""

_given: list[logging.Handler] = []
"""What `start` has added to the root logger."""


def log_path(places: Places) -> Path:
    """Name the file."""
    return places.log / "nnlab.log"


def start(places: Places) -> Notice | None:
    """Send all logging and warnings to the file from now on; returns why that can't be done, if so."""
    from logging.handlers import RotatingFileHandler

    class Quiet(RotatingFileHandler):
        """Loses a line rather than printing a traceback over the screen when the disk is full."""

        def handleError(self, record: logging.LogRecord) -> None:
            pass

    stop()
    unmade = made(places.log)
    if unmade:
        handler: logging.Handler = logging.NullHandler()  # without any, Python would print warnings itself
    else:
        handler = Quiet(
            log_path(places),
            maxBytes=SIZE,
            backupCount=2,
            delay=True,
            encoding="utf-8",
            errors="backslashreplace",
        )
    handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(name)s  %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    _given.append(handler)
    logging.captureWarnings(True)  # numpy's, say, would stand in the middle of the screen
    return unmade


def stop() -> None:
    """Close the log and take back what `start` has given."""
    logging.captureWarnings(False)
    while _given:
        handler = _given.pop()
        logging.getLogger().removeHandler(handler)
        with suppress(OSError):  # of a full disk it has told nothing, and tells so once more
            handler.close()

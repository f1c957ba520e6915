"""How many runs compute at once on a host, and who is next.

A place is a lock file in `<runs>/.slots`; whoever holds its lock computes, and the system lets go of it with the
process. Who waits leaves a ticket in `<runs>/.queue`, named by time and run, so that the first to come is the first
to go, and nobody has to look through all the runs.
"""

import fcntl
import os
import platform
import re
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from engine import writing
from engine.training.launch import AT_ONCE
from engine.training.ownership import boot_id, myself, process_start, read_owner

FORGOTTEN = 24 * 3600.0
"""Seconds after which a ticket of another host, whose processes can't be asked for, is removed."""


def at_once(environ: Mapping[str, str]) -> int:
    """Runs that may compute at once: NNLAB_RUNS_AT_ONCE, or the usual number where that is none."""
    given = environ.get("NNLAB_RUNS_AT_ONCE", "")
    return max(1, int(given)) if given.isdecimal() else AT_ONCE


class Slot:
    """A run's place among those that compute, waited for with a ticket."""

    def __init__(self, runs: Path, identity: str, places: int) -> None:
        self._queue, self._slots = runs / ".queue", runs / ".slots"
        self._id = identity
        self._places = places
        self._host = re.sub(r"[^\w.-]", "_", platform.node())
        self._ticket: Path | None = None
        self._handle = -1

    @property
    def held(self) -> bool:
        """Whether the run may compute."""
        return self._handle >= 0

    def take(self, since: float) -> bool:
        """Take a place if one is free and nobody came earlier; else wait in the queue, from the time `since` on.

        Tells whether there is a place now. Raises OSError where no ticket can be written.
        """
        if self._ticket is None:
            self._write_ticket(since)
        if self._earlier():
            return False
        for number in range(self._places):
            handle = os.open(self._slots / f"{self._host}-{number}.lock", os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                os.close(handle)
                continue
            self._handle = handle
            self._tear_ticket()
            return True
        return False

    def leave(self) -> None:
        """Give the place back, or leave the queue."""
        self._tear_ticket()
        if self.held:
            os.close(self._handle)
            self._handle = -1

    def _write_ticket(self, since: float) -> None:
        for folder in (self._queue, self._slots):
            folder.mkdir(mode=0o700, exist_ok=True)
        ticket = self._queue / f"{since:017.6f}-{self._id}"
        writing.replace(ticket, msgspec.json.encode(myself()))
        self._ticket = ticket

    def _tear_ticket(self) -> None:
        if self._ticket is not None:
            with suppress(OSError):
                self._ticket.unlink(missing_ok=True)
            self._ticket = None

    def _earlier(self) -> bool:
        """Tell whether somebody of this host waits for longer; tickets of the dead are removed on the way."""
        assert self._ticket is not None
        for name in sorted(os.listdir(self._queue)):
            if name == self._ticket.name:
                break
            if not name.startswith(".") and self._waits(self._queue / name):
                return True
        return False

    def _waits(self, ticket: Path) -> bool:
        owner = read_owner(ticket)
        if owner is not None and owner.host != platform.node():
            with suppress(OSError):
                if time.time() - ticket.stat().st_mtime > FORGOTTEN:
                    ticket.unlink()
            return False  # it waits for a place on its own host
        if owner is not None and owner.boot == boot_id() and process_start(owner.pid) == owner.started:
            return True
        with suppress(OSError):
            ticket.unlink()
        return False

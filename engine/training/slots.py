"""How many runs compute at once on a host, and who is next.

The queue is a folder, `<runs>/.queue` or the one that NNLAB_QUEUE names, which all users of a group may share. A
place is a lock file in it; whoever holds its lock computes, and the system lets go of it with the process. Who waits
leaves a ticket, named by time and run and held locked too, so that the first to come is the first to go, nobody has
to look through all the runs, and the ticket of a process that is gone keeps nobody waiting.
"""

import os
import platform
import re
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from engine.training import shared
from engine.training.ownership import boot_id, myself, process_start
from engine.training.record import Owner
from engine.training.shared import Folder

AT_ONCE = 2
"""Runs that compute at the same time where NNLAB_RUNS_AT_ONCE says nothing else; the others are queued."""

FORGOTTEN = 24 * 3600.0
"""Seconds after which a ticket of another host, whose processes can't be asked for, is removed."""

MOST_AT_ONCE = 64

NUMBER = "at-once"
"""The file in a queue that says for all how many compute at once, if whoever keeps the queue has written one."""

TICKET = re.compile(r"\d{10}\.\d{6}-[\w-]{1,64}")
HALF_MADE = re.compile(rf"\.{TICKET.pattern}\.\d+-[0-9a-f]{{6}}")
"""What a process that was killed may leave."""


def at_once(environ: Mapping[str, str]) -> int:
    """Runs that may compute at once: NNLAB_RUNS_AT_ONCE, or the usual number where that is none."""
    given = environ.get("NNLAB_RUNS_AT_ONCE", "")
    return min(max(1, int(given)), MOST_AT_ONCE) if given.isdecimal() else AT_ONCE


def queue(environ: Mapping[str, str], runs: Path) -> Path:
    """The folder of the queue: NNLAB_QUEUE, or one beside the runs."""
    return Path(environ["NNLAB_QUEUE"]) if environ.get("NNLAB_QUEUE") else runs / ".queue"


class Slot:
    """A run's place among those that compute, waited for with a ticket."""

    def __init__(self, queue: Path, identity: str, places: int) -> None:
        self.queue = queue
        self._id = identity
        self._places = places
        self._host = re.sub(r"[^\w.-]", "_", platform.node())
        self._ticket = ""
        """Name of the ticket; `_waiting` is its handle."""

        self._waiting = self._handle = -1

    @property
    def held(self) -> bool:
        """Whether the run may compute."""
        return self._handle >= 0

    def take(self, since: float) -> bool:
        """Take a place if one is free and nobody came earlier; else wait in the queue, from the time `since` on.

        Tells whether there is a place now. Raises OSError where no ticket or no lock can be written.
        """
        with shared.opened(self.queue) as folder:
            names = folder.names()
            if not self._ticket or self._ticket not in names:  # who may write here may have removed it
                self._forget_ticket()
                self._ticket = f"{since:017.6f}-{self._id}"
                self._waiting = folder.put(self._ticket, msgspec.json.encode(myself()))
            if self._earlier(folder, names):
                return False
            self._handle = self._free_place(folder)
            if self.held:
                folder.remove(self._ticket)
                self._forget_ticket()
        return self.held

    def leave(self) -> None:
        """Give the place back, or leave the queue."""
        if self._ticket:
            with suppress(OSError), shared.opened(self.queue) as folder:
                folder.remove(self._ticket)
            self._forget_ticket()
        if self.held:
            os.close(self._handle)
            self._handle = -1

    def _forget_ticket(self) -> None:
        if self._waiting >= 0:
            os.close(self._waiting)
        self._ticket, self._waiting = "", -1

    def _free_place(self, folder: Folder) -> int:
        """Lock one of the places; −1 where all are taken. Raises OSError where none can be locked at all."""
        refused: list[OSError] = []
        places = number_in(folder) or self._places
        for number in range(places):
            try:
                handle = folder.lock(f"{self._host}-{number}.lock")
            except OSError as error:  # one that another user has made for nobody else
                refused.append(error)
                continue
            if handle is not None:
                return handle
        if len(refused) == places:
            raise refused[0]
        return -1

    def _earlier(self, folder: Folder, names: list[str]) -> bool:
        """Tell whether somebody of this host waits for longer; tickets of the dead are removed on the way."""
        for name in names:
            if name >= self._ticket:
                break
            if TICKET.fullmatch(name) and _waits(folder, name):
                return True
            if HALF_MADE.fullmatch(name) and folder.age(name, time.time()) > FORGOTTEN:
                folder.remove(name)
        return False


def number_in(folder: Folder) -> int:
    """How many compute at once, as the queue itself says it; 0 where it says nothing.

    Only who owns the folder, root or this user may say so.
    """
    found = folder.read(NUMBER)
    if found is None:
        return 0
    handle, state, content = found
    os.close(handle)
    text = content.strip()
    if state.st_uid not in (folder.owner, os.getuid(), 0) or not (text.isascii() and text.isdigit()):
        return 0
    return min(int(text), MOST_AT_ONCE)


def _waits(folder: Folder, ticket: str) -> bool:
    """Tell whether the process of a ticket is there and waits for a place on this host."""
    found = folder.read(ticket)
    if found is None:
        return False
    handle, state, content = found
    try:
        owner = _owner(content)
        if owner is not None and owner.host != platform.node():
            if time.time() - state.st_mtime > FORGOTTEN:
                folder.remove(ticket)
            return False  # it waits for a place on its own host
        if shared.is_locked(handle) or (owner is not None and _is_there(owner, state.st_uid)):
            return True
    finally:
        os.close(handle)
    folder.remove(ticket)
    return False


def _owner(content: bytes) -> Owner | None:
    try:
        return msgspec.json.decode(content, type=Owner)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _is_there(owner: Owner, user: int) -> bool:
    """Tell whether a process is there and belongs to the user who has written of it."""
    if owner.boot != boot_id() or process_start(owner.pid) != owner.started:
        return False
    with suppress(OSError):
        return os.stat(f"/proc/{owner.pid}").st_uid == user
    return True  # a system without /proc does not tell whose it is

"""A terminal without a window: a program runs under it, and what it writes is read into rows of text.

It answers nothing that a program asks of it, as a slow or simple terminal. Unix only.
"""

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence

from rich.cells import get_character_cell_size

SIZE = (120, 40)
"""Columns and rows."""

PATIENCE = 20.0
"""Seconds after which what was waited for won't come."""

TAKEN = "\0"
"""Stands for the cell under the right half of a wide character."""

TOKEN = re.compile(
    "\x1b\\[(?P<parameters>[0-9;?<>=$ ]*)(?P<final>[@-~])"
    "|\x1b[\\]P_^].*?(?:\x07|\x1b\\\\)"
    "|\x1b[^\\[\\]P_^]"
    "|(?P<text>[^\x00-\x1f\x7f\x1b]+)"
    "|(?P<control>[\x00-\x1a\x1c-\x1f\x7f])",
    re.DOTALL,
)


class Shown:
    """What the terminal shows, as far as text and places go; colours are left out."""

    def __init__(self, width: int, height: int) -> None:
        self.resize(width, height)
        self._rest = ""

    def resize(self, width: int, height: int) -> None:
        """Begin with an empty screen of another size."""
        self.width, self.height = width, height
        self._rows = [[""] * width for _ in range(height)]
        self._x = self._y = 0

    @property
    def rows(self) -> list[str]:
        """The text of each row."""
        return ["".join(cell or " " for cell in row if cell != TAKEN) for row in self._rows]

    @property
    def text(self) -> str:
        """All rows."""
        return "\n".join(self.rows)

    @property
    def full(self) -> bool:
        """Whether every cell has been written."""
        return all(all(row) for row in self._rows)

    def feed(self, data: str) -> None:
        """Read what was written; a sequence that isn't complete waits for its rest."""
        data = self._rest + data
        end = 0
        for token in TOKEN.finditer(data):
            if token.start() != end:
                break  # a sequence begins here whose end has not come yet
            end = token.end()
            if text := token["text"]:
                self._write(text)
            elif token["control"]:
                self._control(token["control"])
            elif token["final"]:
                self._sequence(token["parameters"], token["final"])
        self._rest = data[end:]

    def _write(self, text: str) -> None:
        for character in text:
            size = get_character_cell_size(character)
            if size and self._y < self.height and self._x + size <= self.width:
                row = self._rows[self._y]
                row[self._x] = character
                if size == 2:
                    row[self._x + 1] = TAKEN
            self._x += size

    def _control(self, character: str) -> None:
        if character == "\r":
            self._x = 0
        elif character == "\n":
            self._y += 1

    def _sequence(self, parameters: str, final: str) -> None:
        numbers = [int(part or 1) for part in parameters.split(";")] if re.fullmatch("[0-9;]*", parameters) else []
        if final == "H":
            self._y, self._x = numbers[0] - 1, (numbers[1] - 1 if len(numbers) > 1 else 0)
        elif final == "G":
            self._x = numbers[0] - 1
        elif final == "J" or (final in "hl" and parameters == "?1049"):
            self.resize(self.width, self.height)


class Program:
    """A program under such a terminal; `with` ends it."""

    def __init__(self, arguments: Sequence[str], environ: Mapping[str, str], size: tuple[int, int] = SIZE) -> None:
        """Start it."""
        self.shown = Shown(*size)
        self.received = 0
        """Bytes that it has written."""

        self.last = 0.0
        """When it wrote last, by the monotonic clock."""

        self.status: int | None = None
        """Its exit status once it has ended, −N where signal N ended it."""

        self.written = bytearray()
        """All that it wrote."""

        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self.started = time.monotonic()
        self.pid, self.handle = pty.fork()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
                os.execve(arguments[0], list(arguments), dict(environ))
            finally:
                os._exit(127)

    def __enter__(self) -> "Program":
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def press(self, data: str) -> float:
        """Send keys or mouse reports; returns when."""
        now = time.monotonic()
        os.write(self.handle, data.encode())
        return now

    def resize(self, width: int, height: int) -> float:
        """Give the terminal another size; returns when."""
        self.shown.resize(width, height)
        now = time.monotonic()
        fcntl.ioctl(self.handle, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        return now

    def signal(self, number: int) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)

    def read(self, seconds: float) -> bool:
        """Read once what it writes within this time; tells whether it wrote anything."""
        if not select.select([self.handle], [], [], max(seconds, 0))[0]:
            return False
        try:
            data = os.read(self.handle, 65536)
        except OSError:  # Linux says so when the last process has let the terminal go
            data = b""
        if not data:
            time.sleep(min(max(seconds, 0), 0.01))
            return False
        self.last = time.monotonic()
        self.received += len(data)
        self.written += data
        self.shown.feed(self._decode(data))
        return True

    def listen(self, seconds: float) -> None:
        """Read all that it writes within this time."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.read(left)

    def wait(self, until: Callable[[], bool], seconds: float = PATIENCE) -> float:
        """Read until something holds; returns when it came. Raises TimeoutError."""
        deadline = time.monotonic() + seconds
        while not until():
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"not within {seconds:.0f} s; the screen shows\n{self.shown.text}")
            self.read(min(left, 0.05))
        return self.last

    def wait_for(self, text: str, seconds: float = PATIENCE) -> float:
        """Read until the screen shows a text; returns when it came. Raises TimeoutError."""
        return self.wait(lambda: text in self.shown.text, seconds)

    def still(self, gap: float, seconds: float = PATIENCE) -> float:
        """Read until nothing has been written for `gap` seconds; returns when the last of it came."""
        start = time.monotonic()
        while time.monotonic() - start < seconds:
            if not self.read(gap):
                return self.last
        return self.last

    def ended(self, seconds: float = PATIENCE) -> int:
        """Read until it has ended; returns its exit status. Raises TimeoutError."""

        def gone() -> bool:
            if self.status is None:
                pid, status = os.waitpid(self.pid, os.WNOHANG)
                if pid:
                    self.status = os.waitstatus_to_exitcode(status)
            return self.status is not None

        self.wait(gone, seconds)
        while self.read(0.02):
            pass
        assert self.status is not None
        return self.status

    def end(self) -> None:
        """End it at once, and let the terminal go."""
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self.status = -signal.SIGKILL
        if self.handle >= 0:
            os.close(self.handle)
            self.handle = -1

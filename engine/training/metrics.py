"""The curves of a run: `metrics.jsonl`, one JSON object a point, appended by the run's process and read by all.

A point is `{"step": 125, "epoch": 1.0, "examples": 4000, "seconds": 1.3, "test_loss": 0.31, …}`. Only finite values are
written. A last line that is torn is not there yet; any other unreadable line is left out and counted.
"""

from pathlib import Path

import msgspec

HEADS = ("step", "epoch", "examples", "seconds")
"""What each point says besides the curves' values."""

Point = dict[str, float]

_decode = msgspec.json.Decoder(Point).decode


def cut(path: Path, size: int) -> None:
    """Take away what was written after the first `size` bytes, and a torn line there. Raises OSError."""
    try:
        with path.open("r+b") as file:
            content = file.read(size)
            file.truncate(content.rfind(b"\n") + 1)
    except FileNotFoundError:
        return


class Metrics:
    """Reads a run's curves, and later what has been added since."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.points: list[Point] = []
        """All points so far, in the order of the file."""

        self.torn = 0
        """Lines that could not be read."""

        self._offset = 0
        self._made = 0

    def read(self) -> bool:
        """Read what is new; tells whether anything was. A file that became shorter is read anew."""
        try:
            with self.path.open("rb") as file:
                state = file.seek(0, 2), self.path.stat().st_ino
                if state[0] < self._offset or (self._made and state[1] != self._made):
                    self.points, self.torn, self._offset = [], 0, 0
                self._made = state[1]
                file.seek(self._offset)
                content = file.read()
        except FileNotFoundError:
            changed = bool(self.points)
            self.points, self.torn, self._offset, self._made = [], 0, 0, 0
            return changed
        whole = content.rfind(b"\n") + 1
        for line in content[:whole].splitlines():
            try:
                self.points.append(_decode(line))
            except (msgspec.MsgspecError, UnicodeDecodeError):
                self.torn += 1
        self._offset += whole
        return whole > 0

    def names(self) -> list[str]:
        """The curves that have a point, in the order of their first ones."""
        return list(dict.fromkeys(name for point in self.points for name in point if name not in HEADS))

    def curve(self, name: str, over: str = "step") -> tuple[list[float], list[float]]:
        """One curve: where its points lie (`step`, `epoch`, `examples` or `seconds`), and their values."""
        points = [point for point in self.points if name in point and over in point]
        return [point[over] for point in points], [point[name] for point in points]

    def last(self) -> Point:
        """The last value of each curve."""
        found: Point = {}
        for point in self.points:
            found |= {name: value for name, value in point.items() if name not in HEADS}
        return found

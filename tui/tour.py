"""A tour: a file of lab addresses, through which a lecturer steps with one key.

A line is an address, and after a blank what is said of it; a line that begins with `#` is a remark.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from tui.command_line.request import target
from tui.errors import Refused, clipped, explain, is_mistake
from tui.locale import Words

LARGEST = 1_000_000
"""Bytes of a file that is read as a tour."""


@dataclass(frozen=True)
class Stop:
    """One place of a tour."""

    address: str
    """Of a lab, set as it says; or a section's name."""

    title: str = ""
    """What the file says of it."""


@dataclass
class Tour:
    """The places, and which of them is shown."""

    stops: tuple[Stop, ...]
    index: int = 0

    @property
    def stop(self) -> Stop:
        """The present one."""
        return self.stops[self.index]

    def go(self, way: int) -> bool:
        """Go on or back; tells whether there was a place to go to."""
        there = 0 <= self.index + way < len(self.stops)
        self.index += way if there else 0
        return there


def read(path: Path, words: Words) -> Tour:
    """Read a file of addresses. Raises OSError, or Refused, which names the line that can't be followed."""
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Refused("tour.too_long", path=path, most=LARGEST // 1000)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("tour.not_text", path=path) from None
    stops = tuple(
        stop for number, line in enumerate(text.splitlines(), 1) if (stop := _stop(line, number, path, words))
    )
    if not stops:
        raise Refused("tour.empty", path=path)
    return Tour(stops)


def _stop(line: str, number: int, path: Path, words: Words) -> Stop | None:
    address, *title = re.split(r"\s+", line.strip(), maxsplit=1)
    if not address or address.startswith("#"):
        return None
    try:
        return Stop(target(address), clipped_title("".join(title)))
    except Exception as error:
        if not is_mistake(error):
            raise
        raise Refused(
            "tour.line", path=path, line=number, text=clipped(line.strip()), reason=explain(error, words)
        ) from None


def clipped_title(title: str) -> str:
    """What is said of a place, on one line."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in title).split())

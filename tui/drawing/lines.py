"""A text in pieces set in lines: which piece each run of characters belongs to, and where the lines end.

Lines end after a space, or between two full-width characters, but never before a sign that begins no line.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tui.typesetting import NEVER_FIRST

BEGINS_NO_LINE = frozenset(NEVER_FIRST + "ーっゃゅょッャュョ々,.)!?:;'\"")
"""Signs that begin no line; a token may part a word before its small letters, a line must not."""


@dataclass(frozen=True)
class Run:
    """Characters of one piece that stand together on a line."""

    piece: int
    text: str
    x: int
    """Cells before it."""

    width: int
    """Cells that it takes."""


@dataclass(frozen=True)
class _Letter:
    text: str
    piece: int
    width: int


def shown(text: str) -> str:
    """A piece as it can be shown: what has no width of its own becomes a dot, a tab two spaces."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "  ")
    return "".join(each if each == "\n" or each.isprintable() else "·" for each in text)


def lines(pieces: Sequence[str], width: int, measure: Callable[[str], int]) -> list[list[Run]]:
    """Set pieces in lines of so many cells; an ended line shows ⏎ where it ends."""
    found: list[list[_Letter]] = [[]]
    taken = 0
    for index, piece in enumerate(pieces):
        for character in shown(piece):
            if character == "\n":
                found[-1].append(_Letter("⏎", index, 1))
                found.append([])
                taken = 0
                continue
            size = measure(character)
            if taken + size > width - 1 and character != " ":  # the last cell is left to ⏎ and the cursor
                rest = _after_break(found[-1], character)
                found.append(rest)
                taken = sum(each.width for each in rest)
            elif taken + size > width:
                continue  # a space at the end of a full line is not shown
            found[-1].append(_Letter(character, index, size))
            taken += size
    return [_joined(line) for line in found]


def _after_break(line: list[_Letter], character: str) -> list[_Letter]:
    """End a full line at the best place; gives what goes to the next one."""
    for place in range(len(line), 0, -1):
        after = line[place].text if place < len(line) else character
        before = line[place - 1]
        parted = before.text == " " or (before.width == 2 or (place < len(line) and line[place].width == 2))
        if parted and after not in BEGINS_NO_LINE and after != " " and place > len(line) // 3:
            rest = line[place:]
            del line[place:]
            return rest
    return []


def _joined(line: list[_Letter]) -> list[Run]:
    runs: list[Run] = []
    x = 0
    for letter in line:
        if runs and runs[-1].piece == letter.piece:
            last = runs[-1]
            runs[-1] = Run(last.piece, last.text + letter.text, last.x, last.width + letter.width)
        else:
            runs.append(Run(letter.piece, letter.text, x, letter.width))
        x += letter.width
    return runs

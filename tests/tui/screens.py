"""A terminal to look at: a driver that keeps what an app writes, and a pyte screen read cell by cell."""

import pyte
from textual.drivers.headless_driver import HeadlessDriver


class RecordingDriver(HeadlessDriver):
    """Keeps what the app writes instead of sending it anywhere."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.written_data: list[str] = []

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        self.written_data.append(data)


class Terminal:
    """A pyte screen that treats halves of wide characters as terminals do."""

    def __init__(self, width: int, height: int) -> None:
        self.screen = pyte.Screen(width, height)
        self.screen.reset_mode(pyte.modes.DECAWM)
        self._stream = pyte.Stream(self.screen)

    def feed(self, data: str) -> "Terminal":
        self._stream.feed(data)
        return self

    def cells(self) -> list[list[tuple[object, ...]]]:
        """Text and visible look of each cell; half a wide character is a blank, a blank has no foreground."""
        rows = []
        for y in range(self.screen.lines):
            line = [self.screen.buffer[y][x] for x in range(self.screen.columns)]
            wide = [x for x in range(len(line) - 1) if is_wide(line[x].data) and line[x + 1].data == ""]
            halves = {x + 1 for x in wide}
            row = []
            for x, cell in enumerate(line):
                text = cell.data
                if (is_wide(text) and x not in wide) or (text == "" and x not in halves):
                    text = " "
                seen = (cell.bg, cell.reverse, cell.underscore, cell.strikethrough)
                if text != " " or any(seen[1:]):
                    seen += (cell.fg, cell.bold, cell.italics)
                row.append((text, *seen))
            rows.append(row)
        return rows


def is_wide(text: str) -> bool:
    return bool(text) and pyte.screens.wcwidth(text[0]) == 2

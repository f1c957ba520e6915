"""How figures are printed: one JSON object a line, or rows of a table that come one by one."""

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.command_line.output import console, depth, print_json
from tui.drawing.palette import palette
from tui.locale import Words
from tui.store.preferences import Preferences

if TYPE_CHECKING:
    from rich.console import Console

LABEL = 44
"""Columns of what was measured."""


def p95(values: list[float]) -> float:
    """The value that 95 in 100 stay below."""
    return statistics.quantiles(values, n=20)[-1]


@dataclass(frozen=True)
class Result:
    """One figure."""

    name: str
    value: float | None
    """None where this machine does not tell."""

    unit: str
    goal: float
    """The most that it should be, or the least."""

    digits: int = 0
    """Decimals that are shown."""

    least: bool = False
    """Whether the goal is the least that it should be."""

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None where nothing was measured."""
        if self.value is None:
            return None
        return self.value >= self.goal if self.least else self.value <= self.goal


class Report:
    """Prints results as they come."""

    def __init__(self, words: Words, preferences: Preferences, as_json: bool) -> None:
        self._words = words
        self._as_json = as_json
        self._missed = 0
        self._count = 0
        self._console: Console = console(preferences)
        self._palette = palette("night" if preferences.theme == "auto" else preferences.theme, depth(self._console))

    def add(self, result: Result) -> None:
        """Print one."""
        self._count += 1
        self._missed += result.met is False
        if self._as_json:
            print_json(
                {
                    "name": result.name,
                    "value": result.value,
                    "unit": result.unit,
                    "goal": result.goal,
                    "met": result.met,
                }
            )
        else:
            self._row(result)

    def _row(self, result: Result) -> None:
        from rich.table import Table
        from rich.text import Text

        mark, tone = {True: ("✓", "success"), False: ("✗", "error"), None: ("–", "muted")}[result.met]
        value = "–" if result.value is None else f"{result.value:,.{result.digits}f} {result.unit}"
        table = Table.grid(padding=(0, 2, 0, 0))
        for width in (1, LABEL, 14, None):
            table.add_column(width=width, justify="right" if width == 14 else "left")
        table.add_row(
            Text(mark, style=self._palette.colour(tone)),
            Text(self._words.text(f"bench.{result.name}"), overflow="fold"),
            Text(value.rstrip()),
            Text(
                f"{'≥' if result.least else '≤'} {result.goal:,.{result.digits}f} {result.unit}".rstrip(),
                style=self._palette.colour("muted"),
            ),
        )
        self._console.print(table)

    def close(self) -> None:
        """Say how many goals were missed."""
        if not self._as_json:
            key = "bench.met" if not self._missed else "bench.missed"
            self._console.print(self._words.text(key, count=self._count, missed=self._missed))

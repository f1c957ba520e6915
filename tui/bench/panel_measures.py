"""What three networks on one screen cost: the opening of the panel."""

from collections.abc import Iterator

from tui.bench.programs import opening
from tui.bench.report import Result

PICTURE = "61,706"
"""LeNet-5's parameters, in the first picture of `applications.panel`."""


def panel_open() -> Iterator[Result]:
    """From the opening of `applications.panel` to the first answers of all three, torch being warm."""
    yield Result("panel_open", opening("applications.panel", PICTURE), "s", 1.0, 2)

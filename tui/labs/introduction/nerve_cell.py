"""The view of `introduction.nerve_cell`: curves over time, one under the other."""

from tui.labs.over_time import OverTimeView


class View(OverTimeView):
    """Formula, curves, controls."""

    FIRST = "current"

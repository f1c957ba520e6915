"""The view of `neuron.threshold`: curves over time, one under the other."""

from tui.labs.over_time import OverTimeView


class View(OverTimeView):
    """Formula, curves, controls."""

    FIRST = "h"

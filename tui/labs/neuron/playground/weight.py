"""One weight or bias of the network, moved by a slider in place of the row under the network."""

from dataclasses import dataclass

import numpy as np
from textual.message import Message

from lessons.neuron.labs.playground.weights import BIAS
from lessons.vocabulary.settings import Setting
from tui.commands import Command, bindings
from tui.widgets import slider
from tui.widgets.slider import Slider

REACH = 6.0
"""Weights that the track reaches to, on either side."""

KEYS = (
    *(command for command in slider.KEYS if command.name != "neighbour"),
    Command(
        "other_weight", ("up", "down"), "move", 6, "↑↓", actions=("other_weight(-1)", "other_weight(1)"), palette=False
    ),
    Command("close_weight", ("escape",), "move", 7, palette=False),
)


class WeightSlider(Slider):
    """The weight from `source` to `target`; up and down go to the unit's other weights and its bias."""

    DEFAULT_CSS = """
    WeightSlider { height: 1; display: none; }
    WeightSlider.-open { display: block; }
    """
    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    @dataclass
    class Other(Message):
        """Another weight of the same unit is wanted, or none."""

        way: int
        """−1 or 1; 0 closes the slider."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(self._setting(""), 0.0, id=id)
        self.source, self.target = "", ""

    @staticmethod
    def _setting(label: str) -> Setting:
        return Setting(
            name="weight", kind="number", default=0.0, label=label, low=-REACH, high=REACH, step=0.1, signed=True
        )

    def open(self, source: str, target: str, named: str) -> None:
        """Take another weight, called so."""
        self.source, self.target = source, target
        self.setting = self._setting(named)
        self.add_class("-open")
        self.repaint()

    def take(self, value: float) -> None:
        """Show the present weight without telling anybody."""
        self.set_reactive(Slider.value, self.validate_value(value))
        self.repaint()

    def action_other_weight(self, way: int) -> None:
        """Go to the unit's next weight."""
        self.post_message(self.Other(way))

    def action_close_weight(self) -> None:
        """Go back to the network."""
        self.post_message(self.Other(0))


def weight_of(parameters: np.ndarray, places: list[tuple[str, str]], source: str, target: str) -> float | None:
    """The present weight between two units; None where they are no longer connected."""
    if (source, target) not in places or len(places) != len(parameters):
        return None
    return float(parameters[places.index((source, target))])


def incoming(places: list[tuple[str, str]], target: str) -> list[str]:
    """Sources of a unit's weights, its bias last."""
    return [source for source, to in places if to == target]


def called(source: str, target: str, symbols: dict[str, str], bias: str, output: str) -> str:
    """Name a weight: `x₁ → 1.3`, `bias 1.3`."""
    to = output if target == "output" else target
    return f"{bias} {to}" if source == BIAS else f"{symbols.get(source, source)} → {to}"

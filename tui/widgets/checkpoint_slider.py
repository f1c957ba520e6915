"""The time slider of a training: from one kept network to the next, its value the step after which it was kept."""

from lessons.vocabulary.settings import Setting
from tui.widgets.slider import Slider


class CheckpointSlider(Slider):
    """Goes over the networks that a training has kept; beyond the last there is none."""

    def __init__(self, setting: Setting, value: float) -> None:
        super().__init__(setting, value)
        self.steps: tuple[int, ...] = ()
        """Steps after which they were kept."""

    def keep(self, steps: tuple[int, ...]) -> None:
        """Go over these."""
        if steps and steps != self.steps:
            self.steps = steps
            self.limit(high=len(steps) - 1)
            self.repaint()

    def text(self) -> str:
        """The step, not its place."""
        return f"{self.steps[min(int(self.value), len(self.steps) - 1)]:,}" if self.steps else "–"

    def _value_width(self) -> int:
        return max(7, len(f"{self.steps[-1]:,}") if self.steps else 7)

    def action_type(self) -> None:
        """The steps at which networks were kept can't be typed."""

"""The time slider of `image_generation.diffusion`: from moment to moment of the walk, its value the time t."""

from lessons.vocabulary.settings import Setting
from tui.widgets.slider import Slider


class TimeSlider(Slider):
    """Goes over the moments of the walk, from noise to the picture."""

    def __init__(self, setting: Setting, value: float) -> None:
        super().__init__(setting, value)
        self.times: tuple[int, ...] = ()
        """The time of each moment."""

    def keep(self, times: tuple[int, ...]) -> None:
        """Go over these."""
        if times and times != self.times:
            self.times = times
            self.limit(high=len(times) - 1)
            self.repaint()

    def text(self) -> str:
        """The time, not its place."""
        return str(self.times[min(int(self.value), len(self.times) - 1)]) if self.times else "–"

    def _label(self) -> str:
        return "t"

    def _value_width(self) -> int:
        return 5

    def action_type(self) -> None:
        """The times at which the walk stands can't be typed."""

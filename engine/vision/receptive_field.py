"""Which pixels of the input a unit sees, followed from layer to layer along one axis.

    layer with kernel k, stride s, padding p, dilation d:   field ← field + (k − 1)·d·step   step ← step·s
                                                            low ← low − p·step

The interval of the first unit is kept, not only its length, so that branches of different fields can be joined.
Pixels beyond the border count: a field may be larger than the image. (Luo et al., Understanding the Effective
Receptive Field in Deep Convolutional Neural Networks, 2016, tell what a unit makes of its field.)
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Axis:
    """The units of a layer along one axis, and what they see."""

    count: int
    """Units along the axis."""

    low: int = 0
    """First pixel that unit 0 sees; below 0 in the padding."""

    high: int = 0
    """Last pixel that unit 0 sees."""

    step: int = 1
    """Pixels from what a unit sees to what its neighbour sees."""

    @property
    def field(self) -> int:
        """Length of what a unit sees, in pixels."""
        return self.high - self.low + 1

    def slid(
        self,
        kernel: int,
        stride: int = 1,
        before: int = 0,
        after: int | None = None,
        dilation: int = 1,
        ceil: bool = False,
    ) -> "Axis":
        """What a layer sees whose kernel slides over this one, with padding before and after (None: as before).

        `ceil`: a last place that begins in the layer and reaches beyond it counts. Raises ValueError where the
        kernel has no place at all.
        """
        room = self.count + before + (before if after is None else after) - (dilation * (kernel - 1) + 1)
        if room < 0 or stride < 1:
            raise ValueError(f"a kernel of {kernel} has no place on {self.count} units")
        count = room // stride + 1
        if ceil and room % stride and count * stride < self.count + before:
            count += 1
        low = self.low - before * self.step
        high = low + (self.high - self.low) + (kernel - 1) * dilation * self.step
        return Axis(count, low, high, self.step * stride)

    def whole(self) -> "Axis":
        """What one unit sees that is connected to all units of this axis."""
        return Axis(1, self.low, self.high + (self.count - 1) * self.step, 0)


def joined(axes: Iterable[Axis]) -> Axis:
    """What a unit sees that reads units of several layers at the same place."""
    every = tuple(axes)
    first = max(every, key=lambda axis: axis.count)
    return Axis(first.count, min(axis.low for axis in every), max(axis.high for axis in every), first.step)

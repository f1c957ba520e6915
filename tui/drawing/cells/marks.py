"""Named points on curves as cells: a dot, and its name beside it where there is room."""

from typing import TYPE_CHECKING, NamedTuple

from lessons.vocabulary.figures import Mark

if TYPE_CHECKING:
    from tui.drawing.cells.curves import Plot

BESIDE = ((0, 1), (0, -1), (-1, 1), (1, 1), (-1, -1), (1, -1), (-2, 1), (2, 1), (-2, -1), (2, -1))
"""Where a name may stand, the best first: rows below its dot, and 1 for the right of it."""


class Place(NamedTuple):
    """Cells of a row that are taken."""

    row: int
    first: int
    end: int

    def meets(self, other: "Place") -> bool:
        """Whether both take a cell, or stand side by side without two blanks."""
        return self.row == other.row and self.first < other.end + 2 and other.first < self.end + 2


def draw_marks(plot: "Plot", marks: tuple[Mark, ...]) -> None:
    """Draw all dots, then the names in their order; one that has no room is left out."""
    canvas = plot.canvas
    dots = [(min(max(int(plot.x_dot(mark.x) / 2), plot.left), plot.right - 1), plot.row(mark.y)) for mark in marks]
    taken = [Place(row, column, column + 1) for column, row in dots]
    names: list[Place] = []
    for mark, (column, row) in zip(reversed(marks), reversed(dots), strict=True):  # the first lie on top
        canvas.put(column, row, "○" if mark.hollow else "●", canvas.ink(mark.tone, bold=True))
    for index, (mark, (column, row)) in enumerate(zip(marks, dots, strict=True)):
        others = (*taken[:index], *taken[index + 1 :], *names)
        name = canvas.say(mark.name)
        width = canvas.measure(name)
        for down, side in BESIDE:
            first = column + 2 if side > 0 else column - 1 - width
            place = Place(row + down, first, first + width)
            inside = plot.left <= first and place.end <= plot.right and plot.top <= place.row < plot.bottom
            if name and inside and not any(map(place.meets, others)):
                canvas.put(first, place.row, name, canvas.ink(mark.tone, bold=mark.tone == "accent"))
                names.append(place)
                if mark.spot:
                    canvas.spot(first, place.row, width, 1, mark.spot)
                break
        if mark.spot:
            canvas.spot(column, row, 1, 1, mark.spot)

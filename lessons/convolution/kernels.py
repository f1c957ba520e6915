"""Kernels as text: the name of a well-known one, or its numbers, `-1,0,1/-2,0,2/-1,0,1`.

So a kernel can be read and typed in a lab address, and one of zeros is a kernel too. A kernel of other sides than the
lab's is set into the middle of zeros, or loses its border.
"""

from collections.abc import Sequence

from lessons.vocabulary.numbers import short

Rows = tuple[tuple[float, ...], ...]

LARGEST = 5
"""Most rows and columns that are read."""

REACH = 100.0
"""Largest size of a number."""


class KernelError(ValueError):
    """A text that is no kernel: `values` has the text and the reason `name`, `number` or `shape`."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"{text!r}: {reason}")
        self.values = {"text": text, "reason": reason, "largest": LARGEST}


def _rows(text: str) -> Rows:
    return tuple(tuple(float(number) for number in line.split()) for line in text.split("/"))


def _turned(rows: Rows) -> Rows:
    """Exchange rows and columns."""
    return tuple(zip(*rows, strict=True))


def _mirrored(rows: Rows) -> Rows:
    """Exchange left and right."""
    return tuple(row[::-1] for row in rows)


def _outer(down: Sequence[float], across: Sequence[float], scale: float = 1.0) -> Rows:
    return tuple(tuple(one * other * scale for other in across) for one in down)


def _added(rows: Rows, other: Rows, factor: float) -> Rows:
    return tuple(
        tuple(one + factor * two for one, two in zip(line, more, strict=True))
        for line, more in zip(rows, other, strict=True)
    )


RISING3 = _rows("-1 -1 2/-1 2 -1/2 -1 -1")
RISING5 = _rows("-2 -2 -1 1 2/-2 -1 1 2 1/-1 1 2 1 -1/1 2 1 -1 -2/2 1 -1 -2 -2")
LEVEL3 = _outer((-1, 2, -1), (1, 1, 1))
LEVEL5 = _outer((-2, 1, 2, 1, -2), (1, 1, 1, 1, 1))
TEE3 = _rows("-1 1 -2/0 2 2/-1 1 -2")
TEE5 = _rows("-1 2 -1 -1 -1/-1 2 -1 -1 -1/0 2 2 2 2/-1 2 -1 -1 -1/-1 2 -1 -1 -1")
SOBEL3 = _outer((1, 2, 1), (-1, 0, 1))
SOBEL5 = _outer((1, 4, 6, 4, 1), (-1, -2, 0, 2, 1))
BLUR3 = _outer((1, 2, 1), (1, 2, 1), 1 / 16)
BLUR5 = _outer((1, 4, 6, 4, 1), (1, 4, 6, 4, 1), 1 / 256)
SAME3 = _outer((0, 1, 0), (0, 1, 0))
SAME5 = _outer((0, 0, 1, 0, 0), (0, 0, 1, 0, 0))

KERNELS: dict[str, dict[int, Rows]] = {
    "rising": {3: RISING3, 5: RISING5},
    "falling": {3: _mirrored(RISING3), 5: _mirrored(RISING5)},
    "level": {3: LEVEL3, 5: LEVEL5},
    "upright": {3: _turned(LEVEL3), 5: _turned(LEVEL5)},
    "apex": {
        3: _rows("-1 2 -1/1 2 1/1 -6 1"),
        5: _rows("-3 -2 2 -2 -3/-2 2 2 2 -2/1 2 -2 2 1/2 1 -3 1 2/2 -1 -3 -1 2"),
    },
    "tee_left": {3: TEE3, 5: TEE5},
    "tee_right": {3: _mirrored(TEE3), 5: _mirrored(TEE5)},
    "edges": {
        3: _added(_outer((1, 1, 1), (-1, -1, -1)), SAME3, 9),
        5: _added(_outer((1, 1, 1, 1, 1), (-1, -1, -1, -1, -1)), SAME5, 25),
    },
    "sobel_x": {3: SOBEL3, 5: SOBEL5},
    "sobel_y": {3: _turned(SOBEL3), 5: _turned(SOBEL5)},
    "blur": {3: BLUR3, 5: BLUR5},
    "sharpen": {3: _rows("0 -1 0/-1 5 -1/0 -1 0"), 5: _added(_added(SAME5, SAME5, 1), BLUR5, -1)},
    "identity": {3: SAME3, 5: SAME5},
}
"""The well-known kernels by their side: strokes of four directions, an apex, T-junctions that lie on their side, edges
of all directions, Sobel's edges (Sobel and Feldman 1968), blur by binomial weights, its opposite, and no change."""

PRESETS = tuple(KERNELS)

LEARNED = tuple(f"learned{number}" for number in range(1, 7))
"""Kernels of LeNet-5's first layer after its training; only the experiment knows their numbers."""

FEATURES = 4
"""Feature maps of the first stage, and so slices of a kernel of the second one."""

NOTHING = ((0.0,) * 3,) * 3
_LEG = _rows("0 0 1/0 1 0/2 0 0")
_ARM = _rows("-1 -1 0/-2 1 2/-2 -2 -1")

COMBINED: dict[str, tuple[Rows, ...]] = {
    "apex": (_rows("-1 -1 -1/1 1 -1/2 0 -1"), _rows("-1 -1 -1/-1 1 1/-1 0 2"), NOTHING, NOTHING),
    "tee_left": (_LEG, NOTHING, _ARM, NOTHING),
    "tee_right": (NOTHING, _mirrored(_LEG), _mirrored(_ARM), NOTHING),
    "bar": (NOTHING, NOTHING, LEVEL3, NOTHING),
    "nothing": (NOTHING,) * FEATURES,
}
"""Kernels of the second stage, a slice of 3×3 for each map of the first: rising, falling, level and upright strokes. An
apex is a rising stroke below at the left and a falling one below at the right."""


def fitted(rows: Rows, side: int) -> Rows:
    """Set a square kernel into the middle of zeros, or take its border away."""
    shift = (side - len(rows)) // 2
    inside = range(len(rows))
    return tuple(
        tuple(
            rows[row - shift][column - shift] if row - shift in inside and column - shift in inside else 0.0
            for column in range(side)
        )
        for row in range(side)
    )


def read(text: str, side: int) -> Rows:
    """Read a kernel, shape (side, side). Raises KernelError."""
    text = text.strip()
    if text in KERNELS:
        return KERNELS[text][side]
    return fitted(numbers(text), side)


def numbers(text: str) -> Rows:
    """Read the numbers of a square kernel with an odd number of rows. Raises KernelError."""
    try:
        rows = tuple(tuple(float(number) for number in line.split(",")) for line in text.split("/"))
    except ValueError:
        raise KernelError(text, "name" if text.isidentifier() else "number") from None
    if len(rows) > LARGEST or len(rows) % 2 == 0 or any(len(row) != len(rows) for row in rows):
        raise KernelError(text, "shape")
    if not all(abs(number) <= REACH for row in rows for number in row):  # neither is NaN
        raise KernelError(text, "number")
    return rows


def read_combined(text: str) -> tuple[Rows, ...]:
    """Read a kernel of the second stage: a name, or its slices with `:` between them. Raises KernelError."""
    text = text.strip()
    if text in COMBINED:
        return COMBINED[text]
    slices = tuple(fitted(numbers(part), 3) for part in text.split(":"))
    return (*slices, *(NOTHING,) * FEATURES)[:FEATURES]


def written_combined(slices: Sequence[Sequence[Sequence[float]]]) -> str:
    """Write the slices of a kernel of the second stage as text."""
    return ":".join(written(rows) for rows in slices)


def written(rows: Sequence[Sequence[float]]) -> str:
    """Write the numbers of a kernel as text, with at most four decimals."""
    return "/".join(",".join(short(round(float(number), 4) + 0.0) for number in row) for row in rows)

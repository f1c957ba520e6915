"""Kernels as text: names and numbers, read and written."""

import pytest

from lessons.convolution import kernels
from lessons.convolution.kernels import KernelError


@pytest.mark.parametrize("side", [3, 5])
@pytest.mark.parametrize("name", kernels.PRESETS)
def test_named_kernels_are_square_and_written_as_they_are_read(name: str, side: int) -> None:
    rows = kernels.read(name, side)

    assert [len(row) for row in rows] == [side] * side
    again = kernels.read(kernels.written(rows), side)
    assert sum(again, ()) == pytest.approx(sum(rows, ()), abs=1e-4)
    total = sum(map(sum, rows))
    assert total == pytest.approx(1 if name in ("blur", "sharpen", "identity") else 0), "flat ground stays or vanishes"


def test_a_kernel_of_another_side_is_set_in_the_middle_or_loses_its_border() -> None:
    wide = kernels.read("1,2,3/4,5,6/7,8,9", 5)

    assert wide[0] == wide[4] == (0,) * 5 and wide[2] == (0, 4, 5, 6, 0)
    assert kernels.read(kernels.written(wide), 3) == ((1, 2, 3), (4, 5, 6), (7, 8, 9))
    assert kernels.read("0", 3) == kernels.NOTHING


@pytest.mark.parametrize("name", kernels.COMBINED)
def test_kernels_of_the_second_stage_come_back(name: str) -> None:
    slices = kernels.read_combined(name)

    assert len(slices) == kernels.FEATURES
    assert kernels.read_combined(kernels.written_combined(slices)) == slices


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("sobel_z", "name"),
        ("", "number"),
        ("1,2/3", "shape"),
        ("1,2/3,4", "shape"),
        ("1,x,3/4,5,6/7,8,9", "number"),
        ("nan", "name"),
        ("101", "number"),
        ("1,2,3/4,inf,6/7,8,9", "number"),
        ("/".join([",".join("1234567")] * 7), "shape"),
    ],
)
def test_what_is_no_kernel_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(KernelError) as caught:
        kernels.read(text, 3)
    assert caught.value.values["reason"] in (reason, "number")

"""The heavy half of `convolution.features`: what the lecture says of the letter A, and what can't be."""

import numpy as np
import pytest

from engine.vision.letters import LetterError
from lessons.convolution.experiments.features import observe
from lessons.convolution.kernels import PRESETS, KernelError, written
from lessons.convolution.labs.features import FeaturesSettings
from lessons.vocabulary.drawings import DrawingError
from lessons.vocabulary.pictures import pack


def near(place: tuple[int, int], row: int, column: int, most: int = 3) -> bool:
    return abs(place[0] - row) <= most and abs(place[1] - column) <= most


@pytest.mark.parametrize(
    ("name", "row", "column"), [("apex", 5, 16), ("tee_left", 18, 11), ("tee_right", 18, 20), ("level", 18, 16)]
)
def test_features_of_an_a_are_found_where_they_are_in_both_stages(name: str, row: int, column: int) -> None:
    first = observe(FeaturesSettings(kernel1=name))
    second = observe(FeaturesSettings(stage="second", combined="bar" if name == "level" else name))

    assert near(first.peak, row, column, 4), first.peak
    assert near(second.peak, row, column), second.peak


def test_diagonals_are_told_apart() -> None:
    rising, falling = (observe(FeaturesSettings(feature=feature)).map.values for feature in ("1", "2"))

    assert rising[:, :14].sum() > 1.5 * rising[:, 14:].sum()
    assert falling[:, 14:].sum() > 1.5 * falling[:, :14].sum()


def test_the_cell_written_out_adds_up_to_the_cell_of_the_map() -> None:
    for stage in ("first", "second"):
        seen = observe(FeaturesSettings(stage=stage, relu=False, row=9, column=12, bias=-1.5, threshold=4))
        finer = 2 if stage == "second" else 1
        assert seen.value == pytest.approx(seen.map.values[9 // finer, 12 // finer], abs=1e-6)


@pytest.mark.parametrize("kernel", [*PRESETS, written([[-12.34] * 5] * 5)])
@pytest.mark.parametrize("stage", ["first", "second"])
def test_the_cell_written_out_fits_80_columns(stage: str, kernel: str) -> None:
    seen = observe(FeaturesSettings(stage=stage, kernel1=kernel, row=9, column=12))
    widths = [
        max(column.width, *(len(row[place].text) for row in seen.cell.rows))
        for place, column in enumerate(seen.cell.columns)
    ]

    assert sum(widths) + len(widths) - 1 + 2 <= 75


@pytest.mark.parametrize(("relu", "kind"), [(True, "sequential"), (False, "signed")])
def test_maps_on_one_scale_keep_their_sizes_and_on_their_own_each_reaches_its_end(relu: bool, kind: str) -> None:
    own, common = (observe(FeaturesSettings(scale=scale, relu=relu)).maps for scale in ("own", "all"))

    assert own.map == common.map == kind
    np.testing.assert_allclose(np.abs(own.values).max(axis=(1, 2)), 1)
    assert common.high == pytest.approx(np.abs(common.values).max())
    assert np.abs(common.values).max(axis=(1, 2)).min() < common.high


def test_a_kernel_without_a_place_is_no_error() -> None:
    seen = observe(FeaturesSettings(side="16", dilation=5))

    assert not seen.possible and seen.map is None and (seen.reach, seen.length) == (21, 16)
    assert observe(FeaturesSettings(side="16", dilation=5, padding=3)).possible


def test_a_kernel_of_zeros_says_so() -> None:
    seen = observe(FeaturesSettings(kernel1=written([[0.0] * 3] * 3)))

    assert seen.zeros and seen.largest == 0 and seen.peak == seen.answers == (-1, -1)
    assert observe(FeaturesSettings(stage="second", combined="nothing")).zeros


def test_the_first_stage_may_shrink_to_one_cell() -> None:
    seen = observe(FeaturesSettings(side="16", dilation=3, padding=0, stride=8, stage="second"))

    assert (seen.rows, seen.columns) == (1, 1)


def test_a_drawing_takes_the_letters_place_at_every_side() -> None:
    image = np.zeros((32, 32))
    image[10:20, 15:17] = 1
    for side in ("16", "32", "64"):
        seen = observe(FeaturesSettings(drawn=pack(image), side=side))
        assert seen.image.values.shape == (int(side),) * 2 and seen.strongest == 4
    assert not observe(FeaturesSettings(own=True)).image.values.any()
    assert not observe(FeaturesSettings(letter="")).image.values.any()


def test_kernels_that_lenet5_has_learned_are_those_of_its_first_layer() -> None:
    from engine.vision import trained

    history = trained.shipped("modern")
    learned = history.weights(history.epochs[-1])["C1.weight"].numpy()
    seen = observe(FeaturesSettings(kernel1="learned6"))

    np.testing.assert_allclose(seen.kernel.values, learned[5, 0], atol=0.006)
    smaller = observe(FeaturesSettings(kernel1="learned6", width="3"))
    np.testing.assert_allclose(smaller.kernel.values, learned[5, 0, 1:4, 1:4], atol=0.006)


@pytest.mark.parametrize(
    ("settings", "error"),
    [
        (FeaturesSettings(kernel2="no kernel"), KernelError),
        (FeaturesSettings(combined="apex:apex"), KernelError),
        (FeaturesSettings(letter="あ"), LetterError),
        (FeaturesSettings(drawn="A"), DrawingError),
    ],
)
def test_what_cannot_be_is_refused(settings: FeaturesSettings, error: type[Exception]) -> None:
    with pytest.raises(error):
        observe(settings)

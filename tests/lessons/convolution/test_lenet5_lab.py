"""The heavy half of `convolution.lenet5`: the shipped training, runs, drawings and image files."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.data.digits import digits
from engine.vision.prepare import ImageError
from lessons.convolution.experiments.lenet5 import observe, training
from lessons.convolution.experiments.lenet5.curves import thinned
from lessons.convolution.experiments.lenet5.inside import SHOWN
from lessons.convolution.labs.lenet5 import FOUR, NINE, Lenet5Settings
from lessons.vocabulary.drawings import encode


@pytest.mark.parametrize(("form", "parameters", "least"), [("modern", 61_706, 0.975), ("1998", 60_000, 0.97)])
def test_the_shipped_training_reads_what_the_lab_promises(form: str, parameters: int, least: float) -> None:
    seen = observe(Lenet5Settings(form=form))  # type: ignore[arg-type]

    assert seen.parameters == parameters
    assert seen.test_accuracy >= least
    assert seen.trained_images == 4000 and not seen.own


def test_an_untrained_network_guesses() -> None:
    assert observe(Lenet5Settings(epoch=0)).test_accuracy < 0.25


def test_the_curve_ends_where_the_shown_network_reads() -> None:
    seen = observe(Lenet5Settings())
    curve = next(line for line in seen.accuracy.lines if line.name.startswith("@term.test"))

    assert curve.y[-1] / 100 == pytest.approx(seen.test_accuracy, abs=0.003)  # it ships in half precision


@pytest.mark.parametrize(("drawn", "digit"), [(FOUR, 4), (NINE, 9)])
@pytest.mark.parametrize("form", ["modern", "1998"])
def test_drawn_digits_are_read(form: str, drawn: str, digit: int) -> None:
    seen = observe(Lenet5Settings(form=form, drawn=drawn))  # type: ignore[arg-type]

    assert seen.read == digit and seen.label is None
    assert sum(seen.scores) == pytest.approx(1, abs=1e-4)


def test_a_drawing_may_lie_anywhere() -> None:
    _, test = digits()
    place = int(np.flatnonzero(test.labels == 7)[0])
    small = np.zeros((28, 28))
    small[14:28, 0:14] = test.images[place][::2, ::2] / 255

    assert observe(Lenet5Settings(drawn=encode(np.round(small * 64).ravel() / 64))).read == 7


@pytest.mark.parametrize("light_on_dark", [True, False])
def test_an_image_file_is_read(tmp_path: Path, light_on_dark: bool) -> None:
    _, test = digits()
    place = int(np.flatnonzero(test.labels == 3)[0])
    image = Image.fromarray(test.images[place]).resize((300, 300))
    path = tmp_path / "three.png"
    (image if light_on_dark else Image.eval(image, lambda value: 255 - value)).save(path)

    assert observe(Lenet5Settings(image=str(path))).read == 3


def test_what_is_no_image_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "not.png"
    path.write_text("no image")
    with pytest.raises(ImageError):
        observe(Lenet5Settings(image=str(path)))


def test_the_training_has_the_settings() -> None:
    made = training(Lenet5Settings(images=100, epochs=1, batch=50), "cpu")
    steps = list(made.steps())

    assert steps[-1].step == 2 and steps[-1].examples == 100 and steps[-1].progress == 1
    assert made.facts()["parameters"] == 61_706


@pytest.mark.parametrize("epoch", [1, 2, 3, 8])
def test_the_network_that_is_looked_back_at_lies_on_the_curve_of_the_test(epoch: int) -> None:
    seen = observe(Lenet5Settings(epoch=epoch))
    for figure in (seen.accuracy, seen.loss):
        curve = next(line for line in figure.lines if line.name.startswith("@term.test"))
        assert figure.point is not None and figure.point[0] == seen.at_epoch
        assert np.interp(seen.at_epoch, curve.x, curve.y) == pytest.approx(figure.point[1], rel=0.02)
        assert (np.diff(curve.x) > 0).all()


def test_curves_of_single_batches_are_averaged_and_end_where_they_ended() -> None:
    x = np.arange(1, 162.0)
    few_x, few_y = thinned(x, np.tile([0.0, 2.0], 81)[:161])

    assert len(few_x) <= 60 and few_x[-1] == x[-1]
    assert np.ptp(few_y[:-1]) < 0.7 and few_y.mean() == pytest.approx(1, abs=0.05)
    assert thinned(x[:50], x[:50])[0].tolist() == x[:50].tolist()


def test_the_pictures_of_misread_digits_are_those_around_the_present_one() -> None:
    first = observe(Lenet5Settings(view="misread", epoch=1))
    assert first.misread is not None and len(first.errors) > 2 * SHOWN
    there = observe(Lenet5Settings(view="misread", epoch=1, digit=first.errors[SHOWN + 3]))

    assert (first.misread_from, there.misread_from) == (0, SHOWN)
    assert there.misread is not None and there.misread_as is not None
    assert there.misread.values[3] == pytest.approx(there.input.values)
    assert there.misread_as.present == SHOWN + 3 and len(there.misread_as.rows) == len(first.errors)

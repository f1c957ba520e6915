"""What goes wrong is named, and a network that does well has nothing to hear."""

from typing import Any

import numpy as np
import pytest

from engine.network.playground.data import Data, generate, split
from engine.network.playground.descent import Configuration
from engine.network.playground.diagnosis import diagnose
from engine.network.playground.training import Training
from engine.training.diagnosis import Finding


def data(name: str, noise: float = 0.0, share: float = 0.5) -> Data:
    return split(generate(name, noise), share, 0)


def learned(epochs: int, points: Data, **settings: Any) -> tuple[Training, list[float]]:
    training = Training(Configuration(**settings), points)
    losses = [training.moment().train.loss]
    losses += [training.advance().train.loss for _ in range(epochs)]
    return training, [float(np.nan if loss is None else loss) for loss in losses]


def found(epochs: int, points: Data, **settings: Any) -> dict[str, Finding]:
    return {each.kind: each for each in diagnose(*learned(epochs, points, **settings))}


@pytest.mark.parametrize(
    ("name", "hidden"), [("circle", (4, 2)), ("gaussian", ()), ("plane", ()), ("gaussian", (4, 2))]
)
def test_it_is_silent_where_all_is_well(name: str, hidden: tuple[int, ...]) -> None:
    assert found(60, data(name), hidden=hidden) == {}
    assert found(0, data(name), hidden=hidden) == {}


def test_a_rate_that_explodes() -> None:
    finding = found(12, data("plane"), activation="relu", rate=10.0)["explodes"]
    assert finding.setting == "rate" and finding.values["suggested"] < 10 and finding.values["last"] is None


def test_a_penalty_that_explodes() -> None:
    finding = found(12, data("plane"), activation="linear", rate=1.0, regularization="l2", regularization_rate=10.0)
    assert finding["explodes"].setting == "regularization_rate"


def test_a_rate_with_which_the_loss_rises_again() -> None:
    training, losses = learned(30, data("circle"), hidden=(4,))
    course = [*losses[:20], *np.linspace(losses[20], 0.45, 12)]
    assert [each.kind for each in diagnose(training, course)] == ["rises"]


def test_saturated_units() -> None:
    training, losses = learned(3, data("circle"))
    training.matrices[0][:, -1] = 60.0
    training.matrices[1][:, -1] = 60.0
    training.matrices[2][:, :] = 0.0
    kinds = [each.kind for each in diagnose(training, [*losses, training.moment().train.loss or 0.0])]
    assert "saturated" in kinds


def test_dead_units() -> None:
    training, losses = learned(2, data("circle"), activation="relu", hidden=(4, 2))
    training.matrices[0][1, -1] = -100.0
    training.matrices[1][:, -1] = -100.0
    finding = {each.kind: each for each in diagnose(training, losses)}["dead"]
    assert finding.values["dead"] == 3 and finding.values["units"] == 6 and finding.values["layer"] == 2
    assert finding.values["suggested"] == "leaky_relu"


@pytest.mark.parametrize(
    ("settings", "setting"),
    [
        ({"hidden": ()}, "hidden"),
        ({"hidden": (1, 4)}, "hidden"),
        ({"hidden": (4, 2), "activation": "linear"}, "activation"),
    ],
)
def test_what_one_unit_cannot(settings: dict[str, Any], setting: str) -> None:
    finding = found(40, data("xor"), **settings)["one_unit"]
    assert finding.setting == setting and finding.values["accuracy"] < 0.8


def test_a_penalty_that_holds_all_weights_at_zero() -> None:
    finding = found(60, data("circle"), regularization="l2", regularization_rate=0.3)["held"]
    assert finding.setting == "regularization_rate" and finding.values["suggested"] < 0.3


def test_a_rate_that_is_too_low() -> None:
    assert found(30, data("circle"), rate=0.00001)["slow"].setting == "rate"


def test_points_learned_by_heart() -> None:
    settings = {"hidden": (8, 8), "optimizer": "adam", "rate": 0.01}
    assert "overfits" in found(150, data("circle", 0.4, 0.1), **settings)

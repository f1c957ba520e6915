"""What is said of curves: of such as are drawn by hand, and of small networks that are really trained."""

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
import torch
from torch.nn import functional as F

from engine.training.diagnosis import Finding, diagnose, lower
from engine.training.metrics import Point

SETTINGS = {"rate": 0.1, "epochs": 10, "images": 1000, "shift": 0}


def points(epochs: float = 10, **curves: Callable[[float], float]) -> list[Point]:
    """Fifty points of curves that are functions of the epoch."""
    names = {name.replace("_of_", "."): value for name, value in curves.items()}
    places = [epochs * number / 49 for number in range(50)]
    return [{"step": 10 * at, "epoch": at, **{name: value(at) for name, value in names.items()}} for at in places]


def found(given: list[Point], settings: dict[str, Any] = SETTINGS, **highest: float) -> list[tuple[str, str, Any]]:
    return [(each.kind, each.setting, each.values["suggested"]) for each in diagnose(given, settings, highest)]


def falling(epoch: float) -> float:
    return 0.1 + 2.2 * math.exp(-epoch)


def test_of_a_good_training_nothing_is_said() -> None:
    good = points(
        train_loss=falling,
        test_loss=lambda at: falling(at) + 0.02,
        train_accuracy=lambda at: 1 - 0.9 * math.exp(-at),
        test_accuracy=lambda at: 0.98 - 0.88 * math.exp(-at),
        gradient_of_C1=lambda at: 0.1 * falling(at),
        gradient_of_output=falling,
    )
    assert found(good) == [] == found(good[:3]) == found([])


def test_a_loss_that_rises_asks_for_a_lower_rate() -> None:
    assert found(points(train_loss=lambda at: 2.3 + at)) == [("diverges", "rate", 0.03)]
    assert found(points(train_loss=lambda at: falling(at) + (0.1 * at if at > 3 else 0))) == [("rises", "rate", 0.03)]
    assert found(points(train_loss=lambda at: 0.001 + 0.001 * at + 2 * math.exp(-3 * at))) == []  # hardly above nothing


def test_nothing_learned_asks_for_a_higher_rate_or_a_lower_one() -> None:
    flat = points(train_loss=lambda at: 2.3 - 0.001 * at)
    assert found(flat, {"rate": 1e-4}) == [("stuck", "rate", 1e-3)]
    assert found(points(0.5, train_loss=lambda at: 2.3)) == []  # it has hardly begun
    assert found(points(train_loss=lambda at: 90.0 if 0 < at < 0.5 else 2.3), {"rate": 3.0}) == [("stuck", "rate", 0.8)]
    dead = points(train_loss=lambda at: 2.3, gradient_of_C1=lambda at: 0.0, gradient_of_F6=lambda at: 0.0)
    assert found(dead, {"rate": 0.8}) == [("stuck", "rate", 0.2)]


@pytest.mark.parametrize(
    ("settings", "setting", "suggested"),
    [({"form": "1998"}, "form", "modern"), ({"activation": "sigmoid"}, "activation", "relu"), ({}, "rate", 0.03)],
)
def test_a_layer_that_no_gradient_reaches_is_named(settings: dict[str, Any], setting: str, suggested: object) -> None:
    given = points(train_loss=falling, gradient_of_C1=lambda at: 1e-5, gradient_of_F6=lambda at: 0.5)
    (finding,) = diagnose(given, {"rate": 0.1, **settings})
    assert (finding.kind, finding.setting, finding.values["suggested"]) == ("vanishes", setting, suggested)
    assert finding.values["layer"] == "C1" and finding.values["value"] == settings.get(setting, 0.1)


def test_where_training_and_test_part_more_images_are_asked_for_first() -> None:
    def parting(at: float) -> float:
        return falling(at) + (0.1 * (at - 4) if at > 4 else 0)

    given = points(train_loss=lambda at: 2.3 * math.exp(-at), test_loss=parting)
    assert found(given) == [("overfits", "images", 4000)]
    assert found(given, images=1500) == [("overfits", "images", 1500)]
    assert found(given, images=1000) == [("overfits", "shift", 2)]
    assert found(given, {**SETTINGS, "shift": 2}, images=1000) == [("overfits", "epochs", 5)]
    gap = points(train_loss=falling, test_loss=falling, train_accuracy=lambda at: 1.0, test_accuracy=lambda at: 0.8)
    assert found(gap) == [("overfits", "images", 4000)]


def test_a_lower_rate_has_one_digit() -> None:
    assert [lower(rate) for rate in (0.1, 0.05, 3e-4, 8)] == [0.03, 0.01, 7e-05, 2.0]


def trained(
    rate: float, activation: str = "relu", depth: int = 3, examples: int = 256, epochs: int = 30, noise: float = 1.0
) -> list[Finding]:
    """Train a small network on clouds of points in ten dimensions, and ask what went wrong."""
    generator = torch.Generator().manual_seed(0)
    centres = torch.randn(4, 10, generator=generator)

    def draw(count: int) -> tuple[torch.Tensor, torch.Tensor]:
        labels = torch.randint(4, (count,), generator=generator)
        return centres[labels] + noise * torch.randn(count, 10, generator=generator), labels

    train, test = draw(examples), draw(512)
    widths = [10, *[16] * depth, 4]
    layers = [
        (torch.randn(wide, new, generator=generator) / wide**0.5).requires_grad_() for wide, new in pairwise(widths)
    ]
    squash = {"relu": torch.relu, "sigmoid": torch.sigmoid}[activation]

    def forward(x: torch.Tensor) -> torch.Tensor:
        for weight in layers[:-1]:
            x = squash(x @ weight)
        return x @ layers[-1]

    given: list[Point] = []
    for epoch in range(epochs + 1):
        with torch.no_grad():
            losses = [F.cross_entropy(forward(x), y).item() for x, y in (train, test)]
            right = [(forward(x).argmax(1) == y).float().mean().item() for x, y in (train, test)]
        point: Point = {"step": epoch, "epoch": float(epoch), "train_loss": losses[0], "test_loss": losses[1]}
        point |= {"train_accuracy": right[0], "test_accuracy": right[1]}
        for start in range(0, examples, 32):
            x, y = (each[start : start + 32] for each in train)
            gradients = torch.autograd.grad(F.cross_entropy(forward(x), y), layers)
            with torch.no_grad():
                for weight, gradient in zip(layers, gradients, strict=True):
                    weight.sub_(gradient, alpha=rate)
        given.append(point | {f"gradient.{n + 1}": each.norm().item() for n, each in enumerate(gradients)})
    settings = {"rate": rate, "activation": activation, "images": examples, "epochs": epochs}
    return diagnose([point for point in given if all(map(math.isfinite, point.values()))], settings)


def test_real_trainings_are_judged_rightly() -> None:
    def kinds(**options: Any) -> dict[str, Any]:
        return {each.kind: each.values["suggested"] for each in trained(**options)}

    torch.set_num_threads(1)
    assert kinds(rate=0.05, examples=512, noise=0.6, epochs=10) == {}
    assert kinds(rate=1e-6, epochs=8) == {"stuck": 1e-5}
    assert kinds(rate=3.0, epochs=8) == {"stuck": 0.8}  # no unit answers any more
    assert kinds(rate=0.1, examples=32, epochs=60) == {"overfits": 128}
    deep = trained(rate=0.1, activation="sigmoid", depth=8, epochs=10)
    assert {each.kind: each.values["suggested"] for each in deep} == {"stuck": 1.0, "vanishes": "relu"}
    assert deep[1].values["layer"] == "1"

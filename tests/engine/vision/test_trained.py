import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

from engine.data.digits import digits
from engine.vision.lenet5 import FORMS, Form, LeNet5, probabilities
from engine.vision.prepare import like_mnist, network_input
from engine.vision.trained import model, packed, read, shipped


def accuracy(network: LeNet5, images: np.ndarray, labels: np.ndarray) -> float:
    with torch.inference_mode():
        return float((network(network_input(images)).argmax(1).numpy() == labels).mean())


def last(form: Form) -> LeNet5:
    history = shipped(form)
    return model(form, history.weights(history.epochs[-1]))


@pytest.mark.parametrize(("form", "goal"), [("modern", 0.975), ("1998", 0.97)])
def test_the_shipped_network_reads_as_well_as_it_must(form: Form, goal: float) -> None:
    _, test = digits()
    assert accuracy(last(form), test.images, test.labels) >= goal


@pytest.mark.parametrize("form", FORMS)
def test_the_shipped_history_is_of_one_training(form: Form) -> None:
    history = shipped(form)
    assert history.epochs[0] == 0 and history.epochs[-1] == history.settings["epochs"]
    assert history.settings["form"] == form
    points = history.metrics
    assert len([each for each in points if "train_loss" in each]) >= 60
    assert points[0]["step"] == 0 and points[-1]["epoch"] == history.epochs[-1]
    assert all(math.isfinite(value) for point in points for value in point.values())
    _, test = digits()
    for epoch, point in ((0, points[0]), (history.epochs[-1], points[-1])):
        found = accuracy(model(form, history.weights(epoch)), test.images, test.labels)
        assert found == pytest.approx(point["test_accuracy"], abs=0.005)  # float16 beside float32
    with pytest.raises(KeyError):
        history.weights(10**6)


@pytest.mark.parametrize("form", FORMS)
def test_probabilities_mean_what_they_say(form: Form) -> None:
    _, test = digits()
    network = last(form)
    with torch.inference_mode():
        sure = probabilities(network, network(network_input(test.images))).max(1).values
    assert float(sure.mean()) == pytest.approx(accuracy(network, test.images, test.labels), abs=0.02)


STROKES = {
    0: [[(50, 5), (25, 20), (18, 50), (25, 80), (50, 95), (75, 80), (82, 50), (75, 20), (50, 5)]],
    1: [[(50, 5), (50, 95)]],
    2: [[(22, 25), (35, 8), (60, 6), (78, 22), (70, 45), (20, 94), (82, 94)]],
    3: [[(25, 12), (50, 5), (75, 15), (72, 38), (45, 48), (75, 58), (80, 80), (52, 95), (20, 86)]],
    4: [[(40, 5), (18, 60), (85, 60)], [(66, 30), (66, 95)]],
    5: [[(78, 6), (30, 6), (26, 45), (55, 40), (78, 58), (74, 84), (48, 95), (20, 86)]],
    6: [[(65, 5), (35, 35), (22, 68), (35, 92), (62, 94), (76, 75), (62, 55), (38, 58), (25, 72)]],
    7: [[(18, 8), (82, 8), (42, 95)]],
    8: [[(50, 48), (28, 28), (50, 6), (72, 28), (50, 48), (24, 72), (50, 95), (76, 72), (50, 48)]],
    9: [[(75, 30), (55, 48), (30, 40), (28, 18), (50, 5), (74, 14), (75, 30), (68, 95)]],
}
"""Digits as strokes of a pen, in a square of 100."""


def drawings() -> Iterator[tuple[np.ndarray, int]]:
    """Each digit with strokes of several widths, slanted and stretched, drawn large and on a pad of 28×28."""
    for digit, strokes in STROKES.items():
        for width in (3, 7, 12):
            for slant, stretch in ((0.0, 1.0), (0.25, 1.0), (-0.15, 1.0), (0.1, 0.75), (0.1, 1.25)):
                image = Image.new("L", (224, 224))
                for stroke in strokes:
                    places = [((x - 50) * stretch - (y - 50) * slant + 112, y + 62) for x, y in stroke]
                    ImageDraw.Draw(image).line(places, fill=255, width=width, joint="curve")
                ink = np.asarray(image, np.float32) / 255
                yield ink, digit
                yield ink[56:168, 56:168].reshape(28, 4, 28, 4).max((1, 3)), digit


@pytest.mark.parametrize("form", FORMS)
def test_other_peoples_digits_are_read(form: Form) -> None:
    images, labels = zip(*drawings(), strict=True)
    assert accuracy(last(form), np.stack([like_mnist(each) for each in images]), np.array(labels)) >= 0.95


def test_a_history_is_read_as_it_was_written(tmp_path: Path) -> None:
    network = LeNet5("1998", torch.Generator().manual_seed(0))
    weights = {epoch: {name: each * epoch for name, each in network.state_dict().items()} for epoch in (0, 3)}
    path = tmp_path / "history.safetensors"
    path.write_bytes(packed({"form": "1998"}, [{"step": 0, "epoch": 0.0}], weights))
    found = read(path)
    assert found.epochs == (0, 3) and found.settings == {"form": "1998"} and found.metrics == [{"step": 0, "epoch": 0}]
    for name, each in found.weights(3).items():
        assert each.dtype == torch.float32
        torch.testing.assert_close(each, weights[3][name], rtol=1e-3, atol=1e-4)

"""LeNet-5 after some epochs of a training, what it makes of one digit, and the curves of its training.

Without a run it is the training that comes with the program; with one, whatever that run has kept so far.
"""

from pathlib import Path
from typing import Any

import numpy as np
import torch

from engine.data.digits import digits
from engine.training.group import ALONE, Group
from engine.training.training import Training
from engine.vision.digit_training import DigitTraining
from engine.vision.lenet5 import LeNet5, probabilities
from engine.vision.prepare import like_mnist, network_input, read_image
from lessons.convolution.experiments.lenet5 import curves, inside
from lessons.convolution.experiments.lenet5.evaluation import evaluated
from lessons.convolution.experiments.lenet5.sources import Source, source
from lessons.convolution.labs.lenet5 import PIXELS, Lenet5Observation, Lenet5Settings
from lessons.vocabulary.drawings import decode
from lessons.vocabulary.figures import Bars, Raster


def training(settings: Lenet5Settings, device: str, group: Group = ALONE) -> Training:
    """Make the training of a run, or a process's part of it."""
    return DigitTraining(
        form=settings.form,
        epochs=settings.epochs,
        rate=settings.rate,
        batch=settings.batch,
        shift=settings.shift,
        images=settings.images,
        seed=settings.seed,
        device=device,
        group=group,
    )


def observe(settings: Lenet5Settings) -> Lenet5Observation:
    """Read the digit that is set, and look into the network that reads it."""
    found = source(settings)
    image, label = given(settings)
    seen = evaluated(found)
    read: dict[str, Any] = {"label": label}
    network = found.network
    activations: dict[str, np.ndarray] = {}
    if image.any():
        with torch.inference_mode():
            layers = network.activations(network_input(image[None]))
            scores = probabilities(network, layers["output"])[0]
        activations = {name: values[0].numpy().astype(float) for name, values in layers.items()}
        read |= {"read": int(scores.argmax()), "scores": tuple(round(score, 6) for score in scores.tolist())}
    return Lenet5Observation(
        parameters=sum(network.counts().values()),
        test_accuracy=seen.accuracy,
        at_epoch=found.epoch,
        epochs_kept=found.epochs,
        trained_images=found.images,
        own=found.own,
        missing=found.missing,
        input=Raster(title="@convolution.lenet5.input", values=image, map="ink", note=f"{PIXELS}×{PIXELS}"),
        reading=_reading(read.get("scores", ())),
        accuracy=curves.accuracy(found, seen),
        loss=curves.loss(found, seen),
        **read,
        **_looked_at(settings, found, network, activations),
    )


def given(settings: Lenet5Settings) -> tuple[np.ndarray, int | None]:
    """The digit to read, 28×28 in 0…1, and what it is, if that is known: a file, a drawing, or a test digit."""
    if settings.image:
        return like_mnist(read_image(Path(settings.image))), None
    if settings.drawn or settings.own:
        values = decode(settings.drawn, PIXELS * PIXELS).reshape(PIXELS, PIXELS)
        return like_mnist(np.clip(values, 0, 1)), None
    _, test = digits()
    place = settings.digit % len(test.images)
    return test.images[place] / 255.0, int(test.labels[place])


def _reading(scores: tuple[float, ...]) -> Bars:
    values = np.array(scores) if scores else np.full(10, np.nan)
    return Bars(
        title="@convolution.lenet5.reading",
        names=tuple("0123456789"),
        values=values,
        chosen=int(values.argmax()) if scores else None,
    )


def _looked_at(
    settings: Lenet5Settings, found: Source, network: LeNet5, activations: dict[str, np.ndarray]
) -> dict[str, Any]:
    """Make the figures of what is looked at, and no others: they cost time and bytes."""
    match settings.view:
        case "maps":
            return inside.maps(network, activations)
        case "kernels":
            return inside.kernels(network)
        case "confusion":
            return {"confusion": inside.confusion(evaluated(found))}
        case "misread":
            seen = evaluated(found)
            first = inside.misread_from(seen, settings.digit)
            return {
                "errors": seen.errors,
                "misread_from": first,
                "misread": inside.misread(seen, first),
                "misread_as": inside.misread_as(seen, settings.digit),
            }
        case "gradients":
            return {"gradients": curves.gradients(found)}

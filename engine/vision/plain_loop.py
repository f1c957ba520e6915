"""The same training without any measurement: what a training that measures is compared with."""

import time

import torch

from engine.data.digits import digits
from engine.vision.augmentation import vary
from engine.vision.batches import drawn_from
from engine.vision.descent import DEFAULTS, MOMENTUM, rate_at
from engine.vision.lenet5 import Form, LeNet5, loss
from engine.vision.prepare import network_input


def plain_loop(
    *,
    form: Form,
    epochs: int,
    rate: float,
    batch: int,
    shift: float,
    images: int,
    seed: int,
    device: str = "cpu",
) -> float:
    """Train as `DigitTraining` does, but measure nothing and hand on nothing; returns images per second.

    It is what a training with its measurements is compared with.
    """
    train, _ = digits()
    inputs = network_input(train.images[:images]).to(device)
    labels = torch.tensor(train.labels[:images]).to(device)
    model = LeNet5(form, drawn_from(seed)).to(device)
    fused = device == "cpu" or device.startswith("cuda")
    descent = torch.optim.SGD(model.parameters(), lr=rate, momentum=MOMENTUM, nesterov=True, fused=fused)
    count = -(-len(labels) // batch)
    began = time.perf_counter()
    for epoch in range(epochs):
        generator = drawn_from(seed, epoch)
        order = torch.randperm(len(labels), generator=generator).to(device)
        varied, answers = vary(inputs[order], shift, generator), labels[order]
        for place in range(count):
            part = slice(place * batch, (place + 1) * batch)
            loss(model, model(varied[part]), answers[part]).backward()  # type: ignore[no-untyped-call]
            descent.param_groups[0]["lr"] = rate * rate_at((epoch * count + place) / (epochs * count))
            descent.step()
            descent.zero_grad()
    if device.startswith("cuda"):
        torch.cuda.synchronize()
    return epochs * len(labels) / max(time.perf_counter() - began, 1e-9)


def plain_speed(epochs: int, threads: int) -> float:
    """Images per second of `plain_loop` by the default settings, with so many threads on the CPU."""
    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    try:
        return plain_loop(**{**DEFAULTS, "epochs": epochs})
    finally:
        torch.set_num_threads(before)

"""Two processes train LeNet-5 and the GPT as one does: the same gradients, the same curves, the same weights."""

import os
import socket
import sys
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import torch
from running import ended

from engine.language.gpt import training as gpt
from engine.training import group as groups
from engine.training.group import ALONE, Group
from engine.training.training import Training
from engine.vision import digit_training as lenet

STEPS = 50
TEXT = " ".join(str(number * number) for number in range(3000))

Make = Callable[..., Training]


def lenet5(form: str, rate: float, **options: Any) -> Training:
    """Batches that two can't share evenly, the last of an epoch of one example."""
    settings = {**lenet.DEFAULTS, "form": form, "rate": rate, "images": 232, "batch": 33, "epochs": 7}
    return lenet.DigitTraining(**settings, **options)


def small_gpt(dropout: float, **options: Any) -> Training:
    """An odd batch, and gathered gradients."""
    sizes = {"layers": 2, "heads": 2, "width": 32, "context": 32, "batch": 5, "accumulate": 2, "dropout": dropout}
    return gpt.GptTraining(TEXT, **{**gpt.DEFAULTS, **sizes, "steps": STEPS}, **options)


CASES: dict[str, Make] = {
    "modern": partial(lenet5, "modern", 0.03),
    "1998": partial(lenet5, "1998", 0.003),
    "gpt": partial(small_gpt, 0.1),
}
ON_GPUS = {**CASES, "gpt": partial(small_gpt, 0.0)}
"""A GPU draws the noise of attention within its kernel, where it is independent, but not by example."""


def trained(make: Make, group: Group, device: str) -> dict[str, Any]:
    """Take the first steps: the gradient of the first one, the loss of each, what is measured, weights at the end."""
    training: Any = make(group=group, device=device)
    gradients: list[torch.Tensor] = []
    go = training._descent.step

    def step(rate: float) -> Any:
        gradients.append(
            torch.cat([each.grad.flatten() for each in training.model.parameters() if each.grad is not None])
        )
        return go(rate)

    training._descent.step = step
    losses, measured = [], []
    for each in training.steps():
        losses += [each.values["train_loss"]] if "train_loss" in each.values else []
        measured += [each.values["test_loss"]] if "test_loss" in each.values else []
        if each.step == 7:
            training.state()  # all do, and nothing changes
        if each.step == STEPS:
            break
    weights = torch.cat([each.detach().flatten() for each in training.model.parameters()])
    return {"gradient": gradients[0].cpu(), "losses": losses, "measured": measured, "weights": weights.cpu()}


def in_processes(folder: Path, devices: list[str], cases: dict[str, Make]) -> list[dict[str, dict[str, Any]]]:
    """What each of several processes comes to, by the case's name."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    pids = []
    for rank, device in enumerate(devices):
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                os.environ |= {"RANK": str(rank), "WORLD_SIZE": str(len(devices)), "GLOO_SOCKET_IFNAME": "lo"}
                os.environ |= {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port}
                group = groups.join(device)
                torch.save({name: trained(make, group, device) for name, make in cases.items()}, folder / str(rank))
                groups.leave()
                status = 0
            except BaseException:
                traceback.print_exc(file=sys.__stderr__)
            finally:
                os._exit(status)
        pids.append(pid)
    assert [ended(pid) for pid in pids] == [0] * len(devices)
    return [torch.load(folder / str(rank), weights_only=True) for rank in range(len(devices))]


def compare(alone: dict[str, Any], shared: list[dict[str, Any]], closely: float) -> None:
    assert all(torch.equal(each["weights"], shared[0]["weights"]) for each in shared)
    first = shared[0]
    distance = (first["gradient"] - alone["gradient"]).norm() / alone["gradient"].norm()
    assert distance < closely
    assert len(alone["losses"]) == STEPS
    assert first["losses"] == pytest.approx(alone["losses"], rel=1e-4)
    assert first["measured"] == pytest.approx(alone["measured"], rel=1e-3) and len(first["measured"]) > 1


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked")
def test_two_processes_come_to_what_one_does(tmp_path: Path) -> None:
    torch.set_num_threads(1)
    shared = in_processes(tmp_path, ["cpu", "cpu"], CASES)
    for name, make in CASES.items():
        compare(trained(make, ALONE, "cpu"), [each[name] for each in shared], 1e-6)


@pytest.mark.gpu
@pytest.mark.skipif(torch.cuda.device_count() < 2, reason="needs two GPUs")
def test_two_gpus_come_to_what_one_does(tmp_path: Path) -> None:
    shared = in_processes(tmp_path, ["cuda:0", "cuda:1"], ON_GPUS)
    for name, make in ON_GPUS.items():
        compare(trained(make, ALONE, "cuda:0"), [each[name] for each in shared], 1e-5)

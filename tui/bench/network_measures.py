"""What the networks to look into cost: the playground's learning, the opening of architectures, a kernel's edit."""

import asyncio
import re
import statistics
import time
from collections.abc import Iterator
from typing import get_args

from tui.bench.programs import NNLAB, SSH, home, program
from tui.bench.report import Result, p95
from tui.bench.terminal import Program
from tui.locale import Words

PLAYGROUND = "neuron.playground?data=spiral&hidden=8,8,8"
"""TensorFlow Playground's own hardest setting."""

POINTS = 250
"""Examples of one of its epochs."""

EPOCH = re.compile(r"epoch +([\d,]+)")
LAYERS = re.compile(r"hidden 4 ")

WARM = 3.0
"""Seconds until the engine has imported what it imports in the background."""

GAP = 0.08
"""Seconds without a byte after which a picture is complete."""

SLOW = b'{"language": "en", "line": "slow"}'
"""Preferences of somebody whose line is slow."""


def playground_speed() -> Iterator[Result]:
    """One network and 24 beside the textbook's NumPy, by the clock."""
    found = asyncio.run(_speeds())
    yield Result("playground_one", found["one"] / found["plain"], "×", 1.6, 2, least=True)
    yield Result("playground_seeds", found["stack"] / found["plain"], "×", 8, 1, least=True)


async def _speeds(rounds: int = 7) -> dict[str, float]:
    from engine.process.client import Engine

    engine = Engine(["engine."], environ={"NNLAB_DEVICE": "cpu", "NNLAB_ENGINE_TORCH": "0"})
    try:
        found: dict[str, float] = await engine.call("engine.network.playground.speed:speeds", rounds)
        return found
    finally:
        await engine.stop()


def playground_beside_screen(rounds: int = 5, seconds: float = 2.0) -> Iterator[Result]:
    """One network that learns on the open screen over one without, by the clock; they take turns."""
    ratios = []
    with home() as folder, program(NNLAB, folder, "open", PLAYGROUND) as nnlab:
        _run(nnlab)
        for _ in range(rounds):
            begun, first = time.monotonic(), _epoch(nnlab)
            nnlab.listen(seconds)
            shown = (_epoch(nnlab) - first) * POINTS / (time.monotonic() - begun)
            nnlab.press(" ")
            nnlab.listen(0.5)
            ratios.append(shown / asyncio.run(_speeds(3))["one"])
            nnlab.press(" ")
            nnlab.listen(0.5)
    yield Result("playground_beside_screen", statistics.median(ratios), "×", 0.9, 2, least=True)


def _run(nnlab: Program) -> None:
    """Let the network learn, once all is quiet."""
    nnlab.wait_for("epoch")
    nnlab.listen(WARM)
    nnlab.press(" ")
    nnlab.wait(lambda: _epoch(nnlab) > 0)


def _epoch(nnlab: Program) -> int:
    found = EPOCH.search(nnlab.shown.text)
    return int(found[1].replace(",", "")) if found else 0


def playground_click(clicks: int = 40) -> Iterator[Result]:
    """While the network learns: from a key that adds or removes a layer to the picture of the other network."""
    times = []
    with home() as folder, program(NNLAB, folder, "open", PLAYGROUND) as nnlab:
        _run(nnlab)
        for number in range(clicks):
            nnlab.listen(0.25 + 0.01 * (number % 10))  # at any moment of a step
            there = bool(LAYERS.search(nnlab.shown.text))
            pressed = nnlab.press("-" if there else "+")
            nnlab.wait(lambda there=there: bool(LAYERS.search(nnlab.shown.text)) != there)  # type: ignore[misc]
            times.append(nnlab.last - pressed)
    yield Result("playground_click", p95(times) * 1000, "ms", 100)


def playground_bytes(seconds: float = 6.0) -> Iterator[Result]:
    """What a network that learns sends: over SSH and over a slow line, from its first epoch on."""
    for name, goal in (("playground_ssh_bytes", 40), ("playground_slow_bytes", 25)):
        with home() as folder:
            if name == "playground_slow_bytes":
                (folder / "config" / "preferences.json").write_bytes(SLOW)
            with program(NNLAB, folder, "open", PLAYGROUND, changes=SSH) as nnlab:
                nnlab.wait_for("epoch")
                nnlab.listen(WARM)
                before = nnlab.received
                nnlab.press(" ")
                nnlab.listen(seconds)
                yield Result(name, (nnlab.received - before) / seconds / 1000, "kB/s", goal, 1)


def architectures_open() -> Iterator[Result]:
    """From the choice of an architecture to its picture, torch being warm; ResNet-152 and the slowest of all."""
    from lessons.deep_networks.labs.architectures.settings import Name

    words, times = Words("en"), {}
    with home() as folder, program(NNLAB, folder, "open", "deep_networks.architectures?name=lenet5") as nnlab:
        nnlab.wait_for("parameters")
        nnlab.listen(WARM)
        for name in get_args(Name):
            if name == "lenet5":
                continue
            label = words.text(f"deep_networks.architectures.name.{name}")
            nnlab.press("o")
            nnlab.wait_for("Open an address")
            nnlab.press("\x15")  # apart: what came with it in one piece was lost
            nnlab.listen(0.3)
            nnlab.press(f"deep_networks.architectures?name={name}")
            nnlab.wait_for(f"name={name}")
            nnlab.listen(0.3)
            pressed = nnlab.press("\r")
            nnlab.wait(lambda label=label: nnlab.shown.text.count(label) > 1)  # type: ignore[misc]  # choice and table
            times[name] = nnlab.still(0.3) - pressed
    yield Result("resnet152_open", times["resnet152"], "s", 0.5, 2)
    yield Result("architectures_open", max(times.values()), "s", 0.5, 2)


def features_edit(edits: int = 60) -> Iterator[Result]:
    """From a key that changes a number of the kernel to the new map of a 64×64 image."""
    times = []
    with home() as folder, program(NNLAB, folder, "open", "convolution.features?side=64") as nnlab:
        nnlab.wait_for("feature map")
        nnlab.listen(WARM)
        for number in range(edits):
            before = nnlab.received
            pressed = nnlab.press("-" if number // 5 % 2 else "+")
            nnlab.wait(lambda before=before: nnlab.received > before)  # type: ignore[misc]
            times.append(nnlab.still(GAP) - pressed)
    yield Result("features_edit", p95(times) * 1000, "ms", 50)

"""What diffusion costs: learning and drawing digits, the opening of the lab, and a reverse walk over a line."""

import asyncio
import time
from collections.abc import Iterator

from tui.bench.programs import NNLAB, SSH, home, program
from tui.bench.report import Result
from tui.bench.terminal import Program

LAB = "image_generation.diffusion"

PICTURE = "The answer so far"
"""What stands over the first picture."""

WARM = 6.0
"""Seconds until the engine has imported torch in the background."""


def diffusion_speed() -> Iterator[Result]:
    """Pictures learned in a second, and the time a picture takes in ten steps."""
    found = asyncio.run(_speeds())
    yield Result("diffusion_train", found["train"], "/s", 500, 0, least=True)
    yield Result("diffusion_sample", found["sample"], "ms", 50, 1)


async def _speeds() -> dict[str, float]:
    from engine.process.client import Engine

    engine = Engine(["engine."], environ={"NNLAB_DEVICE": "cpu", "OMP_NUM_THREADS": "1"})
    try:
        found: dict[str, float] = await engine.call("engine.generative.speed:speeds")
        return found
    finally:
        await engine.stop()


def _read(nnlab: Program, seconds: float) -> None:
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        nnlab.read(left)


def diffusion_bytes(seconds: float = 6.0) -> Iterator[Result]:
    """What a reverse walk sends over SSH while it plays."""
    with home() as folder, program(NNLAB, folder, "open", f"{LAB}?steps=100&frame=0", changes=SSH) as nnlab:
        nnlab.wait_for(PICTURE)
        _read(nnlab, WARM)
        before = nnlab.received
        nnlab.press(" ")
        _read(nnlab, seconds)
        yield Result("diffusion_bytes", (nnlab.received - before) / seconds / 1000, "kB/s", 40, 1)


def diffusion_open() -> Iterator[Result]:
    """From the opening of the lab to its first picture, torch being warm."""
    with home() as folder, program(NNLAB, folder, "open", "neuron.synapse") as nnlab:
        nnlab.wait_for("Synapse")
        _read(nnlab, WARM)
        nnlab.press("o")
        nnlab.wait_for("Open an address")
        nnlab.press("\x15")  # apart: what came with it in one piece was lost
        nnlab.still(0.3)
        nnlab.press(LAB)
        nnlab.still(0.3)
        pressed = nnlab.press("\r")
        nnlab.wait_for(PICTURE)
        yield Result("diffusion_open", nnlab.last - pressed, "s", 1.0, 2)

"""What diffusion costs: learning and drawing digits, the opening of the lab, and a reverse walk over a line."""

import asyncio
from collections.abc import Iterator

from tui.bench.programs import NNLAB, SSH, WARM, home, opening, program
from tui.bench.report import Result

LAB = "image_generation.diffusion"

PICTURE = "The answer so far"
"""What stands over the first picture."""


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


def diffusion_bytes(seconds: float = 6.0) -> Iterator[Result]:
    """What a reverse walk sends over SSH while it plays."""
    with home() as folder, program(NNLAB, folder, "open", f"{LAB}?steps=100&frame=0", changes=SSH) as nnlab:
        nnlab.wait_for(PICTURE)
        nnlab.listen(WARM)
        before = nnlab.received
        nnlab.press(" ")
        nnlab.listen(seconds)
        yield Result("diffusion_bytes", (nnlab.received - before) / seconds / 1000, "kB/s", 40, 1)


def diffusion_open() -> Iterator[Result]:
    """From the opening of the lab to its first picture, torch being warm."""
    yield Result("diffusion_open", opening(LAB, PICTURE), "s", 1.0, 2)

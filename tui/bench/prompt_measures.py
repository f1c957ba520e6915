"""What drawing from a prompt costs: pictures a second, the opening of the lab, the bytes of a walk."""

import asyncio
import statistics
from collections.abc import Iterator

from engine.machine import cores
from tui.bench.programs import NNLAB, SSH, home, opening, program
from tui.bench.report import Result

ADDRESS = "generative_ai.prompt_box"
ANSWER = "The diffusion model answers"
"""Stands in the first picture."""

TURNS = 5


def prompt_speed() -> Iterator[Result]:
    """Pictures a second in training on all cores, and in drawing, in the middle of some turns."""
    learned, drawn = asyncio.run(_speeds())
    yield Result("prompt_learning", statistics.median(learned), "/s", 0, least=True)
    yield Result("prompt_drawing", statistics.median(drawn), "/s", 0, 1, least=True)


async def _speeds() -> tuple[list[float], list[float]]:
    from engine.process.client import Engine

    engine = Engine(["engine."], environ={"NNLAB_DEVICE": "cpu"})
    learned, drawn = [], []
    try:
        for _ in range(TURNS):
            learned.append(await engine.call("engine.generative.prompt.speed:learning", cores()))
            drawn.append(await engine.call("engine.generative.prompt.speed:drawing"))
        return learned, drawn
    finally:
        await engine.stop()


def prompt_open(times: int = 3) -> Iterator[Result]:
    """From the key that opens the lab to its first picture, torch being warm."""
    yield Result("prompt_open", max(opening(ADDRESS, ANSWER) for _ in range(times)), "s", 1.0, 2)


def prompt_walk(seconds: float = 4.0) -> Iterator[Result]:
    """What goes to the terminal over ssh while a walk plays from noise to the picture."""
    address = f"{ADDRESS}?steps=50&back=50&samples=1"
    with home() as folder, program(NNLAB, folder, "open", address, changes=SSH) as nnlab:
        nnlab.wait_for(ANSWER)
        nnlab.listen(2.0)
        before = nnlab.received
        nnlab.press(" ")
        nnlab.listen(seconds)
        yield Result("prompt_walk_bytes", (nnlab.received - before) / seconds / 1000, "kB/s", 40, 1)

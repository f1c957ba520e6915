"""What the causal graph costs: learning to draw and to infer, and the opening of the lab."""

import asyncio
from collections.abc import Iterator

from tui.bench.programs import opening
from tui.bench.report import Result

LAB = "image_generation.causal_graph"

PICTURE = "the encoder infers"
"""What stands over the first inference."""

DRAWN, INFERRED = 2700, 2600
"""Scenes a second with which the decoder has an IoU of 0.90 within a minute, after 162,000 scenes, and the encoder
infers angles to a degree within half a minute, after 78,000."""


def causal_speed() -> Iterator[Result]:
    """Scenes that each network learns in a second, on one thread."""
    found = asyncio.run(_speeds())
    yield Result("causal_decoder", found["decoder"], "/s", DRAWN, 0, least=True)
    yield Result("causal_encoder", found["encoder"], "/s", INFERRED, 0, least=True)


async def _speeds() -> dict[str, float]:
    from engine.process.client import Engine

    engine = Engine(["engine."], environ={"NNLAB_DEVICE": "cpu", "OMP_NUM_THREADS": "1"})
    try:
        found: dict[str, float] = await engine.call("engine.generative.causal.speed:speeds")
        return found
    finally:
        await engine.stop()


def causal_open() -> Iterator[Result]:
    """From the opening of the lab to its first picture, torch being warm."""
    yield Result("causal_open", opening(LAB, PICTURE), "s", 1.0, 2)

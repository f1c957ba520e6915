"""What counting large networks costs: all of them built for their shapes, and the opening of the lab parameters."""

import asyncio
from collections.abc import Iterator

from tui.bench.programs import opening
from tui.bench.report import Result

PICTURE = "174,604,259,328"
"""GPT-3's parameters, in its first picture."""


def parameters_build() -> Iterator[Result]:
    """All public architectures built on the meta device and counted."""
    yield Result("parameters_build", asyncio.run(_built()) * 1000, "ms", 300)


async def _built() -> float:
    from engine.process.client import Engine

    engine = Engine(["engine."], environ={"NNLAB_DEVICE": "cpu", "NNLAB_ENGINE_TORCH": "0"})
    try:
        found: float = await engine.call("engine.scaling.speed:build_all", 5)
        return found
    finally:
        await engine.stop()


def parameters_open() -> Iterator[Result]:
    """From the opening of `scaling.parameters` with GPT-3 to its first picture, torch being warm."""
    yield Result("parameters_open", opening("scaling.parameters?model=gpt3", PICTURE), "s", 1.0, 2)

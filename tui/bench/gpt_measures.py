"""What language models cost: GPT beside a plain one without a cache, in learning and in writing."""

import asyncio
import os
import statistics
from collections.abc import Iterator

from engine.machine import cores
from tui.bench.report import Result

NANO_GPT = "NNLAB_NANOGPT"
"""Names the folder of nanoGPT, which is then measured too."""

GOALS = {("small", "learning"): 1.1, ("small", "writing"): 3.0, ("large", "learning"): 1.1, ("large", "writing"): 8.0}
"""How many times as fast as the plain GPT ours should be, by size and work."""

WORK = {("small", "learning"): 12, ("large", "learning"): 1, ("small", "writing"): 256, ("large", "writing"): 256}
"""Steps or tokens of one turn."""

FIGURES = tuple(
    f"gpt_{size}_{work}{what}" for size, work in GOALS for what in ("", "_tokens", "_nanogpt", "_nanogpt_tokens")
)
"""What comes out; the last two of each only where there is nanoGPT."""

TURNS = {"small": 7, "large": 5}


def gpt_speed() -> Iterator[Result]:
    """Ours over the plain one, and what each does in a second; they take turns, in processes of their own."""
    for size in ("small", "large"):
        for work in ("learning", "writing"):
            yield from _compared(size, work)


def _compared(size: str, work: str) -> Iterator[Result]:
    found = asyncio.run(_speeds(size, work))
    name, goal = f"gpt_{size}_{work}", GOALS[size, work]
    ours = found["ours"]
    yield Result(name, _times(ours, found["plain"]), "×", goal, 2, least=True)
    yield Result(f"{name}_tokens", statistics.median(ours), "/s", 0, least=True)
    if theirs := found.get("nanogpt"):
        yield Result(f"{name}_nanogpt", _times(ours, theirs), "×", goal, 2, least=True)
        yield Result(f"{name}_nanogpt_tokens", statistics.median(theirs), "/s", 0, least=True)


def _times(ours: list[float], others: list[float]) -> float:
    """How many times as fast, in the middle of the turns."""
    return statistics.median(mine / theirs for mine, theirs in zip(ours, others, strict=True))


async def _speeds(size: str, work: str) -> dict[str, list[float]]:
    """Tokens a second by whose work it is, one figure a turn."""
    from engine.process.client import Engine

    folder = os.environ.get(NANO_GPT, "")
    names = ("ours", "plain", "nanogpt") if folder else ("ours", "plain")
    engines = {name: Engine(["engine."], environ={"NNLAB_DEVICE": "cpu"}) for name in names}
    found: dict[str, list[float]] = {name: [] for name in names}
    try:
        for turn in range(TURNS[size] + 1):
            for name, engine in engines.items():
                function = f"engine.language.gpt.speed:{work}"
                speed = await engine.call(function, name, size, WORK[size, work], cores(), folder)
                if turn:  # the first one makes the models
                    found[name].append(speed)
        return found
    finally:
        for engine in engines.values():
            await engine.stop()

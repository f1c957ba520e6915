"""What language costs: n-grams beside nltk's, and the opening of the labs."""

import asyncio
from collections.abc import Iterator

from tui.bench.programs import NNLAB, home, program
from tui.bench.report import Result

PICTURE = "0.196"
"""The product of the lecture's way, in the first picture of `language.next_word`."""

WARM = 3.0
"""Seconds until the engine has imported what it imports in the background."""


def ngram_speed() -> Iterator[Result]:
    """Counting and scoring trigrams over nltk's MLE and Laplace; unknown where nltk is not installed."""
    found = asyncio.run(_ratios())
    yield Result("ngram_fit", found.get("fit"), "×", 20, 1, least=True)
    yield Result("ngram_score", found.get("score"), "×", 20, 1, least=True)


async def _ratios() -> dict[str, float]:
    from engine.process.client import Engine

    engine = Engine(["engine."], environ={"NNLAB_DEVICE": "cpu", "NNLAB_ENGINE_TORCH": "0"})
    try:
        found: dict[str, float] = await engine.call("engine.language.ngram_speed:ratios")
        return found
    finally:
        await engine.stop()


def next_word_open() -> Iterator[Result]:
    """From the opening of `language.next_word` to its first answer, torch being warm."""
    yield Result("next_word_open", opening("language.next_word", PICTURE), "s", 1.0, 2)


def opening(lab: str, picture: str) -> float:
    """Seconds from the opening of a lab to a text of its first picture, torch being warm."""
    with home() as folder, program(NNLAB, folder, "open", "neuron.synapse") as nnlab:
        nnlab.wait_for("Synapse")
        nnlab.still(WARM)
        nnlab.press("o")
        nnlab.wait_for("Open an address")
        nnlab.press("\x15")  # apart: what came with it in one piece was lost
        nnlab.still(0.3)
        nnlab.press(lab)
        nnlab.still(0.3)
        pressed = nnlab.press("\r")
        nnlab.wait_for(picture)
        return nnlab.last - pressed

"""What language costs: n-grams beside nltk's, and the opening of the labs."""

import asyncio
from collections.abc import Iterator

from tui.bench.programs import opening
from tui.bench.report import Result

PICTURE = "0.196"
"""The product of the lecture's way, in the first picture of `language.next_word`."""


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

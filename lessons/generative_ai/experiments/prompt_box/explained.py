"""What stands behind a picture, as figures: which word moved which pixel, and scenes that were never trained."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from engine.generative.prompt.drawing import light, noise, walk
from engine.generative.prompt.evaluation import evaluated
from engine.generative.prompt.inside import moved
from engine.generative.prompt.pictures import Reading, judge
from engine.generative.prompt.scenes import ATTRIBUTES, Group, Scene, split
from engine.generative.prompt.words import Prompt
from lessons.generative_ai.experiments.prompt_box.drawn import message, named, plain
from lessons.generative_ai.experiments.prompt_box.sources import Source
from lessons.generative_ai.labs.prompt_box.settings import NAME, PromptBoxSettings
from lessons.vocabulary.figures import Bars, Cell, Column, Raster, Table, Tone
from lessons.vocabulary.numbers import percent

WORDS = 6
"""Words whose maps are shown."""

EACH = 6
"""Held-out scenes of each kind that are shown, evenly spread."""

NEXT = 7
"""Scenes further on that another seed begins."""


def reading(prompt: Prompt) -> Table:
    """Each word of a prompt, what it is about, and what it says."""
    rows = []
    for word in prompt.words:
        known = word.meaning not in ("nothing", "unknown")
        about = f"@{NAME}.{word.meaning}" if known else f"@{NAME}.word.{word.meaning}"
        tone: Tone = "text" if known else "error" if word.meaning == "unknown" else "faint"
        says = message(word.meaning, word.value) if known else "–"
        rows.append((Cell(word.text, tone, known), Cell(about, "muted" if known else tone), Cell(says, tone)))
    columns = (Column(f"@{NAME}.word"), Column(f"@{NAME}.about"), Column(f"@{NAME}.says"))
    return Table(title="", columns=columns, rows=tuple(rows))


def words(found: Source, prompt: Prompt, settings: PromptBoxSettings) -> dict[str, Any]:
    """A map of each word that means something, and what is drawn without it."""
    with_all, each = _moved(found, prompt, settings.seed, settings.guidance, settings.steps)
    figures: dict[str, Any] = {}
    for number, (text, change, picture, _) in enumerate(each[:WORDS], 1):
        share = percent(float(change.mean()))
        figures[f"word{number}"] = Raster(title=text, values=change, note=share, scale=False)
        figures[f"without{number}"] = Raster(title=f"−{text}", values=picture, map="light")
    if each:
        figures["effects"] = _effects(each, with_all)
    return figures


def _effects(each: Sequence[tuple[str, np.ndarray, np.ndarray, Scene | None]], with_all: Scene | None) -> Table:
    """Of each word the light that it moves, and what is another thing in the picture without it."""
    before, rows = named(with_all), []
    for text, change, _, scene in each:
        others = [(name, value) for name, value in named(scene).items() if before.get(name) != value]
        seen = [Cell(message(name, value), "text") for name, value in others]
        if not seen:
            seen = [Cell(f"@{NAME}.without.{'same' if scene is not None else 'nothing'}", "faint")]
        rows.append((Cell(text, "text", True), Cell(percent(float(change.mean()))), seen))
    most = max(len(seen) for *_, seen in rows)
    heads = (Column(f"@{NAME}.word"), Column(f"@{NAME}.light", right=True), Column(f"@{NAME}.without"))
    filled = ((word, light, *seen, *[Cell("")] * (most - len(seen))) for word, light, seen in rows)
    return Table(title="", columns=(*heads, *[Column("")] * (most - 1)), rows=tuple(filled))


@lru_cache(maxsize=16)
def _moved(
    found: Source, prompt: Prompt, seed: int, guidance: float, steps: int
) -> tuple[Scene | None, tuple[tuple[str, np.ndarray, np.ndarray, Scene | None], ...]]:
    """What the judge reads in the picture; of each word its text, its effect on each pixel, and the same without it."""
    whole, each = moved(found.model, prompt, seed=seed, guidance=guidance, steps=steps)
    return judge(whole[None])[0].scene, tuple(
        (one.word.text, plain(one.change), plain(one.picture[None]), judge(one.picture[None])[0].scene) for one in each
    )


def held_out(found: Source, settings: PromptBoxSettings) -> dict[str, Any]:
    """Some scenes that were never trained, drawn and judged; other ones for each seed."""
    groups = split()
    scenes = tuple(
        some[(number * len(some) // EACH + settings.seed * NEXT) % len(some)]
        for some in (groups.combinations, groups.pairs)
        for number in range(EACH)
    )
    pictures, readings = _drawn(found, scenes, settings.seed, settings.guidance, settings.steps)
    rows = tuple(_judged(number, *pair) for number, pair in enumerate(zip(scenes, readings, strict=True), 1))
    columns = (Column("", True), *(Column(f"@{NAME}.{name}") for name in ATTRIBUTES), Column(""))
    return {
        "held_out": Raster(title=f"@{NAME}.held_out", values=pictures, map="light", columns=EACH),
        "held_out_read": Table(title="", columns=columns, rows=rows),
    }


def _judged(number: int, scene: Scene, reading: Reading) -> tuple[Cell, ...]:
    """What a picture should be, its wrong attributes in red, and whether all are right."""
    seen = named(reading.scene)
    asked = named(scene).items()
    wrong = [name for name, value in asked if seen.get(name) != value]
    cells = [Cell(message(name, value), "error" if name in wrong else "text", name in wrong) for name, value in asked]
    mark = Cell("✗", "error", True) if wrong else Cell("✓", "success", True)
    return (Cell(str(number), "faint"), *cells, mark)


@lru_cache(maxsize=8)
def _drawn(
    found: Source, scenes: tuple[Scene, ...], seed: int, guidance: float, steps: int
) -> tuple[np.ndarray, tuple[Reading, ...]]:
    *_, last = walk(found.model, scenes, noise(seed, len(scenes)), guidance=guidance, steps=steps)
    pictures = light(last.x0)
    return plain(pictures), tuple(judge(pictures))


@lru_cache(maxsize=4)
def right(found: Source, seed: int, guidance: float, steps: int) -> dict[Group, dict[str, float]]:
    """Draw and judge every held-out scene and as many trained ones; rounded."""
    shares = evaluated(found.model, seed=seed, guidance=guidance, steps=steps)
    return {group: {name: round(share, 4) for name, share in each.items()} for group, each in shares.items()}


def rights(shares: dict[Group, dict[str, float]]) -> Bars:
    """Shares of pictures of which all four attributes are right."""
    return Bars(
        title=f"@{NAME}.rights",
        names=tuple(f"@{NAME}.group.{group}" for group in shares),
        values=np.array([each["all"] for each in shares.values()]),
    )

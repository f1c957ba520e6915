"""`generative_ai.prompt_box`: what a prompt asks for, who answers it, and the answer with every step to it.

Without a run the network that draws is the one that comes with the program; with one, one of those that it has kept.
"""

from typing import Any

from engine.generative.prompt.pictures import agreement
from engine.generative.prompt.scenes import group
from engine.generative.prompt.words import Prompt, read
from lessons.generative_ai.experiments.prompt_box import curves, drawn, explained, written
from lessons.generative_ai.experiments.prompt_box.sources import Source, source, summary, training
from lessons.generative_ai.labs.prompt_box.observation import PromptBoxObservation, Said
from lessons.generative_ai.labs.prompt_box.settings import MOST_STEPS, PromptBoxSettings
from lessons.vocabulary.observation import News

__all__ = ["observe", "summary", "training"]

PACE = 0.15
"""Seconds that a moment of the walk stands while it plays."""


def observe(settings: PromptBoxSettings) -> PromptBoxObservation:
    """Read the prompt and answer it. Raises PromptError or RunProblem."""
    prompt = read(settings.prompt)
    said = tuple(Said(word.text, word.meaning) for word in prompt.words)
    if _machine(settings, prompt) == "gpt":
        answer = written.answer(settings.prompt, settings.seed)
        if settings.machine == "auto":
            answer["news"] = (News("@generative_ai.prompt_box.news.no_scene"), *answer["news"])
        return PromptBoxObservation(words=said, unknown=prompt.unknown, reading=explained.reading(prompt), **answer)
    found = source(settings)
    done = drawn.drawing(found, prompt.scene, settings.seed, settings.guidance, settings.steps, settings.samples)
    last = len(done.times) - 1
    place = max(0, last - settings.back)
    asked, seen = drawn.named(prompt.scene), drawn.named(done.readings[0].scene)
    shares = agreement([prompt.scene] * len(done.readings), done.readings)
    return PromptBoxObservation(
        answered="diffusion",
        words=said,
        unknown=prompt.unknown,
        reading=explained.reading(prompt),
        asked=asked,
        group=group(prompt.scene) or "",
        seen=seen,
        right=bool(seen) and all(seen[name] == value for name, value in asked.items()),
        news=_news(settings, prompt),
        t=done.times[place],
        step=place,
        parameters=found.model.parameters_count,
        colours_seen=len({reading.scene.colour for reading in done.readings if reading.scene is not None}),
        at_step=found.step,
        steps_kept=found.steps,
        own=found.own,
        missing=found.missing,
        samples=done.pictures.transpose(0, 2, 3, 1),
        accuracy={name: round(share, 4) for name, share in shares.items() if name in asked or name == "all"},
        pace=PACE,
        onward={"back": last - place - 1} if place < last else {},
        backward={"back": last - place + 1} if place else {},
        anew={"back": min(last, MOST_STEPS)},
        **drawn.looked_at(done, place),
        **_looked_at(settings, found, prompt, done),
        **_evaluated(settings, found),
    )


def _machine(settings: PromptBoxSettings, prompt: Prompt) -> str:
    """Who answers; where nobody is named the one that draws, unless there are words and none of them names a scene."""
    if settings.machine != "auto":
        return settings.machine
    return "gpt" if prompt.unknown and not drawn.named(prompt.scene) else "diffusion"


def _news(settings: PromptBoxSettings, prompt: Prompt) -> tuple[News, ...]:
    """What must be said of a prompt and of how it is drawn."""
    news = [
        News("@generative_ai.prompt_box.news.two", {"first": first.text, "second": second.text})
        for first, second in prompt.refused[:1]
    ]
    if prompt.unknown:
        news.append(News("@generative_ai.prompt_box.news.unknown", {"words": " ".join(prompt.unknown[:5])}))
    if not prompt.words:
        news.append(News("@generative_ai.prompt_box.news.empty"))
    if settings.guidance == 0:
        news.append(News("@generative_ai.prompt_box.news.ignored"))
    if settings.steps == 1:
        news.append(News("@generative_ai.prompt_box.news.one_step"))
    return tuple(news)


def _looked_at(settings: PromptBoxSettings, found: Source, prompt: Prompt, done: drawn.Drawing) -> dict[str, Any]:
    """Make the figures of what is looked at, and no others."""
    match settings.view:
        case "words":
            return explained.words(found, prompt, settings)
        case "two":
            return drawn.two(found, settings, done)
        case "held_out":
            return explained.held_out(found, settings)
        case "train":
            return {"loss": curves.loss(found), "progress": curves.progress(found)}
    return {}


def _evaluated(settings: PromptBoxSettings, found: Source) -> dict[str, Any]:
    """How often the network is right: measured now where that is asked for, else as it was when it was made."""
    if not settings.evaluate:
        known = {name: dict(found.right[name]) for name in found.right}
        return {"rights": explained.rights(known)} if known and settings.view == "held_out" else {}
    shares = explained.right(found, settings.seed, settings.guidance, settings.steps)
    return {
        "rights": explained.rights(shares),
        "trained": shares["trained"],
        "held_out_combinations": shares["combinations"],
        "held_out_pairs": shares["pairs"],
    }

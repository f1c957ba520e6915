"""The exercises of `generative_ai.prompt_box`: what guidance does, a scene never seen, what a prompt leaves open."""

from collections.abc import Mapping

from lessons.generative_ai.labs.prompt_box.observation import PromptBoxObservation
from lessons.generative_ai.labs.prompt_box.settings import NAME
from lessons.vocabulary.exercise import Condition, Exercise, Moment, Trail, contrast, predict
from lessons.vocabulary.numbers import percent, plain

WANTED = {"object": "cross", "colour": "blue", "size": "large", "place": "bottom left"}
"""A blue cross, which was never trained."""

ENOUGH = 0.75
"""Share of the pictures that must be right."""

FEWEST = 4
"""Pictures that say something about a share."""


def _seen(moment: Moment) -> PromptBoxObservation:
    assert isinstance(moment.observation, PromptBoxObservation)
    return moment.observation


def _as_asked(trail: Trail) -> str:
    return "as_asked" if _seen(trail.now).accuracy.get("all", 0.0) >= ENOUGH else "other"


def _share(moment: Moment) -> str:
    return percent(_seen(moment).accuracy.get("all", 0.0))


def _asked_for(trail: Trail) -> tuple[Condition, ...]:
    """Ask for each attribute as it was read in the prompt, and for pictures that are right."""
    seen = _seen(trail.now)
    drawn = seen.answered == "diffusion"
    found = [
        Condition(f"@{NAME}.{name}.{value.replace(' ', '_')}", drawn and seen.asked.get(name) == value)
        for name, value in WANTED.items()
    ]
    all_asked = all(each.met for each in found)
    share = seen.accuracy.get("all", 0.0) if all_asked else 0.0
    met = share >= ENOUGH
    to_go = "" if met or not all_asked else percent(ENOUGH - share)
    shown = percent(share) if all_asked else "–"
    found.append(Condition(f"@{NAME}.never.right", met, shown, to_go, min(share / ENOUGH, 1.0)))
    return tuple(found)


def _colours(moment: Moment) -> str:
    return "one" if _seen(moment).colours_seen <= 1 else "many"


def _several(marked: Moment, now: Moment) -> tuple[Condition, ...]:
    """Ask for enough pictures on both sides."""
    least = min(0 if each.samples is None else len(each.samples) for each in (_seen(marked), _seen(now)))
    return (Condition(f"@{NAME}.open.several", least >= FEWEST, str(least)),)


def _facts(trail: Trail) -> Mapping[str, str]:
    seen = _seen(trail.now)
    return {
        "right": percent(seen.accuracy.get("all", 0.0)),
        "said": str(len(seen.asked)),
        "colours": str(seen.colours_seen),
        "count": str(0 if seen.samples is None else len(seen.samples)),
        "guidance": plain(getattr(trail.now.settings, "guidance", 0.0), 1),
    }


EXERCISES: tuple[Exercise, ...] = (
    predict(
        "ignored",
        starts=(NAME, NAME),
        reveals=(f"{NAME}?guidance=0", f"{NAME}?guidance=2"),
        choices=("as_asked", "other"),
        answer=_as_asked,
        shown=_share,
        named=f"@{NAME}.never.right",
        facts=_facts,
    ),
    Exercise(
        name="never",
        kind="reach",
        starts=(f"{NAME}?prompt=a%20cross",),
        check=_asked_for,
        facts=_facts,
        solution=(f"{NAME}?prompt=a%20large%20blue%20cross%20at%20the%20bottom%20left",),
    ),
    contrast(
        "open",
        start=NAME,
        only=("prompt",),
        outcome=_colours,
        shown=lambda moment: str(_seen(moment).colours_seen),
        named=f"@{NAME}.colours",
        choices=("noise", "words", "judge"),
        reason="noise",
        solution=(NAME, f"{NAME}?prompt=a%20big%20disc%20at%20the%20top%20right"),
        facts=_facts,
        also=_several,
    ),
)

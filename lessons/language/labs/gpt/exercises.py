"""The exercises of `language.gpt`: what a seed changes, a likely text without circles, and what breaks a circle."""

from collections.abc import Mapping

from lessons.language.labs.gpt.observation import GptObservation
from lessons.language.labs.gpt.settings import GptSettings
from lessons.vocabulary.exercise import Condition, Exercise, Moment, Trail, contrast, predict
from lessons.vocabulary.numbers import plain
from lessons.vocabulary.settings import Settings

NAME = "language.gpt"
CALM = 1.75
"""Perplexity of a text that surprises the model little."""

READABLE = 3.0
"""Perplexity up to which a text still looks like what was learned."""

ENOUGH = 80
"""Tokens of a text that is judged."""


def _seen(moment: Moment) -> GptObservation:
    assert isinstance(moment.observation, GptObservation)
    return moment.observation


def _same_text(trail: Trail) -> str:
    assert trail.marked
    return "same" if _seen(trail.marked).written_text == _seen(trail.now).written_text else "other"


def _end(moment: Moment) -> str:
    return "…" + _seen(moment).written_text.replace("\n", "⏎")[-16:].strip()


def _long(seen: GptObservation) -> Condition:
    count = len(seen.token_ids)
    met = count >= ENOUGH
    to_go = "" if met else str(ENOUGH - count)
    return Condition(f"@{NAME}.calm.long", met, str(count), to_go, min(count / ENOUGH, 1.0))


def _calm(trail: Trail) -> tuple[Condition, ...]:
    seen = _seen(trail.now)
    written = bool(seen.token_ids)
    met = written and seen.perplexity < CALM
    low = Condition(
        f"@{NAME}.calm.low",
        met,
        plain(seen.perplexity) if written else "–",
        "" if met or not written else plain(seen.perplexity - CALM),
    )
    return low, Condition(f"@{NAME}.calm.no_circle", written and not seen.repeated, str(seen.repeated)), _long(seen)


def _circles(moment: Moment) -> str:
    return "yes" if _seen(moment).repeated else "no"


def _readable(marked: Moment, now: Moment) -> tuple[Condition, ...]:
    """Ask that both texts are long enough, and the free one still reads like what was learned."""
    free = min((marked, now), key=lambda moment: _seen(moment).repeated)
    seen = _seen(free)
    met = seen.perplexity <= READABLE
    least = min(len(_seen(marked).token_ids), len(_seen(now).token_ids))
    return (
        Condition(f"@{NAME}.circle.readable", met, plain(seen.perplexity)),
        Condition(f"@{NAME}.calm.long", least >= ENOUGH, str(least)),
    )


def _facts(trail: Trail) -> Mapping[str, str]:
    seen = _seen(trail.now)
    return {
        **_asked(trail.now.settings),
        "token": seen.next_token.replace("\n", "⏎").replace(" ", "␣"),
        "p": plain(seen.probability),
        "possible": str(seen.possible),
        "perplexity": plain(seen.perplexity),
        "repeated": str(seen.repeated),
        "count": str(len(seen.token_ids)),
    }


def _asked(settings: Settings) -> Mapping[str, str]:
    assert isinstance(settings, GptSettings)
    return {"temperature": plain(settings.temperature, 1)}


EXERCISES: tuple[Exercise, ...] = (
    predict(
        "chance",
        starts=(f"{NAME}?temperature=0", NAME),
        reveals=(f"{NAME}?seed=1&temperature=0", f"{NAME}?seed=1"),
        choices=("same", "other"),
        answer=_same_text,
        shown=_end,
        facts=_facts,
        asked=_asked,
    ),
    Exercise(
        name="calm",
        kind="reach",
        starts=(f"{NAME}?temperature=1.5&top_k=0&top_p=1",),
        check=_calm,
        facts=_facts,
        solution=(f"{NAME}?temperature=0.4",),
    ),
    contrast(
        "circle",
        start=f"{NAME}?temperature=0",
        only=("temperature", "draw", "top_k", "top_p", "min_p"),
        outcome=_circles,
        shown=lambda moment: str(_seen(moment).repeated),
        choices=("chance", "knowledge", "memory"),
        reason="chance",
        solution=(f"{NAME}?temperature=0", f"{NAME}?temperature=0.5"),
        facts=_facts,
        also=_readable,
    ),
)

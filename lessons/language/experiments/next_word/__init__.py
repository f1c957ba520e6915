"""The words that may come next in a text, a way through them, a sentence's probability, and held-out perplexity."""

import math

from engine.language.ngram import BEGIN
from lessons.language.experiments.next_word import figures
from lessons.language.experiments.next_word.subject import Subject, subject
from lessons.language.experiments.next_word.walk import Walk, shown, token_of
from lessons.language.labs.next_word.observation import NextWordObservation
from lessons.language.labs.next_word.settings import NextWordSettings

SMALL = 60
"""Sentences of a text up to which all of them are shown."""

SHOWN = 24
"""Sentences of a larger one that are shown."""

LONGEST = 30
"""Words that are written by chance at once."""

PROBED = 400
"""Sentences of the counted text by which the perplexity on it is judged."""


def observe(settings: NextWordSettings) -> NextWordObservation:
    """Count the text that is set, and ask the model. Raises TextError."""
    text = subject(settings)
    model = text.model(settings)
    prompt = text.prompt(settings)
    picked = [token_of(each) for each in settings.path.split()]
    walk = Walk(model, text, prompt, picked)
    here = [*prompt, *walk.picked]
    ended = bool(walk.picked) and walk.picked[-1] == token_of("⏎")
    asked = text.sentence(settings)
    typed = [*(prompt if settings.prompt else ()), *(asked if settings.sentence else ())]
    scored = model.sentence(asked)
    bars, held_out = figures.perplexities(text, settings)
    value, impossible, tested = held_out[settings.order - 1]
    counted = model.perplexity(text.counted[:PROBED])[0]
    return NextWordObservation(
        source=text.name,
        prompt=text.joined(prompt) or "^",
        path=" ".join(map(shown, walk.picked)),
        written=text.joined([each for each in here if shown(each) != "⏎"]),
        context=tuple(map(shown, _read(here, settings.order))),
        probability=walk.probability,
        likeliest=not walk.taken,
        sampled=() if ended else tuple(shown(each) for each in model.sample(here, settings.seed, LONGEST)),
        seen=0 if ended else model.seen(here),
        sentence=text.joined(asked),
        sentence_probability=math.prod(p for _, p in scored),
        sentence_impossible=sum(p == 0 for _, p in scored),
        unknown=tuple(dict.fromkeys(each for each in typed if each not in model.vocabulary.numbers)),
        perplexity=_finite(value),
        impossible=impossible,
        tested=tested,
        counted_perplexity=_finite(counted),
        sentences=len(text.counted),
        tokens=sum(map(len, text.counted)),
        types=len(model.vocabulary) - 3,
        changed=text.changed,
        more=text.more,
        lines=_lines(text, here, settings.order),
        tree=figures.tree(walk, text, prompt, settings.order),
        product=figures.product(walk),
        words=figures.sentence(scored),
        perplexities=bars,
        next={place.label: place.shares for place in walk.places},
    )


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _read(here: list[str], order: int) -> list[str]:
    """The words that the model reads of all that stands before the next one."""
    return [each for each in here if each != BEGIN][-(order - 1) :] if order > 1 else []


def _lines(text: Subject, here: list[str], order: int) -> tuple[str, ...]:
    """All sentences of a small text, else those in which the present context stands."""
    if len(text.counted) <= SMALL:
        return tuple(" ".join(map(shown, line)) for line in text.counted)
    read = _read(here, order)
    wanted = f" {' '.join(map(shown, read))} " if read else " "
    found: list[str] = []
    for line in text.counted:
        written = " ".join(map(shown, line))
        if wanted in f" {written} ":
            found.append(written)
            if len(found) == SHOWN:
                break
    return tuple(found)

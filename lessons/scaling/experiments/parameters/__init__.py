"""A network counted: its own parts, what it takes in memory, the lecture's table, the years, and a drawing to scale."""

from typing import Any

from lessons.scaling.experiments.parameters import arithmetic, figures, memory
from lessons.scaling.experiments.parameters.subject import Subject, own, public
from lessons.scaling.labs.parameters import ParametersObservation, ParametersSettings, PartCount, widths


def observe(settings: ParametersSettings) -> ParametersObservation:
    """Count the network that is set; build the others only for the views that show them."""
    drawn = settings.model in ("neuron", "own")
    subject = own(widths(settings)) if drawn else public(settings.model, settings.tokens)
    found: dict[str, Any] = {}
    if settings.view == "parts":
        found |= {"graph": figures.graph(widths(settings))} if drawn else {"counts": figures.counts(subject)}
    elif settings.view == "memory":
        found |= memory.compared(subject.parameters)
    elif settings.view == "scale":
        from lessons.scaling.experiments.parameters import scale  # torch, which a neuron does without

        found |= scale.drawn(settings.model)
    else:
        from lessons.scaling.experiments.parameters import table

        found |= table.quoted(settings.model) if settings.view == "table" else table.over_years(settings.model)
    return ParametersObservation(
        title=subject.title,
        source=subject.source,
        looks_at=subject.looks_at,
        bytes=memory.sizes(subject.parameters),
        arithmetic=arithmetic.formula(subject, settings.model),
        parts=figures.bars(subject),
        part_counts=_parts(subject),
        multiply_adds=subject.multiply_adds,
        parameters=subject.parameters,
        **(_own(subject) if drawn else {}),
        **found,
    )


def _parts(subject: Subject) -> tuple[PartCount, ...]:
    total = subject.parameters
    return tuple(PartCount(name=name, parameters=count, share=count / total) for name, count in subject.parts.items())


def _own(subject: Subject) -> dict[str, Any]:
    return {
        "layers": (subject.dense[0].before, *(layer.units for layer in subject.dense)),
        "weights": sum(layer.weights for layer in subject.dense),
        "thresholds": sum(layer.thresholds for layer in subject.dense),
    }

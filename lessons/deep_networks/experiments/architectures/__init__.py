"""A network drawn and counted with some of its blocks open; what is said of it; or one image on its way through it."""

from pathlib import Path
from typing import Any

from lessons.deep_networks.experiments.architectures import arithmetic, graph, inside, said
from lessons.deep_networks.experiments.architectures.subject import Subject, named, own
from lessons.deep_networks.labs.architectures import (
    ArchitecturesObservation,
    ArchitecturesSettings,
    LayerCount,
    shortcut_of,
)


def observe(settings: ArchitecturesSettings) -> ArchitecturesObservation:
    """Count the network that is set; let an image go through it only where its maps are looked at.

    Raises OnnxProblem, and with the maps ImageError and WeightsProblem.
    """
    subject = own(Path(settings.onnx)) if settings.onnx else named(settings.name, shortcut_of(settings, settings.name))
    opened = frozenset(settings.opened.split(","))
    layout = graph.layout(subject.counted, opened)
    here = layout.find(settings.layer)
    node = layout.rows[here]
    found: dict[str, Any] = {}
    times: dict[str, float] = {}
    notes = graph.notes(subject.counted)
    if settings.view == "maps":
        seen = inside.look(settings, subject, node.last)
        times = seen.pop("times", {})
        notes += seen.pop("notes")
        found |= seen
    elif settings.view == "quoted":
        found |= said.quoted(subject)
    elif settings.beside != "none":
        found |= _second(settings, opened, node.name)
    before = [subject.counted.by_name[name].field for name in node.layers[0].inputs]
    return ArchitecturesObservation(
        title=subject.title,
        source=subject.source,
        depth=subject.counted.depth,
        side=subject.side,
        chosen=node.name,
        chosen_is_block=node.block,
        chosen_field=max(node.last.field, default=None) if node.last.field else None,
        before_field=max((max(field) for field in before if field), default=None),
        notes=notes,
        times=times,
        arithmetic=arithmetic.formula(subject.counted, node),
        graph=graph.figure(subject, layout, here, times),
        parameters=subject.counted.parameters,
        multiply_adds=subject.counted.multiply_adds,
        layers=_layers(subject),
        **found,
    )


def _second(settings: ArchitecturesSettings, opened: frozenset[str], chosen: str) -> dict[str, Any]:
    """The other network, its blocks of the same names open, on the same layer where it has it."""
    assert settings.beside != "none"
    other = named(settings.beside, shortcut_of(settings, settings.beside, second=True))
    layout = graph.layout(other.counted, opened)
    here = next((index for index, row in enumerate(layout.rows) if row.name == chosen), None)
    return {
        "beside": other.title,
        "beside_parameters": other.counted.parameters,
        "beside_multiply_adds": other.counted.multiply_adds,
        "second": graph.figure(other, layout, here, {}),
    }


def _layers(subject: Subject) -> tuple[LayerCount, ...]:
    return tuple(
        LayerCount(
            name=layer.name,
            kind=layer.kind,
            inputs=layer.inputs,
            shape=layer.shape,
            parameters=layer.parameters,
            multiply_adds=layer.multiply_adds,
            field=layer.field,
            kernel=layer.kernel,
            stride=layer.stride,
            groups=layer.groups,
        )
        for layer in subject.counted.layers
    )

"""The exercises of `deep_networks.architectures`."""

from collections.abc import Mapping

from lessons.deep_networks.labs.architectures.observation import ArchitecturesObservation
from lessons.deep_networks.labs.architectures.settings import NAME
from lessons.vocabulary.exercise import Condition, Exercise, Moment, Trail, contrast, predict

DEEP, LIGHT = 30, 25_000_000
"""Layers that a network shall have at least, and parameters that it shall have fewer than."""


def _seen(moment: Moment) -> ArchitecturesObservation:
    assert isinstance(moment.observation, ArchitecturesObservation)
    return moment.observation


def _change(trail: Trail) -> str:
    """Compare the parameters with those of the moment before."""
    assert trail.marked is not None
    before, after = _seen(trail.marked).parameters, _seen(trail.now).parameters
    return "fewer" if after < before / 1.5 else "more" if after > before * 1.5 else "same"


def _sees_all(trail: Trail) -> tuple[Condition, ...]:
    seen = _seen(trail.now)
    less, more = max(DEEP - seen.depth, 0), max(seen.parameters - LIGHT, 0)
    field, before = seen.chosen_field, seen.before_field
    wide = seen.side > 0 and field is not None and field >= seen.side
    first = wide and not seen.chosen_is_block and before is not None and before < seen.side
    share = min((field or 0) / seen.side, 1.0) if seen.side else 0.0
    return (
        Condition(f"@{NAME}.whole.deep", not less, str(seen.depth), str(less or ""), min(seen.depth / DEEP, 1.0)),
        Condition(
            f"@{NAME}.whole.light", more == 0, f"{seen.parameters:,}", f"{more:,}" if more else "", over=more > 0
        ),
        Condition(f"@{NAME}.whole.wide", wide, f"{field or '–'} / {seen.side}", reached=share),
        Condition(f"@{NAME}.whole.first", bool(first), str(before if before is not None else "–")),
    )


def _facts(trail: Trail) -> Mapping[str, str]:
    seen = _seen(trail.now)
    return {
        "title": seen.title,
        "parameters": f"{seen.parameters:,}",
        "depth": str(seen.depth),
        "field": "–" if seen.chosen_field is None else str(seen.chosen_field),
        "layer": seen.chosen,
        "side": str(seen.side),
        "full": f"{sum(each.parameters for each in seen.layers if each.kind == 'full'):,}",
    }


def _shown(moment: Moment) -> str:
    return f"{_seen(moment).parameters:,}"


EXERCISES: tuple[Exercise, ...] = (
    predict(
        "deeper",
        starts=(f"{NAME}?name=vgg16", f"{NAME}?name=googlenet"),
        reveals=(f"{NAME}?name=resnet34&beside=vgg16", f"{NAME}?name=resnet34&beside=googlenet"),
        choices=("fewer", "same", "more"),
        answer=_change,
        shown=_shown,
        facts=_facts,
    ),
    Exercise(
        name="whole",
        kind="reach",
        starts=(NAME,),
        check=_sees_all,
        facts=_facts,
        solution=(f"{NAME}?name=resnet34&opened=layer3,layer3.0&layer=layer3.0.conv2",),
    ),
    contrast(
        "projections",
        start=f"{NAME}?name=resnet34",
        only=("shortcut",),
        outcome=lambda moment: _seen(moment).parameters,
        shown=_shown,
        choices=("depth", "projections", "biases"),
        reason="projections",
        solution=(f"{NAME}?name=resnet34", f"{NAME}?name=resnet34&shortcut=A"),
        facts=_facts,
    ),
)

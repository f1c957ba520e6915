"""The lab `introduction.map`: six applications, what goes in, which kind of network works on it, what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from lessons import catalogue
from lessons.vocabulary.exercise import Condition, Exercise, Moment, Trail, contrast, predict
from lessons.vocabulary.figures import Formula, Graph, Table
from lessons.vocabulary.lab import Lab, Preset
from lessons.vocabulary.observation import Observation
from lessons.vocabulary.settings import Settings, choice, whole

NAME = "introduction.map"

Application = Literal["classification", "segmentation", "conversation", "image", "music", "games"]
Input = Literal["image", "text", "position"]
Network = Literal["convolutional", "transformer", "diffusion", "search"]
Output = Literal["name", "regions", "reply", "image", "melody", "move"]

ENOUGH = 100_000
"""Numbers that the image of the exercise `picture` consists of at least."""


@dataclass(frozen=True)
class Work:
    """One application: input, network and output, named by the messages `introduction.map.input.<input>` and so on."""

    input: Input
    network: Network
    output: Output
    labs: tuple[str, ...]
    """Labs in which this program does it, the nearest first; not all of them need exist."""


WORKS: Mapping[Application, Work] = {
    "classification": Work("image", "convolutional", "name", ("convolution.lenet5",)),
    "segmentation": Work("image", "convolutional", "regions", ("applications.segmentation",)),
    "conversation": Work("text", "transformer", "reply", ("language.chat", "language.gpt")),
    "image": Work("text", "diffusion", "image", ("generative_ai.prompt_box", "image_generation.diffusion")),
    "music": Work("text", "transformer", "melody", ("generative_ai.music",)),
    "games": Work("position", "search", "move", ("scaling.bitter_lesson",)),
}
"""The applications that the lecture names, in its order, with the networks that it names for them."""


def lab_of(application: str) -> str | None:
    """Find the lab that does an application among those that exist."""
    existing = catalogue.lab_names()
    work = next(work for name, work in WORKS.items() if name == application)
    return next((lab for lab in work.labs if lab in existing), None)


class MapSettings(Settings, frozen=True):
    """The application that is looked at, and how large its image or its text is."""

    application: Annotated[Application, choice("@introduction.map.application")] = "classification"
    side: Annotated[int, whole(8, 512, step=8, label="@introduction.map.side")] = 224
    words: Annotated[int, whole(1, 512, label="@introduction.map.words")] = 16


class MapObservation(Observation, frozen=True, kw_only=True):
    """The chosen application, counted in numbers."""

    input: Input
    network: Network
    output: Output
    numbers_in: int
    """Numbers that the network is given."""

    numbers_out: int
    """Numbers that it gives; of a text or a melody those of one step."""

    lab: str | None
    """Full name of the lab that does it, if there is one."""

    formula: Formula
    path: Graph
    table: Table


def _seen(moment: Moment) -> MapObservation:
    assert isinstance(moment.observation, MapObservation)
    return moment.observation


def _growth(trail: Trail) -> str:
    """Tell which of the two counts has grown fourfold since the marked moment."""
    assert trail.marked
    before, after = _seen(trail.marked), _seen(trail.now)
    more_in = after.numbers_in == 4 * before.numbers_in
    more_out = after.numbers_out == 4 * before.numbers_out
    if more_in and more_out:
        return "both"
    return "in" if more_in else "out" if more_out else "twice"


def _picture(trail: Trail) -> tuple[Condition, ...]:
    seen = _seen(trail.now)
    missing = ENOUGH - seen.numbers_out
    return (
        Condition("@introduction.map.picture.text", seen.input == "text", f"@introduction.map.input.{seen.input}"),
        Condition("@introduction.map.picture.image", seen.output == "image", f"@introduction.map.output.{seen.output}"),
        Condition(
            "@introduction.map.picture.enough",
            missing <= 0,
            f"{seen.numbers_out:,}",
            f"{missing:,}" if missing > 0 else "",
            min(seen.numbers_out / ENOUGH, 1),
        ),
    )


def _same_but_output(marked: Moment, now: Moment) -> tuple[Condition, ...]:
    """Ask for the same kind of input and of network in both moments: it is the output alone that differs."""
    before, after = _seen(marked), _seen(now)
    inputs = " → ".join(f"@introduction.map.input.{each.input}" for each in (before, after))
    networks = " → ".join(f"@introduction.map.short.{each.network}" for each in (before, after))
    return (
        Condition("@introduction.map.same_network.input", before.input == after.input, inputs),
        Condition("@introduction.map.same_network.network", before.network == after.network, networks),
    )


def _facts(trail: Trail) -> Mapping[str, str]:
    seen, settings = _seen(trail.now), trail.now.settings
    assert isinstance(settings, MapSettings)
    pixels = settings.side**2
    alike = [name for name, work in WORKS.items() if (work.input, work.network) == (seen.input, seen.network)]
    return {
        "side": str(settings.side),
        "pixels": f"{pixels:,}",
        "colours": f"{3 * pixels:,}",
        "numbers_in": f"{seen.numbers_in:,}",
        "numbers_out": f"{seen.numbers_out:,}",
        "alike": str(len(alike) - 1),
    }


EXERCISES: tuple[Exercise, ...] = (
    predict(
        "double",
        starts=(
            "introduction.map?side=112",
            "introduction.map?application=segmentation&side=112",
            "introduction.map?application=image&side=112",
        ),
        reveals=(
            "introduction.map",
            "introduction.map?application=segmentation",
            "introduction.map?application=image",
        ),
        choices=("in", "out", "both", "twice"),
        answer=_growth,
        shown=lambda moment: f"{_seen(moment).numbers_in:,} ▸ {_seen(moment).numbers_out:,}",
        facts=_facts,
    ),
    Exercise(
        name="picture",
        kind="reach",
        starts=("introduction.map?side=64",),
        check=_picture,
        facts=_facts,
        solution=("introduction.map?application=image&side=184",),
    ),
    contrast(
        "same_network",
        start="introduction.map?application=games",
        only=("application",),
        outcome=lambda moment: _seen(moment).output,
        shown=lambda moment: f"@introduction.map.output.{_seen(moment).output}",
        choices=("input", "kind", "learned"),
        reason="learned",
        solution=("introduction.map", "introduction.map?application=segmentation"),
        facts=_facts,
        also=_same_but_output,
    ),
)

LAB = Lab(
    name=NAME,
    settings=MapSettings,
    observation=MapObservation,
    exercises=EXERCISES,
    presets=(
        Preset("regions", "introduction.map?application=segmentation"),
        Preset("poster", "introduction.map?application=image&side=512"),
        Preset("letter", "introduction.map?application=conversation&words=300"),
    ),
    source=("engine.network.neuron:output", "engine.network.neuron:pre_activation"),
)

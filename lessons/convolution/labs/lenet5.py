"""The lab `convolution.lenet5`: train LeNet-5 on handwritten digits, look into it, and have it read one's own."""

from collections.abc import Mapping
from typing import Annotated, Literal

from lessons.vocabulary.drawings import decode, encode
from lessons.vocabulary.exercise import Condition, Exercise, Moment, Trail, contrast, predict
from lessons.vocabulary.figures import Bars, Curves, Raster, Table
from lessons.vocabulary.lab import Lab, Preset
from lessons.vocabulary.numbers import percent, plain
from lessons.vocabulary.observation import Observation
from lessons.vocabulary.settings import Settings, choice, drawing, number, text, whole
from lessons.vocabulary.strokes import quantised, rendered

Form = Literal["modern", "1998"]
View = Literal["maps", "kernels", "confusion", "misread", "gradients"]

NAME = "convolution.lenet5"
PIXELS = 28
LAST = 60
"""The most epochs; as the epoch to look at it stands for the last one there is."""


class Lenet5Settings(Settings, frozen=True):
    """How it is trained, and what of it is looked at."""

    form: Annotated[Form, choice("@convolution.lenet5.form", part="training")] = "modern"
    epochs: Annotated[int, whole(1, LAST, label="@term.epochs", part="training")] = 15
    rate: Annotated[
        float, number(0.0001, 1, step=0.0001, label="@term.rate", log=True, digits=4, plus=False, part="training")
    ] = 0.03
    batch: Annotated[int, whole(1, 512, label="@term.batch", part="training")] = 32
    shift: Annotated[int, whole(0, 4, label="@convolution.lenet5.shift", part="training")] = 1
    images: Annotated[int, whole(100, 4000, step=100, label="@convolution.lenet5.images", part="training")] = 4000
    seed: Annotated[int, whole(0, 9999, label="@term.seed", part="training")] = 0
    threads: Annotated[int, whole(0, 64, label="@term.threads", part="training")] = 0
    """Processor threads; 0 leaves it to the program."""

    processes: Annotated[int, whole(1, 16, label="@term.processes", part="training")] = 1
    """Processes that train together, each on its share of every batch."""

    digit: Annotated[int, whole(0, 999, label="@convolution.lenet5.digit", part="looking")] = 0
    epoch: Annotated[int, whole(0, LAST, label="@term.epoch", part="looking")] = LAST
    view: Annotated[View, choice("@convolution.lenet5.view", part="looking")] = "maps"
    drawn: Annotated[str, drawing("@convolution.lenet5.drawn", length=PIXELS * PIXELS, part="looking")] = ""
    own: Annotated[bool, choice("@convolution.lenet5.own", part="looking")] = False
    """An empty pad, where nothing is drawn yet; a drawing counts without it."""

    image: Annotated[str, text("@convolution.lenet5.image", longest=1024, example="seven.png", part="looking")] = ""
    run: Annotated[str, text("@term.run", longest=48, example="lenet5-k3f9qa", part="looking")] = ""

    def __post_init__(self) -> None:
        """Refuse a text that is no drawing of this size."""
        decode(self.drawn, PIXELS * PIXELS)


class Lenet5Observation(Observation, frozen=True, kw_only=True):
    """What the network says of the present digit, what is in it, and how its training went."""

    read: int | None = None
    """The digit that it reads; None where nothing is drawn."""

    scores: tuple[float, ...] = ()
    """Probability of each digit, 0 to 9."""

    label: int | None = None
    """What the shown test digit is; None for the learner's own."""

    parameters: int
    """Trainable parameters."""

    test_accuracy: float
    """Share of the test digits that the looked-at network reads rightly, 0…1."""

    at_epoch: float
    """Epochs after which the looked-at network was kept."""

    epochs_kept: tuple[float, ...] = ()
    """Epochs of all networks that were kept."""

    trained_images: int
    """Images that it was trained on."""

    own: bool = False
    """Whether this is a run of the learner's, not the one that comes with the program."""

    missing: bool = False
    """Whether the run that was asked for is not there (any more)."""

    errors: tuple[int, ...] = ()
    """Test digits that are misread, where they are looked at."""

    misread_from: int = 0
    """Place among them of the first one whose picture is shown."""

    input: Raster
    """The digit as it is read, 28×28."""

    reading: Bars
    """The ten scores."""

    accuracy: Curves
    """Accuracy over the epochs."""

    loss: Curves
    """Loss over the epochs."""

    c1: Raster | None = None
    s2: Raster | None = None
    c3: Raster | None = None
    s4: Raster | None = None
    c5: Raster | None = None
    f6: Raster | None = None
    centres: Raster | None = None
    """The bitmaps that F6 is compared with, for the form of 1998."""

    c1_kernels: Raster | None = None
    c3_kernels: Raster | None = None
    confusion: Table | None = None
    """Rows are what the digits are, columns what is read."""

    misread: Raster | None = None
    misread_as: Table | None = None
    gradients: Curves | None = None
    """Norm of the loss' gradient in each layer, as powers of ten."""


def _seen(moment: Moment) -> Lenet5Observation:
    assert isinstance(moment.observation, Lenet5Observation)
    return moment.observation


def _settings(moment: Moment) -> Lenet5Settings:
    assert isinstance(moment.settings, Lenet5Settings)
    return moment.settings


# The exercises


def _still(trail: Trail) -> str:
    assert trail.marked
    return "same" if _seen(trail.marked).read == _seen(trail.now).read else "other"


ENOUGH = 0.9


def _drawn_as(moment: Moment) -> str:
    """Name the digit that the learner's own drawing is surely read as."""
    seen = _seen(moment)
    own = bool(_settings(moment).drawn or _settings(moment).image) and seen.read is not None
    return str(seen.read) if own and seen.read is not None and seen.scores[seen.read] >= ENOUGH else ""


def _four_and_nine(trail: Trail) -> tuple[Condition, ...]:
    moments = [each for each in (*trail.kept.values(), trail.marked, trail.now) if each is not None]
    found = []
    for wanted in (4, 9):
        best = max((_own_score(moment, wanted) for moment in moments), default=0.0)
        met = best >= ENOUGH
        to_go = "" if met else plain(ENOUGH - best)
        found.append(Condition(f"{wanted} ≥ {ENOUGH:.2f}", met, plain(best), to_go, min(best / ENOUGH, 1.0)))
    return tuple(found)


def _own_score(moment: Moment, digit: int) -> float:
    seen, settings = _seen(moment), _settings(moment)
    return seen.scores[digit] if seen.scores and (settings.drawn or settings.image) else 0.0


def _both_trained(marked: Moment, now: Moment) -> tuple[Condition, ...]:
    """Ask that neither moment is the network of random weights, which reads nothing."""
    least = min(_seen(marked).at_epoch, _seen(now).at_epoch)
    return (Condition(f"@{NAME}.learned.trained", least >= 1, plain(least, 0)),)


def _facts(trail: Trail) -> Mapping[str, str]:
    seen = _seen(trail.now)
    read = seen.read
    return {
        "read": "–" if read is None else str(read),
        "score": "–" if read is None else plain(seen.scores[read]),
        "four": plain(seen.scores[4]) if seen.scores else "–",
        "nine": plain(seen.scores[9]) if seen.scores else "–",
        "epoch": plain(seen.at_epoch, 0),
        "accuracy": percent(seen.test_accuracy),
        "parameters": f"{seen.parameters:,}",
    }


def _drawn(*strokes: tuple[tuple[float, float], ...]) -> str:
    """Write a digit drawn by strokes as the setting takes it."""
    return encode(quantised(rendered(strokes, PIXELS, PIXELS)).ravel())


FOUR = _drawn(((10.5, 5.5), (7.5, 14.5), (19.5, 14.5)), ((17.5, 6.5), (16.5, 22.5)))
NINE = _drawn(
    ((18.5, 10.5), (16.5, 6.5), (12.5, 5.5), (9.5, 8.0), (9.5, 11.5), (12.0, 13.5), (15.5, 13.0), (18.5, 10.0)),
    ((18.5, 9.0), (18.0, 15.0), (16.0, 22.5)),
)
EXERCISES: tuple[Exercise, ...] = (
    predict(
        "early",
        starts=(f"{NAME}?digit=16", f"{NAME}?digit=1", f"{NAME}?digit=28"),
        reveals=(f"{NAME}?digit=16&epoch=1", f"{NAME}?digit=1&epoch=1", f"{NAME}?digit=28&epoch=1"),
        choices=("same", "other"),
        answer=_still,
        shown=lambda moment: str(_seen(moment).read),
        facts=_facts,
    ),
    Exercise(
        name="four_nine",
        kind="reach",
        starts=(f"{NAME}?own=true",),
        check=_four_and_nine,
        remembers=_drawn_as,
        facts=_facts,
        solution=(f"{NAME}?drawn={FOUR}", f"{NAME}?drawn={NINE}"),
    ),
    contrast(
        "learned",
        start=f"{NAME}?digit=28",
        only=("epoch",),
        outcome=lambda moment: _seen(moment).read,
        shown=lambda moment: str(_seen(moment).read),
        choices=("input", "weights", "noise"),
        reason="weights",
        solution=(f"{NAME}?digit=28&epoch=1", f"{NAME}?digit=28"),
        facts=_facts,
        also=_both_trained,
    ),
)

LAB = Lab(
    name=NAME,
    settings=Lenet5Settings,
    observation=Lenet5Observation,
    exercises=EXERCISES,
    presets=(
        Preset("modern", NAME),
        Preset("old", f"{NAME}?form=1998"),
        Preset("few", f"{NAME}?images=500"),
        Preset("fast", f"{NAME}?rate=0.5"),
        Preset("confusion", f"{NAME}?view=confusion"),
    ),
    source=(
        "engine.vision.lenet5:LeNet5",
        "engine.vision.digit_training:DigitTraining",
        "engine.vision.prepare:like_mnist",
    ),
    wide=True,
    training="lessons.convolution.experiments.lenet5:training",
    trains=lambda settings: (
        not (getattr(settings, "image", "") or getattr(settings, "drawn", "") or getattr(settings, "run", ""))
    ),
    run="run",
    sample="lessons.convolution.samples.lenet5:sample",
    newest={"epoch": LAST},
    leaves=("form",),
    looks=("digit", "epoch", "view", "drawn", "own", "image", "run"),
)

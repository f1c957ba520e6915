"""The trainings of a record with their curves: the learner's own runs, or the two of the example."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from msgspec import structs

from engine.network.playground.training import Training
from engine.training.folder import Listed, Run, listed, root
from engine.training.metrics import Point
from lessons import catalogue
from lessons.address import address_of, parse
from lessons.neuron.experiments.playground.sources import configuration, data
from lessons.neuron.labs.playground.settings import PlaygroundSettings
from lessons.progress import Progress
from lessons.runs import curves
from lessons.summary.example import TRAININGS
from lessons.summary.labs.progress.observation import Result
from lessons.summary.labs.progress.settings import MOST_ROWS, NAME, Measure
from lessons.vocabulary.numbers import plain
from lessons.vocabulary.settings import SettingError, fields, settings_from

QUANTITIES = (("test_accuracy", "accuracy"), ("test_loss", "loss"))
"""Curves that a training is judged by, the first that it has, and what they measure."""

MOST_OF_LAB = 4
"""Trainings of one lab that are listed."""

LONGEST_NAME = 22
"""Characters of a name."""

POINTS, EPOCHS = 60, 10
"""Points of the example's curves, and epochs between two."""


@dataclass(frozen=True, eq=False)
class Trained:
    """One training: what it is called, where it is opened, and its curves."""

    lab: str
    name: str
    address: str
    points: Sequence[Point]

    @property
    def quantity(self) -> tuple[str, str]:
        """The curve that it is judged by and what that measures; empty texts where it has none."""
        return next((each for each in QUANTITIES if any(each[0] in point for point in self.points)), ("", ""))

    def curve(self, name: str) -> tuple[list[float], list[float]]:
        """Steps and values of one curve."""
        points = [point for point in self.points if name in point and "step" in point]
        return [point["step"] for point in points], [point[name] for point in points]


def result(training: Trained) -> Result | None:
    """What has come of a training; None where nothing was measured on test data."""
    curve, what = training.quantity
    steps, values = training.curve(curve)
    if not values:
        return None
    place = values.index(max(values) if what == "accuracy" else min(values))
    return Result(
        lab=training.lab,
        name=training.name,
        address=training.address,
        what=what,
        best=values[place],
        best_at=steps[place] / steps[-1] if steps[-1] else 0.0,
        last=values[-1],
    )


def proofs(record: Progress) -> list[Result]:
    """The numbers that exercises were solved with, in the lecture's order; an answer in words is none."""
    order = {lab: place for place, lab in enumerate(catalogue.lab_names())}
    found = [event for event in record.solved.values() if event.lab in order and _is_number(event.value)]
    found.sort(key=lambda event: (order[event.lab], event.time, event.exercise))
    return [
        Result(
            lab=event.lab,
            name=f"@{NAME}.solved",
            address=event.address,
            what="value",
            exercise=event.exercise,
            value=event.value if isinstance(event.value, str) else plain(float(event.value or 0.0), 3),
        )
        for event in found
    ]


def _is_number(value: float | str | None) -> bool:
    if isinstance(value, str):
        return any(letter.isdigit() for letter in value) and not value.startswith("@")
    return value is not None


def ranked(trainings: Iterable[Trained], measure: Measure) -> list[tuple[Result, Trained]]:
    """Order the trainings by lab, and within a lab by their results: the best first, accuracy before loss."""
    found: dict[str, list[tuple[Result, Trained]]] = {}
    for training in trainings:
        if (seen := result(training)) is not None:
            found.setdefault(training.lab, []).append((seen, training))
    known = catalogue.lab_names()
    listed_labs = sorted(found, key=lambda lab: (lab not in known, known.index(lab) if lab in known else 0, lab))
    rows = []
    for lab in listed_labs:
        members = sorted(found[lab], key=lambda pair: _better_first(pair[0], measure))
        for rank, (seen, training) in enumerate(members[:MOST_OF_LAB], start=1):
            rows.append((_placed(seen, rank, len(members)), training))
    return rows[:MOST_ROWS]


def _better_first(seen: Result, measure: Measure) -> tuple[bool, float, str]:
    value = (seen.best if measure == "best" else seen.last) or 0.0
    return seen.what != "accuracy", -value if seen.what == "accuracy" else value, seen.address


def _placed(seen: Result, rank: int, trainings: int) -> Result:

    return structs.replace(seen, rank=rank, trainings=trainings)


# The learner's own


def own_trainings() -> tuple[list[Trained], int]:
    """The runs that have curves, the newest first, and how many could not be read."""
    try:
        found = listed(root())
    except (KeyError, OSError):  # no folder is named, or it can't be read
        return [], 0
    broken = sum(each.record is None for each in found)
    return [training for each in found if (training := _of_run(each)) is not None], broken


def _of_run(found: Listed) -> Trained | None:
    record = found.record
    if record is None:
        return None
    try:
        points = list(curves(Run(root() / found.id)))
    except OSError:
        return None
    return Trained(record.lab, record.name or _differs(record.settings), _address(found), points)


def _differs(settings: dict[str, object]) -> str:
    """Name a run by what differs from the defaults, as it is typed."""
    parts = " ".join(f"{name}={value:g}" if isinstance(value, float) else f"{name}={value}"
                     for name, value in settings.items() if not isinstance(value, str) or len(value) < 12)  # fmt: skip
    text = parts or f"@{NAME}.default"
    return text if len(text) <= LONGEST_NAME or text.startswith("@") else text[: LONGEST_NAME - 1] + "…"


def _address(found: Listed) -> str:
    """The address that opens the lab at a run; the lab alone where that is not known here, or not as it is set."""
    assert found.record is not None
    try:
        lab = catalogue.load(found.record.lab)
        known = {setting.name for setting in fields(lab.settings)}
        own = {name: value for name, value in found.record.settings.items() if name in known}
        values = {**own, **lab.newest, lab.run: found.id}
        return address_of(lab.name, settings_from(lab.settings, values))
    except (catalogue.UnknownName, SettingError):
        return found.record.lab


# The example's


@cache
def example_trainings() -> tuple[Trained, ...]:
    """Train the example's two networks; it takes a tenth of a second."""
    return tuple(_trained(address, name) for address, name in zip(TRAININGS, ("free", "held"), strict=True))


def _trained(address: str, name: str) -> Trained:
    settings = settings_from(PlaygroundSettings, parse(address).values)
    return Trained("neuron.playground", f"@{NAME}.{name}", address, list(_learning(settings)))


def _learning(settings: PlaygroundSettings) -> Iterator[Point]:
    """Test and train loss every ten epochs."""
    training = Training(configuration(settings), data(settings))
    for part in range(POINTS + 1):
        moment = training.moment() if part == 0 else training.advance(EPOCHS)
        losses = {"train_loss": moment.train.loss, "test_loss": moment.test.loss}
        known = {key: float(value) for key, value in losses.items() if value is not None}
        yield {"step": float(moment.steps), "epoch": float(moment.epochs)} | known

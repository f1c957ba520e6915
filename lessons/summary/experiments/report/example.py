"""A record to look at for whoever has none yet: section 10's example, and the trainings that come with the program."""

from functools import lru_cache

import numpy as np
from msgspec import structs

from engine.language.gpt import trained as gpt
from engine.training.folder import Listed
from engine.training.metrics import Point
from engine.training.record import RunRecord, Status
from engine.vision import trained as lenet5
from engine.vision.lenet5 import Form
from lessons import catalogue
from lessons.summary.example import example
from lessons.summary.gathered import Gathered, RunTold
from lessons.summary.gathering import labs_done, proofs, quiz
from lessons.summary.labs.report.settings import Drawn, ReportSettings
from lessons.summary.run_curves import main_curves, other_curves
from lessons.vocabulary.figures import Figure, Raster, Tokens

FORMS: tuple[Form, ...] = ("modern", "1998")


def gather(settings: ReportSettings) -> Gathered:
    """Gather it as the learner's own record is gathered."""
    progress = example()
    numbers = {section.name: section.number for section in catalogue.sections()}
    runs = [each for each in _runs(settings.curves) if numbers[_lab(each).partition(".")[0]] in settings.sections]
    kept = runs[: settings.runs]
    told = tuple(
        each if number < settings.samples else structs.replace(each, sample=()) for number, each in enumerate(kept)
    )
    return Gathered(
        labs=labs_done(progress, settings),
        proofs=proofs(progress, settings),
        runs=told,
        older=len(runs) - len(kept),
        quiz=quiz(progress, settings),
        example=True,
    )


def _lab(told: RunTold) -> str:
    assert told.listed.record is not None
    return told.listed.record.lab


@lru_cache(maxsize=3)
def _runs(curves: Drawn) -> tuple[RunTold, ...]:
    """The trainings, as if they had been run."""
    return (_gpt(curves), *(_lenet5(form, curves) for form in FORMS))


def _told(lab: str, settings: dict[str, object], points: list[Point], curves: Drawn, *sample: Figure) -> RunTold:
    last: Point = {}
    for point in points:
        last |= point
    step = int(last.pop("step"))
    values = {name: value for name, value in last.items() if name not in ("epoch", "examples", "seconds")}
    record = RunRecord(
        id=f"{lab.partition('.')[2]}-000000", lab=lab, settings=settings, function="", created=0.0, threads=1
    )
    status = Status(state="finished", step=step, progress=1.0, values=values, seconds=last.get("seconds", 0.0))
    drawn = main_curves(points) if curves != "none" else ()
    drawn = (*drawn, *other_curves(points)) if curves == "all" else drawn
    listed = Listed(id=record.id, record=record, status=status)
    return RunTold(listed=listed, curves=drawn, sample=sample, example=True)


def _lenet5(form: Form, curves: Drawn) -> RunTold:
    history = lenet5.shipped(form)
    kernels = history.weights(history.epochs[-1])["C1.weight"].numpy().astype(float)[:, 0]
    reach = float(np.abs(kernels).max())
    shown = Raster(title="C1", values=kernels, map="signed", low=-reach, high=reach, columns=6, note="6 × 5×5")
    settings: dict[str, object] = {} if form == "modern" else {"form": form}
    return _told("convolution.lenet5", settings, history.metrics, curves, shown)


def _gpt(curves: Drawn) -> RunTold:
    history = gpt.shipped("english")
    written = history.samples[max(history.samples)]
    shown = Tokens(title="@language.gpt.sample", pieces=(written,), values=np.zeros(1))
    return _told("language.gpt", {}, history.metrics, curves, shown)

"""Gathers what stands in a report: from the journals of the record, and from the folders of the runs.

Nothing here is lost by being told: what can't be read is told in its place, and a run that somebody deletes meanwhile
is told as deleted. Torch is imported only for the samples of those labs whose models have to draw anew.
"""

import os
from importlib import import_module
from pathlib import Path
from typing import Literal, TypeVar

from engine.training.folder import Listed, Run, listed
from engine.training.folder import root as runs_root
from engine.training.metrics import Metrics
from engine.training.record import RunProblem
from lessons import catalogue
from lessons.address import AddressError, parse
from lessons.progress import Progress, Solved, read, root
from lessons.summary.gathered import Gathered, LabDone, Proof, Question, QuizSection, RunTold, Said
from lessons.summary.labs.report.settings import Drawn, ReportSettings
from lessons.summary.run_curves import main_curves, other_curves
from lessons.vocabulary.exercise import Exercise
from lessons.vocabulary.figures import Curves, Figure
from lessons.vocabulary.lab import Lab
from lessons.vocabulary.section import Section
from lessons.vocabulary.settings import SettingError

EXAMPLE = "lessons.summary.experiments.report.example"
"""Makes the record of the trainings that come with the program; by name, since it needs torch."""

Found = TypeVar("Found")
Promise = Literal["", "picture", "text"]

KEPT = 400
"""Curves and samples that stay in memory, so that a report that is looked at while it is chosen comes at once."""

_curves: dict[tuple[object, ...], tuple[tuple[Curves, ...], int]] = {}
_samples: dict[tuple[object, ...], tuple[Figure, ...]] = {}


def gathered(settings: ReportSettings) -> Gathered:
    """Gather what stands in a report with these settings."""
    return _gathered(settings, drawn=True)


def counted(settings: ReportSettings) -> Gathered:
    """Gather the same, but only promise what models would have to draw anew: that takes seconds."""
    return _gathered(settings, drawn=False)


def _gathered(settings: ReportSettings, *, drawn: bool) -> Gathered:
    if settings.record == "example":
        found: Gathered = import_module(EXAMPLE).gather(settings)
        return found
    return gather(settings, drawn=drawn)


def gather(settings: ReportSettings, *, drawn: bool) -> Gathered:
    """Gather the learner's own record and runs."""
    folder = root()
    progress, notices = read(folder) if folder is not None else (Progress(), [])
    try:
        found = listed(runs_root())
    except KeyError:  # no folder is named
        found = []
    chosen = [each for each in found if _chosen(each, settings)]
    runs = tuple(
        told(Run(runs_root() / each.id), each, settings.curves, sampled=number < settings.samples, drawn=drawn)
        for number, each in enumerate(chosen[: settings.runs])
    )
    told_of = [Said(notice.key, dict(notice.values)) for notice in notices]
    if progress.unread:
        told_of.append(Said("summary.report.newer", {"count": str(len(progress.unread))}))
    return Gathered(
        labs=labs_done(progress, settings),
        proofs=proofs(progress, settings),
        runs=runs,
        older=max(len(chosen) - len(runs), 0),
        quiz=quiz(progress, settings),
        told=tuple(told_of),
    )


def sections(settings: ReportSettings) -> list[Section]:
    """The chosen sections that exist."""
    return [each for each in catalogue.sections() if each.number in settings.sections]


def _within(name: str, settings: ReportSettings) -> bool:
    """Whether a lab belongs to the chosen sections; one that this nnlab doesn't have belongs to any."""
    try:
        return catalogue.section_of(name).number in settings.sections
    except catalogue.UnknownName:
        return True


def _chosen(found: Listed, settings: ReportSettings) -> bool:
    return found.record is None or _within(found.record.lab, settings)


def labs_done(progress: Progress, settings: ReportSettings) -> tuple[LabDone, ...]:
    """Count the solved exercises of each lab."""
    done = []
    for section in sections(settings):
        for name in catalogue.lab_names(section):
            count = progress.of_lab(name, catalogue.exercise_count(name))
            opened = progress.opened.get(name, 0.0)
            done.append(LabDone(name=name, solved=count.done, exercises=count.total, opened=opened))
    return tuple(done)


def proofs(progress: Progress, settings: ReportSettings) -> tuple[Proof, ...]:
    """List the solved exercises of the chosen sections in the order of the lecture."""
    left = {name: solved for name, solved in progress.solved.items() if _within(solved.lab, settings)}
    found = []
    for section in sections(settings):
        for name in catalogue.lab_names(section):
            if not any(solved.lab == name for solved in left.values()):
                continue  # no lab's module is imported for nothing
            for exercise in catalogue.load(name).exercises:
                if solved := left.pop(f"{name}.{exercise.name}", None):
                    found.append(_proof(progress, solved, exercise, _names(exercise, solved)))
    return (*found, *(_proof(progress, left[name], None, {}) for name in sorted(left)))


def _names(exercise: Exercise, solved: Solved) -> dict[str, str]:
    """Values for the places in an exercise's texts; an address that can't be read says nothing of its start."""
    lab = catalogue.load(solved.lab)
    try:
        settings = lab.set_by(parse(solved.address).values, "", theirs=True)
    except (AddressError, SettingError):
        settings = lab.settings()
    return exercise.named(settings)


def _proof(progress: Progress, solved: Solved, exercise: Exercise | None, names: dict[str, str]) -> Proof:
    return Proof(
        lab=solved.lab,
        exercise=solved.exercise,
        known=exercise is not None,
        names=names,
        time=solved.time,
        address=solved.address,
        seed=solved.seed,
        value=solved.value,
        chosen=exercise is not None and solved.value in exercise.choices,
        hints=progress.hints.get(f"{solved.lab}.{solved.exercise}", 0),
        shown=solved.shown,
    )


def quiz(progress: Progress, settings: ReportSettings) -> tuple[QuizSection, ...]:
    """Tell of each chosen section how its questions were answered."""
    if not settings.quiz:
        return ()
    found = []
    for section in sections(settings):
        questions = tuple(
            Question(name=answers.last.question, tries=answers.tries, rights=answers.right, right=answers.last.right)
            for answers in progress.answered.values()
            if answers.last.section == section.name
        )
        found.append(QuizSection(section=section.name, questions=questions))
    return tuple(found)


def told(run: Run, found: Listed, curves: Drawn, *, sampled: bool, drawn: bool = True) -> RunTold:
    """Read a run's curves and sample; one that is gone by now says so."""
    if found.problem:
        return RunTold(listed=found, gone=not run.folder.exists())
    shown: tuple[Curves, ...] = ()
    promised: Promise = ""
    sample: tuple[Figure, ...] = ()
    torn = 0
    problem: Said | None = None
    try:
        shown, torn = curves_of(run, curves)
        if sampled and drawn:
            sample = sample_of(run, found)
        elif sampled:
            promised = promise_of(run, found)
    except (OSError, RunProblem, ValueError) as error:
        problem = _problem(error, run.folder)
    if not run.folder.exists():
        return RunTold(listed=found, gone=True)
    return RunTold(listed=found, curves=shown, torn=torn, sample=sample, sample_problem=problem, promised=promised)


def curves_of(run: Run, wanted: Drawn) -> tuple[tuple[Curves, ...], int]:
    """The wanted curves of a run, and how many lines of its file could not be read. Raises OSError."""
    if wanted == "none" or not run.metrics_path.exists():
        return (), 0
    state = os.stat(run.metrics_path)
    key = (str(run.folder), wanted, state.st_ino, state.st_size, state.st_mtime_ns)
    if key not in _curves:
        metrics = Metrics(run.metrics_path)
        metrics.read()
        drawn = main_curves(metrics.points)
        _keep(_curves, key, ((*drawn, *other_curves(metrics.points)) if wanted == "all" else drawn, metrics.torn))
    return _curves[key]


def sample_of(run: Run, found: Listed) -> tuple[Figure, ...]:
    """What the run has made last, as its lab shows it; nothing for a lab that has no way to.

    Raises RunProblem, CheckpointProblem, OSError.
    """
    lab, steps = _lab(found), run.weights_steps()
    if lab is None or not lab.sample or not steps:
        return ()
    key = (str(run.folder), steps[-1])
    if key not in _samples:
        module, _, function = lab.sample.partition(":")
        _keep(_samples, key, getattr(import_module(module), function)(run))
    return _samples[key]


def promise_of(run: Run, found: Listed) -> Promise:
    """Tell what the sample of a run will be, from its lab and from whether it has kept anything."""
    lab = _lab(found)
    if lab is None or not lab.sample or not run.weights_steps():
        return ""
    return "text" if lab.writes else "picture"


def _lab(found: Listed) -> Lab | None:
    """The lab of a run; None for one that this nnlab doesn't have."""
    assert found.record is not None
    try:
        return catalogue.load(found.record.lab)
    except catalogue.UnknownName:
        return None


def _keep(kept: dict[tuple[object, ...], Found], key: tuple[object, ...], value: Found) -> None:
    """Keep something that was read, and let the oldest go."""
    kept[key] = value
    while len(kept) > KEPT:
        del kept[next(iter(kept))]


def _problem(error: Exception, folder: Path) -> Said:
    """Say why a run's files could not be read."""
    if isinstance(error, RunProblem):
        return Said(f"run.problem.{error.kind}", {name: str(value) for name, value in error.values.items()})
    values = getattr(error, "values", {})
    return Said("summary.report.sample_damaged", {"file": str(values.get("file", folder.name))})

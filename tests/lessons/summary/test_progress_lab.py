"""The lab on an empty, a full, a newer and a broken record: what it counts, names and ranks."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
import pytest

from engine.training.folder import Run
from engine.training.record import RunRecord, Status
from lessons import catalogue
from lessons.address import parse
from lessons.catalogue import load
from lessons.progress import Answered, Event, Hint, Journal, Opened, Progress, Solved
from lessons.quiz import questions
from lessons.summary.example import SOLVED, TRAININGS, example
from lessons.summary.experiments.progress import observe
from lessons.summary.experiments.progress.following import MOST, following
from lessons.summary.experiments.progress.standing import standing
from lessons.summary.experiments.progress.tables import small_curve
from lessons.summary.experiments.progress.trained import Trained, ranked
from lessons.summary.labs.progress import LAB
from lessons.summary.labs.progress.observation import LabStanding, QuizStanding
from lessons.summary.labs.progress.settings import ProgressSettings
from lessons.vocabulary.exercise import Moment, Trail, solved
from lessons.vocabulary.observation import arrays
from lessons.vocabulary.settings import settings_from
from tui.locale import words

DAY = 86400.0


def moment(address: str) -> Moment:
    settings = settings_from(LAB.settings, parse(address).values)
    return Moment(settings, observe(settings))


def first(rule: str, **others: object) -> str:
    return observe(settings_from(ProgressSettings, {"record": "example", "rule": rule, **others})).following[0].lab


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An own record's folders, named as the program names them."""
    monkeypatch.setenv("NNLAB_PROGRESS", str(tmp_path / "progress"))
    monkeypatch.setenv("NNLAB_RUNS", str(tmp_path / "runs"))
    return tmp_path


def note(home: Path, events: Sequence[Event]) -> None:
    journal = Journal(home / "progress")
    journal.unsaved += events
    assert journal.save() is None


def everything() -> list[Event]:
    """All exercises of all labs, a lab a day, the reach ones with a number."""
    found: list[Event] = []
    for day, lab in enumerate(catalogue.lab_names(), start=1):
        found.append(Opened(lab=lab, time=DAY * day))
        for exercise in load(lab).exercises:
            value = "0.93" if exercise.kind == "reach" else "flip"
            found.append(Solved(lab=lab, exercise=exercise.name, address=lab, time=DAY * day, value=value))
    return found


def add_run(home: Path, number: int, curve: str, values: Sequence[float], lab: str = "convolution.lenet5") -> Run:
    run = Run(home / "runs" / f"run-{number:06d}")
    run.checkpoints.mkdir(parents=True)
    settings = {"seed": number, "from_a_newer_nnlab": 1}
    what = RunRecord(id=run.id, lab=lab, settings=settings, function="t:none", seed=0, created=float(number), threads=1)
    (run.folder / "run.json").write_bytes(msgspec.json.encode(what))
    run.write_status(Status(state="finished", step=len(values)))
    points = [{"step": float(10 * step), curve: value} for step, value in enumerate(values)]
    run.metrics_path.write_text("".join(json.dumps(point) + "\n" for point in points))
    return run


# The example


def test_the_example_names_labs_and_exercises_that_exist() -> None:
    for lab, _, count in SOLVED:
        assert count <= len(load(lab).exercises)
        assert example().of_lab(lab, catalogue.exercise_count(lab)).done == count
    for address in TRAININGS:
        parsed = parse(address)
        settings_from(load(parsed.lab).settings, parsed.values)


def test_the_four_rules_name_four_labs_of_the_same_record() -> None:
    named = [first(rule) for rule in ("order", "begun", "missed", "fading")]
    assert named == ["introduction.nerve_cell", "image_generation.diffusion", "language.next_word", "neuron.synapse"]
    assert first("fading", days=20) == "convolution.lenet5", "a short half-life falls below an old lab"


def test_the_training_that_overfits_is_first_by_its_best_point_only() -> None:
    best, last = (observe(ProgressSettings(record="example", measure=measure)) for measure in ("best", "last"))
    for seen in (best, last):
        assert [each.rank for each in seen.results] == [1, 2]
    assert best.results[0].name == last.results[1].name
    overfitted, held = best.results
    assert overfitted.best < held.best and overfitted.last > held.last + 0.05
    assert overfitted.best_at < 0.2


def hints(address: str, exercise: str, marked: str | None = None) -> list[str]:
    """The hints of an exercise, as they are said in English with the lab at an address."""
    taken = next(each for each in LAB.exercises if each.name == exercise)
    facts = taken.facts(Trail(now=moment(address), marked=moment(marked) if marked else None))
    return [words("en").text(f"{LAB.name}.{exercise}.hint{number}", **{**taken.names, **facts}) for number in (1, 2, 3)]


@pytest.mark.parametrize("days", [0, 6, 20])
def test_hints_of_when_to_review_are_true_on_any_day(days: int) -> None:
    labs = standing(example(), 0)
    left = sorted((each.half_life - each.since, each.lab) for each in labs if each.half_life is not None)
    sixth = next(each for each in labs if each.lab == left[5][1])
    assert (catalogue.lab_number(sixth.lab), sixth.half_life, sixth.since) == ("5.1", 16, 10), "as hint 3 says"
    said = hints(f"{LAB.name}?record=example&view=recall&rule=fading&days={days}", "review")
    fallen = sum(each < days for each, _ in left)
    assert f"Now {fallen} of 7 labs are below" in said[0] and f"It is {days} days later now" in said[2]
    assert not re.search(r"\b6\b", said[2].replace(f"is {days} days", "")), "the answer is worked out, not told"


@pytest.mark.parametrize("row", [1, 2])
@pytest.mark.parametrize("measure", ["best", "last"])
def test_hints_of_what_counts_name_the_values_of_the_training_looked_at(row: int, measure: str) -> None:
    address = f"{LAB.name}?record=example&view=results&section=neuron&measure={measure}&row={row}"
    looked = moment(address).observation.results[row - 1]
    said = hints(address, "counts")
    assert f"best {looked.best:.3f}, last {looked.last:.3f}" in said[1]
    assert not any("0.000" in each for each in said)


def test_hints_say_nothing_of_a_training_where_there_is_none(home: Path) -> None:
    assert "best –, last –" in hints(LAB.name, "counts")[1]
    assert "0 of 0 labs" in hints(LAB.name, "review")[0]


# Any record


def test_an_empty_record_begins_with_the_lecture(home: Path) -> None:
    for rule in ("order", "begun", "missed", "fading"):
        seen = observe(ProgressSettings(rule=rule))
        assert [each.lab for each in seen.following] == list(catalogue.lab_names()[:MOST])
        assert {each.why for each in seen.following} == {"order"}, "and says so"
    assert (seen.solved, seen.results, seen.row, seen.used, seen.trainings, seen.remembered) == (
        0,
        (),
        0,
        None,
        None,
        None,
    )


def test_a_full_record_has_nothing_left_but_what_fades(home: Path) -> None:
    note(home, everything())
    seen = observe(ProgressSettings())
    assert seen.solved == seen.exercises and seen.finished == seen.labs == len(catalogue.lab_names())
    assert seen.following == ()
    fading = observe(ProgressSettings(rule="fading"))
    assert fading.following[0].lab == catalogue.lab_names()[0], "the oldest of equally practised labs"
    assert {each.value for each in seen.results} == {"0.93"}


@pytest.mark.parametrize("full", [False, True])
def test_exercises_can_be_solved_on_any_record(home: Path, full: bool) -> None:
    if full:
        note(home, everything())
        add_run(home, 1, "test_accuracy", [0.1, 0.9])
    for exercise in LAB.exercises:
        for start in exercise.starts:
            here = moment(start)
            assert not any(solved(exercise.check(Trail(now=here, answer=each))) for each in ("", "overfitted"))
        *earlier, last = map(
            moment, (exercise.starts[0], *exercise.reveals[:1]) if exercise.reveals else exercise.solution
        )
        trail = Trail(now=last, marked=earlier[-1] if earlier else None)
        answer = exercise.answer(trail) if exercise.answer else ""
        assert solved(exercise.check(Trail(now=trail.now, marked=trail.marked, answer=answer))), exercise.name


def test_the_same_record_gives_the_same_picture_whatever_the_order_of_its_files(home: Path) -> None:
    events = everything()[:40]
    note(home, events[20:])
    note(home, events[:20])
    add_run(home, 1, "test_loss", [2.0, 1.0, 1.5])
    once = arrays(observe(ProgressSettings(view="results")))
    for path in sorted((home / "progress").iterdir()):
        path.rename(path.with_name(f"z{path.name}"))
    again = arrays(observe(ProgressSettings(view="results")))
    assert once.keys() == again.keys()
    for name, values in once.items():
        np.testing.assert_array_equal(values, again[name], err_msg=name)


def test_runs_are_ranked_within_their_lab_by_accuracy_from_above_and_by_loss_from_below(home: Path) -> None:
    add_run(home, 1, "test_accuracy", [0.1, 0.95, 0.90])
    add_run(home, 2, "test_accuracy", [0.1, 0.93, 0.92])
    add_run(home, 3, "test_loss", [3.0, 2.0], lab="language.gpt")
    add_run(home, 4, "test_loss", [3.0, 1.5], lab="language.gpt")
    rows = {
        measure: [each.address.rpartition("-")[2] for each in observe(ProgressSettings(measure=measure)).results]
        for measure in ("best", "last")
    }
    assert rows == {"best": ["000001", "000002", "000004", "000003"], "last": ["000002", "000001", "000004", "000003"]}
    addresses = [each.address for each in observe(ProgressSettings()).results]
    assert all(parse(address).values["run"] for address in addresses), "each opens its lab at the run"


def test_a_run_of_an_unknown_lab_is_told_and_opens_nothing_wrong(home: Path) -> None:
    add_run(home, 1, "test_loss", [1.0, 0.5], lab="music.sung")
    seen = observe(ProgressSettings(view="results"))
    assert (seen.results[0].address, seen.results[0].best) == ("music.sung", 0.5)


def test_what_can_not_be_read_is_said_and_the_rest_is_shown(home: Path) -> None:
    note(home, everything()[:8])
    add_run(home, 1, "test_loss", [1.0, 0.5])
    (add_run(home, 2, "test_loss", [1.0]).folder / "run.json").write_bytes(b"{")
    (home / "progress" / "newer.jsonl").write_bytes(b'{"event":"sung","lab":"neuron.unit"}\n')
    (home / "progress" / "broken.jsonl").write_bytes(b"\x00\xff\n")
    seen = observe(ProgressSettings())
    assert [news.kind for news in seen.news] == ["progress_broken", "newer", "broken"]
    assert seen.solved and len([each for each in seen.results if each.rank]) == 1
    kinds = [news.kind for news in observe(ProgressSettings()).news]
    assert kinds == ["newer", "broken"], "a broken journal was set aside and is told once"


def test_a_chosen_section_counts_its_own(home: Path) -> None:
    note(home, everything())
    neuron = observe(ProgressSettings(section="neuron"))
    assert neuron.labs == len(catalogue.lab_names(catalogue.section_of("neuron")))
    assert {each.lab.partition(".")[0] for each in neuron.results} == {"neuron"}
    assert neuron.used is not None and len(neuron.used.rows) == neuron.labs


def test_days_later_everything_is_known_less(home: Path) -> None:
    note(home, everything())
    now, later = (standing(Progress().after(everything()), days) for days in (0, 30))
    assert all(before.recall > after.recall for before, after in zip(now, later, strict=True))
    assert observe(ProgressSettings(days=30)).fallen > observe(ProgressSettings()).fallen


def test_hints_and_shown_solutions_shorten_the_half_life() -> None:
    lab = "neuron.unit"
    alone = [Solved(lab=lab, exercise=each, address=lab, time=1.0) for each in ("a", "b", "c")]
    halves = [
        next(each.half_life for each in standing(Progress().after(events), 0) if each.lab == lab)
        for events in (
            alone,
            [*alone, Hint(lab=lab, exercise="a", n=2, time=1.0)],
            [msgspec.structs.replace(each, shown=True) for each in alone],
        )
    ]
    assert halves[0] == 16 and halves[0] > halves[1] > halves[2]


# Pieces


def lab_standing(lab: str, **others: object) -> LabStanding:
    plain = {"solved": 0, "exercises": 3, "hints": 0, "opened": False, "since": None, "half_life": None, "recall": None}
    return LabStanding(lab=lab, **{**plain, **others})  # type: ignore[arg-type]


def test_what_was_begun_is_ordered_by_what_is_to_do_then_by_its_last_use() -> None:
    labs = [
        lab_standing("a.opened", opened=True, since=1.0),
        lab_standing("a.two", solved=2, since=5.0),
        lab_standing("a.two_later", solved=2, since=2.0),
        lab_standing("a.done", solved=3, since=0.0),
        lab_standing("a.never"),
    ]
    assert [each.lab for each in following("begun", labs, ())] == ["a.two_later", "a.two", "a.opened"]


def test_what_was_missed_is_shown_by_the_labs_of_its_questions_most_first() -> None:
    labs = [lab_standing("a.done", solved=3, since=1.0, recall=0.1), lab_standing("a.left"), lab_standing("b.left")]
    quiz = [
        QuizStanding(section="b", asked=4, right=3, shown=("b.left?x=1",)),
        QuizStanding(section="a", asked=4, right=2, shown=("a.done?h=1", "a.done?h=2")),
    ]
    named = following("missed", labs, quiz)
    assert [(each.lab, each.address, each.count) for each in named] == [
        ("a.done", "a.done?h=1", 2),
        ("b.left", "b.left?x=1", 1),
    ]


def test_a_missed_question_that_is_gone_is_worked_on_in_a_lab_of_its_section_with_something_left() -> None:
    labs = [lab_standing("a.done", solved=3, since=1.0, recall=0.1), lab_standing("a.left"), lab_standing("b.left")]
    quiz = [QuizStanding(section="b", asked=4, right=3), QuizStanding(section="a", asked=4, right=1)]
    assert [(each.lab, each.count) for each in following("missed", labs, quiz)] == [("a.left", 3), ("b.left", 1)]


def test_a_wrong_answer_leads_to_the_address_that_shows_the_right_one(home: Path) -> None:
    question = next(iter(questions().values()))
    asked = {"lab": "summary.quiz", "section": question.section, "question": question.name, "choice": "a"}
    note(home, [Answered(**asked, right=False, time=1.0)])
    (named,) = observe(ProgressSettings(rule="missed")).following
    assert (named.address, named.count) == (question.entry.lab, 1)


def test_an_answer_counts_as_its_last_try_says(home: Path) -> None:
    asked = {"lab": "summary.quiz", "section": "neuron", "question": "and_table", "choice": "a"}
    note(home, [Answered(**asked, right=False, time=1.0), Answered(**asked, right=True, time=2.0)])
    seen = observe(ProgressSettings())
    assert (seen.asked, seen.right, seen.quiz) == (1, 1, (QuizStanding(section="neuron", asked=1, right=1),))


def test_a_small_curve_has_its_least_value_lowest_and_its_greatest_highest() -> None:
    assert small_curve([0.0, 1.0, 2.0, 3.0], cells=2) == "⣠⣾"
    assert small_curve([5.0] * 9, cells=3) == "⣤⣤⣤"
    assert small_curve([]) == "" and len(small_curve(range(1000))) == 12


def test_no_more_than_four_trainings_of_a_lab_are_listed_and_all_are_counted() -> None:
    points = [{"step": 0.0, "test_loss": 1.0}, {"step": 1.0, "test_loss": 0.5}]
    many = [Trained("language.gpt", str(number), f"language.gpt?seed={number}", points) for number in range(9)]
    rows = ranked(many, "best")
    assert [(seen.rank, seen.trainings) for seen, _ in rows] == [(1, 9), (2, 9), (3, 9), (4, 9)]

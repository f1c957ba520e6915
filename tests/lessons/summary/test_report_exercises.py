"""The exercises of `summary.report` are the same for somebody who has done nothing and for somebody who has much."""

import re
from pathlib import Path

import pytest
from recorded import Recorded

from lessons.address import parse
from lessons.summary.experiments.report import observe
from lessons.summary.labs.report import LAB, ReportSettings
from lessons.vocabulary.exercise import Moment, Trail, solved
from lessons.vocabulary.settings import settings_from
from tui.locale import words


def moment(address: str) -> Moment:
    settings = settings_from(ReportSettings, parse(address).values)
    return Moment(settings, observe(settings))


@pytest.mark.parametrize("full", [False, True])
def test_solutions_solve_and_starts_do_not(full: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = Recorded(tmp_path)
    record.name(monkeypatch)
    if full:
        record.full()
    right = []
    for exercise in LAB.exercises:
        starts, reveals = [moment(each) for each in exercise.starts], [moment(each) for each in exercise.reveals]
        if exercise.kind == "predict":
            trails = [Trail(now=now, marked=start) for start, now in zip(starts, reveals, strict=True)]
        else:
            *marked, now = [moment(each) for each in exercise.solution]
            trails = [Trail(now=now, marked=marked[-1] if marked else None)]
        for trail in trails:
            answer = exercise.answer(trail) if exercise.answer else ""
            right.append(answer)
            assert solved(exercise.check(Trail(now=trail.now, marked=trail.marked, answer=answer))), exercise.name
        assert not any(solved(exercise.check(Trail(now=start))) for start in starts)
    assert right == ["more", "same", "", "numbers"]


def test_hints_are_true_before_and_after_the_mark_and_without_curves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Recorded(tmp_path).name(monkeypatch)
    for exercise in LAB.exercises[1:]:
        for address in ("", "&curves=none", "&runs=1&samples=0"):
            now, marked = moment(f"{LAB.name}?record=example{address}"), moment(f"{LAB.name}?record=example")
            seen = now.observation
            facts = {**exercise.names, **exercise.facts(Trail(now=now, marked=marked))}
            said = [words("en").text(f"{LAB.name}.{exercise.name}.hint{number}", **facts) for number in (1, 2, 3)]
            assert not any(
                re.search(r"this moment|figures go|fewer of them than|do \d+ figures", each) for each in said
            )
            if exercise.name == "kept":
                assert f"Now there are {seen.figures} figures" in said[0]
                assert said[1].startswith(f"{seen.curves} of these {seen.figures} figures")
            else:
                assert f"now there are {seen.runs}." in said[1] and f"Now {seen.samples} samples" in said[2]


def test_too_many_figures_are_over_the_goal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Recorded(tmp_path).name(monkeypatch)
    start = moment(LAB.exercises[1].starts[0])
    *_, figures = LAB.exercises[1].check(Trail(now=start))
    assert (figures.over, figures.to_go) == (True, str(start.observation.figures - 3))


def test_the_own_record_counts_where_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = Recorded(tmp_path)
    record.name(monkeypatch)
    before = moment("summary.report").observation
    record.full()
    after = moment("summary.report").observation
    assert (before.empty, before.figures, before.solved) == (True, 0, 0)
    assert (after.empty, after.figures, after.solved, after.gone_runs) == (False, 9, 2, 0)
    assert [news.kind for news in before.news] == ["empty"] and not after.news

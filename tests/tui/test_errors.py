"""Errors in words: what is wrong and what is allowed, in both languages."""

import errno

import pytest

from engine.training.diagnosis import Finding
from engine.training.record import Reason, RunProblem
from lessons.address import AddressError, parse
from lessons.catalogue import UnknownName, resolve
from lessons.neuron.labs.unit import UnitSettings
from lessons.vocabulary.settings import SettingError, settings_from
from tui.command_line.run_findings import said
from tui.errors import Refused, explain, is_mistake, remedy, what_happened, why
from tui.locale import LANGUAGES, words

MISTAKES: list[tuple[BaseException, tuple[str, ...]]] = [
    (SettingError("range", name="w1", value="99", low=-2.0, high=2.0, digits=2), ("w1", "−2", "2", "99")),
    (SettingError("number", name="w1", value="abc", low=-2.0, high=2.0, digits=2), ("w1", "−2", "abc")),
    (SettingError("unknown", name="w9", allowed=("w1", "h")), ("w9", "w1, h")),
    (SettingError("choice", name="gate", value="nadn", allowed=("AND", "NAND")), ("nadn", "AND, NAND")),
    (SettingError("drawing", name="x", length=12), ("x", "12")),
    (UnknownName("neuron.gats", ("neuron.gates",)), ("neuron.gats", "neuron.gates")),
    (AddressError("a\nb" * 90), ("a·b", "…", "neuron.gates?")),
    (Refused("error.pair", text="{w1}"), ("{w1}", "name=value")),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("error", "parts"), MISTAKES, ids=lambda value: type(value).__name__)
def test_a_mistake_is_one_line_with_all_that_matters(
    language: str, error: BaseException, parts: tuple[str, ...]
) -> None:
    text = explain(error, words(language))  # type: ignore[arg-type]
    assert is_mistake(error) and "\n" not in text and not text.startswith("error.")
    assert all(part in text for part in parts), text


def test_a_suggestion_is_made_only_where_something_is_near() -> None:
    english = words("en")
    near = SettingError("choice", name="gate", value="nadn", allowed=("AND", "NAND"))
    far = SettingError("choice", name="gate", value="zzzz", allowed=("AND", "NAND"))
    assert explain(near, english).endswith("Did you mean NAND?") and "Did you mean" not in explain(far, english)


def test_errors_as_they_are_raised() -> None:
    english = words("en")
    for wrong in (
        lambda: settings_from(UnitSettings, {"f": "x"}),
        lambda: parse("a b"),
        lambda: resolve("zzz"),
    ):
        with pytest.raises(ValueError) as caught:
            wrong()
        assert is_mistake(caught.value) and "\n" not in explain(caught.value, english)


def test_failures_of_the_machine_are_no_mistakes() -> None:
    full = OSError(errno.ENOSPC, "no space", "/data/run")
    assert not is_mistake(full) and explain(full, words("en")).startswith("The disk is full, so /data/run")
    assert "ZeroDivisionError" in explain(ZeroDivisionError(), words("en"))


def test_a_drawing_that_can_not_be_read_is_a_mistake() -> None:
    from lessons.vocabulary.drawings import decode

    with pytest.raises(ValueError) as caught:
        decode("AAAA", 12)
    assert is_mistake(caught.value) and "drawing" in explain(caught.value, words("en"))


RUN = "lenet5-k3f9qa"
PROBLEMS = [
    ("missing", {}),
    ("unreadable", {"file": "run.json"}),
    ("too_new", {"format": 7, "known": 1}),
    ("owned", {"host": "tower", "pid": 4242}),
    ("alive", {}),
    ("not_alive", {}),
    ("finished", {}),
    ("no_checkpoint", {}),
    ("unknown", {}),
    ("other_processes", {"processes": 2}),
    ("one_process", {}),
    ("several", {"ids": "lenet5-k3f9qa, lenet5-k3f9qb, lenet5-k3f9qc, lenet5-k3f9qd"}),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "values"), PROBLEMS)
def test_a_run_that_can_not_be_used_is_a_mistake_said_in_one_line(
    language: str, kind: str, values: dict[str, object]
) -> None:
    problem = RunProblem(kind, id=RUN, **values)
    text = explain(problem, words(language))  # type: ignore[arg-type]
    assert is_mistake(problem) and "\n" not in text and "run.problem" not in text and "{" not in text
    assert all(str(part) in text for part in (RUN, *values.values())), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_more_processes_than_cores_are_a_mistake_that_says_how_many_there_can_be(language: str) -> None:
    problem = RunProblem("too_many_processes", wanted=5, most=2)
    text = explain(problem, words(language))  # type: ignore[arg-type]
    assert is_mistake(problem) and "5" in text and "2" in text and "\n" not in text


CHANGE = {"setting": "rate", "value": 0.5, "suggested": 0.1}
REASONS = [
    ("nan", {"step": 1204, "kept": None, **CHANGE}, True),
    ("memory", {"setting": "batch", "value": 512, "suggested": 128, "device": "cuda:0"}, True),
    ("memory", {"setting": "", "value": None, "suggested": None, "device": "cpu"}, False),
    ("disk_full", {"path": "/data/run"}, True),
    ("cannot_write", {"path": "/data/run", "text": "Input/output error"}, True),
    ("error", {"kind": "RuntimeError", "text": "shapes\ndiffer"}, False),
    ("checkpoints_broken", {"path": "/data/run/checkpoints"}, True),
    ("terminated", {}, False),
    ("not_started", {"text": "no such file"}, False),
    ("worker_died", {"worker": 2, "processes": 2, "signal": "SIGKILL"}, True),
    ("worker_failed", {"worker": 1, "processes": 3, "status": 70}, True),
    ("too_few_gpus", {"found": 1, "processes": 2, "name": "X1"}, True),
    ("of_a_newer_nnlab", {}, False),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "values", "helped"), REASONS)
def test_why_a_run_stands_as_it_does_is_one_line(
    language: str, kind: str, values: dict[str, object], helped: bool
) -> None:
    said_in, reason = words(language), Reason(kind, values)  # type: ignore[arg-type]
    text = why(reason, said_in)
    assert "\n" not in text and "run.reason" not in text and "{" not in text
    assert text.startswith(what_happened(reason, said_in)) and bool(remedy(reason, said_in)) == helped
    if values.get("suggested"):
        assert all(str(values[name]) in text for name in ("setting", "value", "suggested"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_finding_says_what_is_wrong_and_what_to_change(language: str) -> None:
    seen = {"first": 2.3, "last": 9.1, "lowest": 1.2, "layer": "C1", "norm": 1e-7, "other": "F6", "other_norm": 1.5}
    seen |= {"train": 0.01, "test": 0.4}
    for kind in ("diverges", "rises", "vanishes", "overfits", "stuck"):
        text = said(Finding(kind, {**seen, "value": 0.5, "suggested": 0.1}, "rate"), words(language))  # type: ignore[arg-type]
        assert "rate" in text and "0.5" in text and "0.1" in text and "{" not in text and "run.finding" not in text
        alone = said(Finding(kind, {**seen, "value": 0.5, "suggested": None}, "rate"), words(language))  # type: ignore[arg-type]
        assert "rate" not in alone and text.startswith(alone)

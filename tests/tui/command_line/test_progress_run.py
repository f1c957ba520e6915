"""`nnlab run summary.progress`: the learner's own record without screens."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.progress import Journal, Opened, Solved

Type = Callable[..., tuple[int, str, str]]


@pytest.fixture
def journals(tmp_path: Path) -> Path:
    """The folder of the journals, where the home of all tests has it."""
    folder = tmp_path / "nnlab-home" / "state" / "progress"
    journal = Journal(folder)
    for exercise in ("flip", "reach"):
        journal.record(Solved(lab="neuron.unit", exercise=exercise, address="neuron.unit", time=1.0, value="0.91"))
    journal.record(Opened(lab="neuron.gates", time=86400.0 * 9 + 1))
    return folder


def test_it_counts_what_was_solved_and_names_what_is_next(nnlab: Type, journals: Path) -> None:
    status, stdout, stderr = nnlab("run", "summary.progress", "rule=begun", "--json")
    assert (status, stderr) == (0, "")
    last = json.loads(stdout.splitlines()[-1])
    assert (last["final"], last["solved"], last["news"]) == (True, 2, [])
    assert [(each["lab"], each["count"]) for each in last["following"]] == [("neuron.unit", 1), ("neuron.gates", 4)]
    unit = next(each for each in last["standing"] if each["lab"] == "neuron.unit")
    assert (unit["solved"], unit["half_life"], unit["since"]) == (2, 8, 9)
    assert unit["recall"] == pytest.approx(2 ** (-9 / 8))


def test_running_it_writes_nothing_into_the_record(nnlab: Type, journals: Path) -> None:
    before = {path.name: path.read_bytes() for path in journals.iterdir()}
    once, again = (nnlab("run", "summary.progress", "view=results", "section=neuron") for _ in range(2))
    assert once == again and "0.91" in once[1]
    assert {path.name: path.read_bytes() for path in journals.iterdir()} == before


def test_a_broken_journal_is_one_sentence_and_what_could_be_read_is_counted(nnlab: Type, journals: Path) -> None:
    (journals / "broken.jsonl").write_bytes(b"\x00\xff\n")
    status, stdout, _ = nnlab("run", "summary.progress", "--json")
    last = json.loads(stdout.splitlines()[-1])
    assert (status, last["solved"], [each["message"] for each in last["news"]]) == (0, 2, ["@notice.progress_broken"])
    (kept,) = journals.glob("broken.jsonl.broken-*")
    assert kept.read_bytes() == b"\x00\xff\n"

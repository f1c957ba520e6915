"""What a report tells: all of the record, the newest runs, and what was lost while it was being told."""

from pathlib import Path

import numpy as np
import pytest
from recorded import HOSTILE, Recorded, answered, kernels

from lessons.progress import Solved
from lessons.summary import gathering
from lessons.summary.gathering import counted, gathered
from lessons.summary.labs.report.settings import ReportSettings
from lessons.summary.run_curves import POINTS, main_curves, other_curves
from lessons.vocabulary.figures import Raster, Tokens


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Recorded:
    made = Recorded(tmp_path)
    made.name(monkeypatch)
    return made


def test_no_record_at_all_is_told_as_such(record: Recorded) -> None:
    found = gathered(ReportSettings())
    assert found.empty and not found.proofs and not found.runs and not found.told
    assert found.solved == 0 and len(found.labs) >= 17


def test_everything_is_told_in_the_order_of_the_lecture(record: Recorded) -> None:
    record.full()
    found = gathered(ReportSettings(samples=9))
    assert [(each.lab, each.known) for each in found.proofs] == [
        ("neuron.unit", True), ("neuron.gates", True), ("gone.lab", False),
    ]  # fmt: skip
    unit, gates, gone = found.proofs
    assert (unit.seed, unit.value, unit.address) == (42, 0.91, "neuron.unit?w1=-0.8")
    assert (gates.hints, gates.shown) == (2, True) and gone.exercise == HOSTILE
    assert found.solved == 2  # what this nnlab doesn't have counts in no lab, and is told all the same
    assert [each.listed.id[-1] for each in found.runs] == ["1", "2", "3", "4"]
    drawn, written = found.runs[0].sample[0], found.runs[3].sample[0]
    assert isinstance(drawn, Raster) and drawn.values.shape == (6, 5, 5) and drawn.high == 1
    assert isinstance(written, Tokens) and written.pieces[0].startswith("First line\n")
    quiz = {each.section: (each.right, len(each.questions)) for each in found.quiz}
    assert quiz["neuron"] == (1, 2) and quiz["language"] == (1, 1) and quiz["convolution"] == (0, 0)
    assert not found.empty


def test_what_is_chosen_is_all_that_stands_in_it(record: Recorded) -> None:
    record.full()
    found = gathered(ReportSettings(first=7, last=5, runs=2, samples=0, curves="none", quiz=False))
    assert {each.name.partition(".")[0] for each in found.labs} == {"convolution", "generative_ai", "language"}
    assert [each.lab for each in found.proofs] == ["gone.lab"]  # of no section, so of any
    assert (len(found.runs), found.older, found.figures, found.quiz) == (2, 2, 0, ())
    assert [each.listed.record.lab for each in gathered(ReportSettings(first=7, last=7)).runs] == ["language.gpt"]


def test_what_is_only_counted_is_what_will_be_drawn(record: Recorded, monkeypatch: pytest.MonkeyPatch) -> None:
    record.full()
    for samples in (0, 1, 9):
        whole = gathered(ReportSettings(samples=samples))
        with monkeypatch.context() as patched:
            patched.setattr(gathering, "sample_of", lambda *_: pytest.fail("drawn"))
            promised = counted(ReportSettings(samples=samples))
        assert promised.figures == whole.figures
        assert [(each.pictures, each.texts) for each in promised.runs] == [
            (each.pictures, each.texts) for each in whole.runs
        ]


def test_a_run_deleted_meanwhile_is_told_as_deleted(record: Recorded, monkeypatch: pytest.MonkeyPatch) -> None:
    record.full()
    listed = gathering.listed

    def then_deleted(folder: Path) -> list:
        found = listed(folder)
        for each in found[1:2]:
            gathering.Run(folder / each.id).delete()
        return found

    monkeypatch.setattr(gathering, "listed", then_deleted)
    found = gathered(ReportSettings())
    assert [each.gone for each in found.runs] == [False, True, False, False]
    assert found.runs[1].listed.record is not None and not found.runs[1].curves


def test_what_is_broken_is_told_in_its_place(record: Recorded) -> None:
    record.full()
    runs = {each.listed.id: each for each in gathered(ReportSettings()).runs}
    assert not any(each.torn or each.sample_problem for each in runs.values())
    first = record.run(0, weights=kernels())
    path = first.weights_path(10)
    path.write_bytes(path.read_bytes()[:-3])
    with first.metrics_path.open("a") as file:
        file.write('{"step": \n')
    newer = record.run(6)
    content = (newer.folder / "run.json").read_text().replace('"format":1', '"format":9')
    (newer.folder / "run.json").write_text(content)
    (record.progress / "broken.jsonl").write_bytes(b'{"event": "solved"\nrubbish\n')
    (record.progress / "newer.jsonl").write_bytes(b'{"event": "flown", "lab": "neuron.unit", "height": 3}\n')
    found = gathered(ReportSettings())
    told = {each.listed.id: each for each in found.runs}
    damaged = told[first.id]
    assert damaged.torn == 1 and damaged.curves and damaged.sample_problem is not None
    assert damaged.sample_problem.values == {"file": path.name}
    assert told[newer.id].listed.problem == "too_new" and not told[newer.id].gone
    assert [each.key for each in found.told] == ["notice.progress_broken", "summary.report.newer"]
    assert found.told[1].values == {"count": "1"}


def test_a_proof_says_whether_its_value_is_a_choice(record: Recorded) -> None:
    record.note(Solved(lab="neuron.unit", exercise="flip", address="neuron.unit", value="falls"))
    record.note(answered("neuron", "xor", right=False), answered("neuron", "xor", right=True))
    found = gathered(ReportSettings())
    assert found.proofs[0].chosen
    question = next(each for each in found.quiz if each.section == "neuron").questions[0]
    assert question.tries == 2 and question.rights == 1


def test_curves_are_thinned_and_lie_within_their_axes() -> None:
    points = [{"step": float(i), "epoch": i / 100, "train_loss": 3.2 - i / 500, "x.y": -float(i)} for i in range(1000)]
    loss, *rest = main_curves(points)
    assert not rest and len(loss.lines[0].x) <= POINTS and loss.y.high == 5.0 and loss.x.high == 9.99
    (other,) = other_curves(points)
    assert other.title == "x.y" and other.y.low <= -999 and np.isfinite(other.lines[0].y).all()
    assert main_curves([]) == () == other_curves([])


def test_what_has_not_changed_is_not_read_again(record: Recorded, monkeypatch: pytest.MonkeyPatch) -> None:
    record.full()
    before = gathered(ReportSettings())
    monkeypatch.setattr(gathering.Metrics, "read", lambda self: pytest.fail("read again"))
    after = gathered(ReportSettings())
    assert [each.curves for each in after.runs] == [each.curves for each in before.runs]

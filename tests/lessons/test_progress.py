"""The record of exercises: distributing, tearing or breaking it loses nothing that could be kept."""

import errno
import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons import progress as module
from lessons.progress import Answered, Count, Event, Hint, Journal, Opened, Progress, Shown, Solved, read

times = st.integers(1, 5).map(float)
labs = st.sampled_from(["neuron.unit", "neuron.gates"])
names = st.sampled_from(["flip", "reach"])
events = st.one_of(
    st.builds(
        Solved,
        lab=labs,
        exercise=names,
        time=times,
        address=st.text(),
        seed=st.none() | st.integers(0, 9),
        value=st.none() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
        shown=st.booleans(),
    ),
    st.builds(Hint, lab=labs, exercise=names, time=times, n=st.integers(1, 3)),
    st.builds(Shown, lab=labs, exercise=names, time=times),
    st.builds(Opened, lab=labs, time=times),
    st.builds(
        Answered,
        lab=st.just("summary.quiz"),
        time=times,
        section=st.sampled_from(["neuron", "language"]),
        question=names,
        right=st.booleans(),
        choice=st.sampled_from(["a", "b"]),
    ),
)


def lines(found: Sequence[Event]) -> bytes:
    return b"".join(msgspec.json.encode(event) + b"\n" for event in found)


@given(
    st.lists(st.tuples(events, st.integers(0, 3))).flatmap(
        lambda found: st.tuples(st.just(found), st.permutations(found))
    )
)
def test_any_distribution_over_files_merges_to_the_same(
    both: tuple[list[tuple[Event, int]], list[tuple[Event, int]]],
) -> None:
    ordered, shuffled = both
    with TemporaryDirectory() as name:
        folder = Path(name)
        for event, file in shuffled:
            with (folder / f"{file}.jsonl").open("ab") as journal:
                journal.write(lines([event]))
        (folder / "again.jsonl").write_bytes(lines([event for event, _ in ordered[:2]]))
        assert read(folder) == (Progress().after(event for event, _ in ordered), [])


@given(st.lists(events, min_size=1, max_size=4), st.data())
def test_a_file_cut_anywhere_loses_at_most_its_last_event(found: list[Event], data: st.DataObject) -> None:
    content = lines(found)
    cut = data.draw(st.integers(0, len(content)))
    kept = content[:cut].count(b"\n")
    with TemporaryDirectory() as name:
        (Path(name) / "a.jsonl").write_bytes(content[:cut])
        seen, notices = read(Path(name))
    assert notices == []
    assert seen in (Progress().after(found[:kept]), Progress().after(found[: kept + 1]))


def test_a_journal_is_read_by_another_process(tmp_path: Path) -> None:
    first, second = Journal(tmp_path, lambda: 5.0), Journal(tmp_path, lambda: 3.0)
    for journal in (first, second):
        proof = Solved(lab="neuron.unit", exercise="reach", address=f"neuron.unit?h={journal.clock()}", seed=1)
        assert journal.record(proof) is None
    assert len(list(tmp_path.iterdir())) == 2
    seen, _ = first.progress()
    assert seen.solved["neuron.unit.reach"].address == "neuron.unit?h=3.0"


def test_a_broken_file_is_set_aside_and_its_readable_events_stay(tmp_path: Path) -> None:
    solved = Solved(lab="neuron.unit", exercise="reach", address="neuron.unit", time=1.0)
    (tmp_path / "a.jsonl").write_bytes(b"\x00\xff garbage\n" + lines([solved]))
    seen, notices = read(tmp_path)
    assert seen.is_solved("neuron.unit", "reach")
    assert [notice.key for notice in notices] == ["notice.progress_broken"]
    assert Path(notices[0].values["path"]).read_bytes().startswith(b"\x00\xff")
    assert read(tmp_path) == (seen, [])


def test_what_a_newer_version_notes_breaks_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(
        b'{"event":"sung","lab":"neuron.unit"}\n{"event":"opened","lab":"neuron.unit","time":2,"mood":"fine"}\n'
    )
    unread = frozenset({b'{"event":"sung","lab":"neuron.unit"}'})
    assert read(tmp_path) == (Progress(opened={"neuron.unit": 2.0}, unread=unread), [])


def test_what_a_newer_version_notes_stays_when_a_broken_file_is_set_aside(tmp_path: Path) -> None:
    line = b'{"event":"sung","lab":"neuron.unit"}'
    more = b'{"event":"opened","lab":"neuron.unit","time":2,"mood":"fine"}'
    (tmp_path / "a.jsonl").write_bytes(b"garbage\n" + line + b"\n" + more + b"\n")
    seen, notices = read(tmp_path)
    assert (seen.unread, len(notices)) == ({line}, 1)
    assert read(tmp_path) == (seen, [])
    (kept,) = tmp_path.glob("*.jsonl")
    assert kept.read_bytes().split(b"\n")[:-1] == [line, more]


def test_a_full_disk_is_a_notice_and_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal(tmp_path)
    write = os.write

    def full(file: int, content: bytes) -> int:
        write(file, content[:10])
        raise OSError(errno.ENOSPC, "no space")

    with monkeypatch.context() as patched:
        patched.setattr(module.os, "write", full)
        notice = journal.record(Hint(lab="neuron.unit", exercise="flip", n=2))
    assert notice is not None and notice.key == "notice.disk_full"
    assert journal.progress()[0].hints == {"neuron.unit.flip": 2}
    assert read(tmp_path) == (Progress(), [])
    assert journal.record(Shown(lab="neuron.unit", exercise="flip")) is None
    seen, notices = read(tmp_path)
    assert (seen.hints, seen.shown, notices) == ({"neuron.unit.flip": 2}, {"neuron.unit.flip"}, [])


def test_counts_never_exceed_the_exercises_that_exist() -> None:
    old = [Solved(lab="neuron.unit", exercise=name, address="", time=1.0) for name in ("flip", "reach", "a", "b")]
    seen = Progress().after(old)
    assert seen.of_lab("neuron.unit") == Count(3, 3)
    assert seen.of_lab("neuron.unit", 5) == Count(4, 5)
    assert seen.of_lab("neuron.gates") == Count(0, 3)


def answer(time: float, *, right: bool, choice: str = "a") -> Answered:
    return Answered(lab="summary.quiz", time=time, section="neuron", question="and_table", right=right, choice=choice)


def test_answers_of_a_question_are_counted_once_each_and_the_latest_is_the_last() -> None:
    told = [answer(3.0, right=True), answer(1.0, right=False, choice="b"), answer(2.0, right=True)]
    seen = Progress().after(told).after(told[:2]).answered["neuron.and_table"]
    assert (seen.tries, seen.right, seen.last) == (3, 2, told[0])
    missed = Progress().after([*told, answer(4.0, right=False)]).answered["neuron.and_table"]
    assert (missed.tries, missed.right, missed.last.right) == (4, 2, False)


def test_an_older_version_skips_the_answers_of_a_newer_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Opened(lab="neuron.unit", time=2.0)
    content = lines([answer(1.0, right=True), opened])
    (tmp_path / "a.jsonl").write_bytes(content)
    monkeypatch.setattr(module, "_decode", msgspec.json.Decoder(Solved | Hint | Shown | Opened).decode)
    seen, notices = read(tmp_path)
    assert (seen.opened, seen.answered, len(seen.unread), notices) == ({"neuron.unit": 2.0}, {}, 1, [])
    assert (tmp_path / "a.jsonl").read_bytes() == content

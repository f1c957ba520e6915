"""Where the learner was, with two copies of nnlab at once."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.store import state as module
from tui.store.places import Places
from tui.store.state import HISTORY, LabState, State, load, merge, save, state_path

lab_states = st.builds(
    LabState,
    address=st.sampled_from(["a", "b"]),
    time=st.integers(0, 2).map(float),
    exercise=st.integers(0, 1),
)
states = st.builds(State, labs=st.dictionaries(st.sampled_from(["neuron.unit", "neuron.gates"]), lab_states))


def left(address: str, time: float) -> LabState:
    return LabState(address=address, time=time)


@given(states, states, states)
def test_merging_is_blind_to_order_and_repetition(one: State, two: State, three: State) -> None:
    assert merge(one, two) == merge(two, one)
    assert merge(merge(one, two), three) == merge(one, merge(two, three))
    assert merge(one, one) == one


def test_two_copies_keep_each_others_labs(places: Places) -> None:
    first = State().left("neuron.unit", left("neuron.unit?h=1", 1)).left("neuron.gates", left("old", 1))
    second = State().left("neuron.gates", left("neuron.gates?w1=2", 2))
    save(first, places)
    merged, notices = save(second, places)
    assert notices == [] and load(places) == (merged, [])
    assert merged.labs["neuron.unit"].address == "neuron.unit?h=1"
    assert merged.labs["neuron.gates"].address == "neuron.gates?w1=2" and merged.last == "neuron.gates"


def test_a_copy_that_writes_at_the_same_moment_is_not_lost(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = module.replace
    other = State().left("neuron.unit", left("neuron.unit?h=1", 1))

    def interrupted(path: Path, content: bytes) -> None:
        monkeypatch.setattr(module, "replace", replace)
        replace(path, content)
        module.replace(path, module.msgspec.json.encode(other))  # it had read before we wrote

    monkeypatch.setattr(module, "replace", interrupted)
    save(State().left("neuron.gates", left("neuron.gates", 2)), places)
    assert load(places)[0].labs.keys() == {"neuron.unit", "neuron.gates"}


def test_history_is_bounded() -> None:
    long = tuple(f"neuron.unit?h={number}" for number in range(HISTORY + 20))
    kept = State().left("neuron.unit", LabState(address="x", time=1, undo=long)).labs["neuron.unit"].undo
    assert kept == long[-HISTORY:]


def test_a_broken_file_is_kept_aside(places: Places) -> None:
    places.state.mkdir(parents=True)
    state_path(places).write_text('{"labs": 3}')
    found, notices = load(places)
    assert found == State() and notices[0].key == "notice.state_broken"
    assert Path(notices[0].values["path"]).read_text() == '{"labs": 3}'


def test_a_file_that_can_not_be_read_is_not_written_over(places: Places) -> None:
    state_path(places).mkdir(parents=True)
    kept, notices = save(State().left("neuron.unit", left("neuron.unit", 1)), places)
    assert notices and state_path(places).is_dir() and kept.last == "neuron.unit"


def test_what_a_newer_version_has_written_stays(places: Places) -> None:
    newer = b'{"labs": {"neuron.unit": {"address": "neuron.unit?h=1", "time": 1, "mood": "calm"}, '
    newer += b'"space.flight": {"address": "space.flight?u=3", "time": 1}}, "since": 7}'
    state_path(places).parent.mkdir(parents=True)
    state_path(places).write_bytes(newer)
    present, notices = load(places)
    assert notices == [] and present.labs["neuron.unit"].address == "neuron.unit?h=1"
    save(present.left("neuron.unit", left("neuron.unit?h=2", 2)).left("neuron.gates", left("neuron.gates", 2)), places)
    written = module.msgspec.json.decode(state_path(places).read_bytes())
    assert written["since"] == 7 and written["labs"]["neuron.unit"]["mood"] == "calm"
    assert written["labs"]["neuron.unit"]["address"] == "neuron.unit?h=2"
    assert written["labs"]["space.flight"]["address"] == "space.flight?u=3" and "neuron.gates" in written["labs"]


def test_what_an_older_version_has_written_is_read(places: Places) -> None:
    state_path(places).parent.mkdir(parents=True)
    state_path(places).write_bytes(b'{"labs": {"neuron.unit": {"address": "neuron.unit?h=1", "time": 1}}}')
    present, notices = load(places)
    assert notices == [] and present.labs["neuron.unit"] == LabState(address="neuron.unit?h=1", time=1.0)

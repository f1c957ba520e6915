"""Where the learner was: each lab's settings, exercise and undo history, kept as `state.json`.

Two copies of nnlab may run at once. What is in the file is merged with what is saved, lab by lab: the newer
moment stays.
"""

from pathlib import Path
from typing import Any

import msgspec

from lessons.notice import Notice, failure
from tui.store.files import replace, set_aside
from tui.store.places import Places

HISTORY = 50
"""Settings that undo remembers of a lab, and redo too."""

ATTEMPTS = 5
"""Times that saving looks whether another copy has written at the same moment."""

BROKEN = "notice.state_broken"


class LabState(msgspec.Struct, frozen=True, kw_only=True):
    """One lab as the learner left it."""

    address: str
    """Its settings as a lab address."""

    time: float
    """When it was left so, seconds since 1970."""

    exercise: int = 0
    """Number of the exercise in hand, from 0."""

    hints: int = 0
    """Hints of that exercise which are open."""

    undo: tuple[str, ...] = ()
    """Addresses before this one, the latest last."""

    redo: tuple[str, ...] = ()
    """Addresses taken back, the next one last."""


class State(msgspec.Struct, frozen=True, kw_only=True):
    """Where the learner was, in all labs."""

    labs: dict[str, LabState] = {}
    """By full name."""

    @property
    def last(self) -> str | None:
        """The lab that was touched last."""
        return max(self.labs, key=lambda name: (self.labs[name].time, name), default=None)

    def left(self, lab: str, left: LabState) -> "State":
        """Keep how a lab was left, its history cut to `HISTORY`."""
        bounded = msgspec.structs.replace(left, undo=left.undo[-HISTORY:], redo=left.redo[-HISTORY:])
        return State(labs=self.labs | {lab: bounded})


def merge(one: State, other: State) -> State:
    """Take each lab from where it is newer; the order of the two makes no difference."""
    names = sorted(one.labs.keys() | other.labs.keys())
    found = {name: [state.labs[name] for state in (one, other) if name in state.labs] for name in names}
    return State(labs={name: max(states, key=_newest) for name, states in found.items()})


def _newest(state: LabState) -> tuple[float, bytes]:
    """Order by time; a tie is broken by the content, alike in every process."""
    return state.time, msgspec.json.encode(state)


def state_path(places: Places) -> Path:
    """Name the file."""
    return places.state / "state.json"


def load(places: Places) -> tuple[State, list[Notice]]:
    """Read where the learner was; a broken file is kept aside, and a notice says where."""
    path = state_path(places)
    try:
        return msgspec.json.decode(path.read_bytes(), type=State), []
    except FileNotFoundError:
        return State(), []
    except OSError as error:
        return State(), [failure(error, path)]
    except (msgspec.DecodeError, UnicodeDecodeError):
        kept = set_aside(path)
        notice = kept if isinstance(kept, Notice) else Notice(BROKEN, {"path": str(kept)})
        return State(), [notice]


def save(state: State, places: Places) -> tuple[State, list[Notice]]:
    """Merge with the file and write it; returns all labs, those of other copies too.

    Another copy may write between the reading and the writing, so that the file is read once more and, if it
    lacks something, written again.
    """
    notices: list[Notice] = []
    for _ in range(ATTEMPTS):
        present, found = load(places)
        notices += found
        if any(notice.key != BROKEN for notice in found):
            return state, notices  # what can't be read must not be written over
        state = merge(present, state)
        if state == present:
            break
        if unwritten := replace(state_path(places), _written(state, state_path(places))):
            return state, [*notices, unwritten]
    return state, notices


def _written(state: State, path: Path) -> bytes:
    """Write the state, and beside it what a newer version has written there."""
    try:
        raw = msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
        there = msgspec.convert(raw.get("labs", {}), dict[str, dict[str, Any]])
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        raw, there = {}, {}
    known = State.__struct_fields__, LabState.__struct_fields__
    whole = {name: value for name, value in raw.items() if name not in known[0]}
    labs = {
        name: {other: value for other, value in there.get(name, {}).items() if other not in known[1]}
        | msgspec.to_builtins(lab)
        for name, lab in state.labs.items()
    }
    return msgspec.json.encode(whole | {"labs": labs})

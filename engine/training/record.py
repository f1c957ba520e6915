"""What a run's folder says: what was asked for, how it stands, who owns it. Plain data, light to import."""

import re
from typing import Any, Literal

import msgspec

FORMAT = 1
"""Version of the folder's format; a newer one is refused."""

State = Literal["queued", "running", "paused", "stopped", "finished", "failed", "interrupted"]
ALIVE: tuple[State, ...] = ("queued", "running", "paused")
"""States in which a process belongs to the run; without one it is interrupted."""

ID = re.compile(r"[a-z0-9_]{1,40}-[a-z0-9]{6}")
"""What a run's name in the file system looks like: `lenet5-k3f9qa`."""


class RunRecord(msgspec.Struct, frozen=True, kw_only=True):
    """`run.json`: what was asked for; it changes only by renaming."""

    format: int = FORMAT
    id: str
    lab: str
    """Full name, `convolution.lenet5`."""

    name: str = ""
    """What the learner calls it; empty for a name made of what differs from the defaults."""

    settings: dict[str, Any]
    """The lab's settings that differ from their defaults, as plain data."""

    whole: dict[str, Any] = {}
    """All of the training's settings, defaults included, for whoever does not know the lab."""

    function: str
    """Dotted name of what makes the training, `package.module:function`, called with (settings, device)."""

    seed: int | None = None
    created: float
    """Seconds since 1970."""

    threads: int
    """Threads that it computes with on the processor, the same after every resume."""

    processes: int = 1
    """Processes that train together, which share these threads, or have a GPU each."""

    versions: dict[str, str] = {}
    """Of nnlab, python, torch and numpy."""

    device: str = ""
    """Device asked for (`cpu`, `cuda`, …); empty for the fastest there is."""

    parent: str = ""
    """The run from whose last checkpoint it goes on with other settings; empty for one from the start."""

    queue: str = ""
    """Folder in which it waited for its turn."""

    at_once: int = 0
    """How many were to compute at the same time, unless the queue itself says it; 0 where nobody knows."""


class Reason(msgspec.Struct, frozen=True):
    """Why a run stands as it does; the screens say it by the message `run.reason.<kind>`."""

    kind: str
    values: dict[str, Any] = {}


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """`status.json`: how a run stands; rewritten in place about twice a second."""

    state: State = "queued"
    step: int = 0
    """Optimizer steps done."""

    epoch: float = 0.0
    examples: int = 0
    progress: float = 0.0
    """Share of the whole training, 0…1."""

    values: dict[str, float] = {}
    """Last value of each curve."""

    facts: dict[str, float] = {}
    """Numbers of the whole training, `parameters` among them."""

    seconds: float = 0.0
    """Time spent training, pauses left out."""

    images_per_second: float | None = None
    seconds_left: float | None = None
    device: str = ""
    """What computes, `cpu` or `cuda:0`."""

    device_name: str = ""
    """Its model."""

    reason: Reason | None = None
    pid: int = 0
    host: str = ""
    time: float = 0.0
    """When this was written, seconds since 1970: the heartbeat."""


class Owner(msgspec.Struct, frozen=True, kw_only=True):
    """`owner.lock`: the process that alone may write, which also holds the file locked."""

    host: str
    boot: str
    """The machine's boot id, empty where it has none."""

    pid: int
    started: str
    """When the process was started, as the system writes it: a number may be given to another process later."""


class Command(msgspec.Struct, frozen=True):
    """`command.json`: what is wanted of a run."""

    want: Literal["run", "pause", "stop"] = "run"


class RunProblem(Exception):
    """A run that can't be used as asked; `kind` names the message `run.problem.<kind>`, `values` fills it."""

    def __init__(self, kind: str, **values: Any) -> None:
        super().__init__(f"{kind}: {values}")
        self.kind = kind
        self.values = values


def too_new(identity: str, format_: int) -> RunProblem:
    """Make the problem of a run that a newer nnlab has written."""
    return RunProblem("too_new", id=identity, format=format_, known=FORMAT)


def read_record(identity: str, content: bytes) -> RunRecord:
    """Read `run.json`. Raises RunProblem `too_new` or `unreadable`."""
    try:
        plain = msgspec.json.decode(content)
        if isinstance(plain, dict) and isinstance(plain.get("format"), int) and plain["format"] > FORMAT:
            raise too_new(identity, plain["format"])
        return msgspec.convert(plain, RunRecord)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise RunProblem("unreadable", id=identity, file="run.json") from None

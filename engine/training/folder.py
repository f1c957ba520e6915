"""A run's folder, the only interface to a run: for the screens, the command line, a colleague, and its own process.

    run.json        what was asked for            command.json    what is wanted of it: run, pause, stop
    status.json     how it stands (heartbeat)     owner.lock      the process that alone writes
    metrics.jsonl   the curves, a line a point    log.txt         what the process printed
    checkpoints/    weights-<step>: to look into; resume-<step>: all that is needed to go on

`status.json`, `command.json` and `owner.lock` have their full size from the start, so that they can be written on a
full disk.
"""

import os
import random
import shutil
import string
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from engine import writing
from engine.training import ownership
from engine.training.record import ALIVE, ID, Command, Reason, RunProblem, RunRecord, Status, read_record

STATUS_SIZE, COMMAND_SIZE = 8192, 128
SILENT = 10.0
"""Seconds without a heartbeat after which a run that is alive is asked whether it can still write."""

LITTLE = 2**20
"""Free bytes under which a disk counts as full."""


def root(environ: Mapping[str, str] | None = None) -> Path:
    """The folder of all runs, which NNLAB_RUNS names. Raises KeyError where it is not set."""
    return Path((os.environ if environ is None else environ)["NNLAB_RUNS"])


@dataclass(frozen=True)
class Run:
    """One run's folder; every property reads what is there now."""

    folder: Path

    @property
    def id(self) -> str:
        """Its name in the file system."""
        return self.folder.name

    @property
    def metrics_path(self) -> Path:
        """The curves."""
        return self.folder / "metrics.jsonl"

    @property
    def checkpoints(self) -> Path:
        """Folder of the checkpoints."""
        return self.folder / "checkpoints"

    @property
    def log_path(self) -> Path:
        """What its process has printed."""
        return self.folder / "log.txt"

    @property
    def lock_path(self) -> Path:
        """What its process holds locked."""
        return self.folder / "owner.lock"

    def record(self) -> RunRecord:
        """What was asked for. Raises RunProblem `missing`, `unreadable` or `too_new`."""
        try:
            return read_record(self.id, (self.folder / "run.json").read_bytes())
        except FileNotFoundError:
            raise RunProblem("missing", id=self.id) from None
        except OSError:
            raise RunProblem("unreadable", id=self.id, file="run.json") from None

    def written_status(self) -> Status:
        """How it stood when its process last wrote. Raises RunProblem `unreadable`."""
        path = self.folder / "status.json"
        for attempt in range(5):
            try:
                return msgspec.json.decode(path.read_bytes(), type=Status)
            except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
                if attempt < 4:
                    time.sleep(0.01)  # its process may just be writing it
        raise RunProblem("unreadable", id=self.id, file="status.json")

    def alive(self) -> bool:
        """Tell whether its process is there."""
        try:
            return ownership.is_alive(self.lock_path, self.written_status())
        except RunProblem:
            return ownership.is_alive(self.lock_path, Status())

    def status(self) -> Status:
        """How it stands: interrupted where its process is gone, and why it is silent where that can be seen.

        Raises RunProblem `unreadable`.
        """
        status = self.written_status()
        if status.state not in ALIVE:
            return status
        if not ownership.is_alive(self.lock_path, status):
            if status.state == "queued" and not status.pid and time.time() - status.time < ownership.SILENCE:
                return status  # its process is just being started
            return msgspec.structs.replace(status, state="interrupted", seconds_left=None)
        if status.state == "running" and time.time() - status.time > SILENT:
            with suppress(OSError):
                if shutil.disk_usage(self.folder).free < LITTLE:
                    reason = Reason("disk_full", {"path": str(self.folder)})
                    return msgspec.structs.replace(status, state="paused", reason=reason, seconds_left=None)
        return status

    def write_status(self, status: Status) -> None:
        """Write how it stands; only its own process does, and whoever makes it. Raises OSError."""
        content = msgspec.json.encode(status)
        if len(content) >= STATUS_SIZE:  # more curves than fit: they stand in metrics.jsonl
            content = msgspec.json.encode(msgspec.structs.replace(status, values={}))
        writing.overwrite(self.folder / "status.json", content, STATUS_SIZE)

    def command(self) -> Command:
        """What is wanted of it; to run where nothing readable is written."""
        try:
            return msgspec.json.decode((self.folder / "command.json").read_bytes(), type=Command)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return Command()

    def want(self, command: Command) -> None:
        """Say what is wanted of it. Raises OSError."""
        writing.overwrite(self.folder / "command.json", msgspec.json.encode(command), COMMAND_SIZE)

    def rename(self, name: str) -> None:
        """Call it otherwise. Raises OSError, RunProblem."""
        record = msgspec.structs.replace(self.record(), name=name.strip())
        writing.replace(self.folder / "run.json", msgspec.json.encode(record))

    def share(self, processes: int) -> None:
        """Have so many processes train it from now on; its settings say so too. Raises OSError, RunProblem."""
        record = self.record()
        settings = {name: value for name, value in record.settings.items() if name != "processes"}
        if processes > 1:
            settings["processes"] = processes
        whole = record.whole | ({"processes": processes} if record.whole else {})
        changed = msgspec.structs.replace(record, processes=processes, settings=settings, whole=whole)
        writing.replace(self.folder / "run.json", msgspec.json.encode(changed))

    def delete(self) -> None:
        """Remove the folder. Raises RunProblem `alive` while its process is there, OSError."""
        if self.alive():
            raise RunProblem("alive", id=self.id)
        gone = self.folder.with_name(f".{self.id}.deleted")  # at once out of every list, even if removing takes time
        self.folder.rename(gone)
        shutil.rmtree(gone)

    def size(self) -> int:
        """Bytes that the folder takes."""
        total = 0
        for path in self.folder.rglob("*"):
            with suppress(OSError):
                total += path.stat().st_size
        return total

    def weights_steps(self) -> list[int]:
        """Steps whose weights are kept, in their order."""
        return _steps(self.checkpoints, "weights")

    def weights_path(self, step: int) -> Path:
        """Where the weights of a step are kept."""
        return self.checkpoints / f"weights-{step:09d}.safetensors"

    def resume_steps(self) -> list[int]:
        """Steps from which it can go on, in their order."""
        return _steps(self.checkpoints, "resume")

    def resume_path(self, step: int) -> Path:
        """Where all that is needed to go on from a step is kept."""
        return self.checkpoints / f"resume-{step:09d}.safetensors"


def _steps(folder: Path, kind: str) -> list[int]:
    names = (path.stem.partition("-") for path in folder.glob(f"{kind}-*.safetensors"))
    return sorted(int(number) for _, _, number in names if number.isdigit())


def create(
    runs: Path,
    *,
    lab: str,
    settings: dict[str, Any],
    function: str,
    threads: int,
    processes: int = 1,
    seed: int | None = None,
    name: str = "",
    device: str = "",
    versions: dict[str, str] | None = None,
    parent: Run | None = None,
    whole: dict[str, Any] | None = None,
    queue: str = "",
    at_once: int = 0,
) -> Run:
    """Make a run's folder, queued and not yet started. Raises OSError.

    With a parent it begins with its last checkpoint and the curves up to there. Raises RunProblem `no_checkpoint`.
    """
    runs.mkdir(mode=0o700, parents=True, exist_ok=True)
    short = lab.rpartition(".")[2]
    while True:
        run = Run(
            runs / f"{short}-{''.join(random.SystemRandom().choices(string.ascii_lowercase + string.digits, k=6))}"
        )
        try:
            run.folder.mkdir(mode=0o700)
            break
        except FileExistsError:
            continue
    try:
        run.checkpoints.mkdir(mode=0o700)
        if parent is not None:
            _inherit(run, parent)
        now = time.time()
        run.write_status(Status(time=now))
        run.want(Command())
        writing.overwrite(run.lock_path, b"", ownership.SIZE)
        record = RunRecord(
            id=run.id,
            lab=lab,
            name=name,
            settings=settings,
            whole=whole or {},
            function=function,
            seed=seed,
            created=now,
            threads=threads,
            processes=processes,
            versions=versions or {},
            device=device,
            parent=parent.id if parent else "",
            queue=queue,
            at_once=at_once,
        )
        writing.replace(run.folder / "run.json", msgspec.json.encode(record))
    except BaseException:
        shutil.rmtree(run.folder, ignore_errors=True)
        raise
    return run


def _inherit(run: Run, parent: Run) -> None:
    steps = parent.resume_steps()
    if not steps:
        raise RunProblem("no_checkpoint", id=parent.id)
    for step in steps:  # the last one may be damaged
        shutil.copyfile(parent.resume_path(step), run.resume_path(step))
    for step in parent.weights_steps():
        if step <= steps[-1]:
            shutil.copyfile(parent.weights_path(step), run.weights_path(step))
    with suppress(FileNotFoundError):
        shutil.copyfile(parent.metrics_path, run.metrics_path)  # its worker cuts it to the checkpoint


def find(runs: Path, name: str) -> Run:
    """Find a run by its id, a unique beginning or the last letters of it. Raises RunProblem `unknown`, `several`."""
    fitting = [each for each in _folders(runs) if each.name == name]
    if not fitting and name:
        fitting = [each for each in _folders(runs) if each.name.startswith(name) or each.name.endswith(name)]
    if not fitting:
        raise RunProblem("unknown", id=name)
    if len(fitting) > 1:
        raise RunProblem("several", id=name, ids=", ".join(sorted(each.name for each in fitting)[:4]))
    return Run(fitting[0])


def _folders(runs: Path) -> Iterator[Path]:
    with suppress(FileNotFoundError), os.scandir(runs) as entries:
        for entry in entries:
            if ID.fullmatch(entry.name) and entry.is_dir():
                yield Path(entry.path)


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A run as a list shows it: all of it, or what is wrong with it."""

    id: str
    record: RunRecord | None = None
    status: Status | None = None
    problem: str = ""
    """Kind of the RunProblem that reading it raised."""

    values: dict[str, Any] = {}
    """What fills the problem's message."""


def listed(runs: Path) -> list[Listed]:
    """Read all runs, the newest first; one that can't be read is there with what is wrong with it."""
    return newest_first(read(Run(folder)) for folder in _folders(runs))


def newest_first(found: Iterable[Listed]) -> list[Listed]:
    """Sort runs; those whose record can't be read come last."""
    return sorted(found, key=lambda each: (each.record.created if each.record else 0.0, each.id), reverse=True)


def read(run: Run) -> Listed:
    """Read one run for a list; what is wrong with it is told, not raised."""
    record = None
    try:
        record = run.record()
        return Listed(id=run.id, record=record, status=run.status())
    except RunProblem as problem:
        return Listed(id=run.id, record=record, problem=problem.kind, values=problem.values)

"""The learner's record of exercises: each process notes it in its own file, and reading merges all files.

A home may lie on NFS and two copies of nnlab may run at once, so that no file is ever shared by two writers
and nothing is locked. A file is a journal: one JSON event a line, appended and synced. Merging is blind to
order and repetition: any distribution of the events over files gives the same progress.
"""

import os
import platform
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from lessons.notice import Notice, failure

EXERCISES = 3
"""Exercises of a lab whose section says nothing else."""

SUFFIX = ".jsonl"


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="event"):
    """Something that happened in a lab."""

    lab: str
    """Full name, `neuron.unit`."""

    time: float = 0.0
    """Seconds since 1970; 0 is set to now when it is recorded."""


class Solved(Event, frozen=True, tag="solved"):
    """An exercise was solved, with the proof that can be opened and checked again."""

    exercise: str
    address: str
    """Lab address of the solving settings."""

    seed: int | None = None
    value: float | str | None = None
    """What was reached, or the answer that was given."""

    shown: bool = False
    """Whether the solution had been shown before."""


class Hint(Event, frozen=True, tag="hint"):
    """A hint was taken: the n-th, from 1."""

    exercise: str
    n: int


class Shown(Event, frozen=True, tag="shown"):
    """The solution of an exercise was shown."""

    exercise: str


class Opened(Event, frozen=True, tag="opened"):
    """A lab was opened."""


class Answered(Event, frozen=True, tag="answered"):
    """A question of the quiz was answered; its `lab` is `summary.quiz`."""

    section: str
    """The section that the question is about, `neuron`."""

    question: str
    """The question's name within its section."""

    right: bool
    choice: str
    """The answer that was chosen, by its name."""


Known = Solved | Hint | Shown | Opened | Answered


class Unread(msgspec.Struct, frozen=True):
    """A line that this version does not understand: a newer nnlab has noted it, and will read it again."""

    line: bytes


_decode = msgspec.json.Decoder(Known).decode


class Count(msgspec.Struct, frozen=True):
    """How many of how many."""

    done: int
    total: int


class Answers(msgspec.Struct, frozen=True):
    """All answers to one question of the quiz."""

    events: tuple[Answered, ...]
    """From the earliest to the latest, each once, at least one."""

    @property
    def last(self) -> Answered:
        """The latest answer."""
        return self.events[-1]

    @property
    def tries(self) -> int:
        """How often it was answered."""
        return len(self.events)

    @property
    def right(self) -> int:
        """How often it was answered rightly."""
        return sum(event.right for event in self.events)

    def after(self, event: Answered) -> "Answers":
        """Add an answer at its time; one that is known already is not counted twice."""
        return Answers(tuple(sorted({*self.events, event}, key=_first)))


def root(environ: Mapping[str, str] | None = None) -> Path | None:
    """The folder of all journals, which NNLAB_PROGRESS names; None where it is not set."""
    folder = (os.environ if environ is None else environ).get("NNLAB_PROGRESS")
    return Path(folder) if folder else None


def _full(lab: str, exercise: str) -> str:
    return f"{lab}.{exercise}"


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """What all journals say together; exercises are named in full, `neuron.unit.reach`."""

    solved: dict[str, Solved] = {}
    """First proof of each solved exercise."""

    hints: dict[str, int] = {}
    """Hints taken of each exercise, the greatest number."""

    shown: frozenset[str] = frozenset()
    """Exercises whose solution has been shown."""

    opened: dict[str, float] = {}
    """When each lab was last opened, seconds since 1970."""

    answered: dict[str, Answers] = {}
    """Answers to each question of the quiz, `neuron.and_table`."""

    unread: frozenset[bytes] = frozenset()
    """What a newer nnlab has noted and this one does not understand."""

    def after(self, events: Iterable[Event | Unread]) -> "Progress":
        """Add events; their order and repetitions make no difference."""
        solved, hints, shown, opened = dict(self.solved), dict(self.hints), set(self.shown), dict(self.opened)
        answered, unread = dict(self.answered), set(self.unread)
        for event in events:
            if isinstance(event, Solved):
                name = _full(event.lab, event.exercise)
                solved[name] = min(solved.get(name, event), event, key=_first)
            elif isinstance(event, Hint):
                name = _full(event.lab, event.exercise)
                hints[name] = max(hints.get(name, 0), event.n)
            elif isinstance(event, Shown):
                shown.add(_full(event.lab, event.exercise))
            elif isinstance(event, Opened):
                opened[event.lab] = max(opened.get(event.lab, 0.0), event.time)
            elif isinstance(event, Answered):
                name = _full(event.section, event.question)
                answered[name] = answered.get(name, Answers(())).after(event)
            elif isinstance(event, Unread):
                unread.add(event.line)
        return Progress(
            solved=solved,
            hints=hints,
            shown=frozenset(shown),
            opened=opened,
            answered=answered,
            unread=frozenset(unread),
        )

    def is_solved(self, lab: str, exercise: str) -> bool:
        """Tell whether an exercise has a proof."""
        return _full(lab, exercise) in self.solved

    def of_lab(self, lab: str, total: int = EXERCISES) -> Count:
        """Count a lab's solved exercises out of `total`; names that the lab no longer has count at most that far."""
        recorded = sum(name.rpartition(".")[0] == lab for name in self.solved)
        return Count(min(recorded, total), total)


def _first(event: Event) -> tuple[float, bytes]:
    """Order events by their time; a tie is broken by their content, alike in every process."""
    return event.time, msgspec.json.encode(event)


class Journal:
    """This process's own journal in the folder of all."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self.folder = folder
        self.clock = clock
        self.path = _own_path(folder)
        self.unsaved: list[Event] = []
        """Events that could not be written yet, on a full disk say; each later record tries again."""

    def record(self, event: Event) -> Notice | None:
        """Append an event and sync it; returns why it is kept in memory only, if it is."""
        self.unsaved.append(event if event.time else msgspec.structs.replace(event, time=self.clock()))
        return self.save()

    def save(self) -> Notice | None:
        """Write what is not written yet."""
        if not self.unsaved:
            return None
        try:
            _append(self.path, map(msgspec.json.encode, self.unsaved))
        except OSError as error:
            self.path, failed = (
                _own_path(self.folder),
                self.path,
            )  # a torn line stays the last one of its file
            return failure(error, failed)
        self.unsaved = []
        return None

    def progress(self) -> tuple[Progress, list[Notice]]:
        """Merge all journals and what is kept in memory; the notices name journals that were broken."""
        merged, notices = read(self.folder)
        return merged.after(self.unsaved), notices


def _own_path(folder: Path) -> Path:
    host = "".join(letter if letter.isalnum() else "_" for letter in platform.node()) or "host"
    return folder / f"{host}-{os.getpid()}-{time.time_ns() // 10**6}-{os.urandom(4).hex()}{SUFFIX}"


def _append(path: Path, lines: Iterable[bytes]) -> None:
    """Append the lines and sync; opened each time, so that a journal that was set aside begins anew."""
    content = b"".join(line + b"\n" for line in lines)
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(file).st_size
        try:
            left = content
            while left:
                left = left[os.write(file, left) :]
            os.fsync(file)
        except OSError:
            os.ftruncate(file, size)
            raise
    finally:
        os.close(file)


def read(folder: Path) -> tuple[Progress, list[Notice]]:
    """Merge all journals of a folder; a broken one is kept under another name, and a notice says which."""
    merged, notices = Progress(), []
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == SUFFIX)
    except FileNotFoundError:
        return merged, []
    except OSError as error:
        return merged, [failure(error, folder)]
    for path in paths:
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            continue  # another copy has just set it aside
        except OSError as error:
            notices.append(failure(error, path))
            continue
        lines, whole = _lines(content)
        merged = merged.after(event for _, event in lines)
        if not whole:
            notices.append(_set_aside(path, [line for line, _ in lines]))
    return merged, notices


def _lines(content: bytes) -> tuple[list[tuple[bytes, Event | Unread]], bool]:
    """Read a journal's events, each with the line it stands in; tell whether nothing but the last line is torn."""
    lines = content.split(b"\n")
    read_: list[tuple[bytes, Event | Unread]] = []
    whole = True
    for index, line in enumerate(lines):
        try:
            read_ += ((line, event) for event in _event(line))
        except (msgspec.DecodeError, UnicodeDecodeError):
            whole = whole and index == len(lines) - 1
    return read_, whole


def _event(line: bytes) -> Iterator[Event | Unread]:
    """Read one line; an event of a kind or shape that this version does not know is kept unread."""
    if line:
        try:
            yield _decode(line)
        except msgspec.ValidationError:
            if not isinstance(msgspec.json.decode(line), dict):
                raise
            yield Unread(line)


def _set_aside(path: Path, lines: list[bytes]) -> Notice:
    """Rename a broken journal, after its readable lines were written to a new one as they stand: a newer nnlab may
    have noted more in them than is read here.
    """
    try:
        if lines:
            _append(_own_path(path.parent), lines)
        kept = path.with_name(f"{path.name}.broken-{os.urandom(2).hex()}")
        path.rename(kept)
    except FileNotFoundError:
        return Notice("notice.progress_broken", {"path": str(path), "events": str(len(lines))})
    except OSError as error:
        return failure(error, path)
    return Notice("notice.progress_broken", {"path": str(kept), "events": str(len(lines))})

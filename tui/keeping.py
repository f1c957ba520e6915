"""What the program keeps of the learner: preferences, where they were in each lab, and what they have solved.

Glue between the sessions on the screen and the files of `tui.store` and `lessons.progress`.
"""

import time
from typing import TYPE_CHECKING, Any

from lessons import catalogue
from lessons.address import AddressError, address_of, parse
from lessons.notice import FAILURES, Notice
from lessons.progress import Answered, Count, Hint, Journal, Opened, Progress, Shown, Solved, read
from lessons.vocabulary.section import Section
from lessons.vocabulary.settings import SettingError, Settings, settings_from
from tui.store import preferences as preferences_file
from tui.store import state as state_file
from tui.store.places import Places
from tui.store.state import LabState

if TYPE_CHECKING:  # both bring NumPy, which the first paint does not wait for
    from lessons.vocabulary.exercise import Moment
    from tui.session import LabSession

QUIZ = "summary.quiz"
"""The lab whose questions are answered."""


class Keeping:
    """Loaded once at the start; `notices` are what went wrong and has not been told yet."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.notices: list[Notice] = []
        self.unkept: Notice | None = None
        """Why what was done last is in memory only, if it is."""

        self._failing: set[str] = set()
        """Kinds of failures that have been told since writing last succeeded."""

        self.preferences, told = preferences_file.load(places)
        self.notices += told
        self.state, told = state_file.load(places)
        self.notices += told
        self._written = self.state
        self.progress: Progress
        self.progress, told = read(places.progress)
        self.notices += told
        self.journal = Journal(places.progress)
        self._kept: dict[str, tuple[Settings, list[Settings], int, int, int]] = {}
        """How each lab stood when it was noted last."""

    def _note(self, notice: Notice | None) -> None:
        if notice is not None:
            self.notices.append(notice)

    def news(self) -> list[Notice]:
        """Take what has gone wrong and has not been told yet; a disk that stays full is told once."""
        found, self.notices = self.notices, []
        news = []
        for notice in found:
            if notice.key not in self._failing:
                news.append(notice)
            if notice.key in FAILURES:
                self._failing.add(notice.key)
        return news

    def prefer(self, **changed: Any) -> None:
        """Take preferences and write them."""
        self.preferences, told = preferences_file.change(self.places, **changed)
        self.notices += told

    # Where the learner was

    def restore(self, session: "LabSession") -> None:
        """Bring a lab to where the learner left it; what can't be any more is left out."""
        left = self.state.labs.get(session.lab.name)
        for state, exercise in zip(session.attempt.states, session.lab.exercises, strict=True):
            state.solved = self.progress.is_solved(session.lab.name, exercise.name)
            state.hints = self.progress.hints.get(f"{session.lab.name}.{exercise.name}", 0)
            state.shown = f"{session.lab.name}.{exercise.name}" in self.progress.shown
        if left is None:
            return
        settings = self._settings(session, left.address)
        if settings is not None:
            session.settings = settings
        session.past = [each for each in (self._settings(session, text) for text in left.undo) if each is not None]
        session.future = [each for each in (self._settings(session, text) for text in left.redo) if each is not None]
        session.attempt.choose(left.exercise)

    def _settings(self, session: "LabSession", address: str) -> Settings | None:
        try:
            return settings_from(session.lab.settings, parse(address).values)
        except (AddressError, SettingError):
            return None

    def keep(self, session: "LabSession") -> None:
        """Note where the learner is in a lab; `flush` writes it."""
        name = session.lab.name
        present = session.settings, session.past[-1:], len(session.past), len(session.future), session.attempt.index
        if self._kept.get(name) == present:
            return  # nothing was done, and writing a long history as addresses takes a moment
        self._kept[name] = present
        left = LabState(
            address=session.address,
            time=time.time(),
            exercise=session.attempt.index,
            undo=tuple(address_of(name, settings) for settings in session.past),
            redo=tuple(address_of(name, settings) for settings in session.future),
        )
        before = self.state.labs.get(name)
        if before is None or (before.address, before.exercise, before.undo) != (
            left.address,
            left.exercise,
            left.undo,
        ):
            self.state = self.state.left(name, left)

    @property
    def unwritten(self) -> bool:
        """Whether the learner has moved on since it was last written."""
        return self.state != self._written

    def flush(self) -> None:
        """Write where the learner is; what can't be written is tried again."""
        self.state, told = state_file.save(self.state, self.places)
        self.notices += told
        self.unkept = next((notice for notice in told if notice.key in FAILURES), None)
        if self.unkept is None:
            self._written = self.state
            if not self.journal.unsaved:
                self._failing.clear()

    def save_journal(self) -> None:
        """Write what could not be written when it happened."""
        self._note(self.journal.save())

    @property
    def last_lab(self) -> str | None:
        """Name the lab that was before the learner last, if it still exists."""
        return max(filter(self._seen, catalogue.lab_names()), key=self._seen, default=None)

    def _seen(self, lab: str) -> float:
        """When a lab was before the learner last, 0 for never; how they were left is kept of all labs at once."""
        left = self.state.labs.get(lab)
        return self.progress.opened.get(lab, 0.0) or (left.time if left else 0.0)

    def address_of(self, lab: str) -> str:
        """Give the address that a lab was left with."""
        return self.state.labs[lab].address if lab in self.state.labs else lab

    def last_lab_of(self, section: Section) -> str:
        """Name the lab of a section that was used last, else its first one; the section where it has none."""
        names = catalogue.lab_names(section)
        return max(names, key=self._seen) if names else section.name

    # What they have solved

    def opened(self, lab: str) -> None:
        """A lab was opened."""
        self._record(Opened(lab=lab))

    def solved(self, session: "LabSession", moment: "Moment") -> None:
        """An exercise was solved; its proof is kept."""
        attempt = session.attempt
        values = [condition.now for condition in attempt.state.conditions if condition.now]
        self._record(
            Solved(
                lab=session.lab.name,
                exercise=attempt.exercise.name,
                address=address_of(session.lab.name, moment.settings),
                seed=getattr(moment.settings, "seed", None),
                value=attempt.state.answer or (values[-1] if values else None),
                shown=attempt.state.shown,
            )
        )

    def hint(self, session: "LabSession") -> None:
        """A hint was taken."""
        attempt = session.attempt
        self._record(Hint(lab=session.lab.name, exercise=attempt.exercise.name, n=attempt.state.hints))

    def shown(self, session: "LabSession") -> None:
        """The solution was shown."""
        self._record(Shown(lab=session.lab.name, exercise=session.attempt.exercise.name))

    def answered(self, section: str, question: str, right: bool, choice: str) -> None:
        """A question of the quiz was answered."""
        self._record(Answered(lab=QUIZ, section=section, question=question, right=right, choice=choice))

    def _record(self, event: Opened | Solved | Hint | Shown | Answered) -> None:
        if not event.time:
            import msgspec

            event = msgspec.structs.replace(event, time=time.time())
        self.progress = self.progress.after([event])
        self._note(self.journal.record(event))

    def solved_in(self, name: str) -> Count:
        """Count a lab's solved exercises."""
        return self.progress.of_lab(name, catalogue.exercise_count(name))

"""Which of a section's keys act at this moment, what the footer puts first, and the way back along a link."""

from collections.abc import Mapping

from tui.labs.view import LabView
from tui.session import LabSession
from tui.widgets.exercise import ExerciseStrip

UNSEEN = frozenset(
    {"play", "forward", "back", "restart", "seed", "undo", "redo", "mark", "exercise_again", "hint", "view"}
)
"""What would change the lab without being seen: while the lesson hides it, these rest."""

READING = {"lesson": 2, "scroll": 6, "lab": 7, "source": 0}
"""Places in the footer while the lesson hides the lab."""


class Acting:
    """Mixin of the section's screen."""

    session: LabSession | None
    view: LabView | None

    @property
    def lab_hidden(self) -> bool:
        """Whether lesson and lab are tabs and the lesson is before the learner."""
        return bool(self.session is not None and self.has_class("-narrow") and self.has_class("-lesson"))

    @property
    def choices(self) -> int | None:
        """How many choices on the screen the number keys answer; None where they go to the section's labs."""
        return self.view.choices if self.view is not None and not self.lab_hidden else None

    def rests(self, action: str) -> bool:
        """Tell whether a key means nothing at this moment, though the lab has what it does."""
        session = self.session
        if action == "answer":
            return not self.choices
        if action == "number":
            return self.choices is not None
        if action == "go_back":
            return self.way_back is None
        if self.lab_hidden and action in UNSEEN:
            return True
        if session is None or not (session.walking and session.lab.waits) or session.observation is None:
            return False
        if session.shown_settings != session.settings:
            return False  # what is being computed may lead on: keys that come faster are not lost
        onward, backward = bool(session.observation.onward), bool(session.observation.backward)
        if action == "play":
            return not onward
        return action in ("forward", "back") and not onward and not backward

    @property
    def places(self) -> Mapping[str, int]:
        """Keys that the footer gives another place than their own now."""
        if self.lab_hidden:
            return READING
        return self.view.places if self.view is not None else {}

    @property
    def renamed_by_tab(self) -> dict[str, str]:
        """Keys that mean something of their own while the lesson hides the lab."""
        return {"lesson": "lab_tab"} if self.lab_hidden else {}

    @property
    def named_in_keys(self) -> dict[str, str]:
        """Values for the placeholders of the keys' texts: the lab that the way back leads to."""
        lab = self.way_back
        return {"lab": self.nnlab.words.text(f"{lab}.title")} if lab is not None else {}

    # The way back

    @property
    def way_back(self) -> str | None:
        """The lab whose link has led here, where `esc` goes back to it now: it closes what is open first."""
        if self.view is None or self.lab_hidden or self.query_one(ExerciseStrip).opened:
            return None
        return self.nnlab.ways.back_from(self.session.lab.name) if self.session is not None else None

    def action_go_back(self) -> None:
        """Go back to the lab whose link has led here; it is as it was left."""
        if self.way_back is not None and self.app.screen is self:
            self.nnlab.open_address(self.nnlab.ways.pop())

    def action_answer(self, number: int) -> None:
        """Take a choice of the question on the screen."""
        if self.view is not None and number <= (self.choices or 0):
            self.view.answer(number)

"""The sections, a row each, with every lab's exercises as squares; it is the control that chooses a section too."""

from dataclasses import dataclass

from textual import events
from textual.message import Message

from lessons import catalogue
from lessons.summary.labs.progress.observation import LabStanding
from lessons.vocabulary.numbers import UNKNOWN
from lessons.vocabulary.settings import Setting
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.run_words import fit
from tui.session import LabSession
from tui.widgets.canvas_widget import focus_neighbour
from tui.widgets.chips import Chips

KEYS = (
    Command("step", ("up", "down"), "change", 4, "↑↓", actions=("step(-1)", "step(1)"), palette=False),
    Command("open_chosen", ("enter",), "move", 5, palette=False),
    Command("limits", ("home", "end"), "change", actions=("limit(-1)", "limit(1)"), palette=False),
    Command("default", ("backspace",), "change", palette=False),
)

LEAST_TITLE = 14
"""Cells that a section's title has at least."""


@dataclass
class Place:
    """Where the columns of the rows are, in cells."""

    title: int
    """Cells of a title."""

    left: int
    """Where titles begin."""

    exercises: int
    """Where the exercises' counts end."""

    quiz: int
    """Where the questions' counts end."""

    compact: bool = False
    """Whether a lab is one square, since its exercises have no room."""

    @property
    def marks(self) -> int:
        """Where the squares begin."""
        return self.left + self.title


class SectionRows(Chips, inherit_bindings=False):
    """All sections on top, as one; then each of them."""

    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    @dataclass
    class Opened(Message):
        """The learner wants to go to a lab or a section."""

        address: str

    def __init__(self, setting: Setting, session: LabSession, *, id: str | None = None) -> None:
        super().__init__(setting, str(getattr(session.settings, setting.name, "")), id=id)
        self.session = session

    @property
    def listed(self) -> tuple[str, ...]:
        """The choices that there are rows of."""
        existing = {section.name for section in catalogue.sections()}
        return tuple(choice for choice in self.setting.choices if choice == "all" or choice in existing)

    def step_or_leave(self, way: int) -> None:
        """Choose the section above or below; from the ends go on to the next control."""
        place = self.listed.index(self.value) + way if self.value in self.listed else 0
        if 0 <= place < len(self.listed):
            self.choose(self.listed[place])
        else:
            focus_neighbour(self, way)

    def action_step(self, steps: int) -> None:
        """Choose the section above or below."""
        self.step_or_leave(int(steps))

    def action_open_chosen(self) -> None:
        """Go to the chosen section; from all of them to the lab that is next."""
        following = getattr(self.session.observation, "following", ())
        if self.value != "all":
            self.post_message(self.Opened(self.value))
        elif following:
            self.post_message(self.Opened(following[0].address))

    def watch_value(self) -> None:
        """Show the new choice."""
        super().watch_value()
        self.refresh_bindings()

    def rows(self, width: int) -> int:
        """Heads, and a row each."""
        return len(self.listed) + 1

    # Drawing

    def _labs(self) -> dict[str, list[LabStanding]]:
        """The labs of each section as the record has them; none before there is a picture."""
        found: dict[str, list[LabStanding]] = {name: [] for name in self.listed}
        for each in getattr(self.session.observation, "standing", ()):
            found.get(each.lab.partition(".")[0], []).append(each)
        return found

    def paint(self, canvas: Canvas) -> None:
        """Draw heads, then a row each: number, title, squares, exercises solved, questions answered rightly.

        Where there is less room it is the rows about the chosen one.
        """
        labs = self._labs()
        heads = [self.words.text(f"{self.session.lab.name}.head.{head}") for head in ("exercises", "quiz")]
        ends = canvas.width - 3 - max(canvas.measure(heads[1]), 5), canvas.width - 1
        for head, end in zip(heads, ends, strict=True):
            canvas.put_right(end, 0, head, canvas.ink("faint"))
        place = Place(
            title=self._title_room(canvas, labs, ends[0] - max(canvas.measure(heads[0]), 6)),
            left=5,
            exercises=ends[0],
            quiz=ends[1],
        )
        room = ends[0] - max(canvas.measure(heads[0]), 6) - place.marks
        place.compact = max((sum(each.exercises + 1 for each in own) for own in labs.values()), default=0) > room
        pitch = 2 if canvas.height >= 2 * len(self.listed) else 1
        shown = min(max((canvas.height - 2) // pitch + 1, 1), len(self.listed))
        chosen = self.listed.index(self.value) if self.value in self.listed else 0
        first = min(max(chosen - shown // 2, 0), len(self.listed) - shown)
        for row, name in enumerate(self.listed[first : first + shown]):
            self._row(canvas, pitch * row + 1, name, labs, place)
        if first:
            canvas.put(1, 0, "↑", canvas.ink("faint"))
        if first + shown < len(self.listed):
            canvas.put(0, pitch * (shown - 1) + 1, "↓", canvas.ink("faint"))

    def _title_room(self, canvas: Canvas, labs: dict[str, list[LabStanding]], right: int) -> int:
        """Cells of the titles: as the longest needs, as long as the squares still have room."""
        titles = [self.words.text(f"{name}.title") for name in labs if name != "all"]
        wanted = max((canvas.measure(title) for title in titles), default=0) + 2
        widest = max((sum(each.exercises + 1 for each in own) for own in labs.values()), default=0)
        spare = right - 5 - widest - 1
        return wanted if spare >= wanted else max(spare, LEAST_TITLE)

    def _row(self, canvas: Canvas, y: int, name: str, labs: dict[str, list[LabStanding]], place: "Place") -> None:
        chosen, focused = name == self.value, self.has_focus
        if chosen:
            canvas.fill(0, y, canvas.width, 1, canvas.colour("focus" if focused else "boost"))
        if chosen and focused:
            canvas.put(0, y, "▐", canvas.ink("accent"))
        own = [each for each_own in labs.values() for each in each_own] if name == "all" else labs[name]
        ink = canvas.ink("accent" if chosen and focused else "text" if chosen else "muted", bold=chosen)
        if name != "all":
            canvas.put_right(3, y, str(catalogue.section_of(name).number), ink)
        text = self.name_of("all") if name == "all" else self.words.text(f"{name}.title")
        canvas.put(place.left, y, fit(text, place.title - 1, canvas.measure), ink)
        canvas.spot(0, y, canvas.width, 1, f"choose:{name}")
        self._count(canvas, place.exercises, y, sum(each.solved for each in own), sum(each.exercises for each in own))
        asked = [each for each in getattr(self.session.observation, "quiz", ()) if name in ("all", each.section)]
        self._count(canvas, place.quiz, y, sum(each.right for each in asked), sum(each.asked for each in asked))
        if name != "all":
            self._marks(canvas, place.marks, y, own, place.compact)
        elif own:
            finished = sum(each.solved == each.exercises for each in own)
            text = self.words.text(f"{self.session.lab.name}.finished", finished=finished, labs=len(own))
            canvas.put(place.marks, y, text, canvas.ink("muted"))

    @staticmethod
    def _count(canvas: Canvas, end: int, y: int, done: int, total: int) -> None:
        tone = "success" if total and done == total else "text" if done else "muted"
        canvas.put_right(end, y, f"{done}/{total}" if total else UNKNOWN, canvas.ink(tone))

    def _marks(self, canvas: Canvas, x: int, y: int, own: list[LabStanding], compact: bool) -> None:
        """Draw a lab's exercises as squares, filled where solved; where that is too wide, a square a lab.

        The lab that is next is in violet.
        """
        following = getattr(self.session.observation, "following", ())
        first = following[0].lab if following else ""
        for each in own:
            full, start = each.solved == each.exercises, x
            tone = "accent" if each.lab == first else "success" if full else "text" if each.solved else "muted"
            if compact:
                canvas.put(x, y, "▪" if full else "▖" if each.solved else "▫", canvas.ink(tone))
                x += 1
            else:
                for number in range(each.exercises):
                    done = number < each.solved
                    ink = canvas.ink(tone if done or each.lab == first else "muted")
                    canvas.put(x, y, "▪" if done else "▫", ink)
                    x += 1
            canvas.spot(start, y, x - start, 1, f"lab:{each.lab}")
            x += 1

    # The mouse

    def tip(self, spot: str) -> str:
        """Name the lab under the pointer."""
        kind, _, lab = spot.partition(":")
        if kind != "lab":
            return ""
        own = next((each for each in self._labs().get(lab.partition(".")[0], []) if each.lab == lab), None)
        count = f"  {own.solved}/{own.exercises}" if own else ""
        return f"{catalogue.lab_number(lab)} {self.words.text(f'{lab}.title')}{count}"

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A click focuses."""
        self.focus()

    def spot_clicked(self, spot: str, event: events.Click) -> None:
        """A click on a lab opens it, one on a row chooses its section."""
        kind, _, name = spot.partition(":")
        if kind == "lab":
            self.post_message(self.Opened(name))
        elif kind == "choose":
            self.choose(name)

"""What the view of `applications.panel` says of each network: its name, answer or trouble, size, time, and its lab."""

from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len
from textual import events
from textual.message import Message

from lessons import catalogue
from lessons.applications.labs.panel import LABS
from lessons.applications.labs.panel.observation import Network, PanelObservation, Trouble
from lessons.applications.labs.panel.settings import PanelSettings, language
from lessons.vocabulary.numbers import UNKNOWN, plain
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.labs.line import LabLine
from tui.locale import Words
from tui.session import LabSession
from tui.typesetting import wrap
from tui.widgets.canvas_widget import focus_neighbour

OPEN_KEYS = (
    Command("open_own_lab", ("enter",), "move", 4, palette=False),
    Command("neighbour", ("up", "down"), "move", 6, "↑↓", actions=("neighbour(-1)", "neighbour(1)"), palette=False),
)


LEAST: dict[Network, int] = {"reader": 1, "writer": 0, "drawer": 1}
"""Rows of an answer in words."""


APART = 3
"""Cells between two parts of an answer."""


class Part(NamedTuple):
    """A piece of text."""

    text: str
    tone: str
    bold: bool = False


def _judged(text: str, right: bool) -> Part:
    return Part(f"{'✓' if right else '✗'} {text}", "success" if right else "error")


def said(trouble: Trouble, words: Words) -> str:
    """Say the trouble of a network in one sentence."""
    return words.say(trouble.message, **trouble.values)


class NetworkLine(LabLine):
    """Base of what shows something of one network."""

    def __init__(self, session: LabSession, network: Network, *, classes: str | None = None) -> None:
        super().__init__(session, classes=classes)
        self.network = network

    @property
    def seen(self) -> PanelObservation | None:
        """The present observation."""
        found = self.session.observation
        return found if isinstance(found, PanelObservation) else None


class NetworkTitle(NetworkLine):
    """What the network is called, and its kind."""

    def paint(self, canvas: Canvas) -> None:
        """Draw both, the kind where there is room."""
        x = canvas.put(1, 0, self.say(self.network), canvas.ink("text", bold=True))
        settings = self.session.settings
        writes = self.network == "writer" and isinstance(settings, PanelSettings)
        which = f".{language(settings)}" if writes else ""  # type: ignore[arg-type]
        kind = self.say(f"{self.network}.kind{which}")
        if x + 2 + canvas.measure(kind) <= canvas.width:
            canvas.put(x + 2, 0, kind, canvas.ink("muted"))


class AnswerLines(NetworkLine):
    """What the network answers in a word, or why it has no answer."""

    MOST = 3
    """Rows that a sentence takes at most."""

    def _trouble(self) -> Trouble | None:
        seen = self.seen
        return next((each for each in seen.troubles if each.network == self.network), None) if seen else None

    def _lines(self, width: int) -> list[list[Part]]:
        """The parts of each row: those of an answer beside each other where there is room, then what is the trouble."""
        seen, trouble = self.seen, self._trouble()
        if seen is None:
            return []
        answer = self._answer(seen)
        size = 1 + sum(cell_len(part.text) for part in answer) + APART * (len(answer) - 1)
        lines = [answer] if answer and size <= width else [[part] for part in answer]
        if trouble is not None:
            nothing = trouble.kind.startswith("nothing")
            tone, sign = ("muted", "") if nothing else ("warning", "! ") if trouble.answers else ("error", "✗ ")
            text = wrap(sign + said(trouble, self.words), max(width - 1, 12))
            lines += [[Part(line, tone)] for line in text[: self.MOST]]
        return lines

    def _answer(self, seen: PanelObservation) -> list[Part]:
        """What LeNet-5 reads, in the digit or in the picture; what the GPT writes stands above already."""
        if self.network == "reader" and seen.read is not None:
            text = self.say("read_as", digit=seen.read, score=plain(seen.scores[seen.read]))
            found = [Part(text, "accent", True)]
            if seen.label is not None:
                truth = self.words.text("convolution.lenet5.truth", digit=seen.label)
                found.append(_judged(truth, seen.label == seen.read))
            return found
        if self.network == "drawer" and seen.read_back is not None and seen.read_back_score is not None:
            back = _judged(self.say("read_back", digit=seen.read_back), seen.read_back == seen.asked)
            return [back, Part(plain(seen.read_back_score), back.tone)]
        return []

    def rows(self, width: int) -> int:
        """As many as there are lines; where a network answers in words at least as many as that takes."""
        return max(len(self._lines(width)), LEAST[self.network])

    def update(self) -> None:
        """Draw it again, with another height where there is more or less to say."""
        self.repaint(layout=self.rows(self.size.width) != self.size.height)

    def paint(self, canvas: Canvas) -> None:
        """Draw the lines."""
        for y, line in enumerate(self._lines(canvas.width)[: canvas.height]):
            x = 1
            for part in line:
                x = canvas.put(x, y, part.text, canvas.ink(part.tone, bold=part.bold)) + APART


class SizeLines(NetworkLine):
    """How large the network is, how often it was asked for the answer, and how long that took by the clock."""

    def rows(self, width: int) -> int:
        """Two lines."""
        return 2

    def paint(self, canvas: Canvas) -> None:
        """Draw the numbers bold, what they count muted."""
        seen = self.seen
        if seen is None:
            return
        count = getattr(seen, f"{self.network}_parameters")
        passes = getattr(seen, f"{self.network}_passes")
        ms = seen.measured.get(f"{self.network}_ms")
        x = canvas.put(1, 0, UNKNOWN if count is None else f"{count:,}", canvas.ink("text", bold=True))
        canvas.put(x + 1, 0, self.say("head.parameters"), canvas.ink("muted"))
        x = canvas.put(1, 1, f"{passes:,}" if passes else UNKNOWN, canvas.ink("text", bold=True))
        x = canvas.put(x + 1, 1, self.say("pass" if passes == 1 else "passes"), canvas.ink("muted"))
        time = UNKNOWN if ms is None else plain(ms, 1 if ms < 10 else 0)
        x = canvas.put(x + 2, 1, time, canvas.ink("text", bold=True))
        canvas.put(x + 1, 1, "ms", canvas.ink("muted"))


class OpenRow(NetworkLine, can_focus=True):
    """Opens the network's own lab as it is set here."""

    BINDINGS = bindings(OPEN_KEYS)
    KEYS = OPEN_KEYS

    @dataclass
    class Opened(Message):
        """The learner wants to see a network's lab."""

        network: Network

    def __init__(self, session: LabSession, network: Network) -> None:
        super().__init__(session, network, classes="-control")

    @property
    def there(self) -> bool:
        """Whether its lab exists."""
        return LABS[self.network] in catalogue.lab_names()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to open a lab only where there is one."""
        return self.there if action == "open_own_lab" else True

    def paint(self, canvas: Canvas) -> None:
        """Draw the lab's number and title, and its key."""
        focused = self.has_focus
        if focused:
            canvas.fill(0, 0, canvas.width, 1, canvas.colour("focus"))
            canvas.put(0, 0, "▐", canvas.ink("accent"))
        lab = LABS[self.network]
        if not self.there:
            return
        x = canvas.put(2, 0, "enter", canvas.ink("accent", bold=True))
        text = f"{catalogue.lab_number(lab)} {self.words.text(f'{lab}.title')}"
        if x + 3 + canvas.measure(text) <= canvas.width:
            x = canvas.put(x + 1, 0, "▸", canvas.ink("muted"))
        canvas.put(x + 1, 0, text, canvas.ink("accent" if focused else "text", bold=focused))
        canvas.spot(0, 0, canvas.width, 1, "open")

    def action_open_own_lab(self) -> None:
        """Open it."""
        self.post_message(self.Opened(self.network))

    def action_neighbour(self, way: int) -> None:
        """Go to the control before or after this one."""
        focus_neighbour(self, way)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A press focuses."""
        self.focus()

    def spot_clicked(self, spot: str, event: events.Click) -> None:
        """A click opens."""
        self.action_open_own_lab()

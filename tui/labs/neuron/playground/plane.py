"""What the network says over the plane; where the data is the learner's own, points are set on it."""

from dataclasses import dataclass

from textual import events
from textual.message import Message

from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.widgets.figure import FigureView

RIGHT = 3
"""Number of the right mouse button."""

KEYS = (
    Command(
        "place",
        ("left", "right", "up", "down"),
        "move",
        4,
        "←→↑↓",
        actions=("place(-1,0)", "place(1,0)", "place(0,1)", "place(0,-1)"),
        palette=False,
    ),
    Command("positive", ("plus", "enter"), "change", 5, "+", actions=("put(1)", "put(1)"), palette=False),
    Command("negative", ("minus",), "change", 6, actions=("put(-1)",), palette=False),
    Command("take_point", ("backspace",), "change", 7, palette=False),
)
STEP = 0.25
"""How far a key moves the place of the next point."""


class PointsView(FigureView, can_focus=True):
    """The map with the points; `own` lets the learner set some."""

    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    @dataclass
    class Put(Message):
        """A point is set at a place of the plane: class 1 or −1, or 0 where the nearest one is taken away."""

        x1: float
        x2: float
        sign: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.place = (0.0, 0.0)
        """Where a key sets the next point."""
        self.own = False
        self._sign = 0

    def allow(self, own: bool) -> None:
        """Let points be set, or not."""
        if own != self.own:
            self.own = own
            self.can_focus = own
            self.set_class(own, "-control")
            if not own and self.has_focus:
                self.screen.set_focus(None)
            self.repaint()

    def paint(self, canvas: Canvas) -> None:
        """Draw the map, and the place of the next point where keys move it."""
        super().paint(canvas)
        frame = canvas.frames.get("plane")
        if self.own and frame is not None:
            if self.has_focus:
                x = int(frame.x + (self.place[0] - frame.left) / (frame.right - frame.left) * frame.width)
                y = int(frame.y + (frame.top - self.place[1]) / (frame.top - frame.bottom) * frame.height)
                x, y = min(x, frame.x + frame.width - 1), min(y, frame.y + frame.height - 1)
                canvas.flatten(x, y)
                canvas.put(x, y, "+", canvas.ink("accent", bold=True, bg=canvas.colour("focus")))
            elif not len(getattr(self.figure, "points", ())):
                hint = self.words.text("neuron.playground.click_points")
                canvas.put_middle(frame.x + frame.width / 2, frame.y + frame.height // 2, hint, canvas.ink("text"))

    def action_place(self, across: int, up: int) -> None:
        """Move the place of the next point."""
        x, y = self.place
        self.place = (min(max(x + across * STEP, -6), 6), min(max(y + up * STEP, -6), 6))
        self.repaint()

    def action_put(self, sign: int) -> None:
        """Set a point there."""
        self.post_message(self.Put(*self.place, sign))

    def action_take_point(self) -> None:
        """Take the nearest point away."""
        self.post_message(self.Put(*self.place, 0))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Points are set where they are the learner's own."""
        return self.own

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Set a point: the right button or shift sets one of class −1, control takes the nearest away."""
        if not self.own:
            return  # the base tells that it was pressed
        event.stop()
        event.prevent_default()
        self.focus()
        self._sign = -1 if event.button == RIGHT or event.shift else 0 if event.ctrl else 1
        if self.spot_under(event):
            self.place = self._data("plane", event)
            self.post_message(self.Put(*self.place, self._sign))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Nothing is dragged where points are set."""
        if self.own:
            event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """A press has done it already."""
        event.stop()

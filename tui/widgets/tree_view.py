"""A tree on the screen: a cursor goes from word to word, and the tree grows behind the word it is on."""

from dataclasses import dataclass

from textual import events
from textual.message import Message

from lessons.vocabulary.tree import Fan, Tree
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.drawing.cells import draw_on
from tui.widgets.canvas_widget import focus_neighbour
from tui.widgets.figure import FigureView

KEYS = (
    Command("branch", ("up", "down"), "move", 3, "↑↓", actions=("branch(-1)", "branch(1)"), palette=False),
    Command("grow", ("left", "right"), "move", 4, "← →", actions=("grow(-1)", "grow(1)"), palette=False),
    Command("pick", ("enter",), "change", palette=False),
    Command("branch_ends", ("home", "end"), "move", actions=("end(-1)", "end(1)"), palette=False),
)


class TreeView(FigureView, can_focus=True):
    """A tree; the words on the way that the learner wants go up as a message."""

    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    @dataclass
    class Picked(Message):
        """The learner wants to go this way: names of branches, one a fan."""

        names: tuple[str, ...]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.add_class("-control")

    @property
    def tree(self) -> Tree | None:
        """The tree, once it is known."""
        return self.figure if isinstance(self.figure, Tree) else None

    @property
    def way(self) -> tuple[str, ...]:
        """The branches picked up to the present one."""
        tree = self.tree
        if tree is None:
            return ()
        fans = tree.fans[: tree.at + 1]
        return tuple(fan.branches[fan.followed].name for fan in fans if fan.followed is not None)

    def paint(self, canvas: Canvas) -> None:
        """Draw the tree, with the focus's bar."""
        if self.tree is None:
            return
        inner = Canvas(canvas.width - 2, canvas.height, canvas.look)
        draw_on(inner, self.tree)
        canvas.paste(inner, 2, 0)
        if self.has_focus:
            canvas.put(0, 0, "▐", canvas.ink("accent"))
            canvas.put(2, 0, canvas.say(self.tree.title), canvas.ink("accent", bold=True))

    def _pick(self, names: tuple[str, ...]) -> None:
        if names != self.way:
            self.post_message(self.Picked(names))

    def _ahead(self) -> Fan | None:
        """The fan behind the present word."""
        tree = self.tree
        return tree.fans[tree.at + 1] if tree is not None and tree.at + 1 < len(tree.fans) else None

    def action_branch(self, way: int) -> None:
        """Go to the word above or below; from the root into its fan, or up to the control before."""
        tree = self.tree
        if tree is None or tree.at < 0:
            if way > 0 and self._ahead() is not None:
                self.action_grow(1)
            else:
                focus_neighbour(self, way)
            return
        fan = tree.fans[tree.at]
        place = (fan.followed or 0) + way
        if 0 <= place < len(fan.branches):
            self._pick((*self.way[:-1], fan.branches[place].name))

    def action_end(self, side: int) -> None:
        """Go to the likeliest word of the fan, or to the last one."""
        tree = self.tree
        if tree is not None and tree.at >= 0:
            branches = tree.fans[tree.at].branches
            self._pick((*self.way[:-1], branches[0 if side < 0 else -1].name))

    def action_grow(self, way: int) -> None:
        """Right goes on to the likeliest word, left goes back."""
        if way < 0:
            self._pick(self.way[:-1])
            return
        fan = self._ahead()
        if fan is not None and fan.branches:
            self._pick((*self.way, fan.branches[0].name))

    def action_pick(self) -> None:
        """Go on."""
        self.action_grow(1)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A click on a word goes there; on the root it goes back to it."""
        event.prevent_default()
        event.stop()
        self.focus()
        tree = self.tree
        kind, _, rest = self.spot_under(event).partition(":")
        if tree is None or not kind:
            return
        place, _, name = rest.partition(":")
        before = tree.fans[: int(place)]
        names = tuple(fan.branches[fan.followed].name for fan in before if fan.followed is not None)
        self._pick((*names, name) if kind == "pick" else names)

    def on_click(self, event: events.Click) -> None:
        """The press has done it."""
        event.stop()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go to the word below."""
        event.stop()
        self.action_branch(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go to the word above."""
        event.stop()
        if self.tree is not None and self.tree.at >= 0:
            self.action_branch(-1)

"""The last row: at most nine keys of what has the focus and of the screen, the lab address at the right.

A notice takes its place: four seconds, or until the next key where it must be read.
"""

from collections.abc import Iterator

from textual import events
from textual.dom import DOMNode
from textual.timer import Timer

from lessons.address import shortened
from tui.commands import Command
from tui.drawing.canvas import Canvas
from tui.widgets.canvas_widget import CanvasWidget

MOST = 9
SECONDS = 4.0


def commands_of(node: DOMNode | None) -> Iterator[tuple[DOMNode, Command]]:
    """Yield the commands from the focused widget upward, each name once, those not allowed left out."""
    seen = set()
    while node is not None:
        for command in getattr(type(node), "KEYS", ()):
            if command.name not in seen and _allowed(node, command):
                seen.add(command.name)
                yield node, command
        node = node.parent if node.parent is not None else None


def footer_commands(node: DOMNode) -> Iterator[tuple[DOMNode, Command]]:
    """Yield those that act now: a widget with `KEYS_END` keeps the keys of all around it from acting."""
    ended = False
    for owner, command in commands_of(node):
        if ended and owner is not node:
            return
        ended = getattr(owner, "KEYS_END", False)
        yield owner, command


def _allowed(node: DOMNode, command: Command) -> bool:
    action = (command.actions or (command.name,))[0]
    return bool(node.check_action(action.partition("(")[0], ()))


class FooterLine(CanvasWidget):
    """Keys and address, or news."""

    DEFAULT_CSS = """
    FooterLine { height: 1; dock: bottom; background: $surface; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._address = ""
        self._news = ""
        self._lasting = False
        self._timer: Timer | None = None

    @property
    def address(self) -> str:
        """What stands at the right."""
        return self._address

    @address.setter
    def address(self, address: str) -> None:
        if address != self._address:
            self._address = address
            self.repaint()

    def on_mount(self) -> None:
        """Follow the focus."""
        self.watch(self.screen, "focused", self.repaint_keys, init=False)

    def repaint_keys(self) -> None:
        """Show the keys of what has the focus now."""
        self.repaint()

    def tell(self, text: str, lasting: bool = False) -> None:
        """Show news."""
        self._news, self._lasting = text, lasting
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(SECONDS * (3 if lasting else 1), self._forget)
        self.repaint()

    def _forget(self) -> None:
        self._news = ""
        self.repaint()

    def paint(self, canvas: Canvas) -> None:
        """Draw the news, or the keys."""
        if self._news:
            x = 2
            if self._lasting:
                canvas.fill(0, 0, canvas.width, 1, canvas.colour("panel"))
                canvas.put(0, 0, "▐", canvas.ink("warning"))
            canvas.put(x, 0, self._news, canvas.ink("text", bold=self._lasting))
            canvas.spot(0, 0, canvas.width, 1, "news")
            return
        right = canvas.width - 2
        address = self._address
        room = right
        if address:
            limit = max(canvas.width // 4, 14)
            address = shortened(address)
            shown = address if canvas.measure(address) <= limit else address[: limit - 1] + "…"
            canvas.put_right(right, 0, shown, canvas.ink("faint"))
            canvas.spot(right - canvas.measure(shown), 0, canvas.measure(shown), 1, "copy")
            room = right - canvas.measure(shown) - 2
        x, gap = 2, 3 if canvas.width >= 100 else 2
        for command, text, size in self._chosen(canvas, room - x, gap):
            after = canvas.put(x, 0, command.shown, canvas.ink("accent", bold=True))
            canvas.put(after + 1, 0, text, canvas.ink("muted"))
            canvas.spot(x, 0, size, 1, command.name)
            x += size + gap

    def _chosen(self, canvas: Canvas, room: int, gap: int) -> list[tuple[Command, str, int]]:
        """Choose the keys that have room, in their order; the way to all the others always has."""
        own = getattr(self.screen, "places", {})
        places = {
            command: own.get(command.name, command.footer)
            for _, command in footer_commands(self.screen.focused or self.screen)
        }
        found = [command for command, place in places.items() if place]
        if any(command.name == "play" for command in found):
            found = [command for command in found if command.name not in ("fine", "type")]
        else:
            found = [command for command in found if command.name != "restart" or command.name in own]
        found.sort(key=places.__getitem__)
        renamed = getattr(self.screen, "renamed", {})
        added = getattr(self.app, "footer_added", {})
        values = getattr(self.screen, "named_in_keys", {})
        texts = {
            command: self.words.text(f"command.{renamed.get(command.name, command.name)}", **values)
            + added.get(command.name, "")
            for command in found
        }
        sizes = {command: canvas.measure(f"{command.shown} {texts[command]}") for command in found}
        by_need = sorted(found, key=lambda command: (command.name != "help", places[command]))
        taken = []
        for command in by_need:
            if len(taken) < MOST and sizes[command] <= room:
                taken.append(command)
                room -= sizes[command] + gap
        return [(command, texts[command], sizes[command]) for command in found if command in taken]

    async def on_click(self, event: events.Click) -> None:
        """Do what the clicked key does."""
        spot = self.spot_under(event)
        event.stop()
        if spot == "news":
            self._forget()
            return
        for node, command in footer_commands(self.screen.focused or self.screen):
            if command.name == spot:
                action = (command.actions or (command.name,))[-1]
                await self.app.run_action(action, node)
                return

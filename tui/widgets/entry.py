"""A one-row entry in place of a value: enter takes it, esc leaves it, a wrong value stays and says why."""

import unicodedata
from collections.abc import Callable

from textual import events
from textual.message import Message
from textual.widgets import Input

from tui.commands import Command, bindings

KEYS = (
    Command("submit", ("enter",), "change", 1, palette=False),
    Command("leave_entry", ("escape",), "move", 2, palette=False),
)


class Entry(Input):
    """Text that is being typed; `accept(text)` gives None, or the reason why it can't be."""

    BINDINGS = bindings(KEYS)
    KEYS = KEYS
    KEYS_END = True

    DEFAULT_CSS = """
    Entry {
        height: 1; border: none; padding: 0; background: $boost; color: $foreground; position: absolute;
        &:focus { border: none; background: $boost; }
    }
    """

    class Refused(Message):
        """The typed value can't be taken; the reason is for the footer."""

        def __init__(self, reason: str) -> None:
            super().__init__()
            self.reason = reason

    def __init__(
        self,
        text: str,
        accept: Callable[[str], str | None],
        *,
        width: int = 0,
        allowed: str = "",
        refusal: Callable[[str], str] | None = None,
        select: bool = True,
    ) -> None:
        """`allowed` are the characters that can be typed, all where it is empty; `refusal` says why another can't be.

        `select` marks the text, so that what is typed takes its place.
        """
        super().__init__(text, select_on_focus=select, compact=True)
        self.cursor_blink = False
        self._take = accept
        self._allowed = allowed
        self._refusal = refusal
        if width:
            self.styles.width = width

    async def _on_key(self, event: events.Key) -> None:
        """Let a letter that is part of no number be neither typed nor a key of the screen, and say so."""
        if not self._allowed or not event.is_printable:
            return  # the base's handler follows
        event.stop()
        event.prevent_default()
        typed = unicodedata.normalize("NFKC", event.character or "")
        if typed and typed in self._allowed:
            self.replace(typed, *self.selection)
        elif self._refusal is not None:
            self.post_message(self.Refused(self._refusal(event.character or "")))

    async def action_submit(self) -> None:
        """Hand the text on; close if it was taken."""
        reason = self._take(self.value)
        if reason:
            self.post_message(self.Refused(reason))
        else:
            await self._close()

    async def action_leave_entry(self) -> None:
        """Leave without a change."""
        await self._close()

    async def on_blur(self, event: events.Blur) -> None:
        """Leaving is leaving."""
        await self._close(refocus=False)

    async def _close(self, refocus: bool = True) -> None:
        owner = self.parent
        if self.is_attached and not self._pruning:
            if refocus and owner is not None and getattr(owner, "can_focus", False):
                owner.focus()  # type: ignore[attr-defined]
            await self.remove()

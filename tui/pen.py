"""The pen: writes styled text at places on the screen, in as few bytes as the terminal allows.

It remembers where the cursor stands and which attributes are set, and sends the difference: `ESC[39m`
instead of a reset and a whole style again, a column (`ESC[12G`) instead of a place where the line stays the
same. A blank takes any foreground. A pen lives for one update; it begins and ends with the plain style, as
everything else that writes to the terminal expects.
"""

from functools import lru_cache
from typing import NamedTuple

from rich.color import ColorSystem
from rich.style import Style as RichStyle

ON = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "21", "51", "52", "53")
"""SGR codes that switch on rich's thirteen attributes, bold to overline, in the order of their bits."""
OFF = ("22", "22", "23", "24", "25", "25", "27", "28", "29", "24", "54", "54", "55")
"""SGR codes that switch them off; some switch off two at once."""
SEEN_ON_BLANK = sum(1 << ON.index(code) for code in ("4", "7", "9", "21", "51", "52", "53"))
"""Attributes that show where there is no character: underlines, reverse, strike, frames, overline."""


class Style(NamedTuple):
    """A look as the terminal knows it, in SGR codes."""

    attributes: int = 0
    """Bit set in the order of `ON`."""
    foreground: str | None = "39"
    """Code of the character's colour; None where no character stands and any will do."""
    background: str = "49"
    """Code of the cell's colour."""
    link: str = ""
    """Address that the text leads to (OSC 8)."""


@lru_cache(maxsize=8192)
def blank_style(style: Style) -> Style:
    """What of a look can be seen where no character stands."""
    if style.attributes & SEEN_ON_BLANK or style.link:
        return style
    return Style(foreground=None, background=style.background)


PLAIN = Style()
"""The terminal's own look."""


@lru_cache(maxsize=8192)
def style_of(style: RichStyle | None, color_system: ColorSystem) -> Style:
    """Reads a rich style for a terminal with these colours, without Textual's metadata, which nobody sees."""
    if style is None:
        return PLAIN
    foreground, background = PLAIN.foreground, PLAIN.background
    if style.color is not None:
        foreground = ";".join(style.color.downgrade(color_system).get_ansi_codes())
    if style.bgcolor is not None:
        background = ";".join(style.bgcolor.downgrade(color_system).get_ansi_codes(foreground=False))
    return Style(style._attributes & style._set_attributes, foreground, background, style.link or "")


@lru_cache(maxsize=16384)
def transition(before: Style, after: Style) -> tuple[str, Style]:
    """The shortest SGR sequence from one look to another, and the look that then holds.

    Where `after` has no foreground the one before stays, and so do attributes that a blank does not show.
    """
    if after.foreground is None:
        after = Style(before.attributes & ~SEEN_ON_BLANK, before.foreground, after.background, after.link)
    removed = [OFF[bit] for bit in range(len(OFF)) if (before.attributes & ~after.attributes) >> bit & 1]
    codes = list(dict.fromkeys(removed))
    for bit, code in enumerate(ON):
        lost = OFF[bit] in removed
        if after.attributes >> bit & 1 and (lost or not before.attributes >> bit & 1):
            codes.append(code)
    if before.foreground != after.foreground and after.foreground is not None:
        codes.append(after.foreground)
    if before.background != after.background:
        codes.append(after.background)
    if not codes:
        return "", after
    anew = [code for bit, code in enumerate(ON) if after.attributes >> bit & 1]
    if after.foreground is not None and after.foreground != PLAIN.foreground:
        anew.append(after.foreground)
    if after.background != PLAIN.background:
        anew.append(after.background)
    shortest = min(";".join(codes), ";".join(["0", *anew]) if anew else "", key=len)
    return f"\x1b[{shortest}m", after


class Pen:
    """Collects what one update writes."""

    def __init__(self) -> None:
        self._written: list[str] = []
        self._style = PLAIN
        self._x: int | None = None
        self._y: int | None = None

    def move(self, x: int, y: int) -> None:
        """Places the pen at column x of line y, both from 0."""
        if y != self._y:
            self._written.append(f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H")
        elif x != self._x:
            self._written.append(f"\x1b[{x + 1}G" if x else "\r")
        self._x, self._y = x, y

    def put(self, text: str, width: int | None, style: Style) -> None:
        """Writes text that takes `width` columns, or nobody knows how many."""
        if style != self._style:
            codes, reached = transition(self._style, style)
            if reached.link != self._style.link:
                codes += f"\x1b]8;;{reached.link}\x1b\\"
            self._written.append(codes)
            self._style = reached
        self._written.append(text)
        self._x = None if width is None or self._x is None else self._x + width

    def put_raw(self, x: int, y: int, codes: str) -> None:
        """Writes codes of an unknown effect at a place, in the plain style."""
        self.move(x, y)
        self._lift()
        self._written.append(codes)
        self._x = self._y = None

    def _lift(self) -> None:
        codes, _ = transition(self._style, PLAIN)
        self._written.append(codes + ("\x1b]8;;\x1b\\" if self._style.link else ""))
        self._style = PLAIN

    def finish(self) -> str:
        """Ends with the plain style and returns all that was written."""
        self._lift()
        return "".join(self._written)

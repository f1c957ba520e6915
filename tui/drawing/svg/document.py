"""SVG text built safely: all is escaped, and a shape with a coordinate that is no number is left out.

A document needs nothing from outside and holds no ids, so that several can stand in one page.
"""

import math
import unicodedata
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from tui.drawing.palette import Palette

FONTS = "DejaVu Sans Mono, Noto Sans Mono CJK JP, monospace"
SIZE = 14.0
"""Text size in pixels; `SMALL` for what is faint."""

SMALL = 12.0
PAD = 22.0
"""Free pixels on all sides of a figure."""

TITLE_LINE = PAD + 11
"""Base line of the title."""

HALF, FULL = 0.602, 1.0
"""Advance of a character in sizes: DejaVu's, and that of full-width characters."""


def columns(text: str) -> float:
    """Measure a text in sizes; full-width characters take one size, combining ones none."""
    return sum(
        0.0 if unicodedata.combining(each) else FULL if unicodedata.east_asian_width(each) in "WF" else HALF
        for each in text
    )


def text_width(text: str, size: float = SIZE) -> float:
    """Measure a text in pixels."""
    return columns(text) * size


def number(value: float) -> str:
    """Write a coordinate with at most two decimals."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def points(pairs: Sequence[tuple[float, float]]) -> str:
    """Write a path through points; one that is no number interrupts it."""
    parts: list[str] = []
    pen = "M"
    for x, y in pairs:
        if math.isfinite(x) and math.isfinite(y):
            parts.append(f"{pen}{number(x)} {number(y)}")
            pen = "L"
        else:
            pen = "M"
    return "".join(parts)


def _readable(text: str) -> str:
    """Drop the characters that XML cannot hold."""
    return "".join(each for each in text if each >= " " and not 0xD800 <= ord(each) <= 0xDFFF)


class Document:
    """A figure being drawn; `finish` gives its text."""

    def __init__(self, palette: Palette, title: str) -> None:
        self.palette = palette
        self.title = title
        self._heading = 0.0
        self._parts: list[str] = []

    def colour(self, tone: str) -> str:
        """Give a tone's colour as `#rrggbb`; a colour comes back as it stands."""
        return tone if tone.startswith("#") or tone == "none" else self.palette.colour(tone)

    def _tag(self, name: str, attributes: dict[str, float | str | None], end: str) -> bool:
        written = []
        for key, value in attributes.items():
            if value is None:
                continue
            if not isinstance(value, str):
                if not math.isfinite(value):
                    return False
                value = number(value)
            elif key in ("fill", "stroke"):
                value = self.colour(value)
            written.append(f" {key.replace('_', '-')}={quoteattr(value)}")
        self._parts.append(f"<{name}{''.join(written)}{end}")
        return True

    def shape(self, name: str, **attributes: float | str | None) -> None:
        """Add an element without content; underscores in names become hyphens, tones become colours."""
        self._tag(name, attributes, "/>")

    def rect(self, x: float, y: float, width: float, height: float, fill: str, radius: float = 0) -> None:
        """Add a filled rectangle."""
        if width > 0 and height > 0:
            self.shape("rect", x=x, y=y, width=width, height=height, rx=radius or None, fill=fill)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, tone: str = "line", width: float = 1, dash: str = ""
    ) -> None:
        """Add a straight line."""
        self.shape("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=tone, stroke_width=width, stroke_dasharray=dash or None)

    def guide(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Add a dotted guide in the colour of where you are."""
        self.shape(
            "line",
            x1=x1,
            y1=y1,
            x2=x2,
            y2=y2,
            stroke="accent",
            stroke_width=1.6,
            stroke_dasharray="0.1 5",
            stroke_linecap="round",
        )

    def circle(self, x: float, y: float, radius: float, fill: str = "none", stroke: str = "", width: float = 2) -> None:
        """Add a disc, a ring or both."""
        self.shape(
            "circle",
            cx=x,
            cy=y,
            r=radius,
            fill=fill,
            stroke=stroke or None,
            stroke_width=width if stroke else None,
        )

    def path(self, d: str, tone: str, width: float = 2, dash: str = "", cap: str = "round") -> None:
        """Add a path that is stroked and not filled."""
        if d:
            self.shape(
                "path",
                d=d,
                fill="none",
                stroke=tone,
                stroke_width=width,
                stroke_dasharray=dash or None,
                stroke_linecap=cap,
                stroke_linejoin="round",
            )

    def text(
        self,
        x: float,
        y: float,
        content: str,
        tone: str = "text",
        *,
        size: float = SIZE,
        bold: bool = False,
        anchor: str = "start",
        halo: str = "",
    ) -> None:
        """Add a text on the base line y; a halo in a tone parts it from what lies beneath."""
        if not content:
            return
        attributes: dict[str, float | str | None] = {
            "x": x,
            "y": y,
            "fill": tone,
            "font-size": None if size == SIZE else size,
            "font-weight": "bold" if bold else None,
            "text-anchor": None if anchor == "start" else anchor,
            "xml:space": "preserve" if "  " in content else None,
            "stroke": halo or None,
            "stroke-width": 4 if halo else None,
            "paint-order": "stroke" if halo else None,
            "stroke-linejoin": "round" if halo else None,
        }
        if self._tag("text", attributes, ">"):
            self._parts[-1] += f"{escape(_readable(content))}</text>"

    def window(self, x: float, y: float, width: float, height: float, view: tuple[float, float] | None = None) -> None:
        """Open a part that hides what is outside it, in the same coordinates or in `view` of its own."""
        box = f"0 0 {number(view[0])} {number(view[1])}" if view else " ".join(map(number, (x, y, width, height)))
        self._tag(
            "svg",
            {
                "x": x,
                "y": y,
                "width": width,
                "height": height,
                "viewBox": box,
                "preserveAspectRatio": "none",
                "shape-rendering": "crispEdges" if view else None,
            },
            ">",
        )

    def close(self) -> None:
        """Close the part that `window` has opened."""
        self._parts.append("</svg>")

    def heading(self, title: str, note: str = "") -> float:
        """Write the title at the top left, muted, and a faint note after it; give where they end."""
        self.text(PAD, TITLE_LINE, title, "muted")
        self._heading = PAD + text_width(title)
        if note:
            self.text(self._heading + 2 * HALF * SIZE, TITLE_LINE, note, "faint")
            self._heading += 2 * HALF * SIZE + text_width(note)
        return self._heading

    def finish(self, width: float, height: float, limit: float) -> str:
        """Give the whole text, wide enough for the title; a figure wider than the limit is shown smaller."""
        width = max(width, self._heading + PAD)
        scale = min(1.0, limit / width)
        name = _readable(self.title)
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{number(width * scale)}" '
            f'height="{number(height * scale)}" viewBox="0 0 {number(width)} {number(height)}" role="img" '
            f'aria-label={quoteattr(name)} font-family="{FONTS}" font-size="{number(SIZE)}">'
        )
        ground = f'<rect width="100%" height="100%" fill="{self.colour("surface")}"/>'
        return "\n".join([head, f"<title>{escape(name)}</title>", ground, *self._parts, "</svg>", ""])

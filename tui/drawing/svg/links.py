"""Links of a network as SVG: S-curves as wide and as bright as their weights, dashed where negative."""

import math
from dataclasses import dataclass
from typing import Literal

from lessons.vocabulary.figures import Graph, Link, Node
from tui.drawing.palette import Palette
from tui.drawing.svg.document import SIZE, Document, number, text_width
from tui.locale import Words

Place = Literal["source", "target", "along"]

WIDEST = 7.0
"""Width of the link with the greatest weight, less with over a hundred links."""

MANY = 24
"""With more links than this, those under a tenth of the greatest are left out."""

LABEL = 0.27
"""Where a label stands on a link that shares both its ends with others."""


@dataclass(frozen=True)
class Tile:
    """Where a node stands, and its texts."""

    node: Node
    symbol: str
    number: str
    caption: str
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Height of its centre."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Drawn:
    """A link between two ports, with its look."""

    link: Link
    start: tuple[float, float]
    end: tuple[float, float]
    bend: tuple[tuple[float, float], ...]
    """The four points of its curve."""

    tone: str
    width: float
    dash: str
    place: Place
    """Where its label stands: at the end that it has for itself, else on the link."""


def draw_links(document: Document, figure: Graph, tiles: dict[str, Tile], words: Words) -> None:
    """Draw the links, the weakest first, then their labels over all."""
    drawn = _drawn(document.palette, figure, tiles)
    for each in drawn:
        (x, y), *bends = each.bend
        curve = f"M{number(x)} {number(y)}C{' '.join(f'{number(a)} {number(b)}' for a, b in bends)}"
        document.path(curve, each.tone, each.width, each.dash, cap="butt")
    for each in drawn:
        if each.link.label:
            _label(document, each, words.say(each.link.label))


def _drawn(palette: Palette, figure: Graph, tiles: dict[str, Tile]) -> list[Drawn]:
    """Give every link that is to be seen a port of its own at both ends, and its look."""
    known = [link for link in figure.links if link.source in tiles and link.target in tiles]
    sizes = [abs(link.weight) for link in known if link.weight is not None and math.isfinite(link.weight)]
    many = len(known) > MANY
    greatest = max(sizes if many else [1.0, *sizes], default=1.0) or 1.0
    widest = WIDEST * min(1.0, math.sqrt(100 / max(1, len(known))))
    leaving: dict[str, list[Link]] = {}
    arriving: dict[str, list[Link]] = {}
    for link in known:
        leaving.setdefault(link.source, []).append(link)
        arriving.setdefault(link.target, []).append(link)
    for links in leaving.values():
        links.sort(key=lambda link: tiles[link.target].middle)
    for links in arriving.values():
        links.sort(key=lambda link: tiles[link.source].middle)
    drawn = []
    for link in sorted(known, key=lambda link: abs(link.weight or 0.0)):
        share = 0.0 if link.weight is None else abs(link.weight) / greatest
        if not math.isfinite(share) or (many and link.weight is not None and share < 0.1):
            continue
        source, target = tiles[link.source], tiles[link.target]
        ahead = target.node.layer - source.node.layer
        beside = ahead == 0 and source is not target
        start = (source.x + source.width * (ahead >= 0), _port(source, leaving[link.source], link))
        end = (target.x + target.width * (beside or ahead < 0), _port(target, arriving[link.target], link))
        place = _place(link, len(leaving[link.source]), len(arriving[link.target]))
        bend = _bend(source if source is target else None, start, end, beside)
        drawn.append(Drawn(link, start, end, bend, *_look(palette, link, share, widest), place))
    return drawn


def _place(link: Link, leaving: int, arriving: int) -> Place:
    """Choose where a label stands, by how many links share the ends."""
    if link.source == link.target or min(leaving, arriving) > 1:
        return "along"
    return "source" if leaving == 1 else "target"


def _port(tile: Tile, own: list[Link], link: Link) -> float:
    """Height at which a link meets a tile: links are spread over the inner half of its side."""
    place = next(index for index, each in enumerate(own) if each is link)
    return tile.middle + tile.height * 0.56 * ((place + 0.5) / len(own) - 0.5)


def _bend(
    itself: Tile | None, start: tuple[float, float], end: tuple[float, float], beside: bool
) -> tuple[tuple[float, float], ...]:
    """Bend a link: an S between layers, a bow within a layer, a loop over the tile from a tile to itself."""
    (x1, y1), (x2, y2) = start, end
    if itself:
        top = itself.y - 0.55 * itself.height
        return start, (x1 + 0.6 * itself.width, top), (x2 - 0.6 * itself.width, top), end
    if beside:
        reach = 24 + 0.25 * abs(y2 - y1)
        return start, (x1 + reach, y1), (x2 + reach, y2), end
    half = (x2 - x1) / 2
    return start, (x1 + half, y1), (x2 - half, y2), end


def _look(palette: Palette, link: Link, share: float, widest: float) -> tuple[str, float, str]:
    """Colour, width and dashes of a link."""
    if link.weight is None:
        return "muted", 1.6, ""
    if link.weight == 0:
        return "line", 1.2, ""
    width = 1.2 + (widest - 1.2) * share
    tone = palette.signed(math.copysign(0.3 + 0.7 * share, link.weight))
    return tone, width, f"{number(6 + 1.6 * width)} {number(4 + 0.9 * width)}" if link.weight < 0 else ""


def _label(document: Document, drawn: Drawn, text: str) -> None:
    """Write a label beside the link's own end, on the outer side of its bend, or on the link."""
    weight = drawn.link.weight
    tone = "muted" if not weight else "pos" if weight > 0 else "neg"
    down = drawn.end[1] >= drawn.start[1] - 1
    gap = drawn.width / 2 + 8
    if drawn.place == "source":
        x, y, anchor, over = drawn.start[0] + 10, drawn.start[1], "start", down
    elif drawn.place == "target":
        x, y, anchor, over = drawn.end[0] - 10, drawn.end[1], "end", not down
    else:
        place = 0.5 if drawn.link.source == drawn.link.target else LABEL
        parts = [(1 - place) ** 3, 3 * place * (1 - place) ** 2, 3 * place**2 * (1 - place), place**3]
        x, y = (sum(part * at[axis] for part, at in zip(parts, drawn.bend, strict=True)) for axis in (0, 1))
        width = text_width(text) + 6
        document.rect(x - width / 2, y - 8, width, 16, "surface")
        document.text(x, y + 0.36 * SIZE, text, tone, bold=True, anchor="middle")
        return
    line = y - gap if over else y + gap + 0.72 * SIZE
    document.text(x, line, text, tone, bold=True, anchor=anchor, halo="surface")

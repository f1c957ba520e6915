"""Graph as cells: units as tiles tinted by their value, links as braille S-curves as thick as their weight."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from rich.cells import cell_len

from lessons.vocabulary.figures import Graph, Link, Node
from tui.drawing.canvas import Canvas, Ink, Look, braille_bit
from tui.drawing.cells.maps import fit
from tui.drawing.palette import mix

SMALL, WIDE, LARGE, MAP, MAP_SMALL = (7, 3), (13, 3), (12, 5), (8, 4), (6, 3)
"""Cells of a tile: width and height."""

MAPS = (MAP, MAP_SMALL, (4, 2), (4, 1))
"""Sizes of a heat map, where there is less and less room."""

NARROW = 6
"""Cells between layers under which their maps are made smaller."""

HIDDEN_SHARE = 0.1
"""Links below this share of the largest weight are left out."""


TINTS = 12
"""Steps of a link's colour: a weight that hardly changes keeps it."""


@dataclass(frozen=True)
class Tile:
    """A node and its place in cells."""

    node: Node
    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """First column after the tile."""
        return self.x + self.width

    @property
    def middle(self) -> float:
        """Row of its middle, in cells."""
        return self.y + self.height / 2


def height(figure: Graph, width: int, look: Look) -> int:
    """Enough for the fullest layer, with a row between tiles."""
    layers = _layers(figure)
    most = max((sum(_size(node, len(layer))[1] + 1 for node in layer) for layer in layers), default=0)
    return most + (1 if figure.heads else 0)


def draw(figure: Graph, canvas: Canvas) -> None:
    """Place the layers from left to right, draw the links and then the tiles."""
    tiles = place(figure, canvas.width, canvas.height)
    for layer, head in enumerate(figure.heads):
        column = next((tile.x for tile in tiles.values() if tile.node.layer == layer), 0)
        if not layer and tiles and next(iter(tiles.values())).node.map is not None:
            column = 0  # over the names of the maps
        word = canvas.say(head)
        canvas.put(max(0, min(column, canvas.width - canvas.measure(word))), 0, word, canvas.ink("muted"))
    _links(figure, tiles, canvas)
    _maps(tiles, canvas)
    for tile in tiles.values():
        _tile(tile, canvas)


def _layers(figure: Graph) -> list[list[Node]]:
    count = max((node.layer for node in figure.nodes), default=-1) + 1
    return [[node for node in figure.nodes if node.layer == layer] for layer in range(count)]


def _size(node: Node, siblings: int, rows: int = 0, least: int = 0) -> tuple[int, int]:
    """Cells of a tile: a map as large as leaves a row between it and the next, where `rows` are given."""
    if node.bare:
        return 1, 1
    if node.map is not None:
        size = max(0 if siblings <= 6 else 1, least)
        while rows and size < len(MAPS) - 1 and siblings * (MAPS[size][1] + 1) - 1 > rows:
            size += 1
        return MAPS[min(size, len(MAPS) - 1)]
    return LARGE if node.large else WIDE if node.wide else SMALL


def place(figure: Graph, width: int, height: int) -> dict[str, Tile]:
    """Give each node its cells: layers spread over the width, nodes evenly over the height."""
    layers = _layers(figure)
    if not layers:
        return {}
    top = 1 if figure.heads else 0
    rows = height - top
    incoming = Counter(link.target for link in figure.links)
    curved = {link.target for link in figure.links if link.weight is not None or incoming[link.target] > 1}
    short = [not any(node.name in curved for node in layer) for layer in layers]
    gaps = sum(not each for each in short[1:])
    names = [cell_len(node.symbol) + 1 for node in layers[0] if node.map is not None and node.symbol]
    margin = max(names, default=0)  # the names of maps stand left of them
    for least in range(len(MAPS) - 1):
        sizes = [max(_size(node, len(layer), rows, least)[0] for node in layer) for layer in layers]
        room = width - margin - sum(sizes) - 2 * sum(short[1:])
        if not gaps or room // gaps >= NARROW or not any(node.map is not None for node in figure.nodes):
            break
    gap = max(4, min(14 if len(layers) < 4 else 99, room // gaps)) if gaps else 2
    tiles: dict[str, Tile] = {}
    x = margin
    for layer, nodes in enumerate(layers):
        if layer:
            x += 2 if short[layer] else gap
        heights = [_size(node, len(nodes), rows, least)[1] for node in nodes]
        captions = [1 if node.caption else 0 for node in nodes]
        used = sum(heights) + (0 if len(nodes) == 1 else sum(captions))
        free = max(0, rows - used)
        between, spare = divmod(free, max(len(nodes) - 1, 1))
        for index, node in enumerate(nodes):
            if len(nodes) == 1:
                y = top + (rows - heights[0]) // 2
            else:
                before = sum(heights[:index]) + sum(captions[:index])
                even = spare // 2 + between * index  # all gaps alike, where each has a row
                y = top + before + (even if between else round(free * index / (len(nodes) - 1)))
            tiles[node.name] = Tile(node, x, y, *_size(node, len(nodes), rows, least))
        x += sizes[layer]
    return tiles


def _links(figure: Graph, tiles: dict[str, Tile], canvas: Canvas) -> None:
    weights = [abs(link.weight) for link in figure.links if link.weight is not None]
    largest = figure.scale or max(weights, default=0.0) or 1.0
    many = len(weights) > 12
    entries = _entries(figure)
    order = sorted(figure.links, key=lambda link: abs(link.weight or 0.0))
    for link in order:
        source, target = tiles[link.source], tiles[link.target]
        if link.weight is None:
            _plain(source, target, entries[id(link)], canvas)
        else:
            _weighted(link, source, target, entries[id(link)], largest, many, canvas)


def _entries(figure: Graph) -> dict[int, float]:
    """Where each link enters its target, as a share of the target's height."""
    incoming: dict[str, list[Link]] = {}
    for link in figure.links:
        incoming.setdefault(link.target, []).append(link)
    return {id(link): (index + 0.5) / len(each) for each in incoming.values() for index, link in enumerate(each)}


def _ends(source: Tile, target: Tile, share: float) -> tuple[float, float]:
    """Dot rows at which a link begins and ends."""
    spread = 0.3 if count_is_odd_middle(share) else 0.5
    end = 4 * (target.y + target.height * (0.5 + (share - 0.5) * 2 * spread)) - 0.5
    return 4 * source.middle - 0.5, end


def _rise(start: float, end: float, t: float) -> float:
    """Dot row of a link on its way, t from 0 to 1."""
    return start + (end - start) * t * t * (3 - 2 * t)


def link_at(figure: Graph, width: int, height: int, x: float, y: float) -> Link | None:
    """Find the link that passes nearest a place in cells, within half a row of it; the heavier one of two."""
    tiles, entries = place(figure, width, height), _entries(figure)
    best: tuple[float, Link] | None = None
    for link in figure.links:
        source, target = tiles[link.source], tiles[link.target]
        if not source.right <= x < target.x:
            continue
        t = (x + 0.5 - source.right) / (target.x - source.right)
        away = abs(_rise(*_ends(source, target, entries[id(link)]), t) / 4 - y - 0.5) - 0.2 * min(
            abs(link.weight or 0), 1
        )
        if away <= 0.75 and (best is None or away < best[0]):
            best = (away, link)
    return best[1] if best else None


def _plain(source: Tile, target: Tile, share: float, canvas: Canvas) -> None:
    """A link without a weight: a line, or a curve where it rises or falls."""
    if abs(source.middle - target.middle) < 1:
        row = round(source.middle - 0.5)
        canvas.put(source.right, row, "─" * (target.x - source.right), canvas.ink("foreground"))
    else:
        start, end = _ends(source, target, share)
        curve(canvas, 2 * source.right, 2 * target.x, start, end, 1, True, canvas.colour("foreground"))


def _weighted(link: Link, source: Tile, target: Tile, share: float, largest: float, many: bool, canvas: Canvas) -> None:
    weight = link.weight or 0.0
    strength = min(abs(weight) / largest, 1.0)
    positive = weight > 0
    start, end = _ends(source, target, share)
    if strength >= HIDDEN_SHARE and weight:
        colour = canvas.colour("pos" if positive else "neg")
        if many:
            colour = mix(canvas.colour(canvas.look.ground), colour, 0.35 + 0.65 * round(strength * TINTS) / TINTS)
        thick = 1 + round((2 if many else 3) * strength)
        curve(canvas, 2 * source.right, 2 * target.x, start, end, thick, positive, colour)
    if link.label and not many:
        _label(link, source, start, end, canvas)
    if link.setting:
        canvas.spot(source.right, round(min(start, end) / 4), max(target.x - source.right, 1),
                    max(1, round(abs(end - start) / 4)), link.setting)  # fmt: skip


def count_is_odd_middle(share: float) -> bool:
    """Tell whether a link enters at the middle of its target."""
    return abs(share - 0.5) < 1e-9


def curve(
    canvas: Canvas, left: int, right: int, start: float, end: float, thick: int, solid: bool, colour: str
) -> None:
    """Draw a braille S-curve between two columns of dots, from one row of dots to another."""
    canvas.braille(_curve_cells(left, right, start, end, thick, solid), colour)


@lru_cache(2048)
def _curve_cells(
    left: int, right: int, start: float, end: float, thick: int, solid: bool
) -> tuple[tuple[int, int, int], ...]:
    """Cells of a link with their braille bits; while a network learns its links stay where they are."""
    steps = max(right - left, 1)
    length, last = 0.0, (left, start)
    cells: dict[tuple[int, int], int] = {}
    for x in range(left, right):
        y = _rise(start, end, (x - left + 0.5) / steps)
        length += ((x - last[0]) ** 2 + (y - last[1]) ** 2) ** 0.5
        if solid or length % 10 < 6:
            low, high = sorted((last[1], y))
            rise = max(0, int(high - low) - 1)
            first = round(y - (thick - 1) / 2) - (rise if y > last[1] else 0)
            for place in range(first, first + thick + rise):
                cell = x >> 1, place >> 2
                cells[cell] = cells.get(cell, 0) | braille_bit(x, place)
        last = (x, y)
    return tuple((column, row, bits) for (column, row), bits in cells.items())


def _label(link: Link, source: Tile, start: float, end: float, canvas: Canvas) -> None:
    """Write the weight beside the link's beginning, on the side that the link leaves free."""
    row = source.y + source.height - 1 if end < start - 3 else source.y
    tone = "pos" if (link.weight or 0) > 0 else "neg" if link.weight else "muted"
    canvas.put(source.right + 1, row, link.label, canvas.ink(tone, bold=True))


def _maps(tiles: dict[str, Tile], canvas: Canvas) -> None:
    """Draw the heat maps, all of one size at once: thirty one by one cost five times as much."""
    alike: dict[tuple[int, ...], list[tuple[Tile, np.ndarray]]] = {}
    for tile in tiles.values():
        if (values := tile.node.map) is not None:
            alike.setdefault((tile.width, tile.height, *values.shape), []).append((tile, values))
    for (width, rows, *_), group in alike.items():
        fitted = fit(np.stack([values for _, values in group]), width, rows, canvas.look.wide)
        canvas.maps([(tile.x, tile.y) for tile, _ in group], "signed", fitted)


def _tile(tile: Tile, canvas: Canvas) -> None:
    node, look = tile.node, canvas.look
    if node.bare:
        canvas.put(tile.x, tile.y, "▸", canvas.ink("accent" if look.focus == node.name else "muted"))
    elif node.map is not None:
        if node.symbol:
            canvas.put_right(tile.x - 1, int(tile.middle), node.symbol, canvas.ink("text"))
    else:
        _number_tile(tile, canvas)
    if node.caption:
        canvas.put_middle(tile.x + tile.width / 2, tile.y + tile.height, canvas.say(node.caption), canvas.ink("muted"))
    if look.focus == node.name and not node.bare:
        for row in range(tile.y, tile.y + tile.height):
            canvas.put(tile.x - 1, row, "▐", canvas.ink("accent"))
    canvas.spot(tile.x, tile.y, tile.width, tile.height, node.name)


def _number_tile(tile: Tile, canvas: Canvas) -> None:
    node, palette = tile.node, canvas.look.palette
    ground = palette.signed(node.value, large=True) if node.value else palette.colour("panel")
    for row in range(tile.y, tile.y + tile.height):
        canvas.put(tile.x, row, " " * tile.width, Ink("", ground))
    if palette.shaded:
        shade = int(palette.shade_levels("ink", np.array([[abs(node.value)]]))[0, 0])
        for row in range(tile.y, tile.y + tile.height):
            canvas.put(tile.x, row, (" .:#" if canvas.look.wide else " ░▒▓")[shade] * tile.width, canvas.ink("faint"))
    text = Ink(palette.on(ground), ground)
    strong = text._replace(bold=True)
    if node.large:
        canvas.put(tile.x + 1, tile.y + 1, node.symbol, strong)
        canvas.put(tile.x + 6, tile.y + 1, node.note, strong._replace(italic=True))
        if node.curve is not None:
            _small_curve(tile, node.curve, text.fg, canvas)
        canvas.put(tile.x + 1, tile.y + 3, node.number, strong)
    else:
        canvas.put(tile.x + 1, tile.y, canvas.say(node.symbol), text)
        canvas.put_right(tile.x + tile.width - 1, tile.y, node.note, text._replace(italic=True))
        canvas.put(tile.x + 1, tile.y + 1, canvas.say(node.number), strong)


def _small_curve(tile: Tile, curve: np.ndarray, colour: str, canvas: Canvas) -> None:
    left, width = 2 * (tile.x + 7), 8
    top, rows = 4 * (tile.y + 1), 8
    places = np.linspace(0, len(curve) - 1, width).round().astype(int)
    previous: int | None = None
    for step, value in enumerate(curve[places].tolist()):
        if value != value:
            previous = None
            continue
        y = top + round((1 - value) * (rows - 1))
        reach = range(y, y + 1)
        if previous is not None and abs(previous - y) > 1:
            reach = range(min(previous, y) + (1 if previous < y else 0), max(previous, y) + (1 if previous < y else 0))
        for place in reach:
            canvas.dot(left + step, place, colour)
        previous = y

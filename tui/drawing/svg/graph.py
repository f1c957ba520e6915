"""A network as SVG: tiles tinted by their values, and S-shaped links as wide as their weights."""

import math

import numpy as np

from lessons.vocabulary.figures import Graph, Node
from tui.drawing.palette import Palette
from tui.drawing.svg.document import PAD, SIZE, SMALL, Document, points, text_width
from tui.drawing.svg.links import MANY, Tile, draw_links
from tui.drawing.svg.maps import draw_map
from tui.locale import Words

PLAIN = 64.0
"""Pixels between layers whose links have no weights."""


def draw(figure: Graph, palette: Palette, words: Words, width: float) -> str:
    """Draw layers from left to right."""
    heads = [words.say(head) for head in figure.heads]
    document = Document(palette, _spoken(figure, words, heads))
    tiles, right, bottom = _placed(figure, words, heads, width)
    for layer, head in enumerate(heads):
        own = [tile for tile in tiles.values() if tile.node.layer == layer]
        if own:
            document.text(min(tile.x for tile in own), PAD + 11, head, "muted")
    draw_links(document, figure, tiles, words)
    for tile in tiles.values():
        _tile(document, tile)
    return document.finish(right + PAD, bottom + PAD, width)


def _spoken(figure: Graph, words: Words, heads: list[str]) -> str:
    """Name the graph for those who do not see it: its heads, or its symbols from layer to layer."""
    if any(heads):
        return " → ".join(head for head in heads if head)
    layers: dict[int, list[str]] = {}
    for node in figure.nodes:
        layers.setdefault(node.layer, []).append(words.say(node.symbol) or node.name)
    return " → ".join(", ".join(layers[layer]) for layer in sorted(layers))


def _size(node: Node, crowd: int) -> tuple[float, float]:
    """Width and height of a tile; tiles of a crowded layer are smaller."""
    if node.bare:
        return 10.0, 10.0
    if node.map is not None:
        rows, columns = node.map.shape
        side = 190.0 if node.large else 66.0 if crowd <= 8 else max(22.0, 560 / crowd - 6)
        return side, side * min(2.0, max(0.5, rows / max(columns, 1)))
    if node.large:
        return 138.0, 112.0
    if crowd > 9:
        side = max(10.0, 600 / crowd - 4)
        return side, side
    return (76.0, 60.0) if node.symbol or node.number else (40.0, 40.0)


def _placed(figure: Graph, words: Words, heads: list[str], width: float) -> tuple[dict[str, Tile], float, float]:
    """Place all tiles: layers evenly across, each layer evenly over the height of the fullest."""
    layers: dict[int, list[Node]] = {}
    for node in figure.nodes:
        layers.setdefault(node.layer, []).append(node)
    order = sorted(layers)
    sizes = {node.name: _size(node, len(layers[node.layer])) for node in figure.nodes}
    wide: dict[int, float] = {}
    high: dict[int, float] = {}
    for layer, nodes in layers.items():
        texts = [text_width(words.say(text), SIZE) + 20 for node in nodes for text in (node.number, node.symbol)]
        boxed = all(node.map is None and sizes[node.name][0] >= 40 for node in nodes)
        wide[layer] = max([sizes[node.name][0] for node in nodes] + (texts if boxed else []))
        gap = 28.0 if any(node.caption or (node.map is not None and node.number) for node in nodes) else 16.0
        high[layer] = sum(sizes[node.name][1] + min(gap, sizes[node.name][1]) for node in nodes)
    height = max(high.values(), default=0.0)
    loops = any(link.source == link.target for link in figure.links)
    top = PAD + (26 if any(heads) else 0) + (18 if loops else 0)
    left = PAD + max([_outside(node, words) for node in layers[order[0]]] if order else [0.0])
    between = _between(figure, order, width - left - PAD - sum(wide.values()))
    tiles: dict[str, Tile] = {}
    x = left
    for layer in order:
        nodes = layers[layer]
        for index, node in enumerate(nodes):
            own_width, own_height = sizes[node.name]
            if node.map is None and own_width >= 40:
                own_width = wide[layer]
            middle = top + height * (index + 0.5) / len(nodes)
            tiles[node.name] = Tile(
                node,
                words.say(node.symbol),
                words.say(node.number),
                words.say(node.caption),
                x + (wide[layer] - own_width) / 2,
                middle - own_height / 2,
                own_width,
                own_height,
            )
        x += wide[layer] + between.get(layer, 0.0)
    return tiles, x, top + height


def _between(figure: Graph, order: list[int], room: float) -> dict[int, float]:
    """Pixels after each layer but the last: few where no link has a weight, enough for many links."""
    layer = {node.name: node.layer for node in figure.nodes}
    weighted = {layer[link.source] for link in figure.links if link.weight is not None and link.source in layer}
    gaps = dict.fromkeys(order[:-1], PLAIN)
    wide = [each for each in order[:-1] if each in weighted]
    least = 104.0 if len(figure.links) > MANY else 70.0
    share = (room - PLAIN * (len(gaps) - len(wide))) / max(1, len(wide))
    return gaps | dict.fromkeys(wide, max(least, min(190.0, share)))


def _outside(node: Node, words: Words) -> float:
    """Pixels that the symbol of a map in the first layer takes at its left."""
    return text_width(words.say(node.symbol)) + 12 if node.map is not None and node.symbol else 0.0


def _tile(document: Document, tile: Tile) -> None:
    """Draw a tile with its texts, or a map with its texts around it."""
    node, palette = tile.node, document.palette
    centre = tile.x + tile.width / 2
    below = tile.y + tile.height + 18
    if node.bare:
        return
    if node.map is not None:
        kind = "large" if node.large else "signed"
        draw_map(document, kind, node.map, tile.x, tile.y, tile.width, tile.height)
        if node.layer == 0:
            document.text(tile.x - 12, tile.middle + 0.36 * SIZE, tile.symbol, anchor="end")
            under = [tile.number, tile.caption]
        else:
            under = [tile.symbol, tile.number, tile.caption]
        text = "  ".join(each for each in under if each)
        document.text(centre, below - 2, text, "faint", size=SMALL, anchor="middle", halo="surface")
        return
    value = node.value if math.isfinite(node.value) else 0.0
    tint = palette.colour("panel") if abs(value) < 0.02 else palette.signed(value, large=True)
    document.rect(tile.x, tile.y, tile.width, tile.height, tint)
    document.text(centre, below, tile.caption, "muted", size=SMALL, anchor="middle", halo="surface")
    if tile.height < 28:
        return
    ink = palette.on(tint)
    if tile.height < 48:
        text = tile.number or tile.symbol
        if text_width(text, SMALL) <= tile.width:
            document.text(centre, tile.middle + 0.36 * SMALL, text, ink, size=SMALL, anchor="middle")
        return
    inset = 10.0
    document.text(tile.x + inset, tile.y + 24, tile.symbol, ink)
    document.text(tile.x + inset, tile.y + tile.height - 14, tile.number, ink, bold=True)
    if node.curve is not None and len(node.curve) > 1:
        wide, high = tile.width * 0.36, tile.height * 0.38
        x, y = tile.x + tile.width - wide - inset, tile.y + 14
        across = np.linspace(x, x + wide, len(node.curve)).tolist()
        heights = (y + high * (1 - np.clip(node.curve, 0, 1))).tolist()
        document.path(points(list(zip(across, heights, strict=True))), ink, 2)
        document.text(x - 8, tile.y + 24, node.note, ink, anchor="end")
    else:
        document.text(tile.x + tile.width - inset, tile.y + 24, node.note, ink, anchor="end")

"""Screenshots as SVG: Textual's export, set anew so that every character stands in its own cell.

The export gives each text a length by its characters, so that Japanese comes out at half its width, asks the
web for a font, and draws a window around the screen. Here only the screen is left, on a grid of whole pixels:
each character has a place of its own, and blocks are rectangles, so that maps have no seams.
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from rich.cells import cell_len

WIDTH, HEIGHT = 12, 24
"""Pixels of a cell."""

FONTS = '"DejaVu Sans Mono", "Noto Sans CJK JP", "Noto Sans Mono CJK JP", monospace'
SIZE, BASELINE = 19.93, 19
"""Pixels: the size at which DejaVu Sans Mono is a cell wide, and where its letters stand in a cell."""

EXPORTED_WIDTH, EXPORTED_HEIGHT = 12.2, 24.4
"""A cell of Textual's export."""

NAMESPACE = "{http://www.w3.org/2000/svg}"
RULE = re.compile(r"\.[\w-]+-(r\d+) \{ ([^}]*) \}")
FILL = re.compile(r"fill: (#[0-9a-f]{6})")

BLOCKS: dict[str, tuple[tuple[int, int, int, int], ...]] = {
    "█": ((0, 0, 8, 8),),
    "▀": ((0, 0, 8, 4),),
    "▌": ((0, 0, 4, 8),),
    "▐": ((4, 0, 4, 8),),
    "▘": ((0, 0, 4, 4),),
    "▝": ((4, 0, 4, 4),),
    "▖": ((0, 4, 4, 4),),
    "▗": ((4, 4, 4, 4),),
    "▚": ((0, 0, 4, 4), (4, 4, 4, 4)),
    "▞": ((4, 0, 4, 4), (0, 4, 4, 4)),
    **{character: ((0, 7 - n, 8, n + 1),) for n, character in enumerate("▁▂▃▄▅▆▇")},
}
"""Left, top, width and height of the parts of a block, in eighths of a cell."""


def mended(exported: str) -> str:
    """Set what `App.export_screenshot` gives anew: the screen alone, true widths, fonts of this machine.

    Raises ValueError for another SVG.
    """
    root = ElementTree.fromstring(exported)
    styles = {name: rules for found in root.iter(f"{NAMESPACE}style") for name, rules in RULE.findall(found.text or "")}
    clip = next(root.iter(f"{NAMESPACE}clipPath"), None)
    screen = next((each for each in root.iter(f"{NAMESPACE}g") if each.get("clip-path")), None)
    if clip is None or screen is None:
        raise ValueError("this is no exported screenshot")
    columns = round((float(clip[0].get("width", 0)) + 1) / EXPORTED_WIDTH)
    rows = round((float(clip[0].get("height", 0)) + 1) / EXPORTED_HEIGHT)
    body = [
        *(_ground(each) for each in screen.iter(f"{NAMESPACE}rect")),
        *(part for each in screen.iter(f"{NAMESPACE}text") for part in _text(each, styles, columns)),
    ]
    width, height = columns * WIDTH, rows * HEIGHT
    rules = "".join(f".{name} {{ {rule.rstrip(';')} }}\n" for name, rule in styles.items())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">\n'
        f"<style>\ntext {{ font: {SIZE}px {FONTS}; white-space: pre }}\n"
        f"rect {{ shape-rendering: crispEdges }}\n{rules}</style>\n" + "\n".join(body) + "\n</svg>\n"
    )


def size(picture: str) -> tuple[int, int]:
    """Tell a mended screenshot's width and height in pixels."""
    root = ElementTree.fromstring(picture)
    return int(root.get("width", 0)), int(root.get("height", 0))


def _cell(element: ElementTree.Element) -> tuple[int, int]:
    """Give the column and row that an exported element begins at."""
    x, y = float(element.get("x", 0)), float(element.get("y", 0))
    return round(x / EXPORTED_WIDTH), int(y / EXPORTED_HEIGHT)


def _ground(rect: ElementTree.Element) -> str:
    column, row = _cell(rect)
    cells = round(float(rect.get("width", 0)) / EXPORTED_WIDTH)
    return _rect(column * WIDTH, row * HEIGHT, cells * WIDTH, HEIGHT, f'fill="{rect.get("fill")}"')


def _rect(x: int, y: int, width: int, height: int, look: str) -> str:
    return f'<rect {look} x="{x}" y="{y}" width="{width}" height="{height}"/>'


def _text(element: ElementTree.Element, styles: dict[str, str], columns: int) -> Iterator[str]:
    """Set a text's characters in their cells; what stands behind the last column is a line's end."""
    column, row = _cell(element)
    name = element.get("class", "").rpartition("-")[2]
    underlined = "text-decoration" in styles.get(name, "")
    fill = FILL.search(styles.get(name, ""))
    letters: list[tuple[int, str]] = []
    for character in (element.text or "").replace("\xa0", " "):
        if column >= columns:
            break
        if character in BLOCKS:
            look = f'fill="{fill[1]}"' if fill else ""
            for left, top, width, height in BLOCKS[character]:
                x, y = column * WIDTH + left * WIDTH // 8, row * HEIGHT + top * HEIGHT // 8
                yield _rect(x, y, width * WIDTH // 8, height * HEIGHT // 8, look)
        elif cell_len(character) == 0 and letters:
            place, before = letters.pop()
            letters.append((place, before + character))
        elif character != " " or underlined:
            letters.append((column, character))
        column += cell_len(character)
    if letters:
        places = " ".join(f"{place * WIDTH}{' 0' * (len(text) - 1)}" for place, text in letters)
        written = escape("".join(text for _, text in letters))
        yield f'<text class="{name}" x="{places}" y="{row * HEIGHT + BASELINE}">{written}</text>'

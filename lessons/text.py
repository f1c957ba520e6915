"""A lesson's text as data: parts by heading, each a list of blocks, read from its Markdown file.

The subset that lessons are written in: headings (`## … {#lab}`), paragraphs, **bold**, links, `*formula*` alone
on a line, lists, pipe tables and fenced figures.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Style = Literal["", "bold", "link"]

_HEADING = re.compile(r"^(#{1,3}) (.*?)(?: \{#(\w+)\})?$")
_INLINE = re.compile(r"\*\*(?P<bold>.+?)\*\*|\[(?P<text>[^\]]+)\]\(lab:(?P<link>[^)]+)\)")


@dataclass(frozen=True)
class Span:
    """A piece of text of one style."""

    text: str
    style: Style = ""
    link: str = ""
    """Lab address that it sets."""


@dataclass(frozen=True)
class Block:
    """A paragraph, a formula, a list item, a subheading, a table or a figure of text."""

    kind: Literal["paragraph", "formula", "item", "subheading", "table", "figure"]
    spans: tuple[Span, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    """Rows of a table, the head first; lines of a figure, one entry each."""


@dataclass(frozen=True)
class Part:
    """What stands under one heading."""

    heading: str
    lab: str
    """Short name of the lab it belongs to, or nothing."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Lesson:
    """A whole lesson."""

    title: str
    parts: tuple[Part, ...]


def spans(text: str) -> tuple[Span, ...]:
    """Part a line into pieces of one style."""
    found, place = [], 0
    for match in _INLINE.finditer(text):
        if match.start() > place:
            found.append(Span(text[place : match.start()]))
        if match["bold"]:
            found.append(Span(match["bold"], "bold"))
        else:
            found.append(Span(match["text"], "link", match["link"]))
        place = match.end()
    if place < len(text):
        found.append(Span(text[place:]))
    return tuple(found)


def parse(source: str) -> Lesson:
    """Read a lesson's Markdown."""
    title, parts = "", []
    heading, lab = "", ""
    blocks: list[Block] = []
    lines = iter(source.splitlines())
    table: list[tuple[str, ...]] = []

    def close_table() -> None:
        if table:
            blocks.append(Block("table", rows=tuple(table)))
            table.clear()

    def close_part() -> None:
        close_table()
        if heading:
            parts.append(Part(heading, lab, tuple(blocks)))
        blocks.clear()

    for line in lines:
        if line.startswith("|"):
            cells = tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
            if not all(set(cell) <= set("-: ") for cell in cells):
                table.append(cells)
            continue
        close_table()
        if match := _HEADING.match(line):
            level = len(match[1])
            if level == 1:
                title = match[2]
            elif level == 2:
                close_part()
                heading, lab = match[2], match[3] or ""
            else:
                blocks.append(Block("subheading", spans(match[2])))
        elif line.startswith("```"):
            figure = []
            for inner in lines:
                if inner.startswith("```"):
                    break
                figure.append((inner,))
            blocks.append(Block("figure", rows=tuple(figure)))
        elif line.startswith("- "):
            blocks.append(Block("item", spans(line[2:])))
        elif line.startswith("*") and line.endswith("*") and not line.startswith("**"):
            blocks.append(Block("formula", (Span(line.strip("*")),)))
        elif line.strip():
            blocks.append(Block("paragraph", spans(line.strip())))
    close_part()
    return Lesson(title, tuple(parts))


@cache
def lesson(section: str, language: str) -> Lesson:
    """Read the lesson of a section in a language (`ja`, `en`)."""
    return parse((Path(__file__).parent / section / f"lesson.{language}.md").read_text(encoding="utf-8"))

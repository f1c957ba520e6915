"""A report as one Markdown file (CommonMark with pipe tables): texts escaped, figures as SVG written into the file.

A figure is a reference to its data at the end of the file, so that the text above stays readable as it is.
"""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lessons.vocabulary.figures import Figure
from tui.drawing.svg import svg
from tui.locale import Words
from tui.report.document import (
    Block,
    Cell,
    Document,
    Entry,
    Facts,
    Grid,
    Paragraph,
    Pictures,
    Solution,
    Sum,
    Writing,
)
from tui.report.page import text as html_text

WIDTH = 560
"""Pixels that a figure is drawn for."""

BAR = 10
"""Squares of a bar."""

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~$!&])")
_START = re.compile(r"^(\d*)([-+=:.)])(?=\s|$|[-+=:])")


def markdown(document: Document, words: Words) -> str:
    """Write the whole file; `words` are in the document's language."""
    return _Writer(words).write(document)


def text(content: str) -> str:
    """Escape a text for one line of Markdown; what a line cannot hold becomes a space."""
    line = " ".join("".join(each if each.isprintable() else " " for each in content).split(" ")).strip()
    return _START.sub(r"\1\\\2", _MARKS.sub(r"\\\1", line))  # nor begins it a list, a rule or a heading


def code(content: str) -> str:
    """Write a text as code on one line, whatever accents it holds."""
    line = "".join(each if each.isprintable() else "·" for each in content)
    longest = max((len(found) for found in re.findall(r"`+", line)), default=0)
    fence, space = "`" * (longest + 1), " " if longest else ""
    return f"{fence}{space}{line}{space}{fence}" if line else ""


def fenced(content: str) -> str:
    """Write some lines as they are."""
    longest = max((len(found) for found in re.findall(r"`+", content)), default=0)
    fence = "`" * max(longest + 1, 3)
    lines = "\n".join(
        "".join(each if each.isprintable() or each == "\t" else " " for each in line) for line in content.splitlines()
    )
    return f"{fence}text\n{lines}\n{fence}"


@dataclass
class _Writer:
    """Writes a document and collects its figures."""

    words: Words
    data: list[str] = field(default_factory=list)

    def write(self, document: Document) -> str:
        """Give the whole text."""
        found = [f"# {text(document.title)}", "  \n".join(map(text, document.about))]
        found += [text(document.lead)] if document.lead else []
        found += [f"> {text(each)}" for each in document.notices]
        found.append("\n".join(map(_sum, document.sums)))
        for part in document.parts:
            count = f"  {text(part.count)}" if part.count else ""
            found.append(f"## {text(part.title)}{count}")
            for block in part.blocks:
                found += self._block(block)
        found += ["---", text(document.foot)]
        if self.data:
            found.append("\n".join(self.data))
        return "\n\n".join(each for each in found if each) + "\n"

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph():
                yield text(block.text)
            case Grid():
                yield _grid(block)
            case Facts():
                yield "\n".join(f"- {text(label)}: {_cell(cell)}" for label, cell in block.pairs)
            case Solution():
                facts = text(" · ".join(block.facts))
                lines = (f"- {block.mark} {text(block.goal)}", f"  {facts}", f"  {_address(block)}".rstrip())
                yield "  \n".join(line for line in lines if line)
            case Pictures():
                if block.title:
                    yield text(block.title)
                for figure in block.figures:
                    yield self._picture(figure)
            case Writing():
                yield text(block.title)
                yield fenced(block.text)
            case Entry():
                mark = f"{block.mark} " if block.mark else ""
                note = f" {code(block.note)}" if block.note else ""
                yield f"### {mark}{text(block.title)}{note}"
                for inner in block.blocks:
                    yield from self._block(inner)

    def _picture(self, figure: Figure) -> str:
        name = f"figure-{len(self.data) + 1}"
        drawn = base64.b64encode(svg(figure, self.words, "paper", WIDTH).encode()).decode()
        self.data.append(f"[{name}]: data:image/svg+xml;base64,{drawn}")
        return f"![{text(self.words.say(getattr(figure, 'title', '')))}][{name}]"


def _address(block: Solution) -> str:
    """Write the address; one that is very long begins what unfolds it, which Markdown leaves to HTML."""
    if not block.short:
        return code(block.address)
    short, whole = (html_text(each).replace("\n", " ") for each in (block.short, block.address))
    return f"<details><summary><code>{short}</code></summary><code>{whole}</code></details>"


def _sum(each: Sum) -> str:
    of = f" / {text(each.of)}" if each.of else ""
    return f"- {text(each.label)}: **{text(each.number)}**{of}"


def _grid(grid: Grid) -> str:
    sides = ["--:" if column in grid.right else "---" for column in range(len(grid.heads))]
    entries = ([_cell(cell, in_table=True) for cell in row] for row in grid.rows)
    rows = [[text(head) for head in grid.heads], sides, *entries]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(cell: Cell, *, in_table: bool = False) -> str:
    """Write an entry; in a table a stroke would part it even within code."""
    if cell.share is not None:
        full = round(BAR * min(max(cell.share, 0.0), 1.0))
        return "▪" * full + "▫" * (BAR - full)
    if cell.tiles is not None:
        done, total = cell.tiles
        return "▪" * done + "▫" * (total - done)
    if cell.code:
        return code(cell.text).replace("|", "\\|") if in_table else code(cell.text)
    content = text(cell.text)
    return f"**{content}**" if cell.bold and content else content

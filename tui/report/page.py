"""A report as one HTML file: nothing from outside, no script, all texts escaped, figures as SVG within the page."""

from collections.abc import Iterator
from html import escape

from lessons.vocabulary.figures import Curves, Figure
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
    Part,
    Pictures,
    Solution,
    Sum,
    Writing,
)
from tui.report.style import sheet

WIDTH = 430
"""Pixels that a figure is drawn for: two stand side by side on a desk, and its text can be read on a phone."""


def html(document: Document, words: Words) -> str:
    """Write the whole page; `words` are in the document's language."""
    return "\n".join(_page(document, words)) + "\n"


def _page(document: Document, words: Words) -> Iterator[str]:
    yield "<!DOCTYPE html>"
    yield f'<html lang="{document.language}">'
    yield '<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="generator" content="nnlab">'
    yield f"<title>{text(document.title)}</title>"
    yield f"<style>\n{sheet(document.language)}</style>\n</head>\n<body>\n<main>"
    yield f'<header>\n<p class="brand">nnlab</p>\n<h1>{text(document.title)}</h1>'
    yield from (f'<p class="about">{text(line)}</p>' for line in document.about)
    if document.lead:
        yield f'<p class="lead">{text(document.lead)}</p>'
    if document.notices:
        yield f'<div class="notices">{"".join(f"<p>{text(each)}</p>" for each in document.notices)}</div>'
    yield f'<div class="sums">{"".join(map(_sum, document.sums))}</div>'
    yield f'<nav aria-label="{text(document.contents)}"><ul>'
    yield from (f'<li><a href="#{part.name}">{text(part.title)}</a></li>' for part in document.parts)
    yield "</ul></nav>\n</header>"
    for part in document.parts:
        yield from _part(part, words)
    yield f"<footer>{text(document.foot)}</footer>\n</main>\n</body>\n</html>"


def text(content: str) -> str:
    """Escape a text; what HTML cannot hold is left out."""
    return escape("".join(each for each in content if _allowed(each)))


def _allowed(character: str) -> bool:
    code = ord(character)
    return character in "\n\t" or (code >= 0x20 and not 0x7F <= code < 0xA0 and not 0xD800 <= code < 0xE000)


def _sum(each: Sum) -> str:
    of = f' <span class="of">/ {text(each.of)}</span>' if each.of else ""
    bar = _bar(each.share) if each.share is not None else ""
    return f'<div><p><strong>{text(each.number)}</strong>{of}</p><p class="label">{text(each.label)}</p>{bar}</div>'


def _bar(share: float) -> str:
    return f'<span class="bar"><i style="width: {100 * min(max(share, 0.0), 1.0):.1f}%"></i></span>'


def _part(part: Part, words: Words) -> Iterator[str]:
    yield f'<section id="{part.name}">\n<h2>{text(part.title)}<small>{text(part.count)}</small></h2>'
    for block in part.blocks:
        yield from _block(block, words)
    yield "</section>"


def _block(block: Block, words: Words) -> Iterator[str]:
    match block:
        case Paragraph():
            yield f"<p{_class(block.tone)}>{text(block.text)}</p>"
        case Grid():
            yield from _grid(block)
        case Facts():
            pairs = (f"<dt>{text(label)}</dt><dd>{_content(cell)}</dd>" for label, cell in block.pairs)
            yield f"<dl>{''.join(pairs)}</dl>"
        case Solution():
            facts = text(" · ".join(block.facts))
            mark = f'<span class="mark {"success" if block.solved else "error"}">{block.mark}</span>'
            yield f'<div class="solution"><p>{mark}{text(block.goal)}</p><p class="facts">{facts}</p>'
            yield f"{_address(block)}</div>"
        case Pictures():
            if block.title:
                yield f"<h4>{text(block.title)}</h4>"
            yield f'<div class="pictures">{"".join(_figure(each, words) for each in block.figures)}</div>'
        case Writing():
            yield f"<h4>{text(block.title)}</h4>\n<pre>{text(block.text)}</pre>"
        case Entry():
            mark = f'<span class="mark {block.tone}">{text(block.mark)}</span>' if block.mark else ""
            note = f"<small>{text(block.note)}</small>" if block.note else ""
            yield f'<article class="entry">\n<h3>{mark}{text(block.title)}{note}</h3>'
            for inner in block.blocks:
                yield from _block(inner, words)
            yield "</article>"


def _address(block: Solution) -> str:
    """Write the address; one that is very long begins what unfolds it."""
    whole = f"<code>{text(block.address)}</code>"
    if block.short:
        return f"<details><summary><code>{text(block.short)}</code></summary><p>{whole}</p></details>"
    return f"<p>{whole}</p>" if block.address else ""


def _figure(figure: Figure, words: Words) -> str:
    kind = ' class="wide"' if isinstance(figure, Curves) else ""
    return f"<figure{kind}>{svg(figure, words, 'paper', WIDTH)}</figure>"


def _grid(grid: Grid) -> Iterator[str]:
    yield "<table>"
    if any(grid.heads):
        heads = (
            f"<th{_class('right' if column in grid.right else '')}>{text(head)}</th>"
            for column, head in enumerate(grid.heads)
        )
        yield f"<thead><tr>{''.join(heads)}</tr></thead>"
    yield "<tbody>"
    for row in grid.rows:
        head = ' class="head"' if len(row) > 1 and row[0].bold else ""
        cells = "".join(
            f"<td{_class('right' if column in grid.right else '')}>{_content(cell)}</td>"
            for column, cell in enumerate(row)
        )
        yield f"<tr{head}>{cells}</tr>"
    yield "</tbody></table>"


def _content(cell: Cell) -> str:
    if cell.share is not None:
        return _bar(cell.share)
    if cell.tiles is not None:
        done, total = cell.tiles
        drawn = '<i class="full"></i>' * done + "<i></i>" * (total - done)
        return f'<span class="tiles" role="img" aria-label="{done}/{total}">{drawn}</span>'
    content = text(cell.text)
    if cell.code:
        return f"<code>{content}</code>"
    kind = _class(cell.tone, "bold" if cell.bold else "")
    return f"<span{kind}>{content}</span>" if kind else content


def _class(*names: str) -> str:
    found = " ".join(filter(None, names))
    return f' class="{found}"' if found else ""

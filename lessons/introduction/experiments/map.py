"""Six applications as numbers in and numbers out: how many go into the network, and how many come out of it."""

from collections.abc import Iterator

from lessons.introduction.labs.map import NAME, WORKS, Application, MapObservation, MapSettings, Work, lab_of
from lessons.vocabulary.figures import Cell, Column, Formula, FormulaLine, Graph, Link, Node, Table, Term

COLOURS = 3
"""Numbers of a pixel: red, green and blue."""

CLASSES = 1000
"""Names that ImageNet's contest asks for: one number each."""

VOCABULARY = 50_257
"""Tokens of GPT-2: after each text, one probability for each."""

PITCHES = 128
"""Notes of MIDI: after each tune, one probability for each."""

BOARD = 19
"""Points along the edge of a go board: one number each, black, white or empty; a move is a point, or to pass."""

Factor = tuple[str, int]
"""A symbol or a message key, and its number."""

Product = tuple[Factor, ...]


def observe(settings: MapSettings) -> MapObservation:
    """Look at the chosen application."""
    work = WORKS[settings.application]
    given, got = numbers_in(settings, work), numbers_out(settings, work)
    count_in, count_out = total(given), total(got)
    return MapObservation(
        input=work.input,
        network=work.network,
        output=work.output,
        numbers_in=count_in,
        numbers_out=count_out,
        lab=lab_of(settings.application),
        formula=Formula(lines=(equation("in", given), equation("out", got))),
        path=path(work, count_in, count_out),
        table=table(settings.application),
    )


def image(side: int) -> Product:
    """Give the factors of a square colour image."""
    return (("n", side), ("n", side), (f"@{NAME}.colours", COLOURS))


def numbers_in(settings: MapSettings, work: Work) -> Product:
    """Give the factors of what goes in: pixels with their colours, words, or the points of a board."""
    if work.input == "image":
        return image(settings.side)
    if work.input == "text":
        return (("m", settings.words),)
    return ((f"@{NAME}.edge", BOARD), (f"@{NAME}.edge", BOARD))


def numbers_out(settings: MapSettings, work: Work) -> Product:
    """Give the factors of what comes out; of regions one number a pixel, how surely it belongs to the thing."""
    if work.output == "image":
        return image(settings.side)
    if work.output == "regions":
        return (("n", settings.side), ("n", settings.side))
    counts = {"name": CLASSES, "reply": VOCABULARY, "melody": PITCHES, "move": BOARD**2 + 1}
    return ((f"@{NAME}.each.{work.output}", counts[work.output]),)


def total(product: Product) -> int:
    """Multiply the factors."""
    result = 1
    for _, number in product:
        result *= number
    return result


def equation(way: str, product: Product) -> FormulaLine:
    """Write a product with its numbers beneath, and the total where there is more than one factor."""
    terms = [Term(f"@{NAME}.numbers.{way}", "", "text", width=6), Term("=", "=", "muted")]
    for index, (symbol, number) in enumerate(product):
        if index:
            terms.append(Term("×", "×", "muted"))
        terms.append(Term(symbol, f"{number:,}", "accent" if len(product) == 1 else "text", len(product) == 1))
    if len(product) > 1:
        terms += [Term("", "=", "muted"), Term("", f"{total(product):,}", "accent", True)]
    return FormulaLine("", tuple(terms))


def path(work: Work, count_in: int, count_out: int) -> Graph:
    """Draw the application's way: input, network, output."""
    return Graph(
        nodes=(
            Node(
                name="input",
                layer=0,
                symbol="x",
                number=f"{count_in:,}",
                caption=f"@{NAME}.input.{work.input}",
                large=True,
            ),
            Node(name="network", layer=1, symbol="f", caption=f"@{NAME}.network.{work.network}", large=True),
            Node(
                name="output",
                layer=2,
                symbol="y",
                number=f"{count_out:,}",
                caption=f"@{NAME}.output.{work.output}",
                large=True,
            ),
        ),
        links=(Link(source="input", target="network"), Link(source="network", target="output")),
    )


def table(chosen: Application) -> Table:
    """List all six, with the names of the labs that exist."""
    labs = [lab_of(name) or "" for name in WORKS]
    heads = [Column(f"@{NAME}.head.{head}") for head in ("application", "input", "network", "output")]
    if any(labs):
        heads.append(Column(f"@{NAME}.head.lab"))
    rows = tuple(
        tuple(row(name, work, name == chosen)) + ((Cell(lab, "muted"),) if any(labs) else ())
        for (name, work), lab in zip(WORKS.items(), labs, strict=True)
    )
    return Table(title="", columns=tuple(heads), rows=rows, present=[*WORKS].index(chosen), keys=tuple(WORKS))


def row(name: str, work: Work, chosen: bool) -> Iterator[Cell]:
    """Write one application, the chosen one in bold."""
    yield Cell(f"@{NAME}.application.{name}", "text" if chosen else "muted", chosen)
    for part in ("input", "network", "output"):
        yield Cell(f"@{NAME}.{part}.{getattr(work, part)}", "text" if chosen else "muted")

"""The lecture's table beside what is counted, and its rows over the years."""

from typing import Any

from engine.scaling import models
from engine.scaling.quoted import BILLION, MILLION, QUOTES, Quote
from lessons.scaling.labs.parameters import NAME, Row
from lessons.vocabulary.figures import Axis, Cell, Column, Curves, Mark, Table
from lessons.vocabulary.numbers import large

YEARS, COUNTS = (2012.0, 2026.0), (1e6, 1e12)
"""Limits of the chart, with room for the last names at the right of their points; the one network before widens it."""

OLDEST = 1998.0


def quoted(model: str) -> dict[str, Any]:
    """Make the table, its present row that of the model, and say why its numbers differ and what is unknown."""
    heads = ("model", "year", "lecture", "counted")
    columns = (*(Column(f"@{NAME}.column.{head}", head in ("lecture", "counted")) for head in heads), Column(""))
    present = next((index for index, quote in enumerate(QUOTES) if quote.model == model), None)
    why = [QUOTES[present].why] if present is not None else []
    why += [quote.why for quote in QUOTES if not quote.model]
    table = Table(
        title="",
        columns=columns,
        rows=tuple(map(_cells, QUOTES)),
        present=present,
        keys=tuple(quote.model for quote in QUOTES),
    )
    return {"table": table, "rows": _rows(), "reasons": tuple(f"@{NAME}.why.{each}" for each in why if each)}


def _rows() -> tuple[Row, ...]:
    return tuple(
        Row(model=each.title, year=each.year, quoted=each.quoted, counted=each.counted, agrees=each.agrees)
        for each in QUOTES
    )


def _cells(quote: Quote) -> tuple[Cell, ...]:
    counted = quote.counted
    mark = Cell("✓", "success", True) if quote.agrees else Cell("✗", "error", True) if counted else Cell("")
    return (
        Cell(quote.title, "text"),
        Cell(str(quote.year), "muted"),
        Cell(_short(quote) if quote.quoted else f"@{NAME}.unknown", "text" if quote.quoted else "faint"),
        Cell(f"{counted:,}" if counted else f"@{NAME}.not_published", "text" if counted else "faint", bool(counted)),
        mark,
    )


def _short(quote: Quote) -> str:
    """A number as the lecture writes it."""
    assert quote.quoted is not None
    unit, name = (BILLION, "B") if quote.quoted >= BILLION else (MILLION, "M")
    return f"{quote.quoted / unit:.{1 if quote.unit < unit else 0}f}{name}"


def over_years(model: str) -> dict[str, Any]:
    """Draw every row with a number over its month; what is only reported is hollow."""
    marks = [_mark(quote, quote.model == model and bool(model)) for quote in QUOTES if quote.quoted]
    own = model in (*models.LANGUAGE, *models.VISION) and model not in {quote.model for quote in QUOTES}
    if own:
        counted, month = models.count(model).parameters, models.published(model)
        marks.append(Mark(x=month, y=float(counted), name=f"{models.title(model)} {large(counted)}", tone="accent"))
    marks.sort(key=lambda mark: mark.tone != "accent")
    low, least = YEARS[0], COUNTS[0]
    if model == "lenet5":
        low, least = OLDEST, COUNTS[0] / 100
    chart = Curves(
        title=f"@{NAME}.years",
        x=Axis(
            name=f"@{NAME}.year",
            low=low,
            high=YEARS[1],
            ticks=(2006.0, 2015.0) if own and low < 2012 else (2015.0, 2018.0, 2021.0),
        ),
        y=Axis(low=least, high=COUNTS[1], ticks=(1e8, 1e10), log=True),
        lines=(),
        marks=tuple(marks),
    )
    return {"years": chart, "rows": _rows(), "reasons": tuple(f"@{NAME}.why.{q.why}" for q in QUOTES if not q.model)}


def _mark(quote: Quote, chosen: bool) -> Mark:
    counted = quote.counted
    return Mark(
        x=quote.published,
        y=float(counted or quote.quoted or 0),
        name=f"{quote.title} {large(counted)}" if chosen and counted else quote.title,
        tone="accent" if chosen else "text" if counted else "muted",
        hollow=not counted,
        spot=quote.model,
    )

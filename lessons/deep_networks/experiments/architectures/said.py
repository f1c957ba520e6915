"""What the lecture and the papers say of a network, beside what is counted."""

from typing import Any

from engine.vision.quoted import Quote, quotes
from lessons.deep_networks.experiments.architectures.subject import Subject
from lessons.deep_networks.labs.architectures import NAME
from lessons.vocabulary.figures import Cell, Column, Table


def quoted(subject: Subject) -> dict[str, Any]:
    """Make the table, and name the reasons of what differs; nothing for a network of which nothing is said."""
    found = quotes(subject.name, subject.counted)
    if not found:
        return {"reasons": (f"@{NAME}.nothing_said",)}
    columns = (
        Column(""),
        Column(f"@{NAME}.said", True),
        Column(f"@{NAME}.counted", True),
        Column(""),
        Column(""),
    )
    why = dict.fromkeys(each.why for each in found if each.why)
    return {
        "quotes": Table(title="", columns=columns, rows=tuple(map(_row, found)), keys=tuple(map(_key, found))),
        "reasons": tuple(f"@{NAME}.why.{reason}" for reason in why),
        "sources": tuple(dict.fromkeys(each.source for each in found)),
    }


def _row(quote: Quote) -> tuple[Cell, ...]:
    agrees = quote.agrees
    layer = f" {quote.layer.removesuffix('.conv').removesuffix('.full')}" if quote.layer else ""
    return (
        Cell(f"@{NAME}.what.{quote.what}{layer}", "muted"),
        Cell(_written(quote), "text"),
        Cell(_in_full(quote), "text", True),
        Cell("✓" if agrees else "✗", "success" if agrees else "error", True),
        Cell(f"@{NAME}.lecture" if quote.lecture else f"@{NAME}.paper", "faint"),
    )


def _key(quote: Quote) -> str:
    return f"row:{quote.layer}"


def _written(quote: Quote) -> str:
    """A number as it is said, with its own decimals."""
    if quote.what == "multiply_adds":
        return f"{quote.quoted / 1e9:.1f}B"
    if quote.what == "parameters" and quote.unit > 1:
        decimals = max(6 - len(str(quote.unit)) + 1, 0)
        return f"{quote.quoted / 1e6:.{decimals}f}M"
    return f"{quote.quoted:,}"


def _in_full(quote: Quote) -> str:
    return f"{quote.counted / 1e9:.3f}B" if quote.what == "multiply_adds" else f"{quote.counted:,}"

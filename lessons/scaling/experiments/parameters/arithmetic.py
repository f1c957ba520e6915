"""How parameters and multiply–adds come about, with this network's numbers under the symbols."""

from engine.scaling.dense import DenseLayer
from lessons.scaling.experiments.parameters.subject import Subject
from lessons.scaling.labs.parameters import NAME
from lessons.vocabulary.figures import Formula, FormulaLine, Term

ROOM, NAMED = 50, 13
"""Cells for summands, so that the result has its place, and for a part's name; the last summand is always written."""


def formula(subject: Subject, model: str) -> Formula:
    """Write both counts out; of the neuron also how its threshold becomes a weight."""
    if model == "neuron":
        (layer,) = subject.dense
        return Formula(lines=(_as_weight(), _single(layer)))
    if subject.dense:
        parameters = [(f"{each.before}×{each.units}+{each.units}", each.parameters) for each in subject.dense]
        work = [(f"{each.before}×{each.units}", each.weights) for each in subject.dense]
        return Formula(lines=(_sum("parameters", parameters), _sum("multiply_adds", work)))
    if subject.blocks:
        return Formula(lines=(_blocks(subject), _token(subject)))
    parts, products = (
        [(f"@{NAME}.part.{name}", count) for name, count in counts.items()]
        for counts in (subject.parts, subject.products)
    )
    return Formula(lines=(_sum("parameters", parts), _sum("multiply_adds", products)))


def _as_weight() -> FormulaLine:
    """The threshold is subtracted: a weight −h on an input that is always 1."""
    terms: list[Term] = []
    for index in "₁₂₃":
        terms += [*((_sign("+"),) if terms else ()), Term(f"w{index}x{index}", f"w{index}x{index}", "text")]
    terms += [Term("−", "+", "muted"), Term("h", "w₀x₀", "neg", True)]
    terms += [Term(f"@{NAME}.as_weight", "", "muted", gap=3)]
    return FormulaLine("", tuple(terms))


def _single(layer: DenseLayer) -> FormulaLine:
    terms = (
        _number("inputs", layer.before),
        _sign("×"),
        _number("units", layer.units),
        _sign("+"),
        _number("thresholds", layer.thresholds),
    )
    return FormulaLine("", (*terms, *_end("parameters", layer.parameters)))


def _sum(result: str, summands: list[tuple[str, int]]) -> FormulaLine:
    shown = [(symbol, f"{count:,}") for symbol, count in summands]
    kept = len(shown)
    while kept > 2 and sum(map(_cells, shown[: kept - 1] + shown[-1:])) > ROOM:
        kept -= 1
    if kept < len(shown):
        shown = [*shown[: kept - 1], ("…", "…"), shown[-1]]
    terms: list[Term] = []
    for symbol, count in shown:
        terms += [*((_sign("+"),) if terms else ()), Term(symbol, count, "text")]
    return FormulaLine("", (*terms, *_end(result, sum(count for _, count in summands))))


def _cells(summand: tuple[str, str]) -> int:
    """Give the cells of a summand with its sign."""
    symbol, count = summand
    return 3 + max(NAMED if symbol.startswith("@") else len(symbol), len(count))


def _blocks(subject: Subject) -> FormulaLine:
    embedding = subject.parts["embedding"]
    rest = subject.parameters - embedding - subject.blocks * subject.block
    terms = (
        _number("embedding", embedding),
        _sign("+"),
        _number("blocks", subject.blocks),
        _sign("×"),
        _number("block", subject.block),
        *((_sign("+"), _number("rest", rest)) if rest else ()),
    )
    return FormulaLine("", (*terms, *_end("parameters", subject.parameters)))


def _token(subject: Subject) -> FormulaLine:
    terms = (
        _number("with_weights", subject.weights),
        _sign("+"),
        _number("attention", subject.attention),
        _sign("×"),
        _number("tokens", subject.looks_at or 0),
    )
    return FormulaLine("", (*terms, *_end("multiply_adds_token", subject.multiply_adds)))


def _number(word: str, value: int) -> Term:
    return Term(f"@{NAME}.term.{word}", f"{value:,}", "text")


def _sign(sign: str) -> Term:
    return Term(sign, sign, "muted")


def _end(word: str, value: int) -> tuple[Term, ...]:
    return _sign("="), Term(f"@{NAME}.term.{word}", f"{value:,}", "text", True)

"""How the parameters and multiply–adds of one layer come about, with its numbers."""

from math import prod

from engine.vision.counted import Counted, Layer
from lessons.deep_networks.experiments.architectures.graph import Row
from lessons.deep_networks.labs.architectures import NAME
from lessons.vocabulary.figures import Formula, FormulaLine, Term

MOST = 5
"""Summands that are written; of more the first ones and the last."""


def formula(network: Counted, row: Row) -> Formula:
    """Write out how a layer's weights are counted, or what a block's sums are made of."""
    counting = [layer for layer in row.layers if layer.parameters or layer.multiply_adds]
    if len(counting) > 1:
        return _sums(row)
    layer = counting[0] if counting else row.last
    before = network.by_name[layer.inputs[0]].shape if layer.inputs else None
    found: Formula | None = None
    if before is not None and layer.shape is not None:
        if layer.kind == "convolution" and len(layer.kernel) == 2 and len(layer.shape) == 3:
            found = _convolution(layer, before[0])
        elif layer.kind == "full" and len(layer.shape) == 1:
            found = _full(layer, prod(before))
        elif layer.kind == "batch_norm" and layer.parameters == 2 * layer.shape[0]:
            found = _scaled(layer, layer.shape[0])
    return found or Formula(lines=_both((), layer.parameters, (), layer.multiply_adds))


def _sums(row: Row) -> Formula:
    """The sums of a block, by what stands next in it."""
    level = len(row.around) + 1
    parts: dict[str, list[Layer]] = {}
    for layer in row.layers:
        name = (*layer.blocks, layer.name)[level]
        parts.setdefault(name, []).append(layer)
    parameters = {name: sum(each.parameters for each in layers) for name, layers in parts.items()}
    work = {name: sum(each.multiply_adds for each in layers) for name, layers in parts.items()}
    inner = f"{row.name}."
    return Formula(
        lines=_both(_summands(parameters, inner), sum(parameters.values()), _summands(work, inner), sum(work.values()))
    )


def _summands(parts: dict[str, int], inner: str) -> tuple[Term, ...]:
    shown = [(_short(name, inner), f"{count:,}") for name, count in parts.items() if count]
    if len(shown) > MOST:
        shown = [*shown[: MOST - 2], ("…", "…"), shown[-1]]
    signs = [(_sign("+"), Term(name, count, "text")) for name, count in shown]
    return tuple(term for pair in signs for term in pair)[1:]


def _short(name: str, inner: str) -> str:
    """A part's name within its block, where that is more than a number."""
    end = name.removeprefix(inner)
    return name if end.isdigit() else end


def _scaled(layer: Layer, maps: int) -> Formula:
    terms = (_number("2", "scale_shift"), _sign("×"), _number(maps, "maps"))
    return Formula(lines=_both(terms, layer.parameters, (), layer.multiply_adds))


def _convolution(layer: Layer, before: int) -> Formula | None:
    assert layer.shape is not None
    maps, seen, kernel = layer.shape[0], before // layer.groups, prod(layer.kernel)
    weights = maps * seen * kernel
    biases = layer.parameters - weights
    if biases not in (0, maps):
        return None  # LeNet-5's C3, which sees the maps that its table says
    terms = (
        _number(maps, "maps"),
        *(_sign("×"), _number(seen, "before" if layer.groups == 1 else "before_group")),
        *(_sign("×"), _number("×".join(map(str, layer.kernel)), "kernel")),
        *((_sign("+"), _number(biases, "biases")) if biases else ()),
    )
    places = "×".join(map(str, layer.shape[1:]))
    work = (_number(f"{weights:,}", "weights"), _sign("×"), _number(places, "places"))
    return Formula(lines=_both(terms, layer.parameters, work, layer.multiply_adds))


def _full(layer: Layer, before: int) -> Formula | None:
    assert layer.shape is not None
    units = layer.shape[0]
    weights = units * before
    biases = layer.parameters - weights
    if biases not in (0, units):
        return None
    terms = (
        _number(units, "units"),
        *(_sign("×"), _number(before, "units_before")),
        *((_sign("+"), _number(biases, "biases")) if biases else ()),
    )
    work = (_number(units, "units"), _sign("×"), _number(before, "units_before"))
    return Formula(lines=_both(terms, layer.parameters, work, layer.multiply_adds))


def _both(
    terms: tuple[Term, ...], parameters: int, work: tuple[Term, ...], multiply_adds: int
) -> tuple[FormulaLine, FormulaLine]:
    return _line("parameters", terms, parameters), _line("multiply_adds", work, multiply_adds)


def _line(name: str, terms: tuple[Term, ...], result: int) -> FormulaLine:
    end = (*((_sign("="),) if terms else ()), Term(f"@{NAME}.column.{name}", f"{result:,}", "text", True, 1))
    return FormulaLine("", (*terms, *end))


def _number(value: int | str, word: str) -> Term:
    return Term(f"@{NAME}.term.{word}", f"{value:,}" if isinstance(value, int) else value, "text")


def _sign(sign: str) -> Term:
    return Term(sign, sign, "muted")

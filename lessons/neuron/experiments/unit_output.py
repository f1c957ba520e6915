"""The equation y = f(a − h) with a moment's numbers beneath it, as every lab of this section writes it."""

from lessons.vocabulary.figures import FormulaLine, Term
from lessons.vocabulary.numbers import plain, sign_and_size, signed


def output_equation(a: float, h: float, y: float) -> FormulaLine:
    """Write how the output comes from pre-activation and threshold; a negative threshold is added."""
    sign, size = sign_and_size(h)
    return FormulaLine(
        "y",
        (
            Term("=", "=", "muted"),
            Term("f (", "f (", "muted", gap=2),
            Term("a", plain(a), "text", width=5),
            Term("−", "+" if sign == "−" else "−", "muted"),
            Term("h", size, "text", width=4),
            Term(")", ")", "muted"),
            Term("=", "=", "muted", gap=2),
            Term("f (", "f (", "muted", gap=2),
            Term("a − h", signed(a - h), "text"),
            Term(")", ")", "muted"),
            Term("", "=", "muted"),
            Term("@term.output", plain(y), "accent", True, gap=2),
        ),
    )

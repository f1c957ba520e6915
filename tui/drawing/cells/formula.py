"""Formula as cells: symbols in one row, the live numbers exactly beneath them."""

from lessons.vocabulary.figures import Formula, FormulaLine, Term
from tui.drawing.canvas import Canvas, Look


def height(figure: Formula, width: int, look: Look) -> int:
    """Two rows an equation and a blank one between."""
    return max(3 * len(figure.lines) - 1, 0)


def draw(figure: Formula, canvas: Canvas) -> None:
    """Write the equations from the top, without blank rows between where there is no room for them."""
    rows = len(figure.lines)
    pitch = 3 if canvas.height >= 3 * rows - 1 else 2
    for index, line in enumerate(figure.lines):
        _equation(line, canvas, index * pitch)


def _equation(line: FormulaLine, canvas: Canvas, y: int) -> None:
    canvas.put(0, y, canvas.say(line.name), canvas.ink("text", bold=True))
    x = max(2, canvas.measure(canvas.say(line.name)) + 1)
    squeeze = _length(line, canvas) + x > canvas.width
    for index, term in enumerate(line.terms):
        if index:
            x += 1 if squeeze else term.gap
        x = _term(term, canvas, x, y)


def _length(line: FormulaLine, canvas: Canvas) -> int:
    return sum(_width(term, canvas) + (term.gap if index else 0) for index, term in enumerate(line.terms))


def _width(term: Term, canvas: Canvas) -> int:
    return max(term.width, canvas.measure(canvas.say(term.symbol)), canvas.measure(term.number))


def _term(term: Term, canvas: Canvas, x: int, y: int) -> int:
    symbol = canvas.say(term.symbol)
    width = _width(term, canvas)
    operator = term.tone == "muted"
    ink = canvas.ink(term.tone or "text", bold=term.bold)
    caption = term.symbol.startswith("@")
    symbol_ink = canvas.ink("muted") if operator or caption else ink
    if term.width:
        digits = canvas.measure(term.number.lstrip("+−"))
        canvas.put(x + max(0, width - max(digits, canvas.measure(symbol))), y, symbol, symbol_ink)
        canvas.put_right(x + width, y + 1, term.number, ink)
    else:
        canvas.put(x, y, symbol, symbol_ink._replace(bold=False) if caption else symbol_ink)
        canvas.put(x, y + 1, term.number, ink)
    return x + width

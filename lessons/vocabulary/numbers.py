"""How numbers are written, on every screen and in every file that a learner reads."""

MINUS = "−"
UNKNOWN = "–"


def plain(value: float, digits: int = 2) -> str:
    """Write a number with U+2212 for minus and without a plus: `0.61`, `−0.50`; not a number is `–`."""
    if value != value:
        return UNKNOWN
    text = f"{value:.{digits}f}"
    if float(text) == 0:
        text = text.removeprefix("-")
    return text.replace("-", MINUS).replace("inf", "∞")


def signed(value: float, digits: int = 2) -> str:
    """Write a number with its sign always: `+0.80`, `−0.50`; zero has a plus, so that widths stay equal."""
    text = plain(value, digits)
    return text if text.startswith((MINUS, UNKNOWN)) else f"+{text}"


def sign_and_size(value: float, digits: int = 2) -> tuple[str, str]:
    """Part a number into its sign and its size, for formulas: `("−", "0.50")`."""
    text = signed(value, digits)
    return (text[0], text[1:]) if text[0] in f"+{MINUS}" else ("", text)


def short(value: float) -> str:
    """Write a setting's value as short as it can be read back: `0.5`, `-1`, `1.25`."""
    return f"{value:g}" if abs(value) < 1e6 else repr(value)


def percent(fraction: float) -> str:
    """Write a fraction 0…1 as `95.5 %`."""
    return f"{plain(100 * fraction, 1)} %"


def large(count: float) -> str:
    """Write a count in thousands, millions or thousands of millions with four digits at most: `62.4M`, `1.56B`."""
    for unit, name in ((10**9, "B"), (10**6, "M"), (10**3, "K")):
        if count >= unit:
            value = count / unit
            return f"{value:.{2 if value < 10 else 1}f}{name}"
    return str(count)


def power(value: float) -> str:
    """Write a value of a logarithmic axis as short as it can be: `0.1`, `50`, `1M`, `100B`."""
    for unit, name in ((10**12, "T"), (10**9, "B"), (10**6, "M"), (10**3, "K")):
        if value >= unit:
            return f"{value / unit:g}{name}"
    return f"{value:g}"

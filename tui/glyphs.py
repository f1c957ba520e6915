"""Glyphs: the one table of characters that the screens may use, and what stands for them in wide mode.

Some terminals (Tera Term, PuTTY, iTerm2 by a switch) draw characters of ambiguous width two cells wide, and
every box and column after them breaks. There nnlab runs in wide mode: each of these characters is replaced,
by ASCII or by a character that has one width everywhere. Half-block maps are drawn with spaces instead,
which no table can do. `unsafe` finds what neither mode may show.
"""

AMBIGUOUS = {
    # lines and bars
    "─": "-", "━": "=", "│": "|", "┃": "|", "┼": "+", "├": "+", "┤": "+", "┬": "+", "┴": "+",
    "┌": "+", "┐": "+", "└": "+", "┘": "+", "╭": "+", "╮": "+", "╰": "+", "╯": "+", "╱": "/", "╲": "\\",
    # blocks and levels
    "▀": "⠛", "▄": "⣤", "█": "#", "▌": "▐", "▒": ":", "▓": "#",
    "▁": "⣀", "▂": "⣀", "▃": "⣤", "▅": "⣶", "▆": "⣶", "▇": "⣿",
    # marks
    "●": "O", "○": "o", "•": "⋅", "·": "⋅",
    # arrows
    "→": "->", "←": "<-", "↑": "^", "↓": "v", "↔": "<->", "⇧": "shift+", "⇒": "=>",
    # signs of arithmetic
    "×": "*", "÷": "/", "±": "+-", "√": "sqrt", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~",
    "≡": "==", "∝": "~", "°": " deg",
    "∑": "sum", "∏": "prod", "∫": "int", "∂": "d", "∇": "grad", "∞": "inf", "∈": "in", "∥": "||", "‖": "||",
    # raised and lowered
    "¹": "^1", "²": "^2", "³": "^3", "⁴": "^4", "ⁿ": "^n", "₁": "1", "₂": "2", "₃": "3", "₄": "4",
    "ª": "^a", "º": "^o",
    # punctuation
    "…": "...", "‥": "..", "—": "--", "–": "-", "―": "--", "‘": "'", "’": "'",
    "“": '"', "”": '"', "§": "section ",
    # Greek
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu",
    "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon",
    "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta",
    "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sum", "Φ": "Phi", "Ψ": "Psi",
    "Ω": "Omega",
}  # fmt: skip
"""Characters of one cell in normal mode only, each with what stands for it in wide mode."""

SAFE_SIGNS = frozenset(
    "\n\u00a0"
    "▐▖▗▘▝▚▞░▪▫▴▾▸◂◦✓✗−⋅╌╎╸╺⏎␣"
    "₀₅₆₇₈₉⁰⁵⁶⁷⁸⁹⁺⁻₊₋ᵢⱼₖₙₜₓₕₘᵀᵗ"
)  # fmt: skip
SAFE_RANGES = (
    (" ", "~"),
    ("\u2800", "\u28ff"),  # braille
    ("\u3000", "\u303d"),  # punctuation, from here on all are two cells wide
    ("ぁ", "ヿ"),
    ("㐀", "鿿"),
    ("\uf900", "\ufaff"),
    ("！", "｠"),
    ("\U00020000", "\U0003ffff"),
)
"""Characters that have the same width in every terminal: ASCII, braille, Japanese, and the signs above."""

GLYPHS = {
    "rule": "─", "track": "━", "zero": "┼", "axis": "│", "guide": "╎", "dash": "╌",
    "thumb": "●", "positive": "●", "negative": "○", "focus": "▐",
    "run": "▸", "queued": "◦", "paused": "▪", "finished": "✓", "failed": "✗",
    "stopped": "▫", "interrupted": "!",
    "met": "✓", "unmet": "✗", "done": "▪", "open": "▫", "previous": "◂",
    "next": "▸", "cursor": "▸",
    "left": "←", "right": "→", "up": "↑", "down": "↓", "shift": "⇧", "enter": "⏎",
    "times": "×", "minus": "−", "ellipsis": "…", "unknown": "–",
    "decreasing": "▾", "increasing": "▴",
}  # fmt: skip
"""What the screens draw, by what it means."""

_WIDE = str.maketrans(AMBIGUOUS)


def translate(text: str, wide: bool) -> str:
    """The text as this mode shows it; in wide mode it may take more cells than before."""
    return text.translate(_WIDE) if wide else text


def glyph(name: str, wide: bool = False) -> str:
    """The character that a name in `GLYPHS` stands for, in this mode."""
    return translate(GLYPHS[name], wide)


def is_safe(text: str) -> bool:
    """Whether every terminal draws the text equally wide."""
    return all(
        character in SAFE_SIGNS or any(first <= character <= last for first, last in SAFE_RANGES) for character in text
    )


def unsafe(text: str) -> set[str]:
    """Characters of the text that are neither safe nor have a replacement: no screen may show them."""
    return {character for character in text if character not in AMBIGUOUS and not is_safe(character)}

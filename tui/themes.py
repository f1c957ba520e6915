"""The three themes with their 256-colour twins, made from the palette's tokens."""

from textual.theme import Theme

from tui.drawing.palette import THEMES, TOKENS, palette

_FIELDS = (
    "primary",
    "secondary",
    "warning",
    "error",
    "success",
    "accent",
    "foreground",
    "background",
    "surface",
    "panel",
    "boost",
)


def theme_name(theme: str, depth: str) -> str:
    """Name the theme for a terminal of this depth; the learner chooses the theme, the terminal the twin."""
    return f"nnlab-{theme}-256" if depth == "256" else f"nnlab-{theme}"


def make(theme: str, depth: str) -> Theme:
    """Make the Textual theme of a palette."""
    tokens = palette(theme, depth).tokens
    return Theme(
        name=theme_name(theme, depth),
        dark=theme != "paper",
        text_alpha=1.0,
        variables=variables(theme, depth),
        **{field: tokens[field] for field in _FIELDS},
    )


def variables(theme: str, depth: str = "truecolor") -> dict[str, str]:
    """Give the style sheets' variables beyond Textual's own; also those that Textual's widgets look for."""
    tokens = palette(theme, depth).tokens
    own = {name: tokens[name] for name in TOKENS if name not in _FIELDS}
    return own | {
        "boost": tokens["boost"],
        "scrollbar": tokens["line"],
        "scrollbar-hover": tokens["line"],
        "scrollbar-active": tokens["faint"],
        "scrollbar-background": tokens["background"],
        "scrollbar-background-hover": tokens["background"],
        "scrollbar-background-active": tokens["background"],
        "scrollbar-corner-color": tokens["background"],
        "input-cursor-background": tokens["accent"],
        "input-cursor-foreground": tokens["on-accent"],
        "input-cursor-text-style": "none",
        "input-selection-background": tokens["focus"],
        "block-cursor-background": tokens["focus"],
        "block-cursor-foreground": tokens["accent"],
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": tokens["focus"],
        "block-cursor-blurred-foreground": tokens["accent"],
        "block-hover-background": tokens["panel"],
        "border": tokens["panel"],
        "border-blurred": tokens["panel"],
    }


def all_themes() -> list[Theme]:
    """Make every theme at both depths."""
    return [make(theme, depth) for theme in THEMES for depth in ("truecolor", "256")]

"""Every colour of nnlab: the themes' tokens, the colour maps, and every mixed colour. No other file computes one.

Depths: `truecolor`, `256` (exact xterm values, since a terminal's own downgrading turns maps olive), `16` and
`none`, where maps become steps of shading and signs are written.
"""

from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # numpy takes a third of the time to the first paint, which needs the tokens only
    import numpy as np

Depth = str
THEMES = ("night", "paper", "clear")
DEPTHS = ("truecolor", "256", "16", "none")

# token: night, paper, clear ("" = night's), xterm night, xterm paper, xterm clear (None = night's)
_TOKENS: dict[str, tuple[str, str, str, int, int, int | None]] = {
    "background": ("#0f131a", "#faf9f6", "", 233, 231, None),
    "surface": ("#151a23", "#f2f0eb", "", 234, 255, None),
    "panel": ("#1c2330", "#e8e5de", "", 235, 254, None),
    "boost": ("#2a3547", "#d8d3c8", "", 237, 252, None),
    "line": ("#3a475c", "#b5afa2", "", 239, 248, None),
    "foreground": ("#dfe4ec", "#1d2430", "", 254, 235, None),
    "muted": ("#a3afc1", "#4a5261", "", 249, 239, None),
    "faint": ("#8592a8", "#5f6572", "", 246, 241, None),
    "primary": ("#d0bfff", "#5b3fc4", "#ffffff", 183, 55, 231),
    "accent": ("#d0bfff", "#5b3fc4", "#ffffff", 183, 55, 231),
    "focus": ("#2f2a4d", "#e5dffb", "#374050", 236, 189, 236),
    "on-accent": ("#14101f", "#ffffff", "#0f131a", 233, 231, 233),
    "pos": ("#58b0ff", "#0a5fa8", "#56b4e9", 75, 25, 74),
    "neg": ("#ff9f45", "#a34a00", "#e69f00", 215, 94, 178),
    "zero": ("#171d27", "#f6f4ef", "", 234, 255, None),
    "success": ("#7fd6a3", "#14663a", "#a8f0d0", 115, 22, 158),
    "error": ("#ff7a85", "#b01f34", "#e880b0", 210, 124, 211),
    "warning": ("#f2cf66", "#6f5200", "#f0e442", 221, 58, 227),
    "run": ("#5fd0c0", "#0a645d", "#4fc9b4", 79, 23, 79),
    "secondary": ("#5fd0c0", "#0a645d", "#4fc9b4", 79, 23, 79),
    "series-1": ("#f2f5fa", "#1d2430", "", 255, 235, None),
    "series-2": ("#8a97ac", "#666c79", "", 246, 241, None),
}
TOKENS = tuple(_TOKENS)

_SEQUENTIAL = {
    "night": ["#10151d", "#152a40", "#17455f", "#1b6478", "#2f8787", "#62aa8f", "#a5cb98", "#e6e9b4", "#fbfae6"],
    "paper": ["#f6f4ef", "#e3e8d3", "#bcd9bd", "#86c0ab", "#4fa29b", "#2c8089", "#1f5d75", "#1a3d5c", "#12243f"],
}
_SEQUENTIAL_256 = {
    "night": (233, 235, 23, 24, 30, 36, 72, 114, 150, 187, 230),
    "paper": (255, 254, 187, 151, 115, 73, 37, 30, 24, 23, 17),
}
_SIGNED_256 = {
    "night": (215, 208, 172, 130, 94, 236, 234, 236, 24, 25, 32, 39, 75),
    "paper": (130, 172, 215, 223, 230, 255, 195, 153, 111, 68, 25),
}
_INK_256 = {
    "night": (234, 235, 237, 239, 242, 245, 248, 251, 255),
    "paper": (255, 253, 250, 247, 244, 241, 239, 237, 235),
}
LARGE = 0.62
"""Share of the full tint that large areas take."""

CUBE = (0, 95, 135, 175, 215, 255)
"""What red, green and blue can be in the cube of the 256 colours."""

LIGHT, LIGHT_MOVING = 31, 15
"""Steps of red, green and blue in images in colour."""

SHADES = " ░▒▓"

SIGNED_SHADES = "=-⋅+#"
"""What stands for a signed value, from far below zero to far above."""

SIGNED_EDGES = (-0.5, -0.12, 0.12, 0.5)
"""Values between those."""

FAINTEST = 0.08
"""Share of a map's reach from which on something is drawn in place of its colour."""


def xterm(index: int) -> str:
    """Give the exact colour of an xterm index of 16 to 255."""
    if index >= 232:
        grey = 8 + 10 * (index - 232)
        return f"#{grey:02x}{grey:02x}{grey:02x}"
    levels = (0, 95, 135, 175, 215, 255)
    cube = index - 16
    red, green, blue = levels[cube // 36], levels[cube // 6 % 6], levels[cube % 6]
    return f"#{red:02x}{green:02x}{blue:02x}"


@lru_cache(4096)
def rgb(colour: str) -> tuple[int, int, int]:
    """Part `#rrggbb` into its three numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@lru_cache(8192)
def mix(one: str, other: str, share: float) -> str:
    """Mix two colours; `share` of the other, 0…1."""
    parts = (round(a + (b - a) * share) for a, b in zip(rgb(one), rgb(other), strict=True))
    return "#{:02x}{:02x}{:02x}".format(*parts)


@lru_cache(4096)
def luminance(colour: str) -> float:
    """Relative luminance 0…1 (WCAG 2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in rgb(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1…21 (WCAG 2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@dataclass(frozen=True)
class Palette:
    """The colours of one theme at one depth; `moving` takes fewer levels, so that fewer bytes change."""

    theme: str
    depth: Depth = "truecolor"
    moving: bool = False

    @cached_property
    def _base(self) -> str:
        return "paper" if self.theme == "paper" else "night"

    @cached_property
    def tokens(self) -> dict[str, str]:
        """Name every token's colour."""
        column = THEMES.index(self.theme)
        found = {}
        for name, entry in _TOKENS.items():
            index = entry[4] if self.theme == "paper" else entry[5] if self.theme == "clear" and entry[5] else entry[3]
            hexes = entry[:3]
            found[name] = xterm(index) if self.depth == "256" else hexes[column] or hexes[0]
        return found

    @property
    def shaded(self) -> bool:
        """Whether maps are steps of shading in place of colours."""
        return self.depth in ("16", "none")

    def colour(self, token: str) -> str:
        """Give a token's colour; `text` is the foreground."""
        return self.tokens["foreground" if token in ("text", "") else token]

    def on(self, background: str) -> str:
        """Choose the text colour that contrasts more on a tile."""
        return max((self.colour("foreground"), self.colour("on-accent")), key=lambda text: contrast(text, background))

    @cached_property
    def _ramps(self) -> dict[str, tuple[str, ...]]:
        """Colours of each map from its least to its greatest value."""
        if self.depth == "256":
            ink = _INK_256[self._base]
            sequential, signed = _SEQUENTIAL_256[self._base], _SIGNED_256[self._base]
            if self.theme == "clear":
                signed = (178, 172, 136, 94, 58, 236, 234, 236, 24, 25, 31, 38, 74)
            whole = tuple(map(xterm, signed))
            return {
                "ink": tuple(map(xterm, ink)),
                "sequential": tuple(map(xterm, sequential)),
                "signed": whole,
                "large": self._damped(whole),
            }
        levels = 16 if self.moving else 32
        sequential_levels = [self._between(i / (levels - 1)) for i in range(levels)]
        ink_levels = 12 if self.moving else 24
        series, zero = self.colour("series-1"), self.colour("zero")
        signed_levels = 13 if self.moving else 33
        values = [2 * i / (signed_levels - 1) - 1 for i in range(signed_levels)]
        return {
            "ink": tuple(mix(zero, series, i / (ink_levels - 1)) for i in range(ink_levels)),
            "sequential": tuple(sequential_levels),
            "signed": tuple(self._signed(v, 1.0) for v in values),
            "large": tuple(self._signed(v, LARGE) for v in values),
        }

    def _damped(self, ramp: tuple[str, ...]) -> tuple[str, ...]:
        """Stretch the inner part of a 256-colour map over its whole length, for large areas.

        On paper a step more than half: what is paler still is white in a projector's light.
        """
        middle = len(ramp) // 2
        reach = round(middle * LARGE) if self._base == "paper" else middle // 2
        return tuple(ramp[middle + round(step / middle * reach)] for step in range(-middle, middle + 1))

    def _between(self, share: float) -> str:
        stops = _SEQUENTIAL[self._base]
        place = share * (len(stops) - 1)
        index = min(int(place), len(stops) - 2)
        return mix(stops[index], stops[index + 1], round(place - index, 4))

    def _signed(self, value: float, strength: float) -> str:
        side = self.colour("pos" if value > 0 else "neg")
        return mix(self.colour("zero"), side, round(abs(value) ** 0.9 * strength, 4))

    def signed(self, value: float, large: bool = False) -> str:
        """Colour of a value −1…1: orange below zero, blue above."""
        ramp = self._ramps["large" if large else "signed"]
        return ramp[_level((value + 1) / 2 if value == value else 0.5, len(ramp))]

    def sequential(self, value: float) -> str:
        """Colour of a value 0…1: dark to light (paper: light to dark)."""
        return self._ramps["sequential"][_level(value, len(self._ramps["sequential"]))]

    def ink(self, value: float) -> str:
        """Colour of a pixel 0…1 of an image."""
        return self._ramps["ink"][_level(value, len(self._ramps["ink"]))]

    def names(self, kind: str, values: "np.ndarray") -> list[list[str]]:
        """Colours of a map as `#rrggbb`, row by row; `kind` is signed, large, sequential, ink, or light.

        Light is of shape (3, rows, columns): red, green and blue, which no theme changes.
        """
        if kind == "light":
            return [[f"#{code:06x}" for code in row] for row in self._light_codes(values).tolist()]
        ramp = self._ramps[kind]
        return [[ramp[level] for level in row] for row in self._levels(kind, values).tolist()]

    def _levels(self, kind: str, values: "np.ndarray") -> "np.ndarray":
        import numpy as np

        return np.rint(_shares(kind, values) * (len(self._ramps[kind]) - 1)).astype(int)

    def shade_levels(self, kind: str, values: "np.ndarray") -> "np.ndarray":
        """Steps 0…3 of shading in place of colours; where zero is the ground, little is not nothing."""
        import numpy as np

        shares, last = _shares(kind, brightness(values) if kind == "light" else values), len(SHADES) - 1
        if kind in ("signed", "large"):
            return np.minimum(np.floor(shares * len(SHADES)), last).astype(int)
        return np.clip(np.ceil((shares - FAINTEST) / (1 - FAINTEST) * last), 0, last).astype(int)

    def sign_levels(self, values: "np.ndarray") -> "np.ndarray":
        """Places in SIGNED_SHADES of values −1…1, in place of colours."""
        import numpy as np

        return np.searchsorted(SIGNED_EDGES, np.nan_to_num(values))

    def signed_map(self, values: "np.ndarray", large: bool = False) -> "np.ndarray":
        """Colours of an array −1…1 as uint8 of shape (…, 3)."""
        return self._pixels("large" if large else "signed", values)

    def sequential_map(self, values: "np.ndarray") -> "np.ndarray":
        """Colours of an array 0…1 as uint8 of shape (…, 3)."""
        return self._pixels("sequential", values)

    def ink_map(self, values: "np.ndarray") -> "np.ndarray":
        """Colours of an image 0…1 as uint8 of shape (…, 3)."""
        return self._pixels("ink", values)

    def light_map(self, values: "np.ndarray") -> "np.ndarray":
        """Colours of images of shape (…, 3, rows, columns) as uint8 of shape (…, rows, columns, 3)."""
        import numpy as np

        return np.moveaxis(self._light(values), -3, -1)

    def _light(self, values: "np.ndarray") -> "np.ndarray":
        """Light 0…1 as 0…255 in steps that differ to the eye, the nearest of the 256 colours where there are no more.

        It is quantised also where every colour can be shown: fewer colours are fewer bytes.
        """
        import numpy as np

        shares = np.clip(np.nan_to_num(np.asarray(values, float)), 0, 1)
        if self.depth == "256":
            return np.array(CUBE, np.uint8)[np.abs(255 * shares[..., None] - CUBE).argmin(axis=-1)]
        steps = LIGHT_MOVING if self.moving else LIGHT
        return np.rint(np.rint(shares * steps) / steps * 255).astype(np.uint8)

    def _light_codes(self, values: "np.ndarray") -> "np.ndarray":
        red, green, blue = self._light(values).astype(int)
        return red << 16 | green << 8 | blue

    def _pixels(self, kind: str, values: "np.ndarray") -> "np.ndarray":
        import numpy as np

        table = np.array([rgb(colour) for colour in self._ramps[kind]], np.uint8)
        return table[self._levels(kind, values)]


def brightness(values: "np.ndarray") -> "np.ndarray":
    """How bright light of shape (…, 3, rows, columns) is, (…, rows, columns): the mean of its strongest and all parts.

    A pure colour would hardly be seen by its mean alone.
    """
    return (values.max(axis=-3) + values.mean(axis=-3)) / 2


def _shares(kind: str, values: "np.ndarray") -> "np.ndarray":
    """Place of each value on its map, 0…1; what is no number lies at the map's zero."""
    import numpy as np

    signed = kind in ("signed", "large")
    shares = np.clip((values + 1) / 2 if signed else values, 0, 1)
    return np.nan_to_num(shares, nan=0.5 if signed else 0.0)


def _level(share: float, levels: int) -> int:
    if share != share:
        return 0
    return max(0, min(levels - 1, round(share * (levels - 1))))


@cache
def palette(theme: str, depth: Depth = "truecolor", moving: bool = False) -> Palette:
    """Give the palette of a theme (`night`, `paper`, `clear`) at a depth."""
    return Palette(theme, depth, moving)

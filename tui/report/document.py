"""A report in the learner's words, before it is HTML or Markdown: parts made of a few kinds of blocks.

All texts are as they stand; whoever writes the file escapes them.
"""

from dataclasses import dataclass, field
from typing import Literal

from lessons.vocabulary.figures import Figure, Tone
from tui.locale import Language

LONGEST = 120
"""Characters of an address that is shown as it stands; a longer one, a drawing or a text say, can be unfolded."""

SHOWN = 72
"""Characters that are shown of one that is longer."""


@dataclass(frozen=True)
class Cell:
    """A text in a table or beside a label."""

    text: str
    tone: Tone = ""
    bold: bool = False
    code: bool = False
    """Whether it can be typed: an address, an id."""

    share: float | None = None
    """A bar of this share, 0…1, in place of a text."""

    tiles: tuple[int, int] | None = None
    """So many filled squares of so many, in place of a text."""


@dataclass(frozen=True)
class Paragraph:
    """Some sentences."""

    text: str
    tone: Tone = ""


@dataclass(frozen=True)
class Grid:
    """A table with heads; `right` are the columns whose entries stand at the right."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    right: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Facts:
    """Labels and values."""

    pairs: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True)
class Solution:
    """A solved exercise or a missed question: what was asked, what is known of it, and the address that shows it."""

    goal: str
    facts: tuple[str, ...]
    address: str
    solved: bool = True

    @property
    def mark(self) -> str:
        """The glyph before it."""
        return "✓" if self.solved else "✗"

    @property
    def short(self) -> str:
        """The beginning of an address that is too long to be read; empty where the whole is shown."""
        return f"{self.address[:SHOWN]}…" if len(self.address) > LONGEST else ""


@dataclass(frozen=True, eq=False)
class Pictures:
    """Figures side by side where there is room."""

    figures: tuple[Figure, ...]
    title: str = ""


@dataclass(frozen=True)
class Writing:
    """A text that a model has written, its lines as they are."""

    title: str
    text: str


@dataclass(frozen=True, eq=False)
class Entry:
    """A heading within a part, and what stands under it; it is kept together on paper where it fits."""

    title: str
    blocks: "tuple[Block, ...]"
    mark: str = ""
    """A glyph before the title, and its tone."""

    tone: Tone = ""
    note: str = ""
    """Faint, after the title."""


Block = Paragraph | Grid | Facts | Solution | Pictures | Writing | Entry


@dataclass(frozen=True, eq=False)
class Part:
    """A chapter of the report."""

    name: Literal["progress", "exercises", "runs", "quiz"]
    """Its name in addresses within the page."""

    title: str
    blocks: tuple[Block, ...]
    count: str = ""
    """What stands in it, in a word: `12/72`."""


@dataclass(frozen=True)
class Sum:
    """A number that sums a part up."""

    number: str
    of: str
    """What there are altogether, or nothing."""

    label: str
    share: float | None = None


@dataclass(frozen=True, eq=False)
class Document:
    """A whole report."""

    language: Language
    title: str
    about: tuple[str, ...]
    """Whose it is and when it was made, a line each."""

    sums: tuple[Sum, ...]
    parts: tuple[Part, ...]
    notices: tuple[str, ...] = ()
    """What the reader must know of it."""

    foot: str = ""
    lead: str = ""
    contents: str = ""
    """What the list of parts is called."""

    pictures: int = field(default=0)
    """Figures that are drawn in it."""

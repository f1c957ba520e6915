"""The control panel, made from the fields of a lab's settings: sliders, chips, selects, the seed."""

from collections.abc import Iterator

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.widget import Widget

from lessons.vocabulary.settings import Setting, Settings, fields
from tui.widgets.chips import Chips
from tui.widgets.choice_list import ChoiceList
from tui.widgets.slider import Slider, value_width

MOST_CHIPS = 8
"""More choices than this become a compact list."""


class Group(Vertical):
    """Controls of one part: in a column, where their names have one width, or beside each other."""

    DEFAULT_CSS = """
    Group { height: auto; width: 1fr; }
    Group.-beside { layout: horizontal; }
    Group.-beside > Slider { width: 1fr; }
    Group.-beside > Chips { width: auto; }
    """

    def __init__(
        self, settings: list[Setting], values: Settings, *, beside: bool = False, id: str | None = None
    ) -> None:
        super().__init__(id=id, classes="-beside" if beside else None)
        self.settings = settings
        self._values = values

    @property
    def label_width(self) -> int:
        """Cells of the longest name and one more; 0 where each has its own."""
        if self.has_class("-beside"):
            return 0
        words = self.app.words  # type: ignore[attr-defined]
        return max(cell_len(words.say(setting.label)) for setting in self.settings) + 1

    @property
    def value_width(self) -> int:
        """Cells of the longest value, so that all tracks of a column end alike; 0 where each has its own."""
        if self.has_class("-beside"):
            return 0
        return max((value_width(setting) for setting in self.settings if setting.name != "seed"), default=0)

    def compose(self) -> ComposeResult:
        """One control a setting."""
        for setting in self.settings:
            yield control(setting, self._values)


def control(setting: Setting, values: Settings) -> Slider | Chips | ChoiceList:
    """Make the control of a setting."""
    value = getattr(values, setting.name)
    if len(setting.choices) > MOST_CHIPS:
        return ChoiceList(setting, value)
    if setting.kind in ("choice", "switch"):
        return Chips(setting, value)
    return Slider(setting, float(value))


class Controls(Container):
    """All controls of a lab, or those named: those of no part above, under them a column for each part."""

    DEFAULT_CSS = """
    Controls { height: auto; }
    Controls > .columns { height: auto; layout: grid; grid-size: 2; grid-rows: auto; grid-gutter: 0 2; }
    Controls > .columns.-below { margin: 1 0 0 0; }
    """

    def __init__(
        self,
        settings: Settings,
        *,
        only: tuple[str, ...] = (),
        beside: bool = False,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._settings = settings
        self._only = only
        self._beside = beside

    def compose(self) -> ComposeResult:
        """Group the settings by their part."""
        parts: dict[str, list[Setting]] = {}
        for setting in fields(type(self._settings)):
            if setting.kind not in ("drawing", "text") and (not self._only or setting.name in self._only):
                parts.setdefault(setting.part, []).append(setting)
        above = "" in parts and len(parts) > 1
        if len(parts) == 1 or "" in parts:
            yield self._group(*parts.popitem()) if len(parts) == 1 else self._group("", parts.pop(""))
        if parts:
            with Container(classes="columns -below" if above else "columns"):
                for part, members in parts.items():
                    yield self._group(part, members)

    def _group(self, part: str, members: list[Setting]) -> Group:
        return Group(members, self._settings, beside=self._beside, id=f"part-{part or 'main'}")

    def all_controls(self) -> Iterator[Widget]:
        """Yield the controls in their order."""
        yield from (each for each in self.walk_children(Widget) if isinstance(each, (Slider, Chips, ChoiceList)))

    def show(self, settings: Settings) -> None:
        """Bring every control to the present settings, without telling anybody."""
        for each in self.all_controls():
            if isinstance(each, Slider):
                each.value = float(getattr(settings, each.key))
            elif isinstance(each, Chips):
                each.value = each.text_of(getattr(settings, each.key))

"""Which network answers: the one that comes with nnlab, or one that the learner has trained."""

from typing import TYPE_CHECKING

from msgspec import structs
from rich.cells import cell_len, set_cell_size

from lessons.applications.labs.panel.settings import NAME
from lessons.vocabulary.settings import Setting
from tui import run_words
from tui.widgets.choice_list import ChoiceList

if TYPE_CHECKING:
    from tui.app import NnlabApp

LONGEST = 22
"""Cells of a run's name."""


class RunChoice(ChoiceList):
    """A list of the learner's runs of one lab; it is there only where there are any."""

    DEFAULT_CSS = """
    RunChoice { display: none; }
    RunChoice.-there { display: block; }
    """

    def __init__(self, setting: Setting, value: str, lab: str) -> None:
        super().__init__(
            structs.replace(setting, label=f"@{NAME}.weights", choices=tuple(dict.fromkeys(("", value)))), value
        )
        self.lab = lab
        self._names: dict[str, str] = {}

    @property
    def nnlab(self) -> "NnlabApp":
        """The program, which knows the runs."""
        return self.app  # type: ignore[return-value]

    def on_mount(self) -> None:
        """Hear of the runs."""
        self.nnlab.runs.changed.subscribe(self, lambda _: self.offer())
        self.offer()

    def offer(self) -> None:
        """Offer the runs that have learned something, and the present one, if it is still there or not."""
        found = [
            each.record
            for each in self.nnlab.runs.listed or ()
            if each.record is not None and each.record.lab == self.lab and each.status is not None and each.status.step
        ]
        self._names = {record.id: run_words.name_of(record, self.words) for record in found}
        choices = tuple(dict.fromkeys(("", *(record.id for record in found), self.value)))
        if choices != self.setting.choices:
            self.setting = structs.replace(self.setting, choices=choices)
            self.refresh(layout=True)
        self.set_class(len(choices) > 1, "-there")
        self.repaint()

    def watch_value(self) -> None:
        """A run that is set by its name is one of the choices."""
        if self.is_mounted:
            self.offer()

    def name_of(self, choice: str) -> str:
        """A run's name, which may be long."""
        if not choice:
            return self.words.text(f"{NAME}.weights.shipped")
        name = self._names.get(choice) or choice
        return name if cell_len(name) <= LONGEST else set_cell_size(name, LONGEST - 1).rstrip() + "…"

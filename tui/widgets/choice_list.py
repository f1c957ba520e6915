"""More than eight choices on one line: the chosen one, and a list that enter opens."""

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Select, Static

from lessons.vocabulary.settings import Setting, Value


class ChoiceList(Horizontal):
    """One setting with many choices, as Textual's Select in one row."""

    DEFAULT_CSS = """
    ChoiceList { height: 1; width: 1fr; }
    ChoiceList Static { width: auto; padding: 0 1 0 2; color: $muted; }
    ChoiceList Select { width: 1fr; height: 1; }
    """

    @dataclass
    class Changed(Message):
        """The learner has chosen."""

        name: str
        value: Value

    def __init__(self, setting: Setting, value: Value) -> None:
        super().__init__(id=f"setting-{setting.name}")
        self.setting = setting
        self._start = str(value)

    @property
    def key(self) -> str:
        """Name of the setting."""
        return self.setting.name

    def _named(self) -> list[tuple[str, str]]:
        words = self.app.words  # type: ignore[attr-defined]
        keys = [f"{self.setting.keys}.{choice}" for choice in self.setting.choices]
        names = [
            words.text(key) if words.has(key) else choice
            for key, choice in zip(keys, self.setting.choices, strict=True)
        ]
        return list(zip(names, self.setting.choices, strict=True))

    def compose(self) -> ComposeResult:
        """The name, and the list."""
        words = self.app.words  # type: ignore[attr-defined]
        yield Static(words.say(self.setting.label))
        yield Select(self._named(), value=self._start, allow_blank=False, compact=True)

    def on_mount(self) -> None:
        """Follow the language."""
        self.app.look_changed.subscribe(self, self._reword)  # type: ignore[attr-defined]

    def _reword(self, _: object) -> None:
        select = self.query_one(Select)
        value = select.value
        with self.prevent(Select.Changed):
            select.set_options(self._named())
            select.value = value
        self.query_one(Static).update(self.app.words.say(self.setting.label))  # type: ignore[attr-defined]

    def show(self, value: Value) -> None:
        """Choose without telling anybody."""
        select = self.query_one(Select)
        with self.prevent(Select.Changed):
            select.value = str(value)

    def on_select_changed(self, event: Select.Changed) -> None:
        """Tell what was chosen."""
        event.stop()
        self.post_message(self.Changed(self.setting.name, str(event.value)))

"""The layers of a network of the learner's own, on one line: typed, or one more and one fewer by a key."""

import re
import unicodedata

from lessons.scaling.labs.parameters import MOST_LAYERS, ParametersSettings, written
from lessons.vocabulary.settings import Setting, SettingError, settings_from
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.errors import explain
from tui.widgets.text_row import KEYS as TEXT_KEYS
from tui.widgets.text_row import TextRow

KEYS = (
    *TEXT_KEYS,
    Command("layer", ("plus", "minus"), "change", 7, "+−", actions=("layer(1)", "layer(-1)"), palette=False),
)


class LayersRow(TextRow):
    """Inputs, hidden layers and outputs: enter types them, + and − add and take away a hidden layer."""

    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    def __init__(self, setting: Setting, value: str) -> None:
        super().__init__(setting, value)

    def paint(self, canvas: Canvas) -> None:
        """Draw the row, and the number of its layers of units behind the text."""
        super().paint(canvas)
        layers = self.value.count(",")
        x = self.left(canvas) + canvas.measure(self.value) + 3
        canvas.put(x, 0, self.words.text("scaling.parameters.layers_count", count=str(layers)), canvas.ink("faint"))

    def accept(self, text: str) -> str | None:
        """Take what was typed, also full-width and with blanks, or say what it may be."""
        plain = unicodedata.normalize("NFKC", text).replace("、", ",")
        plain = re.sub(r"[\s,→>-]+", ",", plain.strip()).strip(",")
        try:
            settings_from(ParametersSettings, {self.setting.name: plain})
        except SettingError as error:
            return explain(error, self.words)
        self.choose(plain)
        return None

    def action_layer(self, way: int) -> None:
        """Add a hidden layer as wide as the last one before the outputs, or take that one away."""
        units = tuple(int(each) for each in self.value.split(","))
        if int(way) > 0 and len(units) <= MOST_LAYERS:
            self.choose(written((*units[:-1], units[-2], units[-1])))
        elif int(way) < 0 and len(units) > 2:
            self.choose(written((*units[:-2], units[-1])))

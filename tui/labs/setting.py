"""What a control tells becomes a setting of the session: for the lab's view and for the overlay of all settings."""

from tui.session import LabSession
from tui.widgets.chips import Chips
from tui.widgets.choice_list import ChoiceList
from tui.widgets.slider import Slider


class SetsSession:
    """Mixin of what holds controls and has a `session`."""

    session: LabSession

    def on_slider_changed(self, event: Slider.Changed) -> None:
        """Set what a slider tells."""
        event.stop()
        self.session.set(event.name, event.value)

    def on_chips_changed(self, event: Chips.Changed) -> None:
        """Set what chips tell."""
        event.stop()
        self.session.set(event.name, event.value)

    def on_choice_list_changed(self, event: ChoiceList.Changed) -> None:
        """Set what a list tells."""
        event.stop()
        self.session.set(event.name, event.value)

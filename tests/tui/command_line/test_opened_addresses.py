"""What `nnlab open` is given, and what the program is told."""

import pytest

from lessons.vocabulary.settings import SettingError
from tui.command_line.request import target


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("unit", "neuron.unit"),
        ("neuron.unit?w1=0.5", "neuron.unit?w1=0.5"),
        ("playground?data=circle", "neuron.playground?data=circle"),  # a default, which is not how it was left
    ],
)
def test_a_lab_gets_its_full_name_and_keeps_all_settings_that_are_named(given: str, told: str) -> None:
    assert target(given) == told


def test_what_no_setting_can_be_is_refused() -> None:
    with pytest.raises(SettingError):
        target("playground?rate=99")

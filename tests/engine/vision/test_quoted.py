"""The lecture's numbers beside the counted ones."""

import pytest

from engine.vision.architectures import ARCHITECTURES, counted
from engine.vision.quoted import SAID, alexnet_first_layer, quotes


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_a_number_agrees_or_has_a_reason(name: str) -> None:
    for quote in quotes(name, counted(name)):
        assert quote.agrees == (not quote.why), quote


def test_only_the_first_of_alexnets_layers_differs() -> None:
    quoted = [each for each in quotes("alexnet", counted("alexnet")) if each.what == "neurons"]
    assert [each.quoted for each in quoted] == [253_440, 186_624, 64_896, 64_896, 43_264, 4096, 4096, 1000]
    assert [each.counted for each in quoted] == [290_400, *(each.quoted for each in quoted[1:])]
    assert alexnet_first_layer(counted("alexnet")) == (290_400, 253_440)


def test_the_sum_of_googlenets_table_has_thousands_of_1024() -> None:
    assert round(counted("googlenet").parameters / 1024 / 1000, 1) == 6.8


def test_all_names_are_architectures() -> None:
    assert set(SAID) <= set(ARCHITECTURES)
    assert quotes("something.else", counted("lenet5")) == ()

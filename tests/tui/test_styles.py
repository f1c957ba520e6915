"""Style sheets: a sheet that has been read holds in the whole program, so every rule says where it belongs."""

import re
from pathlib import Path

import pytest

import tui
from lessons import catalogue

SHEETS = sorted((Path(tui.__file__).parent / "styles").glob("*.tcss"))
LABS = {name.partition(".")[2] for name in catalogue.lab_names()}


def selectors(sheet: Path) -> list[str]:
    """List the selectors of all rules."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [each.strip() for heads in re.findall(r"([^{}]+)\{[^{}]*\}", text) for each in heads.split(",")]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_no_rule_holds_for_any_widget_of_some_name(sheet: Path) -> None:
    found = selectors(sheet)
    assert found
    loose = [each for each in found if each.startswith("#") and not each.startswith("#lab.")]
    assert not loose


@pytest.mark.parametrize("sheet", [each for each in SHEETS if each.stem in LABS], ids=lambda sheet: sheet.stem)
def test_the_rules_of_a_lab_name_it(sheet: Path) -> None:
    own = f".{sheet.stem.replace('_', '-')}"
    parts = [re.split(r"[ .]", each) for each in selectors(sheet)]
    assert [each for each in parts if own[1:] not in each] == []
